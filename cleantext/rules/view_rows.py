"""CT102: rows of dates and counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import msgspec
import regex

from cleantext.border import SENTENCE_END, unit_end, unit_start
from cleantext.countrow import (
    DIGITS,
    FIGURES,
    goes_on,
    lists,
    may_begin,
    row,
    starts,
    unit_of,
    unknown_row,
)
from cleantext.document import Document
from cleantext.lexicon import words
from cleantext.lexicon.form import expansions
from cleantext.rules.base import Candidate, Example, Hit, LookAlike, Rule
from cleantext.scan.trigger import Trigger


class ViewRows(Rule):
    """Finds rows that hold a date or a time and a count of views, reads, comments or likes, and nothing else.

    Lists of articles and videos carry such rows below each headline; when the list is scraped, the
    headlines may be lost and the rows stay, often with the count fused to the time:
    `2025-04-28 15:34834 view` is 15:34 and 834 views. A row is taken as a whole, whatever the order
    and the separators, alone, in a run of lines, or glued to the end of a paragraph.

    Leaves alone: sentences that mention a count; tables whose numbers count something else or
    nothing (timetables, results, logs, readings by date); a count without a date or a time.

    Source: the words for units were collected from the user interfaces of news sites, video
    platforms and forum software; the form of fused rows is that of list pages whose cells
    lost the blanks between them.
    """

    code = "CT102"
    name = "view-row"
    family = "view-rows"
    examples = (
        Example(
            "The bridge opens in May.\n2024-03-09 08:15412 view\n2024-03-09 07:5098 view\n2024-03-08 19:221204 view",
            "The bridge opens in May.",
        ),
        Example(
            "Der Fluss steigt weiter.\nvor 3 Stunden 1.204 Aufrufe\n", "Der Fluss steigt weiter.\n", "de"
        ),
        Example("Они вернулись домой.\n09.03.2024 08:15 | 412 просмотров", "Они вернулись домой.", "ru"),
        Example("桥将于五月通车。\n2024年3月9日 412次浏览\n", "桥将于五月通车。\n", "zh"),
        Example("She won the race.12 Mar 2024 09:41 • 88 comments", "She won the race."),
        Example("Views: 1,204 09/03/2024 08:15\nThe ferry was late again.", "The ferry was late again."),
    )
    lookalikes = (
        LookAlike(
            "2025-04-24 834\n2025-04-25 792\n2025-04-26 1,540",
            "a table of counts by date, without a unit of attention",
        ),
        LookAlike("The clip had 412 views by 08:15 on 9 March.", "a sentence"),
        LookAlike("Saturday 15:00 Rovers v Athletic\nSunday 14:00 Albion v Rangers", "fixtures"),
        LookAlike("2024-03-09 08:15:02 INFO 412 reads from disk", "a log line says more than date and count"),
        LookAlike("412 comments", "a count alone may be a heading; comment furniture is another rule's"),
    )

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        known = lists()
        for word in sorted(known["units"]):
            yield Trigger("begin", word, before="number before"), "count"
        for word in sorted(known["before"]):
            yield Trigger("begin", word, after="number after"), "before"
        yield Trigger("pattern", "[0-9]:[0-5][0-9][0-9]"), "fused"

    @cached_property
    def _vague(self) -> frozenset[str]:
        """Units that count other things as well: points, votes."""
        return frozenset(
            w for ws in words("views", "vague").values() for f in ws for w in expansions(f) or ()
        )

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        # An engine may report `comment`, `comments` or both: what counts is where the word ends.
        lines: dict[int, set[int]] = {}
        for end in {_count_end(doc.folded, h) for h in hits}:
            lines.setdefault(doc.line_at(end - 1), set()).add(end)
        rows: list[_Row] = []
        for line, ends in sorted(lines.items()):
            row = self._whole(doc, line)
            if row is not None:
                rows.append(row)
            else:
                yield from self._glued(doc, line, sorted(ends))
        block: list[_Row] = []
        for row in rows:
            if block and not (
                row.line == block[-1].line + 1 or _only_blank(doc, block[-1].line + 1, row.line)
            ):
                yield from self._block(doc, block)
                block = []
            block.append(row)
        if block:
            yield from self._block(doc, block)

    def _whole(self, doc: Document, line: int) -> _Row | None:
        """What a whole line is, if it is a row."""
        start, stop = doc.span(line)
        if stop - start > 2000:
            return None
        text = doc.folded[start:stop].strip().translate(DIGITS)
        if not may_begin(text):
            return None
        m = row().fullmatch(text)
        if m and _telling(m):
            return _Row(line, "", self._sure(m))
        if m is None and len(text) < 90 and _TOUCHING.search(text):
            odd = unknown_row().fullmatch(text)
            if odd:
                said = odd["words"].strip()
                return _Row(line, said, 0.85 if odd["date"] and len(said) > 3 else 0.6)
        return None

    def _sure(self, m: regex.Match[str]) -> float:
        """How sure a row is: a date and a count of what isn't only counted on the web needs more."""
        units = [unit_of(c) for c in m.captures("count")] + [_LETTERS.sub("", p) for p in m.captures("pre")]
        if any(u not in self._vague for u in units) or any(c.isdigit() for c in m["ago"] or ""):
            return 0.94
        if _FUSED.search(m.group()):
            return 0.9
        return 0.9 if m["time"] and m["date"] else 0.6

    def _block(self, doc: Document, block: list[_Row]) -> Iterator[Candidate]:
        n = len(block)
        odd = {r.words for r in block if r.words}
        sure = max(r.confidence for r in block)
        if n > 1 and len(odd) <= 1:
            # alike below each other: a column of a list
            sure = 0.99 if not odd else 0.92
        start, stop = doc.block(block[0].line, block[-1].line)
        if sure < 0.8:
            sure = min(sure, 0.7)
        what = (
            "is a time and a count of views or the like"
            if n == 1
            else "are times and counts of views or the like"
        )
        lines = "the line" if n == 1 else f"{n} lines in a row"
        yield Candidate(start, stop, sure, f"{lines} {what}, and nothing else")

    def _glued(self, doc: Document, line: int, ends: list[int]) -> Iterator[Candidate]:
        """Rows at the end of a paragraph, after its last sentence, and at its beginning."""
        start, stop = doc.span(line)
        text = doc.text
        first, low = ends[-1], ends[-1]
        for end in reversed(ends):
            if low - end > _NEAR:
                break
            low = end
        if stop - first <= _NEAR and self._goes_on(doc.folded, first, stop):
            low = max(start, low - _NEAR)
            window = doc.folded[low:stop].translate(DIGITS)
            past = 0
            for begin in starts(window):
                if begin < past:
                    continue
                m = row().match(window, begin)
                if m is None:
                    continue
                past = m.end()
                if not _telling(m) or window[m.end() :].strip():
                    continue
                at = low + m.start()
                sure = self._ending(text, start, at, m)
                if sure:
                    begin = unit_start(text, at, start)
                    yield Candidate(
                        begin, stop, sure, "the paragraph ends in times and counts of views or the like"
                    )
                return
        if ends[0] - start <= _NEAR:
            window = doc.folded[start : min(stop, start + 2000)].translate(DIGITS)
            m = row().match(window) if may_begin(window) else None
            if m and _telling(m) and text[start + m.end() : start + m.end() + 1].isupper():
                end = unit_end(text, start + m.end(), stop)
                yield Candidate(
                    start, end, 0.85, "the paragraph begins with a time and a count of views or the like"
                )

    def _goes_on(self, folded: str, end: int, stop: int) -> bool:
        """Whether nothing but parts of a row stands between the last count and the line's end."""
        rest = folded[end:stop].translate(DIGITS)
        if folded[end - 1].isdigit():  # the trigger ends at the first figure of the count
            rest = FIGURES.sub("", rest)
        return goes_on(rest)

    def _ending(self, text: str, start: int, at: int, m: regex.Match[str]) -> float:
        """How sure a run at the end of a paragraph is a row, by what stands before it."""
        if SENTENCE_END.search(text, max(start, at - 4), at):
            return 0.93
        counts = len(m.captures("count")) + len(m.captures("pre"))
        times = sum(len(m.captures(k)) for k in ("date", "time", "ago"))
        if counts >= 2 and times >= 2:
            return 0.9
        if not text[at - 1].isspace() and (m["date"] or m["ago"]) and text[at - 1].isalpha():
            return 0.84  # `in the endyesterday 12 likes`: it touches the text
        return 0.84 if m["date"] and m["time"] and m.group().count(" ") < 4 and m["pre"] else 0.0


