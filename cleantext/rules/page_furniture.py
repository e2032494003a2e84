"""CT801: lines that only their surroundings give away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from cleantext.context.abstain import abstains
from cleantext.document import Document
from cleantext.labels import line_entries
from cleantext.rules.base import Candidate, Rule

#: From this chance on a line that stays is reported as a flag.
_FLAG_FROM = 0.5


class PageFurniture(Rule):
    """Finds page furniture that holds no keyword: menus, teasers, rows of a shop, names of sections.

    What gives such lines away is where they stand, that many short ones follow one another, that they end
    without an end mark, repeat, or have the same shape. A small network that was trained on pages in which
    people marked the content judges every line together with its surroundings; see `cleantext/context/`.
    It is asked once the other rules find nothing more.

    Leaves alone: texts of fewer than six lines or with hardly any short ones, headings above a paragraph
    that stays, lists, tables, verse, dialogue, code, recipes.

    Source: pages of news sites, shops, forums and blogs after text extraction; trained by `training/`.
    """

    code = "CT801"
    name = "page-furniture"
    family = "page-furniture"
    late = True
    budgeted = False
    limits: ClassVar[Mapping[str, float]] = {"conservative": 0.85, "balanced": 0.65, "aggressive": 0.45}

    def judge(self, doc: Document, threshold: float) -> Iterator[Candidate]:
        """Groups of neighbouring lines that go, and those that were nearly sent away as flags."""
        if abstains(doc):
            return
        from cleantext.context import evidence, network
        from cleantext.context.decide import chosen, judge

        judged = judge(doc, network.load())
        if judged is None:
            return
        go = chosen(judged, threshold)
        flag = ~go & (judged.chance >= _FLAG_FROM)
        number = judged.lines.number.tolist()
        entries = line_entries(doc)
        for wanted, floor in ((go, threshold), (flag, 0.0)):
            for first, last in _groups(wanted.tolist()):
                start, stop = doc.block(number[first], number[last])
                chance = float(judged.chance[first : last + 1].mean())
                family = ""
                if first == last and number[first] in entries:
                    family = entries[number[first]][0].family
                yield Candidate(
                    start,
                    stop,
                    min(0.999, max(chance, floor)) if floor else min(chance, threshold - 0.001),
                    evidence.reason(judged.lines, first, last),
                    family=family,
                )


def _groups(wanted: list[bool]) -> Iterator[tuple[int, int]]:
    """First and last of each run of True."""
    first = -1
    for i, yes in enumerate(wanted):
        if yes and first < 0:
            first = i
        elif not yes and first >= 0:
            yield first, i - 1
            first = -1
    if first >= 0:
        yield first, len(wanted) - 1
