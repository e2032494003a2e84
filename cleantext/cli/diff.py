"""``cleantext diff``: what ``fix`` would change."""

from __future__ import annotations

import os
import sys

import click

from cleantext.cli._documents import cleaned, files_argument
from cleantext.cli._errors import Exit
from cleantext.cli._help import Grouped
from cleantext.cli._options import Settings, cleaning_options, encoding_option, make_cleaner
from cleantext.report.visible import one_line, terminal_lines

_COLOURS = {"-": "red", "+": "green", "@": "cyan"}


@click.command("diff", cls=Grouped, short_help="Show what fix would change.")
@files_argument
@cleaning_options
@encoding_option
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], settings: Settings) -> None:
    """Show what `fix` would change in files, folders or standard input (-), as a unified diff.

    Exit status: 0 nothing, 1 something, 2 misuse or unreadable input.
    """
    from cleantext.report.unified import unified

    on_terminal = sys.stdout.isatty()
    colour = on_terminal and not os.environ.get("NO_COLOR")
    status = Exit.CLEAN
    for document in cleaned(files, settings, make_cleaner):
        if document.source is None or document.result is None:
            status = Exit.ERROR
            continue
        edits = document.result.report.edits
        if edits:
            status = max(status, Exit.NOISE)
        for number, line in enumerate(unified(document.source.text, edits, one_line(document.path))):
            if on_terminal:  # in a pipe the diff stays exact, for patch
                line = _for_terminal(line, colour, header=number < 2)
            click.echo(line.encode("utf-8"), nl=False)
    ctx.exit(status)


def _for_terminal(line: str, colour: bool, header: bool) -> str:
    line = terminal_lines(line)
    if not colour:
        return line
    if header:
        return click.style(line, bold=True)
    return click.style(line, fg=_COLOURS[line[0]]) if line[0] in _COLOURS else line
