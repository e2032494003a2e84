"""What a run reads: the documents of a folder in a fixed order, and what it leaves aside and why."""

from __future__ import annotations

import contextlib
import io
import os
import stat
from collections.abc import Iterable, Iterator

import msgspec

from cleantext.errors import ConfigError, InputError, OutputError
from cleantext.io import html
from cleantext.io.compress import Packing, packing_of, split_name, unpacked
from cleantext.io.formats import WHOLE, FormatName, by_content, by_name
from cleantext.io.store import (
    HEAD,
    STDIO,
    Store,
    is_pattern,
    is_url,
    matches,
    open_input,
    standard_input_head,
)
from cleantext.io.text import near, reason_of
from cleantext.report.summary import Omission

#: What a run writes besides the documents.
REPORT, SUMMARY, PAGE = "report.jsonl", "summary.json", "report.html"
OUTPUTS = (REPORT, SUMMARY, PAGE)


_STDIN_SUFFIX = {"text": ".txt", "markdown": ".md"}


class Source(msgspec.Struct, frozen=True):
    """A file to read: where it is, its place below the input, its size in bytes, and its format.

    `problem` says why it can't be read, when that is known before trying; `stamp` changes when the
    file does.
    """

    path: str
    place: str
    size: int = 0
    problem: str | None = None
    format: FormatName = "text"
    stamp: int = 0

    @property
    def whole(self) -> bool:
        """Whether the file is one document."""
        return self.format in WHOLE


class Plan(msgspec.Struct, frozen=True):
    """The documents of a run in order, and what was left aside."""

    documents: list[Source]
    skipped: list[Omission]

    @property
    def size(self) -> int:
        """Bytes to read."""
        return sum(d.size for d in self.documents)


def plan(source: str, encoding: str = "utf-8", named: FormatName | None = None) -> Plan:
    """What there is to read in `source`: a folder, a file of whatever name, a pattern, a URL, or ``-``.

    `named` is the format of all files, whatever they are called. Raises `InputError` when there is
    nothing.
    """
    if source == STDIO:
        known = named or _by_head(STDIO, encoding) or "text"
        return Plan([Source(STDIO, f"stdin{_STDIN_SUFFIX.get(known, f'.{known}')}", format=known)], [])
    if is_url(source) or is_pattern(source):
        return _plan_matches(source, encoding, named)
    try:
        found = os.stat(source)
    except (OSError, ValueError) as e:
        raise InputError(f"{source} can't be read: {reason_of(e)}{near(source, e)}") from e
    if not stat.S_ISDIR(found.st_mode):
        return Plan(
            [_single(source, os.path.basename(source), found.st_size, found.st_mtime_ns, encoding, named)], []
        )
    documents: list[Source] = []
    skipped: list[Omission] = []
    for entry in walk(source, encoding, named):
        if isinstance(entry, Source):
            documents.append(entry)
        else:
            skipped.append(entry)
    return Plan(documents, skipped)


def _plan_matches(source: str, encoding: str, named: FormatName | None) -> Plan:
    documents: list[Source] = []
    skipped: list[Omission] = []
    files = matches(source)
    for path, place, size in files:
        name = place.rpartition("/")[2]
        known = named or by_name(name)
        if len(files) == 1 and not is_pattern(source):
            documents.append(_single(path, place, size, 0, encoding, named))
        elif name.startswith("."):
            skipped.append(Omission(place, "hidden"))
        elif known is not None and (known != "html" or html.available()):
            stamp = 0 if is_url(path) else os.stat(path).st_mtime_ns
            documents.append(Source(path, place, size, format=known, stamp=stamp))
        else:
            skipped.append(Omission(place, "no format by its suffix"))
    if not files:
        raise InputError(f"{source} can't be read: there is no such file")
    return Plan(documents, skipped)


