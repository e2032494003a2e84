"""CT310: pagination."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import regex

from cleantext.document import Document
from cleantext.rules import pieces
from cleantext.rules.base import Candidate, Example, LookAlike
from cleantext.rules.pieces import RowRule
from cleantext.scan.trigger import Trigger

# What tells a row of page numbers from other numbers: a word, an arrow, a gap.
_NO_NUMBER = regex.compile(r"[^\d\s|·]")


class Pagination(RowRule):
    """Finds pagination: numbers of pages, "next" and "previous", "load more".

    They lead to other parts of the site. Words that could be a heading count only beside others.

    Leaves alone: references to pages ("on page 3"), sentences with next and previous, numbered lists.

    Source: archive pages of news sites, blogs and forums.
    """

    code = "CT310"
    name = "pagination"
    family = "pagination"
    what = "pagination"
    examples = (
        Example(
            "The bridge opens in May.\nThe ferry stops.\n1 2 3 … 27 Next ›\n",
            "The bridge opens in May.\nThe ferry stops.\n",
        ),
        Example(
            "The bridge opens in May.\nPage 1 of 12\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "The bridge opens in May.\nThe ferry stops.\n« Previous Next »\n",
            "The bridge opens in May.\nThe ferry stops.\n",
        ),
        Example(
            "Die Brücke öffnet im Mai.\nSeite 2 von 5\n",
            "Die Brücke öffnet im Mai.\n",
        ),
    )
    lookalikes = (
        LookAlike(
            "Count with me:\n1 2 3 4 5 6 7 8 9\nThen start again.", "numbers without a word or an arrow"
        ),
        LookAlike("Next page, next year, next life, he used to say.", "a sentence"),
        LookAlike("The table on page 3 of 12 lists the bridges.", "a reference"),
        LookAlike("1\n2\n3", "a numbered list without more"),
    )

    @cached_property
    def _numbers(self) -> regex.Pattern[str]:
        """Page numbers that rise, with a word, an arrow or a gap in the row."""
        word = r"(?i:\L<words>)"
        mark = rf"(?:[«»‹›<>→←]|\.\.\.|…|{word})"
        number = r"[1-9]\d{0,4}"
        space = r"[^\S\n|·]*[|·]?[^\S\n]*"
        return pieces.compiled(
            rf"(?:(?:{mark}){space})*+(?P<first>{number}){space}(?:(?:{number}|{mark}){space})*+(?<=\S)",
            words=pieces.plain("pagination", "weak", "line"),
        )

    def row_triggers(self) -> Iterable[Trigger]:
        yield Trigger("pattern", r"\b1[ |]{1,3}2[ |]{1,3}3\b")
        yield Trigger("pattern", r"\b[0-9]{1,3}[ |]{1,3}(?:\.\.\.|…)[ |]{1,3}[0-9]{1,5}\b")

    def rows(self, doc: Document, line: int) -> Iterator[Candidate]:
        for found in self.placed(doc, line, self._numbers, 0.94, "a row of page numbers"):
            text = doc.text[found.start : found.end].strip()
            if _NO_NUMBER.search(text) and len(text) <= 120:
                yield found
