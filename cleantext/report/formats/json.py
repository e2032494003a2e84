"""JSON: one object for the whole check, or one a finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cleantext.report.formats import Checked
from cleantext.report.jsonl import to_json
from cleantext.report.position import Lines as Positions
from cleantext.report.terminal import finding_mapping


class Output:
    """One object with a document a line, so that a check of many needs the memory of one."""

    def __init__(self) -> None:
        self._some = False

    def begin(self) -> Iterator[bytes]:
        yield b'{"documents":['

    def document(self, checked: Checked) -> Iterator[bytes]:
        entry: dict[str, Any] = {
            "path": checked.path,
            "problem": checked.problem,
            "findings": _findings(checked),
        }
        if checked.problem is None:
            report = checked.report
            entry |= {
                key: getattr(report, key) for key in ("mode", "chars_in", "chars_out", "version", "schema")
            }
        yield b",\n" if self._some else b"\n"
        yield to_json(entry)
        self._some = True

    def end(self) -> Iterator[bytes]:
        yield b"\n]}\n"


class Lines:
    """One object a finding and line."""

    def begin(self) -> Iterator[bytes]:
        return iter(())

    def document(self, checked: Checked) -> Iterator[bytes]:
        for finding in _findings(checked):
            yield to_json({"path": checked.path, **finding}) + b"\n"

    def end(self) -> Iterator[bytes]:
        return iter(())


def _findings(checked: Checked) -> list[dict[str, Any]]:
    if not checked.report.findings:
        return []
    lines = Positions(checked.text)
    return [finding_mapping(lines, f) for f in checked.report.findings]
