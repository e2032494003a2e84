"""How far a run has come, kept so that it can be stopped at any moment and go on later.

Results come in order, so one cursor says it all: the file and the block that come next, and how
long the unfinished files were at that point. What was written after the last commit is cut off and
done again, which gives the same bytes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from typing import IO, Any

import msgspec

from cleantext.errors import OutputError
from cleantext.io.atomic import make_folder, write_atomically
from cleantext.io.text import reason_of
from cleantext.report.jsonl import from_json, to_json
from cleantext.report.summary import Totals

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

#: The folder with what isn't finished, in the folder of the results.
FOLDER = ".cleantext-run"

_STATE, _LOCK = "state.json", "lock"


class State(msgspec.Struct):
    """What a commit holds.

    fingerprint  of the input, the settings and the version
    file, block  the cursor
    part         bytes of the file's part; `report`, `views`: of those two files
    documents    of the file, so far
    placing      an unfinished file that is complete, and the place that it is to be moved to
    totals       numbers of the run
    noisy        documents with findings
    finished     whether nothing but the report is left to be put in place
    """

    fingerprint: str
    file: int = 0
    block: int = 0
    part: int = 0
    report: int = 0
    views: int = 0
    documents: int = 0
    placing: tuple[str, str] | None = None
    finished: bool = False
    totals: Totals = msgspec.field(default_factory=Totals)
    noisy: int = 0


def fingerprint(*parts: Any) -> str:
    """A digest of whatever makes two runs the same."""
    return hashlib.sha256(to_json(parts)).hexdigest()


class Progress:
    """The state of a run in its folder, which one process at a time uses."""

    def __init__(self, folder: str, state: State, lock: IO[bytes]) -> None:
        self.folder = folder
        self.state = state
        self._lock = lock

    @staticmethod
    def is_there(folder: str) -> bool:
        """Whether a run in this folder was interrupted."""
        return os.path.lexists(os.path.join(folder, _STATE))

    @classmethod
    def begin(cls, folder: str, mark: str, *, anew: bool) -> Progress:
        """Go on with the run in `folder`, or begin one. Raises `OutputError` if another run is there."""
        make_folder(folder)
        lock = _locked(folder)
        if anew or not cls.is_there(folder):
            for name in os.listdir(folder):
                if name != _LOCK:
                    _unlink(os.path.join(folder, name))
            progress = cls(folder, State(mark), lock)
            progress.commit()
            return progress
        path = os.path.join(folder, _STATE)
        try:
            with open(path, "rb") as f:
                state = from_json(f.read(), State)
        except (OSError, ValueError) as e:
            lock.close()
            raise OutputError(f"{path} can't be read: {e}: add --overwrite to begin anew") from e
        if state.fingerprint != mark:
            lock.close()
            raise OutputError(
                f"{os.path.dirname(folder)} holds a run that was interrupted, over another input, or with other "
                "settings or another version: give those again to go on with it, or --overwrite to begin anew"
            )
        return cls(folder, state, lock)

    def path(self, name: str) -> str:
        """The path of an unfinished file."""
        return os.path.join(self.folder, name)

    def open(self, name: str, length: int) -> IO[bytes]:
        """An unfinished file, cut to the length that it had at the last commit, for writing on."""
        path = self.path(name)
        try:
            f = open(path, "r+b" if os.path.exists(path) else "w+b")  # noqa: SIM115 - the caller closes it
            if f.seek(0, os.SEEK_END) < length:
                f.close()
                raise OutputError(f"{path} is shorter than it was: add --overwrite to begin anew")
            f.truncate(length)
            f.seek(length)
        except OSError as e:
            raise OutputError(f"can't write {path}: {reason_of(e)}") from e
        return f

    def commit(self, *files: IO[bytes], sync: bool = True) -> None:
        """Keep the state, after everything in `files` is written; with `sync` safe from power failure."""
        try:
            for f in files:
                f.flush()
                if sync:
                    os.fsync(f.fileno())
        except OSError as e:
            raise OutputError(f"can't write into {self.folder}: {reason_of(e)}") from e
        write_atomically(self.path(_STATE), to_json(self.state))

    def end(self) -> None:
        """The run is complete: forget how it came about."""
        _unlink(self.path(_STATE))
        self.unlock()
        shutil.rmtree(self.folder, ignore_errors=True)

    def unlock(self) -> None:
        """Let another process go on."""
        self._lock.close()


def _locked(folder: str) -> IO[bytes]:
    """The lock of a folder, which the system gives back however this process ends."""
    path = os.path.join(folder, _LOCK)
    try:
        lock = open(path, "ab")  # noqa: SIM115 - held until the run ends
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as e:
        raise OutputError(
            f"another run is writing to {os.path.dirname(folder)}: wait until it has ended"
        ) from e
    except OSError as e:
        raise OutputError(f"can't write {path}: {reason_of(e)}") from e
    return lock


def _unlink(path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