_LETTERS = regex.compile(r"[^\p{L}\p{M}]+$|[\d.,:：]+.*$")
_FUSED = regex.compile(r"\d:[0-5]\d\d|\p{L}\d")
_TOUCHING = regex.compile(r"\d:[0-5]\d\d")
_NEAR = 60  # code points from one count to the next, and to the line's end


class _Row(msgspec.Struct, frozen=True):
    """A line that is a row: its number, its words if they aren't known, and how sure it is."""

    line: int
    words: str
    confidence: float


#: Letters behind a word that are looked at: no word is longer.
_WORD = 40


def _count_end(folded: str, hit: Hit) -> int:
    """Where the word of a count ends, or behind its first figure where the word stands before it."""
    at = hit.end
    if hit.payload == "before":
        while folded[at] in " :":
            at += 1
        return at + 1
    stop = min(len(folded), at + _WORD)
    while at < stop and folded[at].isalpha():
        at += 1
    return at


def _telling(m: regex.Match[str]) -> bool:
    """Whether a run holds both a count and a date or a time."""
    return bool((m["count"] or m["pre"]) and (m["date"] or m["time"] or m["ago"]))


def _only_blank(doc: Document, first: int, stop: int) -> bool:
    return stop - first <= 3 and all(doc.blank(i) for i in range(first, stop))
