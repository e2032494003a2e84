"""The documents that a command is given: files, folders, and ``-`` for standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence

import click
import msgspec

from cleantext.cli._complete import paths
from cleantext.cli._errors import complain
from cleantext.cli._options import Settings
from cleantext.config import Config
from cleantext.errors import InputError
from cleantext.finding import CleanResult
from cleantext.io.compress import split_name
from cleantext.io.text import TextDocument, decode, read_named
from cleantext.report.summary import Omission
from cleantext.run.plan import Source, walk
from cleantext.run.work import CleansText

#: The argument of the commands that take documents.
files_argument = click.argument("files", nargs=-1, required=True, shell_complete=paths, metavar="FILE...")

STDIN = "-"

#: Formats whose files are the text itself.
_TEXTS = ("text", "markdown")


class Document(msgspec.Struct, frozen=True):
    """A document that was read and cleaned, or the reason why it was not.

    `path` is as it was given; for `STDIN` there is no file.
    """

    path: str
    source: TextDocument | None = None
    result: CleanResult | None = None
    problem: str | None = None


def cleaned(
    files: Sequence[str], settings: Settings, make: Callable[[Config], CleansText]
) -> Iterator[Document]:
    """The documents one by one, cleaned with a cleaner that `make` makes of the settings for each.

    One that can't be read is told of, and doesn't end it. Wrong settings do (`ConfigError`).
    """
    skipped = 0
    cleaners: dict[int, tuple[Config, CleansText]] = {}
    for path in files:
        for found in _documents(path, settings.at(None if path == STDIN else path).encoding):
            if isinstance(found, Omission):
                skipped += 1
                continue
            place = None if found.path == STDIN else found.path
            layered = settings.at(place)
            config = layered.config(place)
            if id(config) not in cleaners:
                cleaners[id(config)] = config, make(config)
            document = _clean(found, cleaners[id(config)][1], layered.encoding)
            if document.problem is not None:
                complain(f"{document.path}: {document.problem}")
            yield document
    if skipped:
        files_were = "1 file in a folder was" if skipped == 1 else f"{skipped} files in folders were"
        complain(f"{files_were} not read, not being text by name: name them to have them read")


def _documents(path: str, encoding: str) -> Iterator[Source | Omission]:
    if path != STDIN and os.path.isdir(path):
        for found in walk(path, encoding):
            if isinstance(found, Source) and (found.format not in _TEXTS or split_name(found.place)[1]):
                found = Omission(found.place, "a file of many records, or packed: `cleantext run` cleans it")
            yield found
    else:
        yield Source(path, path)


def _clean(source: Source, cleaner: CleansText, encoding: str) -> Document:
    try:
        if source.problem is not None:
            raise InputError(source.problem)
        data = sys.stdin.buffer.read() if source.path == STDIN else read_named(source.path)
        document = decode(data, encoding)
        return Document(source.path, document, cleaner.clean(document.text))
    except InputError as e:
        return Document(source.path, problem=str(e))
    except Exception as e:  # a bug in a rule: the other documents still count
        return Document(source.path, problem=f"cleaning raised {type(e).__name__}: {e}")
