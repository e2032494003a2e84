"""Where inputs and outputs are: files, standard input and output, and fsspec's URLs (``s3://…``)."""

from __future__ import annotations

import contextlib
import glob
import io
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import IO, Any

import msgspec

from cleantext.errors import CleantextError, InputError, OutputError
from cleantext.extras import need
from cleantext.io.atomic import atomic_writer, make_folder
from cleantext.io.text import reason_of

#: The argument that stands for standard input or output.
STDIO = "-"

#: Bytes that are read of a file to see what it is.
HEAD = 65_536

# One letter before the colon is a drive of Windows.
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:://|::)")
_MAGIC = re.compile(r"[*?\[]")


def is_url(path: str) -> bool:
    """Whether fsspec reads `path`, and not the operating system."""
    return _URL.match(path) is not None


def is_pattern(path: str) -> bool:
    """Whether `path` is a pattern (``a/**/*.jsonl``), and no file has that very name."""
    return _MAGIC.search(path) is not None and (is_url(path) or not os.path.lexists(path))


def file_system(url: str) -> tuple[Any, str]:
    """fsspec's file system for `url`, and the path there. Raises `InputError` for an unknown one."""
    fsspec = need("fsspec")
    try:
        fs, path = fsspec.core.url_to_fs(url)
    except ImportError as e:
        raise InputError(f"{url}: {e}") from e
    except Exception as e:
        raise InputError(f"{url} can't be reached: {type(e).__name__}: {e}") from e
    return fs, str(path)


def remote(url: str) -> Any:
    """A call that turns whatever fsspec raises, which depends on the service, into an `InputError`."""
    return _Remote(url)


class _Remote(contextlib.AbstractContextManager[None]):
    def __init__(self, url: str) -> None:
        self._url = url

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, Exception) and not isinstance(error, CleantextError):
            text = reason_of(error) if isinstance(error, OSError) else f"{type(error).__name__}: {error}"
            raise InputError(f"can't be read: {text}") from error


class Rejoined(io.RawIOBase):
    """A stream of which the beginning was read to look at it."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head[: len(buffer)] if self._head else self._rest.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def beginning(stream: IO[bytes], size: int = HEAD) -> tuple[bytes, IO[bytes]]:
    """The first bytes of a stream, and a stream that has them still."""
    head = stream.read(size)
    if stream.seekable():
        stream.seek(0)
        return head, stream
    return head, io.BufferedReader(Rejoined(head, stream), 1 << 18)


_stdin: tuple[Any, IO[bytes]] | None = None


def _standard_input() -> IO[bytes]:
    """Standard input, the same object each time, so that its beginning can be looked at."""
    global _stdin
    if _stdin is None or _stdin[0] is not sys.stdin:
        _stdin = (sys.stdin, io.BufferedReader(Rejoined(b"", sys.stdin.buffer), HEAD))
    return _stdin[1]


def standard_input_head() -> bytes:
    """What standard input begins with; it stays there to be read."""
    global _stdin
    stream = _standard_input()
    head = stream.read(HEAD)
    _stdin = (sys.stdin, io.BufferedReader(Rejoined(head, stream), HEAD))
    return head


def open_input(path: str) -> IO[bytes]:
    """`path` opened for reading. Raises `InputError` with a reason that doesn't repeat the path."""
    if path == STDIO:
        return _standard_input()
    if is_url(path):
        with remote(path):
            fs, inside = file_system(path)
            opened: IO[bytes] = fs.open(inside, "rb")
            return opened
    try:
        return open(path, "rb")
    except (OSError, ValueError) as e:  # ValueError: a NUL in the path
        raise InputError(f"can't be read: {reason_of(e)}") from e


def read_input(path: str) -> bytes:
    """All bytes of `path`. Raises `InputError` as `open_input` does."""
    with remote(path), open_input(path) as f:
        return f.read()


