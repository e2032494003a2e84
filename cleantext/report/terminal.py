"""Findings and summaries as plain text for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cleantext.finding import Finding, Report
from cleantext.report.position import Lines
from cleantext.report.summary import Summary
from cleantext.report.visible import one_line

#: Code points of a found text that are shown.
SHOWN = 60


def finding_lines(path: str, text: str, report: Report) -> Iterator[str]:
    """A line for each finding, as ``path:line:col: CODE family [confidence] reason: what``."""
    if not report.findings:
        return
    lines = Lines(text)
    for f in report.findings:
        line, column = lines.at(f.start)
        yield (
            f"{one_line(path)}:{line}:{column}: {f.rule} {f.family} [{f.confidence:.2f}] "
            f"{one_line(f.reason)} | {_deed(f)}"
        )


def finding_mapping(lines: Lines, f: Finding) -> dict[str, Any]:
    """A finding as a mapping for JSON, with its line and column."""
    line, column = lines.at(f.start)
    return {
        "line": line,
        "column": column,
        **{name: getattr(f, name) for name in f.__struct_fields__},
    }


def _deed(f: Finding) -> str:
    text = one_line(f.text, SHOWN)
    if f.action == "remove":
        return f'removed "{text}"'
    if f.action == "replace":
        return f'replaced "{text}" with "{one_line(f.replacement, SHOWN)}"'
    return f'flag, left alone "{text}"'


def summary_lines(summary: Summary, out: str) -> Iterator[str]:
    """The end of a run in words and one table."""
    t = summary.totals
    yield (
        f"{_count(t.documents, 'document')} in: {t.cleaned:,} cleaned, {t.unchanged:,} unchanged, "
        f"{t.failed:,} failed"
    )
    if summary.skipped:
        yield f"{_count(len(summary.skipped), 'other file')} not read: summary.json says why"
    families = t.by_family()
    if families:
        taken = _count(max(0, t.chars_in - t.chars_out), "character")
        yield f"{taken} taken out of {t.chars_in:,} ({100 * t.share:.2f} %)"
        yield ""
        rows = [("family", "edits", "flags", "characters")]
        rows += [
            (family, f"{c.edits:,}", f"{c.flagged:,}", f"{c.chars_removed:,}")
            for family, c in families.items()
        ]
        widths = [max(len(row[i]) for row in rows) for i in range(4)]
        for family, *numbers in rows:
            cells = (number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True))
            yield "  ".join((family.ljust(widths[0]), *cells))
    if out == "-":
        return
    yield ""
    yield f"written to {one_line(out)}: open {one_line(out.rstrip('/'))}/report.html in a browser"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
