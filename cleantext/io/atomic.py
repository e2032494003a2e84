"""Writing files whole or not at all: into a temporary file beside the target, then a rename."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from typing import IO

from cleantext.errors import OutputError
from cleantext.io.text import reason_of

#: What the operating system says when nothing more can be written here, whichever file it is.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


class NoSpaceError(OutputError):
    """The disk is full or read-only: writing the next file would fail as well."""


@contextlib.contextmanager
def atomic_writer(
    path: str, *, like: os.stat_result | None = None, scratch: str | None = None
) -> Iterator[IO[bytes]]:
    """A binary file that becomes `path` when the block ends well, and leaves no trace otherwise.

    A new file gets the permissions that the umask leaves; with `like` it gets those, and where
    allowed the owner, of the file that it replaces. The unfinished file is in the folder of `path`,
    or in `scratch`, which must be on the same file system. Raises `OutputError`.
    """
    # A short name of our own: the target's name may already be as long as names can be.
    temporary = os.path.join(
        os.path.dirname(path) if scratch is None else scratch, f".cleantext-{secrets.token_hex(8)}.tmp"
    )
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        try:
            with open(handle, "wb") as f:
                yield f
            if like is not None:
                _take_over(temporary, like)
            os.replace(temporary, path)
        except BaseException:  # Ctrl-C too leaves no partial file
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
    except OSError as e:
        raise write_error(path, e) from e


def write_atomically(path: str, data: bytes, *, like: os.stat_result | None = None) -> None:
    """Make `path` hold `data`, or leave everything as it was. Raises `OutputError`."""
    with atomic_writer(path, like=like) as f:
        f.write(data)


def make_folder(path: str) -> None:
    """Make a folder and those above it. Raises `OutputError`."""
    try:
        os.makedirs(path or ".", exist_ok=True)
    except OSError as e:
        raise write_error(path, e) from e


def _take_over(path: str, like: os.stat_result) -> None:
    mine = os.stat(path)
    if (mine.st_uid, mine.st_gid) != (like.st_uid, like.st_gid) and hasattr(os, "chown"):
        with contextlib.suppress(OSError):  # only the superuser may give files away
            os.chown(path, like.st_uid, like.st_gid)
    os.chmod(path, like.st_mode & 0o7777)


def write_error(path: str, e: OSError) -> OutputError:
    """What to tell about a failure to write at `path`."""
    if e.errno in _FULL:
        return NoSpaceError(
            f"can't write {path}: {reason_of(e)}: make room or choose another place, then run again"
        )
    return OutputError(f"can't write {path}: {reason_of(e)}")
