"""Exit statuses, and how errors reach the person at the terminal."""

from __future__ import annotations

import contextlib
import enum
import io
import sys
from collections.abc import Iterator

import click

from cleantext.errors import CleantextError
from cleantext.report.visible import one_line


class Exit(enum.IntEnum):
    """What the exit status says."""

    CLEAN = 0
    NOISE = 1
    ERROR = 2
    INTERRUPTED = 130  # as shells have it: 128 and the number of SIGINT


@contextlib.contextmanager
def reporting(ctx: click.Context) -> Iterator[None]:
    """Turn the package's errors and Ctrl-C into one line on standard error and an exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a letter shows its escape
            stream.reconfigure(errors="backslashreplace")
    try:
        yield
    except CleantextError as e:
        complain(f"Error: {e}")
        ctx.exit(Exit.ERROR)
    except KeyboardInterrupt:
        complain("Interrupted: no file was left half written.")
        ctx.exit(Exit.INTERRUPTED)


def complain(message: str) -> None:
    """Print a line on standard error; nothing in it can steer the terminal."""
    click.echo(one_line(message), err=True)