def _single(path: str, place: str, size: int, stamp: int, encoding: str, named: FormatName | None) -> Source:
    """A file that was named: it is read, whatever its name says."""
    known = named or by_name(place) or _by_head(path, encoding) or "text"
    if known == "html" and named is None and not html.available():
        known = "text"
    return Source(path, place, size, format=known, stamp=stamp)


def shard(found: Plan, number: int, of: int) -> Plan:
    """Every `of`-th file, from the `number`-th, counted from 1. Raises `ConfigError`."""
    if not 1 <= number <= of:
        raise ConfigError(f"shard {number}/{of} is out of range: give 1/{of} to {of}/{of}")
    return Plan(found.documents[number - 1 :: of], found.skipped)


def walk(
    folder: str, encoding: str = "utf-8", named: FormatName | None = None
) -> Iterator[Source | Omission]:
    """Everything below `folder`, ordered by name within each folder, with ``/`` in every place.

    Links to files are read, links to folders are not followed, so that loops end.
    """
    waiting = [("", True)]  # a stack, for folders can be nested deeper than calls can
    while waiting:
        place, is_folder = waiting.pop()
        path = os.path.join(folder, *place.split("/")) if place else folder
        if not is_folder:
            yield _classify(path, place, encoding, named)
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


def _classify(path: str, place: str, encoding: str, named: FormatName | None) -> Source | Omission:
    name = place.rpartition("/")[2]
    if name.startswith("."):
        return Omission(place, "hidden")
    suffix = os.path.splitext(split_name(name)[0])[1].lower()
    known = by_name(name)
    if known == "html" and not html.available():
        known = None
    known = named or known
    try:
        found = os.stat(path)
    except OSError as e:  # a broken link or a loop of links
        reason = f"can't be read: {reason_of(e)}"
        return Source(path, place, problem=reason, format=known) if known else Omission(place, reason)
    if stat.S_ISDIR(found.st_mode):
        return Omission(place, "a link to a folder, which is not followed")
    if not stat.S_ISREG(found.st_mode):
        return Omission(place, "not a regular file")
    if known is None and not suffix:
        known = _by_head(path, encoding)
    if known is not None:
        return Source(path, place, found.st_size, format=known, stamp=found.st_mtime_ns)
    return Omission(place, f"not a text file by its suffix {suffix}" if suffix else "no suffix, and not text")


def _by_head(path: str, encoding: str) -> FormatName | None:
    try:
        if path == STDIO:
            head = standard_input_head()
        else:
            with open_input(path) as f:
                head = f.read(HEAD)
        if packing := packing_of(head):
            head = _unpacked_head(head, packing)
    except (InputError, OSError):
        return "text"  # reading it as a document gives the reason
    return by_content(head, encoding)


def refuse_overlap(source: str, out: str) -> None:
    """Raise `OutputError` when `out` is `source`, lies inside it, or holds it."""
    if is_url(source) or is_url(out) or STDIO in (source, out):
        if source == out != STDIO:
            raise OutputError(f"{out} is the same as {source}: give another place to write to")
        return
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


def refuse_overwriting(store: Store, places: Iterable[str]) -> None:
    """Raise `OutputError` when anything of `places` is already there."""
    if store.local:
        if not os.path.lexists(store.root):
            return
        if not os.path.isdir(store.root):
            raise OutputError(f"{store.root} is not a folder: give a folder to write to")
    there = [place for place in places if store.exists(place)]
    if there:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        raise OutputError(
            f"{store.path(there[0])} exists{more}: give another folder, or --overwrite to replace it"
        )


def _unpacked_head(head: bytes, packing: Packing) -> bytes:
    """The beginning of what is packed in a file of which `head` is the beginning."""
    stream = unpacked(io.BytesIO(head), packing)
    out = b""
    with contextlib.suppress(InputError):  # it was cut off
        while len(out) < HEAD and (more := stream.read1(HEAD)):  # type: ignore[attr-defined]
            out += more
    return out
