"""TOML with line numbers, which the standard library's parser doesn't keep."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import msgspec

from cleantext.errors import ConfigError, InputError
from cleantext.io.text import read_named, reason_of

#: A place in the data: keys, and numbers of array items.
Place = tuple[str | int, ...]

_HEADER = re.compile(r"\s*\[(\[)?")


class TomlFile(msgspec.Struct, frozen=True):
    """A parsed file: its path as shown in messages, its data, and its text for line numbers."""

    path: str
    data: dict[str, Any]
    text: str

    def line(self, place: Place) -> int:
        """The line, from 1, where the value at `place` begins, or the nearest that holds it."""
        lines = dict(reversed(list(_places(self.text))))
        while place and place not in lines:
            place = place[:-1]
        return lines.get(place, 1)

    def where(self, place: Place) -> str:
        """``path:line`` of `place`."""
        return f"{self.path}:{self.line(place)}"


def read_toml(path: str) -> TomlFile:
    """The file, parsed. Raises `ConfigError` when it can't be read or isn't TOML."""
    path = shown(path)
    try:
        text = read_named(path).decode("utf-8-sig")
        return TomlFile(path, tomllib.loads(text), text)
    except InputError as e:
        raise ConfigError(f"{path} {e}") from e
    except ValueError as e:  # not TOML, or not UTF-8
        raise ConfigError(f"{path} is not TOML: {reason_of(e)}") from e


def shown(path: str) -> str:
    """A path as people write it: from here where it lies below, else as it is."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return path if relative.startswith("..") else relative


def _places(text: str) -> Iterator[tuple[Place, int]]:
    """Every key with the line it begins on, of text that parses.

    Statements are told apart by parsing: lines are gathered until they are TOML by themselves.
    """
    table: Place = ()
    counts: dict[Place, int] = {}
    statement = ""
    begin = 0
    for number, line in enumerate(text.split("\n"), 1):
        begin = begin if statement else number
        statement += line + "\n"
        try:
            data = tomllib.loads(statement)
        except ValueError:
            continue  # the statement goes on
        header = _HEADER.match(statement)
        source, statement = statement, ""
        if header:
            table = _header(data, counts, bool(header[1]))
            yield table, begin
        elif data:
            for place in _below(data):
                yield (*table, *place), begin + _row(source, place)


def _header(data: dict[str, Any], counts: dict[Place, int], array: bool) -> Place:
    """The place of a table whose header alone was parsed; tables in arrays are counted."""
    place: Place = ()
    value: Any = data
    while isinstance(value, dict) and value:
        key = next(iter(value))
        value = value[key]
        place = (*place, key)
        if isinstance(value, list):
            value = value[0]
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place


def _below(data: dict[str, Any]) -> Iterator[Place]:
    """The places inside a parsed statement."""
    waiting: list[tuple[Place, Any]] = [((), data)]
    while waiting:
        place, value = waiting.pop()
        if place:
            yield place
        items = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        waiting += [((*place, key), below) for key, below in items]


def _row(statement: str, place: Place) -> int:
    """The row within a statement of several lines where an item stands: how many lines hold fewer items."""
    if not isinstance(place[-1], int) or statement.count("\n") < 2:
        return 0
    lines = statement.split("\n")
    for row in range(len(lines)):
        for closing in ("", "]", "]}", "}]", "}]}"):
            try:
                part: Any = tomllib.loads("\n".join(lines[: row + 1]) + "\n" + closing)
                for key in place:
                    part = part[key]
            except (ValueError, LookupError, TypeError):
                continue
            return row
    return 0
