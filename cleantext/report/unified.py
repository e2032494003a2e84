"""The difference that cleaning makes, in unified form.

It is worked out from the edits, not by comparing the two texts, so that its cost grows with the
text and not with its square; a million blank lines take no longer than other lines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from cleantext.finding import Finding

#: Unchanged lines that are shown before and after a change.
CONTEXT = 3


class _Change(msgspec.Struct, frozen=True):
    """Lines `first` up to, not including, `last` of the original, and what stands there instead."""

    first: int
    last: int
    new: list[str]

    @property
    def growth(self) -> int:
        return len(self.new) - (self.last - self.first)


def unified(original: str, edits: Sequence[Finding], path: str) -> Iterator[str]:
    """The difference line by line, each with its line end, for ``patch`` and for people.

    `edits` are findings in order that don't overlap, none of them a flag. Lines end at LF only, as
    ``patch`` sees them. Nothing comes where nothing changes.
    """
    lines = _lines(original)
    changes = list(_changes(original, lines, edits))
    if not changes:
        return
    yield f"--- {path}\n"
    yield f"+++ {path}\n"
    ahead = 0  # lines by which the new text is longer so far
    for group in _groups(changes):
        first = max(0, group[0].first - CONTEXT)
        last = min(len(lines), group[-1].last + CONTEXT)
        growth = sum(change.growth for change in group)
        yield f"@@ -{_range(first, last - first)} +{_range(first + ahead, last - first + growth)} @@\n"
        position = first
        for change in group:
            yield from _prefixed(" ", lines[position : change.first])
            yield from _prefixed("-", lines[change.first : change.last])
            yield from _prefixed("+", change.new)
            position = change.last
        yield from _prefixed(" ", lines[position:last])
        ahead += growth


def _lines(text: str) -> list[str]:
    """The lines with their ends. `str.splitlines` would split at form feeds and U+2028 too."""
    parts = text.split("\n")
    last = parts.pop()
    lines = [part + "\n" for part in parts]
    return [*lines, last] if last else lines


def _changes(original: str, lines: Sequence[str], edits: Sequence[Finding]) -> Iterator[_Change]:
    """The blocks of whole lines that differ, in order."""
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    end = len(lines)
    i = 0
    while i < len(edits):
        first = max(0, bisect_right(starts, edits[i].start, 0, end) - 1)
        last = min(first + 1, end)
        position = starts[first]
        new: list[str] = []
        while True:
            while i < len(edits) and (edits[i].start < starts[last] or last == end):
                new += (original[position : edits[i].start], edits[i].replacement)
                position = edits[i].end
                last = max(last, bisect_left(starts, position))
                i += 1
            # Where a line end went, the next line joins this one and is part of the change.
            tail = original[position : starts[last]]
            final = tail or next((piece for piece in reversed(new) if piece), "\n")
            if last == end or final.endswith("\n"):
                break
            last += 1
        change = _trimmed(lines, first, last, _lines("".join(new) + tail))
        if change.new or change.first < change.last:
            yield change


def _trimmed(lines: Sequence[str], first: int, last: int, new: list[str]) -> _Change:
    """A change without the lines at its ends that stay the same."""
    begin = 0
    while first < last and begin < len(new) and lines[first] == new[begin]:
        first += 1
        begin += 1
    stop = len(new)
    while first < last and begin < stop and lines[last - 1] == new[stop - 1]:
        last -= 1
        stop -= 1
    return _Change(first, last, new[begin:stop])


def _groups(changes: Iterable[_Change]) -> Iterator[list[_Change]]:
    """Changes that share their context lines."""
    group: list[_Change] = []
    for change in changes:
        if group and change.first - group[-1].last > 2 * CONTEXT:
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _range(first: int, count: int) -> str:
    """Lines as hunk headers name them: from 1, and for none the line before."""
    start = first + 1 if count else first
    return str(start) if count == 1 else f"{start},{count}"


def _prefixed(sign: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if line.endswith("\n"):
            yield sign + line
        else:
            yield f"{sign}{line}\n"
            yield "\\ No newline at end of file\n"