def matches(pattern: str) -> list[tuple[str, str, int]]:
    """What a pattern, or the URL of a folder or file, stands for.

    Gives path, place and size of every file, in order; places are relative to the deepest folder
    that the pattern names in full.
    """
    if not is_url(pattern):
        base = os.path.dirname(_MAGIC.split(pattern)[0])
        paths = sorted(p for p in glob.glob(pattern, recursive=True) if os.path.isfile(p))
        return [(p, os.path.relpath(p, base or ".").replace(os.sep, "/"), os.path.getsize(p)) for p in paths]
    fs, inside = file_system(pattern)
    with remote(pattern):
        if _MAGIC.search(inside):
            base = _MAGIC.split(inside)[0].rpartition("/")[0]
            found = fs.glob(inside, detail=True)
        elif fs.isfile(inside):
            base = inside.rpartition("/")[0]
            found = {inside: fs.info(inside)}
        else:
            base = inside.rstrip("/")
            found = fs.find(inside, detail=True)
    files = []
    for path in sorted(found):
        info = found[path]
        if info["type"] == "file":
            place = path[len(base) :].lstrip("/") if base else path.lstrip("/")
            files.append((fs.unstrip_protocol(path), place, int(info["size"] or 0)))
    return files


class Store(msgspec.Struct, frozen=True):
    """Where a run puts its results: a folder, or a URL that is used as one. Pickles.

    Everything appears whole or not at all: `scratch` is a folder of this machine for what isn't
    finished, on the same file system as `root` where that is a folder.
    """

    root: str
    scratch: str

    @property
    def local(self) -> bool:
        """Whether it is a folder."""
        return self.root != STDIO and not is_url(self.root)

    @property
    def shared(self) -> bool:
        """Whether every process that writes there writes to the same place."""
        return self.root != STDIO and not self.root.startswith("memory:")

    def path(self, place: str) -> str:
        """The path or URL of a place."""
        return (
            os.path.join(self.root, *place.split("/")) if self.local else f"{self.root.rstrip('/')}/{place}"
        )

    def exists(self, place: str) -> bool:
        """Whether there is something at `place` already."""
        if self.local:
            return os.path.lexists(self.path(place))
        if self.root == STDIO:
            return False
        fs, inside = file_system(self.path(place))
        with self._writing(place):
            return bool(fs.exists(inside))

    def write(self, place: str, data: bytes) -> None:
        """Make `place` hold `data`. Raises `OutputError`."""
        path = self.path(place)
        if self.root == STDIO:
            sys.stdout.buffer.write(data)
            return
        if self.local:
            make_folder(os.path.dirname(path))
            with atomic_writer(path, scratch=self.scratch) as f:
                f.write(data)
            return
        with self._writing(place):
            fs, inside = file_system(path)
            _in_folder(fs, inside, lambda: fs.pipe_file(inside, data))

    def take(self, finished: str, place: str) -> None:
        """Move the local file `finished` to `place`. Raises `OutputError`."""
        path = self.path(place)
        if self.root == STDIO:
            with open(finished, "rb") as f:
                shutil.copyfileobj(f, sys.stdout.buffer)
            return
        if self.local:
            make_folder(os.path.dirname(path))
            with self._writing(place):
                os.replace(finished, path)
            return
        with self._writing(place):
            fs, inside = file_system(path)
            _in_folder(fs, inside, lambda: fs.put_file(finished, inside))
            os.unlink(finished)

    def remove(self, place: str) -> None:
        """Remove a file, if there is one. Raises `OutputError`."""
        if self.root == STDIO:
            return
        path = self.path(place)
        with self._writing(place):
            if self.local:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(path)
                return
            fs, inside = file_system(path)
            if fs.exists(inside):
                fs.rm_file(inside)

    @contextlib.contextmanager
    def _writing(self, place: str) -> Iterator[None]:
        try:
            yield
        except CleantextError:
            raise
        except Exception as e:
            text = reason_of(e) if isinstance(e, OSError) else f"{type(e).__name__}: {e}"
            raise OutputError(f"can't write {self.path(place)}: {text}") from e


def _in_folder(fs: Any, path: str, write: Callable[[], object]) -> None:
    """Call `write`, after making the folder of `path` where the file system has folders that must be made."""
    try:
        write()
    except FileNotFoundError:
        fs.makedirs(path.rpartition("/")[0], exist_ok=True)
        write()
