"""Which concepts of the lexicon a sentence expresses, in which language.

A concept is a set of near synonyms (`lexicon/README.md`). Rules for notices look at the set of
concepts in a sentence, so that wordings that nobody listed are found as well, in any word order.

Terms are looked up word by word in tables, not searched for one after the other: a sentence costs
about its number of words, however many terms a language lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, partial
from typing import Any

import msgspec
import regex

from cleantext.compiled import bitmap, extension
from cleantext.document import fold
from cleantext.lexicon import languages, pack
from cleantext.lexicon.form import UNSPACED
from cleantext.scan.trigger import Trigger

_UNSPACED_LANGUAGES = frozenset(("zh", "ja", "yue", "th", "lo", "km", "my"))
_UNSPACED_TERM = regex.compile(rf"[{UNSPACED}]")
_FEW = 60
#: Stands for the terms that are substrings, in the tables of words.
_INNER = ""
_MOST_KNOWN = 20_000
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_WORDS = _TOKEN.findall
_PLAIN = regex.compile(r"[\p{L}\p{M}\p{N}\s*'\u200c-]+")
#: Of words in scripts without blanks.
_WIDE = regex.compile(rf"[[{UNSPACED}]&&[\p{{L}}\p{{M}}\p{{N}}]]", regex.V1)
#: Words of this many letters stand for one word in scripts without spaces.
_LETTERS_A_WORD = 2.2
_PARTS = regex.compile(r"\*?[\p{L}\p{M}\p{N}]+\*?")
#: What may stand between the words of a phrase: blanks, a hyphen, an apostrophe, a joiner.
_GAP = frozenset(("", " ", "-", "'", "\u200c", "  ", " -", "- ", "\t"))

_SURROGATES = re.compile("[\ud800-\udfff]")


#: One term: its concept, and what follows its first word: (letters, whether more may follow) for each word.
Term = tuple[str, tuple[tuple[str, bool], ...]]


class Table(msgspec.Struct):
    """The terms of one language, by how they are found."""

    exact: dict[str, list[Term]] = {}
    prefix: dict[str, list[Term]] = {}
    lengths: tuple[int, ...] = ()
    #: Substrings: compounds, symbols, terms of scripts without spaces; each with whether letters may
    #: stand before and behind it.
    inner: list[tuple[str, str, bool, bool]] = []
    #: Whether one of the former is there; None where there are many, and it hardly saves anything.
    any_inner: regex.Pattern[str] | None = None
    #: Where each of the former has a whole word or a sign that nothing else of it stands without: the
    #: signs. The words are among `exact` and `prefix`, for the concept `_INNER`. None where one has neither.
    signs: tuple[str, ...] | None = None
    #: What was looked up before: word -> the terms that begin with it.
    known: dict[str, tuple[Term, ...]] = {}
    #: What finds those, and which of them each of its patterns stands for; made when first needed.
    automaton: Any = None
    owners: list[tuple[int, ...]] = []
    #: The same in C, with what it looked up itself; None where that isn't built.
    quick: Any = None


@cache
def table(lang: str) -> Table:
    """What finds the concepts of a language."""
    t = Table(exact={}, prefix={}, inner=[], known={})
    for concept, terms in pack(lang).get("concepts", {}).items():
        for term in terms:
            _add(t, concept, fold(term), unspaced=lang in _UNSPACED_LANGUAGES)
    if 0 < len(t.inner) <= _FEW:
        t.any_inner = regex.compile("|".join(regex.escape(term) for term, *_ in t.inner))
        _announce(t)
    t.lengths = tuple(sorted({len(p) for p in t.prefix}))
    words = extension("words")
    if words is not None:
        t.quick = words.Terms(partial(terms_of, t), *_bitmaps(), _MOST_KNOWN)
    return t


def _announce(t: Table) -> None:
    """Sees to it that the words of a text tell whether it is worth a search for substrings."""
    words: list[tuple[str, bool]] = []
    signs = []
    for term, _, before, behind in t.inner:
        runs = list(_TOKEN.finditer(term))
        whole = [m[0] for m in runs if (m.start() or not before) and (m.end() < len(term) or not behind)]
        open_end = [m[0] for m in runs if m.start() or not before]
        if whole:
            words.append((max(whole, key=len), False))
        elif open_end:
            words.append((open_end[-1], True))
        elif not runs:
            signs.append(term)
        else:
            return
    for word, more in words:
        (t.prefix if more else t.exact).setdefault(word, []).append((_INNER, ()))
    t.signs = tuple(signs)


def _worth_search(t: Table, folded: str, start: int, stop: int, spans: dict[str, tuple[int, int]]) -> bool:
    """Whether one of the substrings may be there."""
    if t.signs is not None:
        if spans.pop(_INNER, None) is None and all(folded.find(s, start, stop) < 0 for s in t.signs):
            return False
    elif t.any_inner is not None:
        return t.any_inner.search(folded, start, stop) is not None
    return True


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
    where.setdefault(first, []).append((concept, rest))


class Expressed(msgspec.Struct):
    """What a text expresses: concept -> the span of its first term; and its number of words.

    In scripts that set no blanks the words are reckoned from the code points.
    """

    spans: dict[str, tuple[int, int]]
    words: int


def concepts(folded: str, start: int, stop: int, lang: str) -> dict[str, tuple[int, int]]:
    """The concepts that ``folded[start:stop]`` expresses, each with the span of its first term.

    None for a language without a lexicon: any may be hinted at, and guessed by its script.
    """
    return expressed(folded, start, stop, lang).spans


def expressed(folded: str, start: int, stop: int, lang: str, least: int = 1) -> Expressed:
    """The same with the number of words; nothing where fewer than `least` terms begin: told at once, and mostly so."""
    if lang not in languages():
        return Expressed({}, 0)
    t = table(lang)
    found = None
    if t.quick is not None:
        found = t.quick.find(folded, start, stop, 0 if t.inner else least)
    spans, words, wide = found or _find(t, folded, start, stop, least)
    if t.inner and _worth_search(t, folded, start, stop, spans):
        _take_inner(t, folded, start, stop, spans)
    return Expressed(spans, int(wide / _LETTERS_A_WORD) if wide else words)


def _find(
    t: Table, folded: str, start: int, stop: int, least: int
) -> tuple[dict[str, tuple[int, int]], int, int]:
    """The terms that begin at the beginning of a word: what `_words.c` does. Words and wide code points."""
    found: dict[str, tuple[int, int]] = {}
    known = t.known
    words = _WORDS(folded, start, stop)
    begun = []
    for i, word in enumerate(words):
        here = known.get(word)
        if here is None:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            here = known[word] = terms_of(t, word)
        if here:
            begun.append((i, here))
    if begun and (len(begun) >= least or t.inner):
        starts = []
        at = start
        for word in words:
            # what parts words holds no letters, so the first place is the right one
            at = folded.find(word, at)
            starts.append(at)
            at += len(word)
        for i, here in begun:
            _take(here, words, starts, i, folded, found)
    wide = 0 if folded.isascii() else len(_WIDE.findall(folded, start, stop))
    return found, len(words), wide


@cache
def _bitmaps() -> tuple[bytes, bytes]:
    return bitmap(r"[\p{L}\p{M}\p{N}]"), bitmap(rf"[[{UNSPACED}]&&[\p{{L}}\p{{M}}\p{{N}}]]")


def terms_of(t: Table, word: str) -> tuple[Term, ...]:
    """The terms that begin with `word`."""
    here = list(t.exact.get(word, ()))
    size = len(word)
    for n in t.lengths:
        if n > size:
            break
        here += t.prefix.get(word[:n], ())
    return tuple(here)


def _take_inner(t: Table, folded: str, start: int, stop: int, found: dict[str, tuple[int, int]]) -> None:
    """The substrings among the terms, all looked for at once; of each the first place counts."""
    if t.automaton is None:
        from ahocorasick_rs import AhoCorasick

        rows: dict[str, list[int]] = {}
        for i, (term, *_) in enumerate(t.inner):
            rows.setdefault(term, []).append(i)
        t.owners = [tuple(numbers) for numbers in rows.values()]
        t.automaton = AhoCorasick(list(rows))
    first: dict[int, int] = {}
    # the matcher takes no lone surrogates, which are in no term; what stands for them is as long
    shown = _SURROGATES.sub("\ufffd", folded[start:stop])
    for number, at, _ in t.automaton.find_matches_as_indexes(shown, overlapping=True):
        first[number] = min(at, first.get(number, at))
    hits = sorted((i, at) for number, at in first.items() for i in t.owners[number])
    for i, at in hits:
        term, concept, before, behind = t.inner[i]
        begin = start + at
        if concept not in found and _bordered(folded, begin, begin + len(term), before, behind):
            found[concept] = (begin, begin + len(term))


def _take(
    terms: tuple[Term, ...],
    words: list[str],
    starts: list[int],
    i: int,
    folded: str,
    found: dict[str, tuple[int, int]],
) -> None:
    for concept, rest in terms:
        if concept in found:
            continue
        j = i
        for letters, more in rest:
            j += 1
            if j >= len(words):
                break
            word = words[j]
            if word != letters and not (more and word.startswith(letters)):
                break
            if folded[starts[j - 1] + len(words[j - 1]) : starts[j]] not in _GAP:
                break
        else:
            found[concept] = (starts[i], starts[j] + len(words[j]))


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
                yield _trigger(fold(term), unspaced=lang in _UNSPACED_LANGUAGES), lang


def _trigger(term: str, unspaced: bool) -> Trigger:
    """What looks for a term: its longest part between stars, with the borders that `_add` knows."""
    pieces = term.split("*")
    n = max(range(len(pieces)), key=lambda i: len(pieces[i].strip()))
    piece = pieces[n]
    if unspaced or not _PLAIN.fullmatch(term):
        return Trigger("literal", piece.strip())
    begins = n == 0 or piece[0].isspace()
    ends = n == len(pieces) - 1 or piece[-1].isspace()
    return Trigger("word" if begins and ends else "start" if begins else "literal", piece.strip())
