"""``cleantext diff``: what ``fix`` would change."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

import click
import msgspec

from cleantext.cli._documents import cleaned, files_argument
from cleantext.cli._errors import Exit, complain
from cleantext.cli._help import Grouped
from cleantext.cli._options import Settings, cleaning_options, encoding_option, make_cleaner
from cleantext.errors import InputError
from cleantext.finding import Finding
from cleantext.io.text import TextDocument, encode
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
        if on_terminal:
            name = one_line(document.path)
            for number, line in enumerate(unified(document.source.text, edits, name)):
                click.echo(_for_terminal(line, colour, header=number < 2), nl=False)
            continue
        try:
            encode(document.result.text, document.source.encoding)
        except InputError as e:  # `fix` would say the same
            complain(f"{document.path}: {e}")
            status = Exit.ERROR
            continue
        for piece in _exact(document.path, document.source, edits):
            click.echo(piece, nl=False)
    ctx.exit(status)


def _exact(path: str, source: TextDocument, edits: Sequence[Finding]) -> Iterator[bytes]:
    """The difference of the bytes, for `patch`: in the file's encoding, its byte order mark included."""
    from cleantext.report.paths import patch_name
    from cleantext.report.unified import unified

    text, encoding = source.text, source.encoding
    # patch can't do UTF-16, so that the difference of such a file is for people
    name = encoding.name if _holds_ascii(encoding.name) else "utf-8"
    if encoding.bom and name == encoding.name:
        text = "\ufeff" + text
        edits = [msgspec.structs.replace(f, start=f.start + 1, end=f.end + 1) for f in edits]
    for number, line in enumerate(unified(text, edits, patch_name(path))):
        yield line.encode("utf-8" if number < 2 else name)


def _holds_ascii(encoding: str) -> bool:
    """Whether the encoding has a diff's own signs and line ends as ASCII has them."""
    return " +-@\\\n".encode(encoding) == b" +-@\\\n"


def _for_terminal(line: str, colour: bool, header: bool) -> str:
    line = terminal_lines(line)
    if not colour:
        return line
    if header:
        return click.style(line, bold=True)
    return click.style(line, fg=_COLOURS[line[0]]) if line[0] in _COLOURS else line
