"""How much of what, instead of each finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cleantext.report.formats import Checked
from cleantext.report.jsonl import to_json


class Statistics:
    """Findings counted by rule, the most frequent first; `form` is ``text`` or ``json``."""

    def __init__(self, form: str) -> None:
        self._form = form
        self._families: dict[str, str] = {}
        self._edits: Counter[str] = Counter()
        self._flags: Counter[str] = Counter()
        self._documents: Counter[str] = Counter()

    def begin(self) -> Iterator[str | bytes]:
        return iter(())

    def document(self, checked: Checked) -> Iterator[str | bytes]:
        for f in checked.report.findings:
            self._families[f.rule] = f.family
            (self._flags if f.action == "flag" else self._edits)[f.rule] += 1
        self._documents.update({f.rule for f in checked.report.findings})
        return iter(())

    def end(self) -> Iterator[str | bytes]:
        rules = sorted(self._families, key=lambda r: (-self._edits[r], -self._flags[r], r))
        rows: list[dict[str, str | int]] = [
            {
                "rule": rule,
                "family": self._families[rule],
                "noise": self._edits[rule],
                "flags": self._flags[rule],
                "documents": self._documents[rule],
            }
            for rule in rules
        ]
        if self._form == "json":
            yield to_json(rows, indent=2) + b"\n"
            return
        if not rows:
            return
        table: list[list[str]] = [
            list(rows[0]),
            *([f"{v:,}" if isinstance(v, int) else v for v in r.values()] for r in rows),
        ]
        widths = [max(len(row[i]) for row in table) for i in range(5)]
        for row in table:
            cells = [
                c.ljust(w) if i < 2 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))
            ]
            yield "  ".join(cells).rstrip() + "\n"
