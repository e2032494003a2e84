"""Where the labels of the lexicon stand in a document: buttons, headings, rows of page furniture.

Plain wordings of whole lines are looked up in a table, one look-up per short line. Wordings with
slots, and those that may be glued to a sentence, are found by the scan's triggers and confirmed by
their pattern on the candidate line. Rules decide what becomes of a match (`rules/label.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import msgspec
import regex

from cleantext.border import sentences
from cleantext.document import Document
from cleantext.lexicon import languages, pack
from cleantext.lexicon.dates import compile_source
from cleantext.lexicon.form import SP, expansions, has_rest, leading, literals, slot, source, weight
from cleantext.scan.trigger import Trigger

KINDS = ("anywhere", "unit", "line", "header", "weak")
#: Longer lines are no single label.
LONGEST_LABEL = 90
# What may stand around a label and belongs to it.
_LEAD = " \t•·*-–—|›»>▶►→▼▲+#✕×[(✓✔@©\u200b"
_TRAIL = " \t•·*|›»>:…→▶►▼▲<«‹✕×])!+\u200b"
_OUTER = regex.compile(r"[^\S\n]*(?:[.:!…»›→>*|)\]]+(?=\s|$)|[.:!…»›→)\]]*)")


# A credit goes on: `Foto: Ana Lima/dpa`, `Photo by Ana Lima / The Ledger`.
_AGENCY = compile_source(rf"(?:{SP}*[/／|]{SP}*(?:{slot('agency')}|{slot('site')}))+")


class Form(msgspec.Struct, frozen=True):
    """One wording of the lexicon."""

    family: str
    kind: str
    text: str
    lang: str


class Entry(msgspec.Struct, frozen=True):
    """What a line that equals a wording is."""

    family: str
    kind: str


class Match(msgspec.Struct, frozen=True):
    """A wording found: span without what is around it, and the line it stands on."""

    form: Form
    line: int
    start: int
    end: int
    #: How many words beyond the wording belong to it, to the end of the sentence.
    rest: int = 0


@cache
def forms() -> tuple[Form, ...]:
    """Every wording of every language; each once for a family and kind."""
    seen: dict[tuple[str, str, str], Form] = {}
    for lang in languages():
        for family, lists in pack(lang).get("labels", {}).items():
            for kind, wordings in lists.items():
                for text in wordings:
                    seen.setdefault((family, kind, text), Form(family, kind, text, lang))
    return tuple(seen.values())


@cache
def plain() -> dict[str, tuple[Entry, ...]]:
    """Folded wording of a whole line -> what it is, surest kind first."""
    table: dict[str, dict[str, str]] = {}
    for form in forms():
        for wording in expansions(form.text) or ():
            key = wording.strip(_LEAD).strip(_TRAIL).rstrip(".")
            if not key:
                continue
            kinds = table.setdefault(key, {})
            if form.family not in kinds or KINDS.index(form.kind) < KINDS.index(kinds[form.family]):
                kinds[form.family] = form.kind
    return {
        key: tuple(
            sorted((Entry(f, k) for f, k in kinds.items()), key=lambda e: (KINDS.index(e.kind), e.family))
        )
        for key, kinds in table.items()
    }


@cache
def pattern(form: Form) -> regex.Pattern[str]:
    """The compiled wording."""
    return compile_source(source(form.text))


@cache
def _rest(form: Form) -> bool:
    return has_rest(form.text)


def triggers(family: str, kinds: Iterable[str] = KINDS) -> Iterator[tuple[Trigger, Form]]:
    """Triggers for the wordings that a table look-up of whole lines can't find."""
    wanted = set(kinds)
    for form in forms():
        if form.family != family or form.kind not in wanted:
            continue
        flat = expansions(form.text) is not None
        if form.kind in ("line", "weak", "header") and flat and form.kind != "header":
            continue
        # All but those of kind `anywhere` count only where a label can begin.
        found: tuple[str, ...] = ()
        leads = True
        if form.kind != "anywhere":
            found = leading(form.text)
        if not found:
            found, leads = literals(form.text)
        for literal in found:
            # Short or common beginnings are looked for only where a label can begin.
            if leads and (form.kind != "anywhere" or weight(literal) < 9):
                yield Trigger("edge", literal), form
            elif form.text.startswith("{n}") and weight(literal) < 5:
                yield Trigger("pattern", rf"[0-9][^\n0-9.,;:]{{0,4}}\b{re.escape(literal)}\b"), form
            else:
                yield Trigger("word" if literal.isascii() else "literal", literal), form


def key_of(line: str) -> str:
    """The look-up key of a folded line."""
    return line.strip(_LEAD).strip(_TRAIL)


def line_entries(doc: Document) -> dict[int, tuple[Entry, ...]]:
    """Number of a line -> what it is as a whole; computed once for a document."""
    memo = doc.memo
    found: dict[int, tuple[Entry, ...]] | None = memo.get("line_entries")
    if found is None:
        table = plain()
        found = {}
        for number, line in enumerate(doc.lines):
            if not line or len(line) > LONGEST_LABEL:
                continue
            entry = table.get(line)
            if entry is None:
                key = key_of(line)
                entry = table.get(key)
                if entry is None and key.endswith("."):
                    entry = tuple(e for e in table.get(key.rstrip("."), ()) if e.kind in ("anywhere", "unit"))
                elif entry is None and " " in key:
                    entry = table.get(" ".join(key.split()))
            if entry:
                found[number] = entry
        memo["line_entries"] = found
    return found


def matches(doc: Document, hits: Sequence[Any]) -> Iterator[Match]:
    """The wordings whose triggers fired, where they really stand. Overlapping ones all come."""
    tried: set[tuple[int, int]] = set()
    for hit in hits:
        line = doc.line_at(hit.end - 1)
        form: Form = hit.payload
        if (line, id(form)) in tried:
            continue
        tried.add((line, id(form)))
        yield from _in_line(doc, line, form)


def _in_line(doc: Document, line: int, form: Form) -> tuple[Match, ...]:
    """The places of one wording in one line; remembered, since several rules ask."""
    memo: dict[tuple[int, int], tuple[Match, ...]] = doc.memo.setdefault("label_matches", {})
    known = memo.get((line, id(form)))
    if known is not None:
        return known
    start, stop = doc.span(line)
    if form.kind in ("line", "header", "weak") and stop - start > 400:
        found: list[Match] = []
    else:
        found = []
        for m in pattern(form).finditer(doc.text, start, stop):
            end = m.end()
            if form.family == "photo-credit" and (more := _AGENCY.match(doc.text, end, stop)):
                end = more.end()
            rest = 0
            if _rest(form):
                end = _sentence_end(doc.text, m.start(), end, stop)
                rest = len(doc.text[m.end() : end].split())
            outer = _OUTER.match(doc.text, end, stop)
            found.append(Match(form, line, m.start(), outer.end() if outer else end, rest))
            if len(found) >= 50:
                break
    memo[(line, id(form))] = tuple(found)
    return memo[(line, id(form))]


def _sentence_end(text: str, start: int, end: int, stop: int) -> int:
    """Where the sentence ends that a match begins; right at `end` when the next one is glued to it."""
    if end < stop and text[end].isupper() and text[end - 1].islower():
        return end
    window = min(stop, start + 500)
    first = sentences(text, start, window)[0][1]
    return max(end, first)
