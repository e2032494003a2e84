"""The parts of a run, in order: documents a few at a time, and blocks of files with many records."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from typing import IO

import msgspec

from cleantext.errors import CleantextError, InputError
from cleantext.io.compress import Packing, packing_of, unpacked
from cleantext.io.formats import FormatName, make_format, settled
from cleantext.io.store import STDIO, beginning, open_input, read_input
from cleantext.io.text import reason_of
from cleantext.run.plan import OUTPUTS, Plan, Source
from cleantext.run.work import Documents, FileEnd, Options, Piece

#: Documents that go to a process at a time: enough that sending costs little.
CHUNK = 16


class Selection:
    """Which records of a run go on: all, the first ones, or some from anywhere. Asked in order."""

    def __init__(self, limit: int | None = None, picks: list[int] | None = None) -> None:
        self._limit = limit
        self._picks = picks
        self._position = 0
        self._next = 0

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self._limit is None and self._picks is None

    @property
    def over(self) -> bool:
        """Whether nothing of what follows goes on."""
        if self._picks is not None:
            return self._next >= len(self._picks)
        return self._limit is not None and self._position >= self._limit

    def take(self, count: int) -> tuple[int, ...] | None:
        """Which of the next `count` records go on, counted from 0; None: all of them."""
        start, self._position = self._position, self._position + count
        if self._picks is not None:
            kept = []
            while self._next < len(self._picks) and self._picks[self._next] < start + count:
                kept.append(self._picks[self._next] - start)
                self._next += 1
            return tuple(kept)
        if self._limit is None or start + count <= self._limit:
            return None
        return tuple(range(max(0, self._limit - start)))


def sampled(plan: Plan, options: Options, size: int) -> Selection:
    """A selection of `size` records from anywhere, the same each time. Reads everything once to count."""
    total = 0
    for source in plan.documents:
        if source.whole or source.problem is not None:
            total += 1
            continue
        total += sum(
            p.block.count for p in file_parts(0, source, options, Selection()) if isinstance(p, Piece)
        )
    return Selection(picks=sorted(random.Random(total).sample(range(total), min(size, total))))


def all_parts(
    plan: Plan, options: Options, selection: Selection, start: tuple[int, int] = (0, 0), chunk: int = CHUNK
) -> Iterator[Documents | Piece | FileEnd]:
    """The parts from the cursor `start` on: the number of a file, and of a block in it."""
    waiting: list[tuple[int, Source]] = []
    # What is selected depends on what came before.
    first = start[0] if selection.everything else 0
    for number, source in enumerate(plan.documents[first:], first):
        if selection.over:
            break
        if source.whole or source.problem is not None:
            if selection.take(1) == () or number < start[0]:
                continue
            if source.path == STDIO:
                yield Documents(number, (source,), read_input(STDIO))
                continue
            if waiting and waiting[-1][0] != number - 1:
                yield _documents(waiting)
                waiting = []
            waiting.append((number, source))
            if len(waiting) >= chunk:
                yield _documents(waiting)
                waiting = []
            continue
        if waiting:
            yield _documents(waiting)
            waiting = []
        for part in file_parts(number, source, options, selection):
            if isinstance(part, Piece):
                done = (part.file, part.number) < start
            else:
                done = part.file < start[0]
            if not done:
                yield part
    if waiting:
        yield _documents(waiting)


def _documents(waiting: list[tuple[int, Source]]) -> Documents:
    return Documents(waiting[0][0], tuple(source for _, source in waiting))


def file_parts(
    number: int, source: Source, options: Options, selection: Selection
) -> Iterator[Piece | FileEnd]:
    """The blocks of a file with many records, and its end."""
    form: FormatName = source.format
    packing: Packing = ""
    blocks = 0
    problem = None
    records = 0
    try:
        if source.place.casefold() in OUTPUTS:
            raise InputError(f"the run writes its own {source.place}: rename the file")
        with open_input(source.path) as raw:
            stream, form, packing = opened(raw, source.format, named=options.named is not None)
            for block in make_format(form, options.to, options.encoding).blocks(stream, options.fields):
                keep = selection.take(block.count)
                records += block.count
                if keep != () or blocks == 0:
                    part = msgspec.structs.replace(block, keep=keep) if keep is not None else block
                    yield Piece(number, blocks, source, form, packing, part, _position(raw))
                blocks += 1
                if selection.over:
                    break
    except CleantextError as e:
        problem = f"{e} (after {records} records)" if records else str(e)
    except OSError as e:
        problem = f"can't be read: {reason_of(e)}" + (f" (after {records} records)" if records else "")
    yield FileEnd(number, source, form, packing, blocks, records, problem)


def opened(raw: IO[bytes], form: FormatName, named: bool = False) -> tuple[IO[bytes], FormatName, Packing]:
    """The unpacked content of an open file, its format now that it is known, and its packing."""
    head, raw = beginning(raw)
    packing = packing_of(head)
    stream = unpacked(raw, packing)
    if packing:
        head, stream = beginning(stream)
    if not named:
        form = settled(form, head)
    if form == "parquet" and (packing or not raw.seekable()):
        whole = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the stream
        while data := stream.read(1 << 20):
            whole.write(data)
        whole.seek(0)
        stream = whole
    return stream, form, packing


def _position(raw: IO[bytes]) -> int:
    try:
        return raw.tell()
    except (OSError, ValueError):
        return 0
