"""The base of rules for page furniture that the lexicon lists as labels.

A match of a wording is judged by where it stands: as a line of its own, glued to the beginning or
the end of a paragraph, as a sentence of its own, or in the middle of a sentence. The kind of the
wording (`lexicon/README.md`) says how much that takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Literal

import regex

from cleantext.border import SENTENCE_END
from cleantext.document import Document
from cleantext.labels import (
    LONGEST_LABEL,
    Anchored,
    Match,
    entries_of,
    gate_of,
    line_entries,
    line_families,
    matches,
    triggers,
)
from cleantext.rules.base import Candidate, Gate, Hit, Rule
from cleantext.scan.trigger import Trigger

Place = Literal["whole", "start-glued", "start", "end-glued", "end", "sentence", "inside"]

#: Confidence by kind and place; what isn't listed is no finding.
_CONFIDENCE: dict[str, dict[Place, float]] = {
    "anywhere": {
        "whole": 0.97,
        "start-glued": 0.95,
        "start": 0.93,
        "end-glued": 0.96,
        "end": 0.95,
        "sentence": 0.92,
    },
    "unit": {
        "whole": 0.95,
        "start-glued": 0.92,
        "start": 0.82,
        "end-glued": 0.95,
        "end": 0.88,
        "sentence": 0.75,
    },
    "line": {"whole": 0.88, "start-glued": 0.81, "end-glued": 0.9, "end": 0.66},
    "header": {"whole": 0.88, "end-glued": 0.85, "end": 0.7},
    "weak": {},
}
_HEADLINE = regex.compile(
    r"^[^\S\n]*(?:[•·*\-–—▪►>]|\d{1,2}[.)])?[^\S\n]*[\p{Lu}\p{Lo}\p{Lt}\p{N}\"“„«‘'¿¡(「『#@]"
)
_HEADLINE_END = regex.compile(r"[.。!:;,।॥؟]['\"”’»)」』]*$|^.{0,3}$")
_OPENING = frozenset("\"“„«‘'¿¡(「『[—–-#@")
_MOST_HEADLINES = 12
_OPEN = ("{cats}", "{some}", "{name}", "{site}")
# What may stand before a label and belongs to it: bullets, bars, arrows, opening brackets.
_LEADS = frozenset(" \t•·*-–—|›»>▶►→[(")


class LabelRule(Rule):
    """Base class: see the module."""

    #: The family's name in the lexicon, where it differs from the report's.
    lexicon_family: ClassVar[str] = ""
    #: What a finding is called in its reason.
    what: ClassVar[str]
    #: Places in which this family's labels are left alone, because prose looks like them there.
    never: ClassVar[frozenset[Place]] = frozenset()
    #: How many lines below a heading may be its headlines; 0: none go along.
    headlines: ClassVar[int] = _MOST_HEADLINES

    #: The family's name in the lexicon.
    key: ClassVar[str]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if family := cls.lexicon_family or getattr(cls, "family", ""):
            cls.key = family

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        return triggers(self.key)

    def gate(self, payload: Any) -> Gate | None:
        return gate_of(payload) if isinstance(payload, Anchored) else None

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        own = line_families(doc).get(self.key, {})
        found = list(matches(doc, hits)) if hits else []
        lines: dict[int, tuple[str, float]] = {}
        for number, kind in own.items():
            if kind != "weak":
                lines[number] = (kind, _CONFIDENCE[kind]["whole"])
        glued: list[tuple[Match, Place]] = []
        for m in found:
            place = place_of(doc, m)
            if place == "whole":
                kind, confidence = m.form.kind, _CONFIDENCE[m.form.kind].get("whole", 0.0)
                if m.rest > 12:
                    confidence -= 0.2
                if kind == "weak":
                    continue
                if confidence > lines.get(m.line, ("", 0.0))[1]:
                    lines[m.line] = (kind, confidence)
            elif place != "inside":
                glued.append((m, place))
        if own or lines:
            yield from self._lines(doc, lines, own)
        if glued:
            yield from self._glued(doc, [(m, p) for m, p in glued if m.line not in lines])

    # -- whole lines -------------------------------------------------------------------------

    def _lines(
        self, doc: Document, lines: dict[int, tuple[str, float]], own: dict[int, str]
    ) -> Iterator[Candidate]:
        """Whole lines, with the headlines below a heading and the weak labels beside them."""
        few = sum(1 for line in doc.lines if line.strip()) < 3
        taken: dict[int, float] = {}
        for number in sorted(lines):
            kind, confidence = lines[number]
            if number in taken:
                continue
            confidence += self.context(doc, number)
            if few and kind in ("line", "header"):
                confidence = min(confidence, 0.6)  # a document of one line may well be its heading
            last = number
            if kind == "header":
                below = self._headlines(doc, number)
                if not below and self.headlines:
                    confidence -= 0.12
                for b in below:
                    taken[b] = confidence
                    last = b
            taken[number] = max(taken.get(number, 0.0), confidence)
            del last
        self._weak(doc, taken, own)
        yield from self._blocks(doc, taken)

    def context(self, doc: Document, line: int) -> float:
        """What a family sees around a line, added to its confidence."""
        return 0.0

    def _weak(self, doc: Document, taken: dict[int, float], own: dict[int, str]) -> None:
        """Single words that could be headings: noise beside other labels, or several in a row."""
        labelled = line_entries(doc)
        weak = [n for n, kind in sorted(own.items()) if kind == "weak" and n not in taken]
        for run in _runs(doc, weak):
            neighbours = {_next(doc, run[0], -1), _next(doc, run[-1], 1)}
            beside = any(
                n in taken
                or (n in labelled and labelled[n][0].kind in ("anywhere", "unit", "line", "header"))
                for n in neighbours
            )
            others = sum(n in labelled for n in neighbours)
            distinct = len({doc.lines[n].strip() for n in run})
            if beside and distinct:
                confidence = 0.85
            elif distinct >= 3 or (distinct == 2 and others):
                confidence = 0.86
            elif distinct == 2:
                confidence = 0.6
            else:
                continue
            for n in run:
                taken[n] = confidence

    def _headlines(self, doc: Document, number: int) -> list[int]:
        """The lines below a heading that are headlines: short, with a capital, without an end mark."""
        out: list[int] = []
        line = number + 1
        blanks = 0
        while line < len(doc.lines) and len(out) < self.headlines:
            if doc.blank(line):
                blanks += 1
                if blanks > 1:
                    break
                line += 1
                continue
            text = doc.line(line).strip()
            if len(text) > 150 or _HEADLINE_END.search(text) or not _HEADLINE.match(text):
                break
            out.append(line)
            blanks = 0
            line += 1
        return out

    def _blocks(self, doc: Document, taken: dict[int, float]) -> Iterator[Candidate]:
        """Lines in a row of the same standing, as one finding each run."""
        block: list[int] = []
        for number in [*sorted(taken), -1]:
            if block and (
                number != _next(doc, block[-1], 1) or (taken[number] >= 0.8) != (taken[block[0]] >= 0.8)
            ):
                start, stop = doc.block(block[0], block[-1])
                confidence = min(taken[n] for n in block)
                shown = doc.line(block[0]).strip()
                more = f" and {len(block) - 1} lines with it" if len(block) > 1 else ""
                yield Candidate(start, stop, min(0.99, confidence), f"{self.what}: {_short(shown)}{more}")
                block = []
            if number >= 0:
                block.append(number)

    # -- glued to a paragraph ----------------------------------------------------------------

    def _glued(self, doc: Document, found: list[tuple[Match, Place]]) -> Iterator[Candidate]:
        for m, place in _longest(found):
            confidence = 0.0 if place in self.never else _CONFIDENCE[m.form.kind].get(place, 0.0)
            if not confidence:
                continue
            if m.rest > 6:
                confidence -= 0.25
            start, stop = doc.span(m.line)
            text = doc.text
            begin, end = m.start, m.end
            if place in ("end", "end-glued"):
                while begin > start and text[begin - 1].isspace():
                    begin -= 1
                end = stop
            elif place == "sentence" and not text[begin - 1].isspace():
                while text[end - 1].isspace():
                    end -= 1  # the blank parts the sentences now
            else:
                while end < stop and text[end].isspace():
                    end += 1
            if m.form.text.endswith("{title}") and _holds_sentences(text, m.start, end):
                confidence -= 0.3
            elif place == "start" and m.form.text.endswith(_OPEN):
                confidence -= 0.1  # where the list or the name ends, nothing says
            where = (
                {"s": "at the beginning of a paragraph", "e": "at the end of a paragraph"}[place[0]]
                if place != "sentence"
                else "between sentences"
            )
            yield Candidate(
                begin, end, confidence, f"{self.what} {where}: {_short(text[m.start : m.end].strip())}"
            )


def place_of(doc: Document, m: Match) -> Place:
    """Where in its line a match stands."""
    start, stop = doc.span(m.line)
    text = doc.text
    before, after = _left(text, start, m.start), _right(text, m.end, stop)
    if _is_label(doc, start, before) and _is_label(doc, after, stop):
        return "whole"
    glued_left = not text[m.start - 1].isspace() if m.start > start else False
    ends = before == start or (
        bool(SENTENCE_END.search(text, max(start, m.start - 8), m.start)) and text[m.start - 1] not in ",;("
    )
    if after == stop:
        if not ends:
            return "inside"
        return "end-glued" if glued_left else "end"
    nxt = text[m.end]
    closed = text[m.end - 1] in ".:!?…。！？»›)]" or (m.end > m.start and text[m.end - 1].isspace())
    glued_right = not nxt.isspace() and not text[m.end - 1].isspace()
    first = text[after]
    begins = (
        first.isupper() or first in _OPENING or first.isdigit() or not (first.islower() or first in ",.;:!?)")
    )
    # What no capital or mark parts from the label may be the sentence that it begins: in scripts
    # without case or blanks, neither tells.
    marked = text[m.start : m.end].rstrip()[-1:] in ".:!?…。！？»›)]：|→"
    if not marked and not first.isupper() and first not in _OPENING and m.form.kind != "anywhere":
        return "inside"
    if before == start:
        if not begins:
            return "inside"
        return "start-glued" if glued_right else "start"
    if ends and begins and (closed or glued_left or glued_right):
        return "sentence"
    return "inside"


def _left(text: str, start: int, at: int) -> int:
    """`at`, moved back over what may stand before a label and belongs to it, not below `start`."""
    while at > start and (text[at - 1] in _LEADS or text[at - 1].isspace()):
        at -= 1
    return at


def _right(text: str, at: int, stop: int) -> int:
    """`at`, moved over white space, not beyond `stop`."""
    while at < stop and text[at].isspace():
        at += 1
    return at


def _is_label(doc: Document, start: int, stop: int) -> bool:
    """Whether nothing is left of a line beside a match, or another label."""
    if stop - start > LONGEST_LABEL:
        return False
    rest = doc.folded[start:stop].strip()
    if not rest.strip(".:!…»›→>*|)] "):
        return True
    return any(e.kind != "weak" for e in entries_of(doc, rest))


def _holds_sentences(text: str, start: int, stop: int) -> bool:
    if stop - start > 70 and text[start:stop].rstrip().endswith("."):
        return True  # a headline has no full stop
    return bool(regex.search(r"[.!?。！？][\"”»)]*[^\S\n]+\p{Lu}", text[start:stop]))


def _longest(found: list[tuple[Match, Place]]) -> list[tuple[Match, Place]]:
    """Of matches that overlap, the longest."""
    out: list[tuple[Match, Place]] = []
    for m, place in sorted(found, key=lambda x: (x[0].line, x[0].start - x[0].end, x[0].start)):
        if all(m.end <= o.start or o.end <= m.start for o, _ in out[-40:] if o.line == m.line):
            out.append((m, place))
    return out


def _next(doc: Document, line: int, step: int) -> int:
    """The next line with content; -1 or the number of lines at the ends."""
    line += step
    while 0 <= line < len(doc.lines) and not doc.lines[line].strip():
        line += step
    return line


def _runs(doc: Document, numbers: list[int]) -> Iterator[list[int]]:
    """Numbers of lines that follow one another, blank lines aside."""
    run: list[int] = []
    for n in numbers:
        if run and _next(doc, run[-1], 1) != n:
            yield run
            run = []
        run.append(n)
    if run:
        yield run


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "…")
