"""CT401: lines that repeat across the pages of a site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cleantext.document import Document
from cleantext.rules.base import Candidate, Example, Hit, LookAlike, Rule

if TYPE_CHECKING:
    from cleantext.corpus.site import Judged, SiteLines

#: Where the cleaner leaves what a profile says about the site of the document.
MEMO = "site lines"


class RepeatedLine(Rule):
    """Finds lines that stand on many pages of one site.

    What a site prints on page after page is its furniture, whatever its language and wording. It takes
    a profile (`cleantext profile`) and the document's URL; without them this rule finds nothing. Lines
    that repeat within one page only don't count, and copies of a page count once.

    Leaves alone: refrains, lines on two pages only (a headline and the list that leads to it), long
    paragraphs that some pages share, code, and what the file beside the profile protects.

    Source: site-level deduplication as in jusText's and RefinedWeb's pipelines; thresholds measured on
    extracted pages of sites with three or more of them.
    """

    code = "CT401"
    name = "repeated-line"
    family = "repeated-line"
    always = True
    needs_profile = True
    examples = (
        Example(
            "Visit the museum shop\nThe bridge opens in May.\nFriends of the museum\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "The ferry stops in June.\nFriends of the museum\n",
            "The ferry stops in June.\n",
        ),
    )
    lookalikes = (
        LookAlike("And the band played on.\nThe ship went down.\nAnd the band played on.", "a refrain"),
        LookAlike("The bridge opens in May.", "a headline that a list has too"),
    )

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        """Runs of sure lines, and the others one by one."""
        site: SiteLines | None = doc.memo.get(MEMO)
        if site is None:
            return
        first = last = -1
        run: list[Judged] = []
        for number in range(len(doc.lines)):
            if doc.blank(number):
                continue
            judged = site.judge(doc.line(number))
            if judged is not None and judged.confidence >= 0.8:
                if not run:
                    first = number
                run.append(judged)
                last = number
                continue
            if run:
                yield self._candidate(doc, first, last, run)
                run = []
            if judged is not None and judged.confidence > 0:
                yield self._candidate(doc, number, number, [judged])
        if run:
            yield self._candidate(doc, first, last, run)

    def _candidate(self, doc: Document, first: int, last: int, run: list[Judged]) -> Candidate:
        least = min(run, key=lambda judged: judged.confidence)
        what = "the line" if len(run) == 1 else f"each of {len(run)} lines in a row repeats: the least"
        start, stop = doc.block(first, last)
        return Candidate(start, stop, least.confidence, f"{what} {least.evidence}")
