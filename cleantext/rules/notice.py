"""The base of rules for notices: sentences by which a site discloses, asks, warns or offers.

A notice is recognised by the concepts that it combines, not by its wording (`notices.py`). The
rules of all families share one reading of a line: each sentence, and runs of them, with the
likeliest family. A rule proposes what is of its own family.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

import msgspec
import regex

from cleantext.border import sentences
from cleantext.concepts import concepts, expressed, triggers
from cleantext.document import Document
from cleantext.labels import key_of, line_entries, meanings_of
from cleantext.notices import best, bounds
from cleantext.rules.base import Candidate, Gate, Hit, Rule
from cleantext.scan.trigger import Trigger

_LONGEST_LINE = 6000
_LONGEST_SENTENCE = 420
# Where a longer line fired, so much of it is read: a sentence to both sides.
_WINDOW = 2 * _LONGEST_SENTENCE + 100
#: A line of more sentences is a paragraph: it isn't judged as one notice.
_MOST_SENTENCES = 6
#: Log odds from which a sentence counts as a notice, and what is asked of one beside such.
_SURE = 0.4
_BESIDE = -1.2
_ROUNDING = 1e-6
_INSIDE = 1.2
#: The same for sentences that are surer together than each alone.
_JOINT = 0.8
_FAR = -4.0
_LONGEST_JOINT = 320
# A letter and a capital with nothing between them: two texts, or a name such as `iPhone`.
_SEAM = regex.compile(r"(?<=[\p{L}\p{N}]{2}[\p{Ll}\p{N}]|!)(?=\p{Lu}\p{Ll}*(?:[^\S\n]|['’,]))")
# Who holds the rights, where the line says that in a sentence of its own: `Harbour Review 2013.`
_HOLDER = regex.compile(
    r"(?:(?:\p{Lu}|[\p{L}]{2,3}\s\p{Lu})[\p{L}\p{N}.&'’-]*[^\S\n]?){1,6},?[^\S\n]?(?:19|20)\d\d[.]?"
)
_SHORTEST_REST = 20
# A notice that somebody quotes: `Say plainly: "We may earn a commission."`
_QUOTED = regex.compile(r"[:：,，]\s?[\"“„«「『][^\n]{20,}[\"”“»」』]\s*$")
_OF_QUOTING = 2.0
_BUTTON_WORDS = 6
_WORD = regex.compile(r"\S+")


#: Family -> concepts without one of which a sentence isn't taken for such a notice by itself.
_ANCHORS: defaultdict[str, set[str]] = defaultdict(set)


class Piece(msgspec.Struct):
    """A sentence of a candidate line, and what is thought of it."""

    start: int
    stop: int
    family: str = ""
    score: float = -9.0
    found: dict[str, str] = {}


class Reading(msgspec.Struct, frozen=True):
    """What a line was read as: the span of a notice and its family."""

    family: str
    start: int
    stop: int
    score: float
    found: dict[str, str]
    #: The whole line.
    whole: bool


class NoticeRule(Rule):
    """Base class: see the module."""

    #: Concepts without one of which there is no such notice; their terms are the triggers.
    anchors: ClassVar[tuple[str, ...]]
    #: How the reason names the family.
    what: ClassVar[str]

    def __init_subclass__(cls) -> None:
        if "family" in vars(cls):
            _ANCHORS[cls.family] |= set(cls.anchors)

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        return triggers(self.anchors)

    def gate(self, payload: Any) -> Gate | None:
        return None if payload == "en" else Gate(frozenset((payload,)))

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        places: dict[tuple[int, str], list[int]] = {}
        for h in hits:
            places.setdefault((doc.line_at(h.end - 1), h.payload), []).append(h.end)
        known = doc.languages
        lines: dict[int, set[str]] = {}
        for (line, lang), ends in places.items():
            if (known is None or lang in known or lang == "en") and self._worth_reading(
                doc, line, lang, ends
            ):
                lines.setdefault(line, set()).add(lang)
        for line, langs in lines.items():
            for reading in self._readings(doc, line, langs):
                if reading.family == self.family:
                    yield self._candidate(doc, line, reading)

    def _worth_reading(self, doc: Document, line: int, lang: str, ends: list[int]) -> bool:
        """Whether a sentence that fired is such a notice, or the whole line may be one.

        A notice needs an anchor of its family, so that nothing else in a long paragraph can begin one.
        """
        start, stop = doc.span(line)
        if stop - start > _LONGEST_LINE:
            return False
        text = doc.key(start, stop)
        if text is None:
            return self._worth(doc, start, stop, lang, ends)
        key = (self.code, lang, text, tuple(end - start for end in ends))
        known: bool | None = doc.lasting.get(key)
        if known is None:
            known = self._worth(doc, start, stop, lang, ends)
            doc.remember(key, known)
        return known

    def _worth(self, doc: Document, start: int, stop: int, lang: str, ends: list[int]) -> bool:
        if stop - start > _WINDOW:
            return any(self._near(doc, start, stop, lang, end) for end in ends)
        if not self._enough(
            doc, max(start, ends[0] - _LONGEST_SENTENCE), min(stop, ends[-1] + _LONGEST_SENTENCE), lang
        ):
            return False
        spans = sentences(doc.text, start, stop)
        for n in {bisect_right(spans, (end - 1, stop)) - 1 for end in ends}:
            if self._begins(doc, *spans[max(n, 0)], lang, n <= 0):
                return True
        if not 1 < len(spans) <= _MOST_SENTENCES:
            return False
        return self._may_be(doc, spans[0][0], spans[-1][1], lang)

    def _near(self, doc: Document, start: int, stop: int, lang: str, end: int) -> bool:
        """The same for one place in a paragraph too long to be a notice as a whole."""
        low, high = max(start, end - _WINDOW // 2), min(stop, end + _WINDOW // 2)
        if not self._enough(doc, low, high, lang):
            return False
        for a, b in sentences(doc.text, low, high):
            if a < end <= b:
                return self._begins(doc, a, b, lang, a == start)
        return False

    def _enough(self, doc: Document, start: int, stop: int, lang: str) -> bool:
        """Whether a stretch holds what a notice can't do without: an anchor and another concept."""
        found = expressed(doc.folded, start, stop, lang, 2).spans
        return len(found) >= 2 and not _ANCHORS[self.family].isdisjoint(found)

    def _begins(self, doc: Document, start: int, stop: int, lang: str, first: bool) -> bool:
        """Whether a sentence is such a notice, or, as the `first` of a line, may be glued to one."""
        return self._may_be(doc, start, stop, lang) or (
            first
            and any(
                stop - m.start() >= _SHORTEST_REST
                for m in _SEAM.finditer(doc.text, start, min(stop, start + 160))
            )
        )

    def _may_be(self, doc: Document, start: int, stop: int, lang: str) -> bool:
        """Whether a stretch of a line is a notice of this family: what `_judge` says, told sooner."""
        if stop - start > _LONGEST_SENTENCE:
            return False
        this = expressed(doc.folded, start, stop, lang, 2)
        found = this.spans
        if len(found) < 2 or _ANCHORS[self.family].isdisjoint(found) or len(set(found.values())) < 2:
            return False
        if bounds().most(self.family, found, this.words) < _SURE - _ROUNDING:
            return False
        family, score = best(doc.text[start:stop], found, this.words)
        return family == self.family and score >= _SURE

    def _readings(self, doc: Document, line: int, langs: Iterable[str]) -> list[Reading]:
        """The notices of a line in some languages; remembered, since several rules ask."""
        memo: dict[tuple[int, str], list[Reading]] = doc.memo.setdefault("notices", {})
        out: list[Reading] = []
        for lang in sorted(langs):
            found = memo.get((line, lang))
            if found is None:
                found = memo[(line, lang)] = read(doc, line, lang)
            out += found
        return out

    def _candidate(self, doc: Document, line: int, r: Reading) -> Candidate:
        start, stop = r.start, r.stop
        if r.whole:
            first, last = self._with_buttons(doc, line)
            start, stop = doc.block(first, last)
        score = r.score
        if _QUOTED.search(doc.text, r.start, r.stop):
            score -= _OF_QUOTING
        said = ", ".join(f"{term!r}" for term in list(r.found.values())[:5])
        return Candidate(start, stop, _confidence(score), f"{self.what}: it says {said}")

    def _with_buttons(self, doc: Document, line: int) -> tuple[int, int]:
        """The line with the buttons and headings of its family that stand around it."""
        labelled = line_entries(doc)
        ends = []
        for step in (-1, 1):
            at = line
            while True:
                nxt = at + step
                entries = labelled.get(nxt)
                if not entries or all(e.family != self.family for e in entries):
                    break
                at = nxt
            ends.append(at)
        return ends[0], ends[1]


