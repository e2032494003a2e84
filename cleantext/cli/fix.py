"""``cleantext fix``: cleans files in place."""

from __future__ import annotations

import os
import stat

import click

from cleantext.cli._documents import STDIN, Document, cleaned, files_argument
from cleantext.cli._errors import Exit, complain
from cleantext.cli._help import Grouped
from cleantext.cli._options import Settings, cleaning_options, encoding_option, make_cleaner
from cleantext.errors import InputError, OutputError
from cleantext.finding import CleanResult
from cleantext.io.atomic import NoSpaceError, write_atomically
from cleantext.io.text import encode, reason_of
from cleantext.report.visible import one_line


@click.command("fix", cls=Grouped, short_help="Clean files in place.")
@files_argument
@cleaning_options
@encoding_option
@click.option("--quiet", "-q", is_flag=True, help="Don't name the files that were changed.")
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], settings: Settings, quiet: bool) -> None:
    """Clean files, or the text files of folders, in place. `-` cleans standard input to output.

    Each file is replaced as a whole or left as it was. What is taken out is not kept: use `run` for
    a report that can put it back, or `diff` to see it first.

    Exit status: 0 nothing to change, 1 something was changed, 2 misuse or unreadable input.
    """
    status = Exit.CLEAN
    for document in cleaned(files, settings, make_cleaner):
        try:
            changed = _write(document)
        except NoSpaceError:
            raise
        except (InputError, OutputError) as e:
            complain(f"{document.path}: {e}")
            status = Exit.ERROR
            continue
        if document.result is None:
            status = Exit.ERROR
        elif changed:
            status = max(status, Exit.NOISE)
            if not quiet:
                click.echo(_line(document.path, document.result), err=document.path == STDIN)
    ctx.exit(status)


def _write(document: Document) -> bool:
    """Write the document if it changed; standard input's is written in any case."""
    if document.source is None or document.result is None:
        return False
    changed = document.result.text != document.source.text
    if document.path == STDIN:
        click.echo(encode(document.result.text, document.source.encoding), nl=False)
    elif changed:
        _replace(document.path, encode(document.result.text, document.source.encoding))
    return changed


def _replace(path: str, data: bytes) -> None:
    target = os.path.realpath(path)  # a link stays a link, and the file behind it is cleaned
    try:
        like = os.stat(target)
    except OSError as e:
        raise InputError(f"can't be replaced: {reason_of(e)}") from e
    if not stat.S_ISREG(like.st_mode):
        raise InputError("is not a regular file, so it can't be replaced: use `-` to clean a stream")
    if not os.access(target, os.W_OK):  # a rename would replace it all the same
        raise InputError("is read-only: make it writable (chmod u+w), or use `run` to write elsewhere")
    write_atomically(target, data, like=like)


def _line(path: str, result: CleanResult) -> str:
    edits = len(result.report.edits)
    flags = len(result.report.findings) - edits
    less = result.report.chars_in - result.report.chars_out
    return f"{one_line(path)}: {edits} edit{'' if edits == 1 else 's'}, {less} fewer characters" + (
        f"; {flags} flagged, left alone" if flags else ""
    )
