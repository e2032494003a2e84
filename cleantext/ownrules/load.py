"""Reading rules from TOML, with messages that name the file, the line and the rule."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from cleantext.config import did_you_mean
from cleantext.errors import ConfigError
from cleantext.finding import FAMILIES
from cleantext.ownrules.definition import OwnRule, Pair, When
from cleantext.patterns import compile_pattern
from cleantext.settings.toml import Place, TomlFile, read_toml

_CODE = re.compile(r"(?!CT)[A-Z]{2,8}[0-9]{1,4}")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

#: A path inside of the value, as msgspec tells it.
_INSIDE = re.compile(r" - at `\$([^`]*)`$")


def load_rules(path: str) -> tuple[OwnRule, ...]:
    """The rules in a file of ``[[rules]]``. Raises `ConfigError` with file and line."""
    file = read_toml(path)
    for key in file.data:
        if key != "rules":
            raise ConfigError(f"{file.where((key,))}: unknown key {key!r}: {did_you_mean(key, ['rules'])}")
    tables = file.data.get("rules")
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        raise ConfigError(f"{file.path} has no rules: write them as tables [[rules]]")
    return tuple(_rule(file, table, ("rules", number)) for number, table in enumerate(tables))


def _rule(file: TomlFile, table: dict[str, Any], place: Place) -> OwnRule:
    _refuse_unknown(file, OwnRule, place, table)
    _refuse_unknown(file, When, (*place, "when"), table.get("when"))
    for number, pair in enumerate(_listed(table.get("examples"))):
        _refuse_unknown(file, Pair, (*place, "examples", number), pair)
    try:
        rule = msgspec.convert({**table, "origin": _origin(file, place)}, type=OwnRule)
    except msgspec.ValidationError as e:
        found = _INSIDE.search(str(e))
        inside = _place(found[1]) if found else ()
        message = _INSIDE.sub("", str(e)).replace("Object missing required field", "it has no key")
        name = ".".join(str(p) for p in inside if isinstance(p, str))
        raise ConfigError(f"{file.where((*place, *inside))}: {f'{name}: ' if name else ''}{message}") from e
    for inside, problem in _problems(rule):
        name = f"{inside[0]}: " if inside else ""
        raise ConfigError(f"{file.where((*place, *inside))}: {name}{problem}")
    return rule


def _origin(file: TomlFile, place: Place) -> str:
    """The file's name, without its folder, and the line: the same on every machine."""
    return f"{os.path.basename(file.path)}:{file.line(place)}"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _refuse_unknown(file: TomlFile, struct: type[msgspec.Struct], place: Place, data: Any) -> None:
    known = [f.encode_name for f in msgspec.structs.fields(struct) if f.name != "origin"]
    for key in data if isinstance(data, dict) else ():
        if key not in known:
            raise ConfigError(f"{file.where((*place, key))}: unknown key {key!r}: {did_you_mean(key, known)}")


def _place(inside: str) -> Place:
    parts = re.findall(r"\.([\w-]+)|\[(\d+)\]", inside)
    return tuple(name or int(number) for name, number in parts)


def _problems(rule: OwnRule) -> Iterator[tuple[Place, str]]:
    if not _CODE.fullmatch(rule.code):
        yield (
            ("code",),
            f"{rule.code!r} is no code: two to eight capitals, not beginning with CT, and up to four digits",
        )
    if not _NAME.fullmatch(rule.name):
        yield ("name",), f"{rule.name!r} is no name: small letters and digits, parted by hyphens"
    if rule.family not in FAMILIES:
        yield ("family",), f"{rule.family!r} is no family: {did_you_mean(rule.family, FAMILIES)}"
    if not rule.literals and not rule.patterns:
        yield (), "it looks for nothing: give literals or patterns"
    for number, literal in enumerate(rule.literals):
        if not literal.strip() or "\n" in literal:
            yield (
                ("literals", number),
                "a literal must hold something, and no line end: use a pattern for several lines",
            )
    when = rule.when
    for key, patterns in (("patterns", rule.patterns), ("near", when.near), ("not-near", when.not_near)):
        for number, pattern in enumerate(patterns):
            place: Place = (key, number) if key == "patterns" else ("when", key, number)
            try:
                compiled = compile_pattern(pattern)
            except ConfigError as e:
                yield place, str(e)
            else:
                if key == "patterns" and compiled.fullmatch(""):
                    yield place, f"{pattern!r} matches nothing at all, too: make it need a character"
    if rule.replacement and rule.removes != "span":
        yield ("replacement",), 'only spans can be replaced: set removes = "span"'
    if not 0 <= rule.confidence <= 1:
        yield ("confidence",), f"{rule.confidence} is out of range: give a number from 0 to 1"
    if not 0 <= when.after <= when.before <= 1:
        yield ("when", "after"), "after and before are shares of the text from 0 to 1, the smaller first"
    if when.repeats < 1 or when.reach < 1:
        yield ("when",), "repeats and reach are at least 1"
    if not rule.matches and not rule.examples:
        yield (), "it has no example: give matches = [...], texts that it must find something in"