def read(doc: Document, line: int, lang: str) -> list[Reading]:
    """The notices that stand on a line."""
    start, stop = doc.span(line)
    if stop - start > _LONGEST_LINE:
        return []
    pieces = [_judge(doc, a, b, lang) for a, b in sentences(doc.text, start, stop)]
    if not pieces or not any(p.found for p in pieces):
        return []
    _cut_seams(doc, pieces, lang)
    whole = _whole(doc, pieces, lang)
    if whole:
        return [whole]
    return list(_runs(doc, pieces, start, stop, lang))


def _judge(doc: Document, start: int, stop: int, lang: str) -> Piece:
    piece = Piece(start, stop)
    if stop - start <= _LONGEST_SENTENCE:
        this = expressed(doc.folded, start, stop, lang)
        found = this.spans
        if found:
            text = doc.text
            piece.family, piece.score = best(text[start:stop], found, this.words)
            if len(set(found.values())) < 2 or _ANCHORS[piece.family].isdisjoint(found):
                piece.score = min(piece.score, 0.0)  # it says too little to stand alone
            piece.found = {c: text[a:b] for c, (a, b) in found.items()}
    return piece


def _whole(doc: Document, pieces: list[Piece], lang: str) -> Reading | None:
    """The line as one notice, if it is one, and no sentence in it stands against that."""
    if len(pieces) > _MOST_SENTENCES:
        return None
    together = pieces[0]
    if len(pieces) > 1:
        together = _judge(doc, pieces[0].start, pieces[-1].stop, lang)
    surest = max(pieces, key=lambda p: p.score)
    top = together if together.score >= surest.score else surest
    if top.score < _SURE:
        return None
    # Sentences that make each other likelier are one notice, also where each alone could be content.
    joint = len(pieces) > 1 and together.score > max(_JOINT, surest.score + 0.2)
    floor = _FAR if joint and pieces[-1].stop - pieces[0].start <= _LONGEST_JOINT else _BESIDE
    if not all(_goes_along(doc, p, top.family, floor) for p in pieces):
        return None
    return Reading(top.family, pieces[0].start, pieces[-1].stop, top.score, top.found, True)


