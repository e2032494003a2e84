"""CT401: lines that repeat across the pages of a site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cleantext.document import Document
from cleantext.rules.base import Candidate, Example, LookAlike, Rule

if TYPE_CHECKING:
    from cleantext.corpus.site import Judged

#: Where the cleaner leaves what a profile says about the site of the document, and this rule's threshold.
MEMO = "site lines"

_JUDGED = "judged lines"


def judged_lines(doc: Document) -> dict[int, Judged]:
    """What the profile says about each line that it knows, by the line's number; worked out once."""
    site, _ = doc.memo.get(MEMO, (None, 0.0))
    if site is None:
        return {}
    found: dict[int, Judged] | None = doc.memo.get(_JUDGED)
    if found is None:
        judged = ((n, site.judge(doc.line(n))) for n in range(len(doc.lines)) if not doc.blank(n))
        found = doc.memo[_JUDGED] = {n: j for n, j in judged if j is not None}
    return found


def taken_lines(doc: Document) -> set[int]:
    """The numbers of the lines that this rule will remove."""
    _, threshold = doc.memo.get(MEMO, (None, 0.0))
    return {n for n, judged in judged_lines(doc).items() if judged.confidence >= threshold}


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
    late = 2  # what judges lines by their neighbours must have seen these
    budgeted = False
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

    def judge(self, doc: Document, threshold: float) -> Iterator[Candidate]:
        """Runs of sure lines, and the others one by one."""
        judgements = judged_lines(doc)
        first = last = -1
        run: list[Judged] = []
        for number in range(len(doc.lines) if judgements else 0):
            if doc.blank(number):
                continue
            judged = judgements.get(number)
            if judged is not None and judged.confidence >= threshold:
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
