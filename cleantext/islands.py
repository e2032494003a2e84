"""Labels of the lexicon in the middle of sentences: which may begin where.

Rules for labels ask the scan for wordings at the edges of lines and sentences. Inside of a sentence
far fewer wordings count, but they may stand anywhere and be glued to words on both sides, so that they
have triggers of their own: the first letters of each wording, confirmed only where a capital or a border
in the middle of a word says that something begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import msgspec
import regex

from cleantext.document import Document
from cleantext.labels import AGENCY, Form, shortened, speaks
from cleantext.lexicon import function_words, kept, languages, pack
from cleantext.lexicon.anchor import anchors, weight
from cleantext.lexicon.dates import compile_source
from cleantext.lexicon.form import SP, Slot, expansions, parse, slot
from cleantext.lexicon.matcher import match_inside

#: Families whose wordings fall into sentences. Paths, footers, tags and page numbers hold common words.
_FAMILIES = frozenset(
    "ads share-bar newsletter-prompt photo-credit related-links comment-chrome paywall-prompt app-prompt video-chrome code-leftover".split()
)
# Agencies by name end where their name does, also when a word is glued to it.
_KNOWN_AGENCY = compile_source(rf"{SP}*[/／|]{SP}*{slot('agency')}")
_AGENCIES = compile_source(rf"(?<![\p{{L}}\p{{N}}]){slot('agency')}")
_LAST_WORD = regex.compile(r"[^\S\n]+(\p{Lu}[\p{Ll}\p{M}'’]*+)[^\S\n]*$")
_LEAST = 5
_SHORT_CREDITS = ("foto", "bild", "kuva", "kép", "fot")
_HAN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_SOUTH_EAST = regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_LEAST_OF_LINE = 9
#: Slots that any word of a sentence can fill.
_OPEN = frozenset({"title", "cats", "w", "name", "site"})
_REACH = 300


class Island(msgspec.Struct, frozen=True):
    """A wording found inside of a line: span in code points, form, and whether it is several words."""

    start: int
    end: int
    form: Form
    words: int

    @property
    def titled(self) -> bool:
        """Whether a headline belongs to it, to the end of the line."""
        return self.form.text.endswith("{title}")


class _Table(msgspec.Struct, frozen=True):
    """The forms, and for each prefix the numbers of those that begin with it, longest first."""

    forms: list[Form]
    prefixes: dict[str, list[int]]


@cache
def _table() -> _Table:
    return kept("islands", _Table, _build)


def _build() -> _Table:
    seen: dict[tuple[str, str, str], list[str]] = {}
    for lang in languages():
        for family, lists in pack(lang).get("labels", {}).items():
            if family not in _FAMILIES:
                continue
            for kind in ("anywhere", "unit", "header", "line"):
                for text in lists.get(kind, ()):
                    seen.setdefault((family, kind, text), []).append(lang)
    forms = [Form(f, k, t, tuple(langs)) for (f, k, t), langs in seen.items()]
    prefixes: dict[str, list[int]] = {}
    for number, form in enumerate(forms):
        for start in sorted(set(_starts(form))):
            prefixes.setdefault(start, []).append(number)
    for numbers in prefixes.values():
        numbers.sort(key=lambda n: (-len(forms[n].text), n))
    return _Table(forms, prefixes)


def _starts(form: Form) -> Iterator[str]:
    """The first letters of a form's wordings, as far as they may stand in a sentence."""
    words = expansions(form.text)
    if words is None:
        words = tuple(a.literal for a in anchors(form.text) if a.leads)
    least = _LEAST
    if form.family == "photo-credit":
        yield from (w for w in words or () if w in _SHORT_CREDITS)
    if words is not None and form.kind in ("line", "header") and form.family != "ads":
        words = tuple(w for w in words if " " in w.strip(" :….") or (_HAN.match(w) and len(w) > 3))
        least = _LEAST_OF_LINE
    for word in words:
        # Thai and its like have neither blanks nor capitals by which an island could be told
        if weight(word) >= least and not _SOUTH_EAST.match(word):
            yield shortened(word)


def prefixes() -> tuple[str, ...]:
    """The first letters of all wordings, folded: literals to scan for."""
    return tuple(_table().prefixes)


def languages_of(prefix: str) -> frozenset[str]:
    """The languages whose wordings begin with `prefix`; none when one of them counts in all, as English."""
    table = _table()
    langs = {lang for n in table.prefixes[prefix] for lang in table.forms[n].langs}
    return frozenset() if "en" in langs else frozenset(langs)


def islands_at(doc: Document, at: int, prefix: str, stop: int) -> Iterator[Island]:
    """The wordings that begin at `at` with `prefix` and end before `stop`; several may."""
    table = _table()
    limit = min(stop, at + _REACH)
    for number in table.prefixes[prefix]:
        form = table.forms[number]
        if not speaks(doc, form.langs):
            continue
        if _titled(form.text):
            end = match_inside(form.text[: -len("{title}")].rstrip(), doc.text, doc.folded, at, limit)
        else:
            end = match_inside(form.text, doc.text, doc.folded, at, limit)
        if end is not None and form.family == "photo-credit":
            more = _KNOWN_AGENCY.match(doc.text, end, stop) or AGENCY.match(doc.text, end, stop)
            end = _credit_end(doc.text, at, more.end() if more else end)
        if end is not None:
            yield Island(at, end, form, len(doc.text[at:end].split()))


def _credit_end(text: str, start: int, end: int) -> int:
    """The end of a credit: an agency known by name ends it, unless a mark says that it goes on."""
    found = [m for m in _AGENCIES.finditer(text, start, end + 20) if m.start() < end]
    last = found[-1] if found else None
    if last and last.end() > end:
        return int(last.end())
    if last and last.end() < end and text[last.end() : end].lstrip()[:1] not in "/／|,·-–&+":
        return int(last.end())
    word = _LAST_WORD.search(text, start, end)
    if last is None and word and word[1].lower() in function_words() and len(word[1]) > 1:
        return int(word.start())  # `… Ana Lima The geese`: the next sentence begins
    return end


@cache
def _titled(text: str) -> bool:
    return text.endswith("{title}")


@cache
def slotted(text: str) -> bool:
    """Whether a wording has a slot that a word of the sentence around it could fill."""
    return any(isinstance(n, Slot) and n.name in _OPEN for n in parse(text))
