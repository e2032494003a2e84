"""Whether findings are right as often as they say. ``python -m benchmarks confidence --gold FILE``.

Of the findings at 0.9, nine in ten should be noise. The texts are those of `cleantext eval`: JSON lines with
``noisy`` and ``gold``, or with labelled lines; clean texts are such where both are equal, and belong in
it, for a rule's wrong findings are found there. Flags count as well as edits, so that the curve reaches
below the threshold.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import msgspec

from cleantext import Cleaner
from cleantext.evaluation.align import removed
from cleantext.evaluation.gold import Gold, read_gold

#: Confidences from which a row of the table starts.
STEPS = (0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
#: A finding is right if so much of what it would take is noise, in code points that aren't blank.
_RIGHT = 0.9


class Row(msgspec.Struct):
    """Findings of like confidence, or of one rule."""

    findings: int = 0
    said: float = 0.0  # the sum of their confidences
    right: int = 0

    def add(self, confidence: float, right: bool) -> None:
        """One more."""
        self.findings += 1
        self.said += confidence
        self.right += right

    @property
    def gap(self) -> float:
        """How much surer they are than right: above 0 is too sure."""
        return (self.said - self.right) / self.findings if self.findings else 0.0


class Curve(msgspec.Struct):
    """Rows by step of confidence, and by rule for findings of `STEPS[4]` and more."""

    steps: dict[float, Row]
    rules: dict[str, Row]

    @property
    def error(self) -> float:
        """The expected calibration error: the mean gap, weighed by how many findings a step has."""
        total = sum(r.findings for r in self.steps.values())
        return sum(abs(r.gap) * r.findings for r in self.steps.values()) / total if total else 0.0


def measure(texts: Iterable[Gold], cleaner: Cleaner) -> Curve:
    """What `cleaner` says of `texts`, and how much of it is so."""
    curve = Curve({step: Row() for step in STEPS}, defaultdict(Row))
    for gold in texts:
        findings = cleaner.clean(gold.noisy).report.findings
        if not findings:
            continue
        noise = bytearray(len(gold.noisy))
        for start, end in removed(gold.noisy, gold.clean):
            noise[start:end] = b"\x01" * (end - start)
        for f in findings:
            changed = [(f.start, f.end)]
            if f.action == "replace":
                changed = [(f.start + a, f.start + b) for a, b in removed(f.text, f.replacement)]
            marks = [noise[n] for a, b in changed for n in range(a, b) if not gold.noisy[n].isspace()]
            if not marks:
                continue
            right = sum(marks) >= _RIGHT * len(marks)
            step = max((s for s in STEPS if s <= f.confidence), default=None)
            if step is not None:
                curve.steps[step].add(f.confidence, right)
            if f.confidence >= STEPS[4]:
                curve.rules[f.rule].add(f.confidence, right)
    return curve


def table(curve: Curve) -> str:
    """The curve for a terminal."""
    out = ["confidence   findings   said   right"]
    for step, row in curve.steps.items():
        if row.findings:
            out.append(f"{step:6.2f} and up {_figures(row)}")
    out.append(f"expected calibration error {100 * curve.error:.1f} %")
    out += ["", f"rule (from {STEPS[4]})  findings   said   right"]
    out += [f"{code:14}{_figures(row)}" for code, row in sorted(curve.rules.items())]
    return "\n".join(out)


def _figures(row: Row) -> str:
    return f"{row.findings:10}  {100 * row.said / row.findings:5.1f}  {100 * row.right / row.findings:6.1f}"


def main(arguments: list[str]) -> int:
    """Reads, measures, prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks confidence", description=__doc__)
    parser.add_argument("--gold", required=True, action="append", metavar="FILE")
    parser.add_argument("--mode", choices=["conservative", "balanced", "aggressive"], default="balanced")
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    args = parser.parse_args(arguments)
    curve = measure((g for path in args.gold for g in read_gold(path)), Cleaner(mode=args.mode))
    print(table(curve))
    if args.json:
        figures = msgspec.to_builtins(curve, str_keys=True)
        args.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0