def _goes_along(doc: Document, p: Piece, family: str, floor: float) -> bool:
    """Whether a sentence beside a notice may belong to it: near one itself, a button, or a scrap."""
    if p.score > floor:
        return True
    if family == "copyright-footer" and _HOLDER.fullmatch(doc.text, p.start, p.stop):
        return True
    if _is_buttons(doc.folded[p.start : p.stop], family):
        return True
    return p.stop - p.start <= 24 and bool(p.found or p.stop - p.start <= 8)


def _is_buttons(folded: str, family: str) -> bool:
    """Whether a text consists of labels of a family: ``accept decline``, ``got it!``."""
    if len(folded) > 80:
        return False
    words = folded.split()
    if not words:
        return False
    i = 0
    while i < len(words):
        for n in range(min(_BUTTON_WORDS, len(words) - i), 0, -1):
            key = key_of(" ".join(words[i : i + n])).rstrip(".。")
            if any(e.family == family for e in meanings_of(key)):
                i += n
                break
        else:
            return False
    return True


def _runs(doc: Document, pieces: list[Piece], start: int, stop: int, lang: str) -> Iterator[Reading]:
    """The notices in a paragraph: sentences in a row at its beginning, its end, or inside."""
    n = len(pieces)
    i = 0
    while i < n:
        p = pieces[i]
        if p.score < _SURE:
            i += 1
            continue
        last = i
        while last + 1 < n and _joins(doc, pieces[last + 1], pieces[i], pieces[last + 1], p, lang):
            last += 1
        first = i
        while first > 0 and _joins(doc, pieces[first - 1], pieces[first - 1], pieces[last], p, lang):
            first -= 1
        best_one = max(pieces[first : last + 1], key=lambda q: q.score)
        yield _placed(doc, pieces, first, last, start, stop, best_one)
        i = last + 1


