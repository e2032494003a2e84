"""CT302: a byline or a time of publication."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import regex

from cleantext.document import Document
from cleantext.labels import Match
from cleantext.lexicon.dates import NUMERIC, compile_source
from cleantext.lexicon.form import SP, slot
from cleantext.rules.base import Candidate, Example, Hit, LookAlike
from cleantext.rules.label import LabelRule, Place, place_of
from cleantext.scan.trigger import Trigger
from cleantext.strays import kind_of

_STAMP = "stamp"
_LONGEST = 140
_SEPARATORS = " \t|·•,:/—–-"
_NUMERIC_DATE = r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}"


class Byline(LabelRule):
    """Finds bylines, times of publication and reading times that stand apart from the text.

    Who wrote a page and when is metadata: "By Ana Lima | 3 May 2024", "Updated 2 hours ago",
    "4 min read". It goes when a line holds nothing else, or when it is glued to the end or the beginning
    of a paragraph.

    Leaves alone: sentences that begin with "by", dates in lists and tables, signatures of letters and
    poems, headings that are names.

    Source: article headers of news sites and blog themes.
    """

    code = "CT302"
    name = "byline"
    family = "byline"
    never = frozenset({"start", "start-glued", "sentence"})
    what = "a byline or a time of publication"

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        yield from super().triggers()
        yield Trigger("pattern", _NUMERIC_DATE), _STAMP

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        yield from super().find(doc, [h for h in hits if h.payload != _STAMP])
        seen = -1
        for hit in hits:
            if hit.payload == _STAMP and (line := doc.line_at(hit.end - 1)) != seen:
                seen = line
                yield from self._stamped(doc, line)

    def place(self, doc: Document, m: Match) -> Place:
        """A label takes the whole line when nothing but a name stands beside it."""
        place = place_of(doc, m)
        start, stop = doc.span(m.line)
        if place == "whole" or stop - start > _LONGEST:
            return place
        before = doc.text[start : m.start].strip(_SEPARATORS)
        after = doc.text[m.end : stop].strip(_SEPARATORS)
        if before and after:
            return place
        return "whole" if _is_name(before or after) else place

    def _stamped(self, doc: Document, line: int) -> Iterator[Candidate]:
        """A line that is a name with a date, or a date below a line that is a name."""
        start, stop = doc.span(line)
        if stop - start > _LONGEST:
            return
        text = doc.text[start:stop].strip()
        m = _stamp().search(text)
        if m is None:
            return
        before, after = text[: m.start()].strip(_SEPARATORS), text[m.end() :].strip(_SEPARATORS)
        if before and after:
            return
        name = before or after
        if name:
            if _is_name(name) and (kind_of(name) == "credit" or len(name.split()) > 1):
                begin, end = doc.block(line, line)
                yield Candidate(begin, end, 0.88, f"{self.what}: a name with a date, {text!r}")
            return
        above = line - 1
        if above >= 0 and not doc.blank(above) and len(doc.lines[above]) <= 60:
            name = doc.line(above).strip()
            if _is_name(name) and (kind_of(name) == "credit" or len(name.split()) > 1):
                begin, end = doc.block(above, line)
                yield Candidate(begin, end, 0.84, f"{self.what}: {name!r} with a date below it")

    examples = (
        Example(
            "By Ana Lima\nThe bridge opens in May, the mayor said.\nIt was closed for a year.\n",
            "The bridge opens in May, the mayor said.\nIt was closed for a year.\n",
        ),
        Example(
            "Carlos de la Fuente\n26/03/2026\nThe bridge opens in May.\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "A ponte abre em maio.\nPor Ana Lima — 2019-02-15\n",
            "A ponte abre em maio.\n",
            "pt",
        ),
        Example(
            "The bridge opens in May.\nPublished 3 May 2024 at 10:15\n",
            "The bridge opens in May.\n",
        ),
    )
    lookalikes = (
        LookAlike("Maria Lang, 12.03.1987 in Graz, painter and teacher.", "a date of birth"),
        LookAlike("Ana Lima 2019-02-15 1st\nLeo Moreau 2019-02-16 2nd\n", "a table of results"),
        LookAlike("By Tuesday the river had risen by a metre.", "a sentence"),
        LookAlike("By Ana Lima's account, the meeting lasted a minute.", "a sentence"),
        LookAlike("3 May 2024: the bridge opens.\n4 May 2024: the bridge closes.", "a chronicle"),
    )


def _is_name(piece: str) -> bool:
    """Whether a piece is a name or a byline, and no more."""
    return bool(piece) and len(piece) <= 60 and kind_of(piece) in ("name", "credit")


@cache
def _stamp() -> regex.Pattern[str]:
    """A numeric date with or without a time of day."""
    return compile_source(
        rf"(?<![\p{{L}}\p{{N}}]){NUMERIC}(?:,?{SP}*[-–|]?{SP}*{slot('time')})?(?:{SP}*{slot('tz')})?(?![\p{{L}}\p{{N}}])"
    )
