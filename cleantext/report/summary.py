"""The numbers of a run: counted document by document, merged, and written as ``summary.json``."""

from __future__ import annotations

from typing import Any

import msgspec

from cleantext.config import Config
from cleantext.finding import FAMILIES
from cleantext.report.jsonl import DocumentRecord

#: Version of the summary's form.
SCHEMA_VERSION = 1


class Count(msgspec.Struct):
    """Findings of one kind: how many were acted on or flagged, and the code points taken out."""

    removed: int = 0
    replaced: int = 0
    flagged: int = 0
    chars_removed: int = 0

    def add(self, other: Count) -> None:
        """Add the numbers of `other`."""
        self.removed += other.removed
        self.replaced += other.replaced
        self.flagged += other.flagged
        self.chars_removed += other.chars_removed

    @property
    def edits(self) -> int:
        """Findings that changed the text."""
        return self.removed + self.replaced


class Totals(msgspec.Struct):
    """Numbers over documents. `rules` holds a `Count` by family, then by rule code."""

    cleaned: int = 0
    unchanged: int = 0
    failed: int = 0
    chars_in: int = 0
    chars_out: int = 0
    rules: dict[str, dict[str, Count]] = msgspec.field(default_factory=dict)

    @property
    def documents(self) -> int:
        """All documents that were taken on."""
        return self.cleaned + self.unchanged + self.failed

    @property
    def share(self) -> float:
        """The share of code points that was taken out."""
        return removed_share(self.chars_in, self.chars_out)

    def add(self, record: DocumentRecord) -> None:
        """Count one document."""
        if record.status == "cleaned":
            self.cleaned += 1
        elif record.status == "unchanged":
            self.unchanged += 1
        else:
            self.failed += 1
        if record.report is None:
            return
        self.chars_in += record.report.chars_in
        self.chars_out += record.report.chars_out
        for f in record.report.findings:
            count = self.rules.setdefault(f.family, {}).setdefault(f.rule, Count())
            if f.action == "flag":
                count.flagged += 1
                continue
            if f.action == "remove":
                count.removed += 1
            else:
                count.replaced += 1
            count.chars_removed += f.end - f.start - len(f.replacement)

    def merge(self, other: Totals) -> None:
        """Add the numbers of `other`."""
        self.cleaned += other.cleaned
        self.unchanged += other.unchanged
        self.failed += other.failed
        self.chars_in += other.chars_in
        self.chars_out += other.chars_out
        for family, rules in other.rules.items():
            for rule, count in rules.items():
                self.rules.setdefault(family, {}).setdefault(rule, Count()).add(count)

    def by_family(self) -> dict[str, Count]:
        """Numbers by family, in the order in which reports list families."""
        result: dict[str, Count] = {}
        for family in sorted(self.rules, key=_family_order):
            result[family] = Count()
            for count in self.rules[family].values():
                result[family].add(count)
        return result

    def by_rule(self) -> dict[str, Count]:
        """Numbers by rule code, in order of the codes."""
        result: dict[str, Count] = {}
        for rules in self.rules.values():
            for rule, count in rules.items():
                result.setdefault(rule, Count()).add(count)
        return dict(sorted(result.items()))


class Omission(msgspec.Struct, frozen=True):
    """Something that gave no cleaned text, and why."""

    path: str
    reason: str


class Summary(msgspec.Struct, frozen=True):
    """All there is to say about a run as a whole.

    It holds no time and no place, so that the same input, settings and version give the same bytes.
    `failures` are documents that couldn't be cleaned; `skipped` was no document; `run` says which
    part of the input was taken on, and how records were read.
    """

    version: str
    config: Config
    encoding: str
    totals: Totals
    failures: tuple[Omission, ...] = ()
    skipped: tuple[Omission, ...] = ()
    run: dict[str, Any] = {}

    def as_mapping(self) -> dict[str, Any]:
        """The content of ``summary.json``; ``in`` is always ``cleaned + unchanged + failed``."""
        t = self.totals
        return {
            "schema": SCHEMA_VERSION,
            "version": self.version,
            "settings": {**msgspec.to_builtins(self.config), "encoding": self.encoding},
            "run": self.run,
            "in": t.documents,
            "cleaned": t.cleaned,
            "unchanged": t.unchanged,
            "failed": t.failed,
            "chars_in": t.chars_in,
            "chars_out": t.chars_out,
            "removed_share": round(t.share, 6),
            "families": {name: _numbers(count) for name, count in t.by_family().items()},
            "rules": {name: _numbers(count) for name, count in t.by_rule().items()},
            "failures": msgspec.to_builtins(self.failures),
            "skipped": msgspec.to_builtins(self.skipped),
        }


def removed_share(chars_in: int, chars_out: int) -> float:
    """The share of code points that was taken out; 0 where none were or none came in."""
    return max(0, chars_in - chars_out) / chars_in if chars_in else 0.0


def _numbers(count: Count) -> dict[str, int]:
    return {
        "removed": count.removed,
        "replaced": count.replaced,
        "flagged": count.flagged,
        "chars_removed": count.chars_removed,
    }


def _family_order(family: str) -> tuple[int, str]:
    return (FAMILIES.index(family) if family in FAMILIES else len(FAMILIES), family)
