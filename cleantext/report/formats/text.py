"""A line a finding, for people and for editors that jump to ``path:line:column``."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.report.formats import Checked
from cleantext.report.terminal import finding_lines


class Output:
    """Findings as lines; problems are told on standard error."""

    def begin(self) -> Iterator[str]:
        return iter(())

    def document(self, checked: Checked) -> Iterator[str]:
        for line in finding_lines(checked.path, checked.text, checked.report):
            yield line + "\n"

    def end(self) -> Iterator[str]:
        return iter(())
