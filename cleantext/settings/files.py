"""Settings files: which one is in force for a file, and what it says with all that it extends."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from cleantext.config import did_you_mean
from cleantext.errors import ConfigError
from cleantext.settings.keys import BY_NAME, NOT_BY_PATH, OVERRIDES, PATHS, BadValue, check_value
from cleantext.settings.layers import Item, Layer, Override, Values, items_of
from cleantext.settings.toml import Place, TomlFile, read_toml, shown

#: Names of settings files; in one folder the first wins.
NAMES = ("cleantext.toml", "pyproject.toml")

_TABLE = ("tool", "cleantext")


def find_file(folder: str, seen: dict[str, str | None] | None = None) -> str | None:
    """The settings file for what lies in `folder`: the nearest, there or in a folder above.

    `seen` keeps what was found for each folder from one call to the next.
    """
    seen = {} if seen is None else seen
    here = os.path.abspath(folder)
    passed: list[str] = []
    while here not in seen:
        passed.append(here)
        above = os.path.dirname(here)
        own = _in_folder(here)
        if own or above == here:
            seen[here] = own
        else:
            here = above
    for folder in passed:
        seen[folder] = seen[here]
    return seen[here]


def _in_folder(folder: str) -> str | None:
    for name in NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path) and (name != "pyproject.toml" or _has_table(path)):
            return path
    return None


def _has_table(path: str) -> bool:
    """Whether a ``pyproject.toml`` has settings for this program; a broken one without any is let be."""
    try:
        with open(path, "rb") as f:
            if b"cleantext" not in f.read():
                return False
    except OSError:
        return False
    return isinstance(_below_tool(read_toml(path)), dict)


def _below_tool(file: TomlFile) -> Any:
    tool = file.data.get("tool")
    return tool.get("cleantext") if isinstance(tool, dict) else None


def load(path: str) -> Layer:
    """What the settings file at `path` says: its top level, or ``[tool.cleantext]`` where it has a
    table ``tool`` or is a ``pyproject.toml``. Raises `ConfigError` with file and line.
    """
    return _load(path, ())


def _load(path: str, chain: tuple[str, ...]) -> Layer:
    real = os.path.realpath(path)
    if real in chain:
        raise ConfigError(f"{shown(path)} extends itself: take it out of `extend`")
    file = read_toml(path)
    place: Place = ()
    table: Any = file.data
    if "tool" in file.data or os.path.basename(path) == "pyproject.toml":
        place, table = _TABLE, _below_tool(file)
        if not isinstance(table, dict):
            raise ConfigError(f"{file.path} has no table [tool.cleantext]: add one")
    folder = os.path.dirname(os.path.abspath(path))
    values = _values(file, table, place, folder, outside=frozenset())
    layer = Layer(values, tuple(_overrides(file, table.get(OVERRIDES, []), (*place, OVERRIDES), folder)))
    base = Layer()
    for item in values.pop("extend", ()):
        if not os.path.isfile(item.value):
            raise ConfigError(f"{item.origin}: extend: no file {shown(item.value)}")
        base = _load(item.value, (*chain, real)).over(base)
    return layer.over(base)


def _values(
    file: TomlFile, table: Mapping[str, Any], place: Place, folder: str, outside: frozenset[str]
) -> Values:
    values: Values = {}
    known = [name for name in BY_NAME if name not in outside]
    others = ("paths",) if outside else (OVERRIDES,)
    for name, raw in table.items():
        here = (*place, name)
        if name in others:
            continue
        if name not in known:
            why = f"can't differ by path: move {name!r} out" if name in outside else f"unknown key {name!r}"
            hint = "" if name in outside else f": {did_you_mean(name, [*known, *others])}"
            raise ConfigError(f"{file.where(here)}: {why}{hint}")
        key = BY_NAME[name]
        try:
            value = check_value(key, raw)
        except BadValue as e:
            raise ConfigError(f"{file.where((*here, *e.place))}: {name} {e}") from e
        items = items_of(key, value, lambda inside, here=here: file.where((*here, *inside)))
        if name in PATHS:
            items = tuple(Item(os.path.join(folder, item.value), item.origin) for item in items)
        values[name] = items
    return values


def _overrides(file: TomlFile, tables: Any, place: Place, folder: str) -> list[Override]:
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise ConfigError(
            f"{file.where(place)}: {OVERRIDES} wants tables: write [[{'.'.join(map(str, place))}]]"
        )
    result = []
    for number, table in enumerate(tables):
        here = (*place, number)
        paths = table.get("paths")
        if not isinstance(paths, list) or not paths or not all(isinstance(p, str) and p for p in paths):
            raise ConfigError(
                f'{file.where((*here, "paths"))}: {OVERRIDES} wants paths = ["forum/**", "*.md"], '
                "the files that it is for"
            )
        result.append(Override(tuple(paths), folder, _values(file, table, here, folder, NOT_BY_PATH)))
    return result