def _joins(doc: Document, p: Piece, first: Piece, last: Piece, notice: Piece, lang: str) -> bool:
    """Whether a sentence beside a notice is part of it: by itself, or because both are surer together."""
    if p.score > _BESIDE and p.family == notice.family:
        return True
    if _is_buttons(doc.folded[p.start : p.stop], notice.family):
        return True
    if not p.found or p.score < _FAR or p.stop - p.start > 160:
        return False
    together = _judge(doc, first.start, last.stop, lang)
    return together.family == notice.family and together.score > max(_JOINT, notice.score + 0.2)


def _cut_seams(doc: Document, pieces: list[Piece], lang: str) -> None:
    """Cuts a sentence where a notice without an end mark is glued to it: `…our appThe city…`."""
    i = 0
    while i < len(pieces):
        p = pieces[i]
        if i and pieces[i - 1].score >= _SURE and (at := _buttons_end(doc, p, pieces[i - 1].family)):
            pieces[i : i + 1] = [_judge(doc, p.start, at, lang), _judge(doc, at, p.stop, lang)]
            pieces[i].family, pieces[i].score = pieces[i - 1].family, 0.0
        elif i == 0 or pieces[i - 1].score >= _SURE:
            for m in _SEAM.finditer(doc.text, p.start, min(p.stop, p.start + 160)):
                at = m.start()
                if p.stop - at < _SHORTEST_REST:
                    break
                head = _judge(doc, p.start, at, lang)
                button = i > 0 and _is_buttons(doc.folded[p.start : at], pieces[i - 1].family)
                if (
                    head.score >= _SURE and (head.score >= p.score or _ends_in_term(doc, head, lang))
                ) or button:
                    rest = _judge(doc, at, p.stop, lang)
                    if rest.score < _BESIDE:
                        pieces[i : i + 1] = [head, rest]
                        break
        i += 1


def _ends_in_term(doc: Document, head: Piece, lang: str) -> bool:
    """Whether a piece ends in a word that matters to it, and so not inside of a name: ``our app|The``."""
    blank = doc.text.rfind(" ", head.start, head.stop)
    return bool(concepts(doc.folded, max(blank, head.start), head.stop, lang))


def _buttons_end(doc: Document, p: Piece, family: str) -> int:
    """Where the buttons end with which a sentence begins, when a capital follows; 0 without."""
    ends = 0
    for n, m in enumerate(_WORD.finditer(doc.text, p.start, p.stop)):
        after = m.end() + 1
        if n >= _BUTTON_WORDS or after >= p.stop:
            break
        if doc.text[after].isupper() and _is_buttons(doc.folded[p.start : m.end()], family):
            ends = after
    return ends


def _placed(
    doc: Document, pieces: list[Piece], first: int, last: int, start: int, stop: int, top: Piece
) -> Reading:
    """The span of sentences in a row with the blanks that go with them; less sure inside."""
    text = doc.text
    begin, end = pieces[first].start, pieces[last].stop
    before, after = first > 0, last + 1 < len(pieces)
    glued = (before and not text[begin - 1].isspace()) or (after and not text[end].isspace())
    score = top.score
    if not before and not after:
        return Reading(top.family, begin, end, score, top.found, True)
    if not glued:
        score -= 0.8
    if before and after:
        score -= _INSIDE
    if not after:
        while begin > start and text[begin - 1].isspace():
            begin -= 1
        end = stop
    else:
        while end < stop and text[end].isspace():
            end += 1
        if before and end == pieces[last].stop and text[begin - 1].isspace():
            begin -= 1  # the sentences around it met without a blank before
    return Reading(top.family, begin, end, score, top.found, False)


def _confidence(score: float) -> float:
    return min(0.99, 1 / (1 + math.exp(-score - 1.0)))
