"""What a run reads: the documents of a folder in a fixed order, and what it leaves aside and why."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator

import msgspec

from cleantext.errors import InputError, OutputError
from cleantext.io.text import looks_like_text, reason_of
from cleantext.report.summary import Omission

#: Files that are documents by their name; others are left aside, except text without any suffix.
TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown", ".rst")

#: What a run writes besides the documents.
REPORT, SUMMARY, PAGE = "report.jsonl", "summary.json", "report.html"
OUTPUTS = (REPORT, SUMMARY, PAGE)

#: Bytes that are read of a file without a suffix to see whether it is text.
_HEAD = 65_536


class Source(msgspec.Struct, frozen=True):
    """A document to read: where it is, its place in the output, and its size in bytes.

    `problem` says why it can't be read, when that is known before trying.
    """

    path: str
    place: str
    size: int = 0
    problem: str | None = None


class Plan(msgspec.Struct, frozen=True):
    """The documents of a run in order, and what was left aside."""

    documents: list[Source]
    skipped: list[Omission]

    @property
    def size(self) -> int:
        """Bytes to read."""
        return sum(d.size for d in self.documents)


def plan(source: str, encoding: str = "utf-8") -> Plan:
    """What there is to read in `source`, a folder or one file of whatever name.

    Raises `InputError` when it isn't there.
    """
    try:
        found = os.stat(source)
    except (OSError, ValueError) as e:
        raise InputError(f"{source} can't be read: {reason_of(e)}") from e
    if not stat.S_ISDIR(found.st_mode):
        return Plan([Source(source, os.path.basename(source), found.st_size)], [])
    documents: list[Source] = []
    skipped: list[Omission] = []
    for entry in walk(source, encoding):
        if isinstance(entry, Source):
            documents.append(entry)
        else:
            skipped.append(entry)
    return Plan(documents, skipped)


def walk(folder: str, encoding: str = "utf-8") -> Iterator[Source | Omission]:
    """Everything below `folder`, ordered by name within each folder, with ``/`` in every place.

    Links to files are read, links to folders are not followed, so that loops end.
    """
    waiting = [("", True)]  # a stack, for folders can be nested deeper than calls can
    while waiting:
        place, is_folder = waiting.pop()
        path = os.path.join(folder, *place.split("/")) if place else folder
        if not is_folder:
            yield _classify(path, place, encoding)
            continue
        try:
            with os.scandir(path) as entries:
                found = sorted((e.name, e.is_dir(follow_symlinks=False)) for e in entries)
        except OSError as e:
            yield Source(path, f"{place or '.'}/", problem=f"the folder can't be listed: {reason_of(e)}")
            continue
        for name, below in reversed(found):
            inside = f"{place}/{name}" if place else name
            if name.startswith("."):
                below = False  # hidden folders are named as a whole, not opened
            waiting.append((inside, below))


def _classify(path: str, place: str, encoding: str) -> Source | Omission:
    name = place.rpartition("/")[2]
    if name.startswith("."):
        return Omission(place, "hidden")
    suffix = os.path.splitext(name)[1].lower()
    try:
        found = os.stat(path)
    except OSError as e:  # a broken link or a loop of links
        reason = f"can't be read: {reason_of(e)}"
        return Source(path, place, problem=reason) if suffix in TEXT_SUFFIXES else Omission(place, reason)
    if stat.S_ISDIR(found.st_mode):
        return Omission(place, "a link to a folder, which is not followed")
    if not stat.S_ISREG(found.st_mode):
        return Omission(place, "not a regular file")
    if suffix in TEXT_SUFFIXES or (not suffix and _begins_as_text(path, encoding)):
        return Source(path, place, found.st_size)
    return Omission(place, f"not a text file by its suffix {suffix}" if suffix else "no suffix, and not text")


def _begins_as_text(path: str, encoding: str) -> bool:
    try:
        with open(path, "rb") as f:
            return looks_like_text(f.read(_HEAD), encoding)
    except OSError:
        return True  # reading it as a document gives the reason


def refuse_overlap(source: str, out: str) -> None:
    """Raise `OutputError` when `out` is `source`, lies inside it, or holds it."""
    for inner, outer, how in ((out, source, "lies inside"), (source, out, "holds")):
        if _same(inner, outer):
            raise OutputError(f"{out} is the same as {source}: give another folder to write to")
        folder = os.path.dirname(os.path.realpath(inner))
        while True:
            if _same(folder, outer):
                raise OutputError(f"{out} {how} {source}: give a folder to write to that is apart from it")
            above = os.path.dirname(folder)
            if above == folder:
                break
            folder = above


def _same(one: str, other: str) -> bool:
    """Whether two paths are one place, whatever links, mounts or letter case they go by."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other)


def refuse_overwriting(out: str, places: Iterable[str]) -> None:
    """Raise `OutputError` when anything of `places` is already in the folder `out`."""
    if not os.path.lexists(out):
        return
    if not os.path.isdir(out):
        raise OutputError(f"{out} is not a folder: give a folder to write to")
    there = [place for place in places if os.path.lexists(os.path.join(out, place))]
    if there:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        raise OutputError(
            f"{os.path.join(out, there[0])} exists{more}: give another folder, or --overwrite to replace it"
        )
