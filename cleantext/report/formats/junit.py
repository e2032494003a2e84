"""JUnit's XML, which nearly every build server shows: a test a document."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from cleantext.report.formats import Checked
from cleantext.report.terminal import finding_lines
from cleantext.report.visible import one_line


class Output:
    """A document with noise is a failed test, one that can't be read an error; flags are told beside."""

    def __init__(self) -> None:
        # the counts stand before the tests, so that these wait; each is as large as its findings
        self._cases: list[str] = []
        self._failures = self._errors = 0

    def begin(self) -> Iterator[str]:
        return iter(())

    def document(self, checked: Checked) -> Iterator[str]:
        name = quoteattr(one_line(checked.path))
        inside = ""
        findings = checked.report.findings
        noise = len(checked.report.edits)
        # finding_lines leaves nothing in that XML can't hold: what is unseen is spelt out
        lines = escape("\n".join(finding_lines(checked.path, checked.text, checked.report)))
        if checked.problem is not None:
            self._errors += 1
            inside = f"<error message={quoteattr(one_line(checked.problem))}/>"
        elif noise:
            self._failures += 1
            what = f"{noise} piece{'' if noise == 1 else 's'} of noise"
            inside = f'<failure message="{what}">{lines}</failure>'
        elif findings:
            inside = f"<system-out>{lines}</system-out>"
        self._cases.append(f'<testcase classname="cleantext" name={name}>{inside}</testcase>\n')
        return iter(())

    def end(self) -> Iterator[str]:
        counts = f'tests="{len(self._cases)}" failures="{self._failures}" errors="{self._errors}"'
        yield f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites {counts}>\n'
        yield f'<testsuite name="cleantext" {counts}>\n'
        yield from self._cases
        yield "</testsuite>\n</testsuites>\n"
