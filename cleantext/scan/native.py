"""The native engine: all triggers in one hyperscan automaton, kept compiled on disk."""

from __future__ import annotations

import hashlib
import os
import platform
import tempfile
import threading
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import hyperscan

from cleantext.scan.offsets import to_code_points
from cleantext.scan.trigger import Trigger, stands

_MAGIC = b"cleantext scan 1\n"


def cache_dir() -> Path:
    """Where compiled automata are kept: ``CLEANTEXT_CACHE_DIR`` or the user's cache folder."""
    given = os.environ.get("CLEANTEXT_CACHE_DIR")
    if given:
        return Path(given)
    from platformdirs import user_cache_path

    return user_cache_path("cleantext", appauthor=False)


class NativeScanner:
    """One block-mode database; a scratch space for each thread."""

    def __init__(self, triggers: Sequence[Trigger]) -> None:
        self._triggers = list(triggers)
        self._expressions = [t.expression for t in triggers]
        self._lengths = [len(t.text.encode()) if t.plain else 0 for t in triggers]
        self._local = threading.local()
        self._database = self._load() if self._expressions else None

    def scan(self, folded: str) -> list[tuple[int, int]]:
        """See `Scanner.scan`."""
        if self._database is None or not folded:
            return []
        data = folded.encode("utf-8", "surrogatepass")
        found: set[tuple[int, int]] = set()
        add = found.add

        lengths, all_triggers = self._lengths, self._triggers

        def on_match(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            length = lengths[number]
            if not length or stands(data, end - length, end, all_triggers[number]):
                add((end, number))

        self._database.scan(data, match_event_handler=on_match, scratch=self._scratch())
        hits = sorted(found)
        return hits if folded.isascii() else to_code_points(data, hits)

    def _scratch(self) -> hyperscan.Scratch:
        scratch = getattr(self._local, "scratch", None)
        if scratch is None:
            scratch = self._local.scratch = hyperscan.Scratch(self._database)
        return scratch

    def _load(self) -> hyperscan.Database:
        path = self._path()
        database = _read(path)
        if database is None:
            database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
            database.compile(
                expressions=self._expressions,
                ids=list(range(len(self._expressions))),
                flags=[hyperscan.HS_FLAG_MULTILINE] * len(self._expressions),
            )
            _write(path, hyperscan.dumpb(database))
        return database

    def _path(self) -> Path:
        # The serialised form depends on hyperscan's version and on what the processor can do.
        key = hashlib.blake2b(digest_size=16)
        key.update(version("hyperscan").encode())
        key.update(_processor().encode())
        for e in self._expressions:
            key.update(len(e).to_bytes(4, "little") + e)
        return cache_dir() / f"scan-{key.hexdigest()}.db"


def _processor() -> str:
    """What tells machines apart that share a home folder."""
    flags = ""
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as f:
            flags = next((line for line in f if line.startswith(("flags", "Features"))), "")
    except OSError:
        pass  # not Linux: machine and processor name have to do
    return f"{platform.machine()} {platform.processor()} {flags}"


def _read(path: Path) -> hyperscan.Database | None:
    """A kept automaton; None when there is none that is whole and fits this library."""
    try:
        kept = path.read_bytes()
    except OSError:
        return None
    head, digest, data = kept[: len(_MAGIC)], kept[len(_MAGIC) : len(_MAGIC) + 32], kept[len(_MAGIC) + 32 :]
    if head != _MAGIC or hashlib.sha256(data).digest() != digest:
        return None
    try:
        return hyperscan.loadb(data, hyperscan.HS_MODE_BLOCK)
    except hyperscan.HyperscanError:
        return None  # written by another version: compile anew


def _write(path: Path, data: bytes) -> None:
    """Keeps an automaton. Several processes may do so at once: the last rename wins, all are whole."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".scan-")
        try:
            with os.fdopen(handle, "wb") as f:
                f.write(_MAGIC + hashlib.sha256(data).digest() + data)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError:
        pass  # a read-only or full disk costs the next start a second, nothing else
