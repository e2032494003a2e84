"""What the scan found, handed to the rules that asked for it, less what the place rules out.

Most triggers that fire in clean text are of another language, or of labels that don't stand in
paragraphs. Telling that here costs a fraction of what it costs to ask a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from cleantext.scan.trigger import Trigger

if TYPE_CHECKING:
    from cleantext.document import Document
    from cleantext.rules.base import Rule


class Gate(msgspec.Struct, frozen=True):
    """What has to hold of the place of a hit, so that its rule needn't be asked otherwise.

    It must refuse only what the rule would refuse itself: it is there to be cheap.
    """

    #: The text may be in one of these languages; empty: any will do.
    langs: frozenset[str] = frozenset()
    #: The longest line in which the hit counts, in code points; 0: any.
    longest: int = 0
    #: In longer lines it still counts when the line ends within so many code points behind it.
    near_end: int = 0


class Hit(msgspec.Struct, frozen=True):
    """A trigger of a rule that fired: the end of what matched, and what the rule filed it under."""

    end: int
    payload: Any


_OPEN = Gate()
_Owner = tuple[int, Any, frozenset[str], int, int]
_NONE = frozenset[str]()


class Sieve:
    """The triggers of rules, numbered, and for each the rules that it concerns."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        numbers: dict[Trigger, int] = {}
        owners: list[list[_Owner]] = []
        #: What holds of every hit of a trigger that one of its owners may take.
        self.gates: list[Gate] = []
        gates = self.gates
        for r, rule in enumerate(rules):
            for trigger, payload in rule.triggers():
                gate = rule.gate(payload) or _OPEN
                owner = (r, payload, gate.langs, gate.longest, gate.near_end)
                n = numbers.setdefault(trigger, len(owners))
                if n == len(owners):
                    owners.append([owner])
                    gates.append(gate)
                else:
                    owners[n].append(owner)
                    if gates[n] is not gate:
                        gates[n] = _either(gates[n], gate)
        self.triggers = list(numbers)
        self._owners = owners
        self._langs = [g.langs or None for g in gates]
        #: For each trigger its owners, where the scanner has asked all that their gates ask.
        self._asked: list[tuple[tuple[int, Any], ...] | None] = [None] * len(owners)

    def trust(self, asked: Callable[[int], bool]) -> None:
        """`asked` tells whether a scanner leaves out every hit of a trigger that its gate refuses."""
        for n, owned in enumerate(self._owners):
            gate = self.gates[n]
            # one owner alone has just this gate
            if asked(n) and (
                len(owned) == 1
                or all((o[2], o[3], o[4]) == (gate.langs, gate.longest, gate.near_end) for o in owned)
            ):
                self._asked[n] = tuple((r, payload) for r, payload, *_ in owned)

    def hits(self, doc: Document, found: Sequence[tuple[int, int]]) -> dict[int, list[Hit]]:
        """Number of a rule -> its hits in `doc` that pass their gates, in order."""
        out: dict[int, list[Hit]] = {}
        owners, langs_of, asked_of = self._owners, self._langs, self._asked
        folded = doc.folded
        line_end = -1  # of the line that the last hit stands in
        start = 0
        known: frozenset[str] | None = None
        asked = False
        for end, number in found:
            direct = asked_of[number]
            if direct is not None:
                for r, payload in direct:
                    hits = out.get(r)
                    if hits is None:
                        hits = out[r] = []
                    hits.append(Hit(end, payload))
                continue
            langs = langs_of[number]
            if langs is not None:
                if not asked:
                    known, asked = doc.languages, True
                if known is not None and known.isdisjoint(langs):
                    continue
            if end > line_end:
                start = folded.rfind("\n", max(line_end, 0), end - 1) + 1 or start
                line_end = folded.find("\n", end - 1)
                if line_end < 0:
                    line_end = len(folded)
            size = line_end - start
            for r, payload, speaks, longest, near in owners[number]:
                if longest and size > longest and not line_end - end < near:
                    continue
                if speaks:
                    if not asked:
                        known, asked = doc.languages, True
                    if known is not None and known.isdisjoint(speaks):
                        continue
                hits = out.get(r)
                if hits is None:
                    hits = out[r] = []
                hits.append(Hit(end, payload))
        return out


def _either(a: Gate, b: Gate) -> Gate:
    """The narrowest gate that lets through what one of two does."""
    langs = a.langs | b.langs if a.langs and b.langs else _NONE
    longest = max(a.longest, b.longest) if a.longest and b.longest else 0
    return Gate(langs, longest, max(a.near_end, b.near_end) if longest else 0)
