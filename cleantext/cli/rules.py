"""``cleantext rules``: all rules in a table."""

from __future__ import annotations

import shutil
import sys
import textwrap

import click

from cleantext.cli._options import format_option


@click.command("rules", short_help="List the rules.")
@format_option("text", "json")
def command(form: str) -> None:
    """List the rules: code, name, family, whether they act unasked, and what they find.

    A rule that doesn't act unasked only flags, until --select names its code.
    Your own rules are among them where the settings of this folder name their file.
    """
    from cleantext.selection import rules_of
    from cleantext.settings.sources import Sources

    rules = rules_of(Sources({}).at().config())
    if form == "json":
        from cleantext.report.jsonl import to_json

        rows = [
            {"code": r.code, "name": r.name, "family": r.family, "safe": r.safe, "summary": r.summary}
            for r in rules
        ]
        click.echo(to_json(rows, indent=2))
        return
    head = ("code", "name", "family", "acts", "finds")
    table = [head, *((r.code, r.name, r.family, "yes" if r.safe else "flags", r.summary) for r in rules)]
    widths = [max(len(row[i]) for row in table) for i in range(4)]
    indent = sum(widths) + 2 * len(widths)
    # in a pipe a rule keeps to its line, for grep
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    for row in table:
        start = "".join(cell.ljust(size + 2) for cell, size in zip(row, widths, strict=False))
        click.echo(_folded(start, row[4], width, indent))


def _folded(start: str, text: str, width: int, indent: int) -> str:
    """`start` and `text` on one line, or with `text` in a column of its own if there is room."""
    if width - indent < 24:
        return start + text
    return textwrap.fill(text, width, initial_indent=start, subsequent_indent=" " * indent)
