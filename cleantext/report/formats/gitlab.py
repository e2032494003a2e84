"""GitLab's Code Quality report: a JSON list that merge requests show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from cleantext.report.formats import Checked, fingerprint, hash_of
from cleantext.report.jsonl import to_json
from cleantext.report.paths import slashed
from cleantext.report.position import Lines


class Output:
    """Noise is minor, flags are for information, documents that can't be read are major."""

    def __init__(self) -> None:
        self._some = False
        self._seen: Counter[str] = Counter()

    def begin(self) -> Iterator[bytes]:
        yield b"["

    def document(self, checked: Checked) -> Iterator[bytes]:
        path = slashed(checked.path)
        if checked.problem is not None:
            yield from self._entry(
                {
                    "description": checked.problem,
                    "check_name": "unreadable",
                    "fingerprint": hash_of("unreadable", path),
                    "severity": "major",
                    "location": {"path": path, "lines": {"begin": 1}},
                }
            )
        lines = Lines(checked.text) if checked.report.findings else None
        for f in checked.report.findings:
            assert lines is not None
            mark = fingerprint(f, path)
            self._seen[mark] += 1
            if self._seen[mark] > 1:  # must differ for each entry
                mark = fingerprint(f, path, str(self._seen[mark]))
            yield from self._entry(
                {
                    "description": f"{f.rule} {f.family}: {f.reason}",
                    "check_name": f.rule,
                    "fingerprint": mark,
                    "severity": "info" if f.action == "flag" else "minor",
                    "location": {
                        "path": path,
                        "lines": {"begin": lines.at(f.start)[0], "end": lines.at(max(f.start, f.end - 1))[0]},
                    },
                }
            )

    def end(self) -> Iterator[bytes]:
        yield b"\n]\n"

    def _entry(self, entry: dict[str, Any]) -> Iterator[bytes]:
        yield b",\n" if self._some else b"\n"
        yield to_json(entry)
        self._some = True
