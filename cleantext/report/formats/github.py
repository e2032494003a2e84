"""Annotations for GitHub's workflows: commands on standard output that mark lines of a change."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.report.formats import Checked
from cleantext.report.paths import slashed
from cleantext.report.position import Lines
from cleantext.report.visible import one_line


class Output:
    """Noise as warnings, flags as notices, documents that can't be read as errors."""

    def begin(self) -> Iterator[str]:
        return iter(())

    def document(self, checked: Checked) -> Iterator[str]:
        path = _property(slashed(checked.path))
        if checked.problem is not None:
            yield f"::error file={path}::{_data(checked.problem)}\n"
        lines = Lines(checked.text) if checked.report.findings else None
        for f in checked.report.findings:
            assert lines is not None
            line, column = lines.at(f.start)
            end_line, end_column = lines.at(max(f.start, f.end - 1))
            place = f"file={path},line={line},endLine={end_line}"
            if line == end_line:  # the host takes columns within one line only
                place += f",col={column},endColumn={end_column + 1}"
            kind = "notice" if f.action == "flag" else "warning"
            title = _property(f"{f.rule} {f.family}")
            yield f"::{kind} {place},title={title}::{_data(f'{f.reason}: {one_line(f.text, 60)}')}\n"

    def end(self) -> Iterator[str]:
        return iter(())


def _data(text: str) -> str:
    return one_line(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
