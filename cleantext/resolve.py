"""From candidates to edits: thresholds, protected texts, overlaps, the budget.

The order, written down because it decides what happens where rules disagree:

1. a candidate below its threshold becomes a flag;
2. one that touches a protected text, or was found wrong in a review, becomes a flag;
3. of candidates that overlap, one whose rule yields to the other's family goes; then the one that holds the others wins if it is hardly less sure
   (`_SLACK`), else the surer one, else the longer one, else the lower code; the losers are dropped:
   the text is cleaned again until nothing more is found, so a loser that still stands comes back;
4. when what is left would remove more than the budget, everything becomes a flag. Rules that see to
   their own limits (`Rule.budgeted`) count only for a budget that the caller has set.

What is refused is reported as a flag, never dropped in silence, except below `_FLAG_FROM`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from operator import itemgetter

from cleantext.config import Config
from cleantext.finding import Action, Finding
from cleantext.patterns import spans
from cleantext.review import spared
from cleantext.rules.base import Candidate, Rule

_SLACK = 0.08
_FLAG_FROM = 0.3


class Judged:
    """A candidate with its rule and what is to become of it."""

    __slots__ = ("candidate", "note", "rule", "start", "stop")

    def __init__(self, rule: Rule, candidate: Candidate, note: str = "") -> None:
        self.rule = rule
        self.candidate = candidate
        self.note = note
        self.start = candidate.start
        self.stop = candidate.end


def resolve(
    text: str, proposals: Iterable[tuple[Rule, Candidate]], config: Config, threshold: Callable[[Rule], float]
) -> list[Finding]:
    """The findings for `text`, ordered by start; those that aren't flags don't overlap."""
    act: list[Judged] = []
    flags: list[Judged] = []
    protected = _protected(text, config)
    for rule, c in proposals:
        if c.end <= c.start or text[c.start : c.end] == c.replacement:
            continue
        if c.confidence < threshold(rule):
            if c.confidence >= _FLAG_FROM:
                flags.append(Judged(rule, c))
        elif any(c.start < stop and start < c.end for start, stop in protected):
            flags.append(Judged(rule, c, "it holds a protected text"))
        elif config.reviewed and spared(config.reviewed).spares(rule.code, text[c.start : c.end]):
            flags.append(Judged(rule, c, "a review found it wrong to take"))
        else:
            act.append(Judged(rule, c))
    act = _disjoint(act)
    removed = sum(
        j.stop - j.start - len(j.candidate.replacement)
        for j in act
        if j.rule.budgeted or config.budget is not None
    )
    budget = config.removal_budget
    if text and removed > budget * len(text):
        share = f"{100 * removed / len(text):.0f} % of the text, more than the budget of {100 * budget:.0f} %"
        for j in act:
            j.note = f"all findings together would remove {share}"
        flags += act
        act = []
    taken = [(j.start, j.stop) for j in act]
    flags = [j for j in flags if not _covered(j, taken)]
    found = [_finding(text, j, "flag") for j in _distinct(flags)]
    found += [_finding(text, j, "replace" if j.candidate.replacement else "remove") for j in act]
    return sorted(found, key=lambda f: (f.start, f.end, f.rule))


def _finding(text: str, j: Judged, action: Action) -> Finding:
    c = j.candidate
    if j.note and action == "flag":
        reason = f"{c.reason}; left alone: {j.note}"
    else:
        reason = c.reason
    return Finding(
        rule=j.rule.code,
        family=c.family or j.rule.family,
        start=c.start,
        end=c.end,
        text=text[c.start : c.end],
        replacement=text[c.start : c.end] if action == "flag" else c.replacement,
        action=action,
        confidence=round(c.confidence, 3),
        reason=reason,
    )


def _protected(text: str, config: Config) -> list[tuple[int, int]]:
    found = [span for pattern in config.protect_patterns for span in spans(pattern, text)]
    for p in config.protect:
        at = text.find(p)
        while at >= 0:
            found.append((at, at + len(p)))
            at = text.find(p, at + len(p))
    return found


def _rank(j: Judged) -> tuple[float, int, str, int]:
    return (-j.candidate.confidence, -(j.stop - j.start), j.rule.code, j.start)


def _disjoint(items: list[Judged]) -> list[Judged]:
    """The winners among overlapping candidates, ordered by start. Linear but for sorting."""
    items.sort(key=lambda j: (j.start, j.stop))
    out: list[Judged] = []
    group: list[Judged] = []
    stop = -1
    for j in items:
        if group and j.start >= stop:
            out += _winners(group)
            group = []
        group.append(j)
        stop = max(stop, j.stop) if len(group) > 1 else j.stop
    return out + _winners(group) if group else out


def _winners(group: list[Judged]) -> list[Judged]:
    group = _without_yielding(group)
    if len(group) == 1:
        return group
    # One that holds others of nearly its confidence stands for them all.
    widest = max(group, key=lambda j: (j.stop - j.start, j.candidate.confidence))
    best = min(group, key=_rank)
    if (
        widest.start <= min(j.start for j in group)
        and widest.stop >= max(j.stop for j in group)
        and widest.candidate.confidence >= best.candidate.confidence - _SLACK
    ):
        same = [j for j in group if (j.start, j.stop) == (widest.start, widest.stop)]
        return [min(same, key=_rank)]
    starts: list[int] = []
    chosen: list[Judged] = []
    for j in sorted(group, key=_rank):
        at = bisect_right(starts, j.start)
        if (at == 0 or chosen[at - 1].stop <= j.start) and (at == len(chosen) or j.stop <= chosen[at].start):
            starts.insert(at, j.start)
            chosen.insert(at, j)
    return chosen


def _without_yielding(group: list[Judged]) -> list[Judged]:
    """The group without the candidates that overlap one of a family to which their rule yields."""
    families = {j.rule.family for j in group}
    if all(families.isdisjoint(j.rule.yields_to) for j in group):
        return group
    out: list[Judged] = []
    for j in group:
        better = (k for k in group if k.rule.family in j.rule.yields_to)
        if not any(k.start < j.stop and j.start < k.stop for k in better):
            out.append(j)
    return out


def _covered(j: Judged, taken: list[tuple[int, int]]) -> bool:
    """Whether what a flag points at is gone already."""
    i = bisect_right(taken, j.start, key=itemgetter(0)) - 1
    return i >= 0 and j.stop <= taken[i][1]


def _distinct(flags: list[Judged]) -> list[Judged]:
    """One flag for each span and rule."""
    seen: dict[tuple[int, int, str], Judged] = {}
    for j in flags:
        seen.setdefault((j.start, j.stop, j.rule.code), j)
    return list(seen.values())
