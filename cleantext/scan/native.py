"""The native engine: all triggers in one hyperscan automaton, kept compiled on disk."""

from __future__ import annotations

import hashlib
import platform
import threading
from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING

import hyperscan

from cleantext import cache
from cleantext.scan.offsets import to_code_points
from cleantext.scan.trigger import EXPRESSIONS, Trigger, stands

if TYPE_CHECKING:
    from cleantext.document import Document


_BITS = 24  # more triggers than that no automaton holds
_MASK = (1 << _BITS) - 1


class NativeScanner:
    """One block-mode database; a scratch space for each thread."""

    def __init__(self, triggers: Sequence[Trigger]) -> None:
        self._triggers = list(triggers)
        self._lengths = [len(t.text.encode()) if t.borders else 0 for t in triggers]
        self._local = threading.local()
        self._database = self._load() if self._triggers else None

    def asks(self, number: int) -> bool:
        """See `Scanner.asks`: the sieve does."""
        return False

    def scan(self, doc: Document) -> list[tuple[int, int]]:
        """See `Scanner.scan`."""
        folded = doc.folded
        if self._database is None or not folded:
            return []
        data = folded.encode("utf-8", "surrogatepass")
        # One number each: the end in the upper bits, so that they sort by it.
        found: list[int] = []
        add = found.append

        def on_match(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            add(end << _BITS | number)

        self._database.scan(data, match_event_handler=on_match, scratch=self._scratch())
        if not found:
            return []
        lengths, triggers = self._lengths, self._triggers
        hits = []
        last = -1
        for each in sorted(found):
            if each == last:
                continue
            last = each
            end, number = each >> _BITS, each & _MASK
            length = lengths[number]
            if not length or stands(data, end - length, end, triggers[number]):
                hits.append((end, number))
        return hits if folded.isascii() else to_code_points(data, hits)

    def _scratch(self) -> hyperscan.Scratch:
        scratch = getattr(self._local, "scratch", None)
        if scratch is None:
            scratch = self._local.scratch = hyperscan.Scratch(self._database)
        return scratch

    def _load(self) -> hyperscan.Database:
        name = self._name()
        data = cache.read(name)
        database = _loaded(data) if data is not None else None
        if database is None:
            database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
            database.compile(
                expressions=[t.expression for t in self._triggers],
                ids=list(range(len(self._triggers))),
                flags=[hyperscan.HS_FLAG_MULTILINE] * len(self._triggers),
            )
            cache.write(name, hyperscan.dumpb(database))
        return database

    def _name(self) -> str:
        # The serialised form depends on hyperscan's version and on what the processor can do.
        key = hashlib.blake2b(digest_size=16)
        for part in (
            version("hyperscan"),
            _processor(),
            EXPRESSIONS,
            *(f"{t.kind} {t.before} {t.after} {t.text}" for t in self._triggers),
        ):
            key.update(part.encode("utf-8", "surrogatepass") + b"\n")
        return f"scan-{key.hexdigest()}.db"


def _processor() -> str:
    """What tells machines apart that share a home folder."""
    flags = ""
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as f:
            flags = next((line for line in f if line.startswith(("flags", "Features"))), "")
    except OSError:
        pass  # not Linux: machine and processor name have to do
    return f"{platform.machine()} {platform.processor()} {flags}"


def _loaded(data: bytes) -> hyperscan.Database | None:
    """A kept automaton; None when another version wrote it."""
    try:
        return hyperscan.loadb(data, hyperscan.HS_MODE_BLOCK)
    except hyperscan.HyperscanError:
        return None
