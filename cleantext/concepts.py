"""Which concepts of the lexicon a sentence expresses, in which language.

A concept is a set of near synonyms (`lexicon/README.md`). Rules for notices look at the set of
concepts in a sentence, so that wordings that nobody listed are found as well, in any word order.

Terms are looked up word by word in tables, not searched for one after the other: a sentence costs
about its number of words, however many terms a language lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import msgspec
import regex

from cleantext.document import fold
from cleantext.lexicon import languages, pack
from cleantext.lexicon.form import UNSPACED
from cleantext.scan.trigger import Trigger

_UNSPACED_LANGUAGES = frozenset(("zh", "ja", "yue", "th", "lo", "km", "my"))
_UNSPACED_TERM = regex.compile(rf"[{UNSPACED}]")
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_PLAIN = regex.compile(r"[\p{L}\p{M}\p{N}\s*'\u200c-]+")
_PARTS = regex.compile(r"\*?[\p{L}\p{M}\p{N}]+\*?")
#: What may stand between the words of a phrase: blanks, a hyphen, an apostrophe, a joiner.
_GAP = frozenset(("", " ", "-", "'", "\u200c", "  ", " -", "- ", "\t"))


class Term(msgspec.Struct, frozen=True):
    """One term: its concept, and what follows its first word.

    Each further word is (letters, whether more letters may follow).
    """

    concept: str
    rest: tuple[tuple[str, bool], ...] = ()


class Table(msgspec.Struct):
    """The terms of one language, by how they are found."""

    exact: dict[str, list[Term]] = {}
    prefix: dict[str, list[Term]] = {}
    lengths: tuple[int, ...] = ()
    #: Substrings: compounds, symbols, terms of scripts without spaces; each with whether letters may
    #: stand before and behind it.
    inner: list[tuple[str, str, bool, bool]] = []


@cache
def table(lang: str) -> Table:
    """What finds the concepts of a language."""
    t = Table(exact={}, prefix={}, inner=[])
    for concept, terms in pack(lang).get("concepts", {}).items():
        for term in terms:
            _add(t, concept, fold(term), unspaced=lang in _UNSPACED_LANGUAGES)
    t.lengths = tuple(sorted({len(p) for p in t.prefix}))
    return t


def _add(t: Table, concept: str, term: str, unspaced: bool) -> None:
    bare = term.replace("*", "").strip()
    if unspaced or not _PLAIN.fullmatch(term):
        t.inner.append((bare, concept, term.startswith("*"), term.endswith("*")))
        return
    parts = _PARTS.findall(term)
    if parts[0].startswith("*") and len(parts) == 1:
        t.inner.append((bare, concept, True, term.endswith("*")))
        return
    rest = tuple((p.strip("*"), p.endswith("*")) for p in parts[1:])
    first = parts[0].strip("*")
    where = t.prefix if parts[0].endswith("*") else t.exact
    where.setdefault(first, []).append(Term(concept, rest))


def concepts(folded: str, start: int, stop: int, lang: str) -> dict[str, tuple[int, int]]:
    """The concepts that ``folded[start:stop]`` expresses, each with the span of its first term.

    None for a language without a lexicon: any may be hinted at, and guessed by its script.
    """
    if lang not in languages():
        return {}
    t = table(lang)
    found: dict[str, tuple[int, int]] = {}
    tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(folded, start, stop)]
    exact, prefix, lengths = t.exact, t.prefix, t.lengths
    for i, (word, _, _) in enumerate(tokens):
        here = exact.get(word)
        if here:
            _take(here, tokens, i, folded, found)
        size = len(word)
        for n in lengths:
            if n > size:
                break
            here = prefix.get(word[:n])
            if here:
                _take(here, tokens, i, folded, found)
    for term, concept, before, behind in t.inner:
        if concept not in found:
            at = folded.find(term, start, stop)
            if at >= 0 and _bordered(folded, at, at + len(term), before, behind):
                found[concept] = (at, at + len(term))
    return found


def _take(
    terms: list[Term],
    tokens: list[tuple[str, int, int]],
    i: int,
    folded: str,
    found: dict[str, tuple[int, int]],
) -> None:
    for term in terms:
        if term.concept in found:
            continue
        j = i
        for letters, more in term.rest:
            j += 1
            if j >= len(tokens) or folded[tokens[j - 1][2] : tokens[j][1]] not in _GAP:
                break
            word = tokens[j][0]
            if word != letters and not (more and word.startswith(letters)):
                break
        else:
            found[term.concept] = (tokens[i][1], tokens[j][2])


def _bordered(folded: str, start: int, stop: int, before: bool, behind: bool) -> bool:
    """Whether no letters of its own script stand around a term where none may.

    Scripts without spaces have no borders; Latin words in them do: ``pr``, ``app``, ``cookie``.
    """
    if not before and start and _same_word(folded[start - 1], folded[start]):
        return False
    return behind or stop == len(folded) or not _same_word(folded[stop - 1], folded[stop])


def _same_word(left: str, right: str) -> bool:
    return (
        left.isalnum() and right.isalnum() and not (_UNSPACED_TERM.match(left) or _UNSPACED_TERM.match(right))
    )


def triggers(wanted: Mapping[str, Iterable[str]] | Iterable[str]) -> Iterable[tuple[Trigger, str]]:
    """Triggers for the terms of some concepts in every language, each with its language."""
    names = tuple(wanted)
    for lang in languages():
        listed = pack(lang).get("concepts", {})
        for concept in names:
            for term in listed.get(concept, ()):
                literal = fold(term)
                inner = max((p.strip() for p in literal.split("*")), key=len)
                free = "*" in literal or _UNSPACED_TERM.search(literal) or not inner.isascii()
                yield Trigger("literal" if free else "word", inner), lang
