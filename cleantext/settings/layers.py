"""Settings in layers: defaults, files, overrides by path, options; each value knows where it is from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from cleantext.config import Config
from cleantext.errors import CleantextError, ConfigError
from cleantext.io.text import decode, read_named
from cleantext.settings.globs import fits
from cleantext.settings.keys import BY_NAME, KEYS, SELECTORS, Key
from cleantext.settings.toml import shown


class Item(msgspec.Struct, frozen=True):
    """A value, or one entry of a list or a table (`word` is its selector), and where it was set."""

    value: Any
    origin: str
    word: str = ""


#: Key -> its items.
Values = dict[str, tuple[Item, ...]]


class Override(msgspec.Struct, frozen=True):
    """Values for the files below `root` whose paths fit one of `paths`."""

    paths: tuple[str, ...]
    root: str
    values: Values


class Layer(msgspec.Struct, frozen=True):
    """What one file says, with what it extends."""

    values: Values = {}
    overrides: tuple[Override, ...] = ()

    def over(self, base: Layer) -> Layer:
        """This layer on top of another."""
        return Layer(merged(base.values, self.values), (*base.overrides, *self.overrides))


def merged(base: Values, nearer: Values) -> Values:
    """Both, with `nearer` deciding as each key says."""
    result = dict(base)
    for name, items in nearer.items():
        how = BY_NAME[name].merge
        before = result.get(name, ())
        if how == "adds":
            result[name] = before + items
        elif how == "by entry":
            words = {item.word for item in items}
            result[name] = tuple(item for item in before if item.word not in words) + items
        else:
            result[name] = items
    return result


class Layered:
    """The settings for the files that share a settings file, with the options on top."""

    def __init__(self, layer: Layer | None = None, options: Values | None = None) -> None:
        self._layer = layer or Layer()
        self._options = options or {}
        self._configs: dict[tuple[int, ...], Config] = {}

    def values(self, path: str | None = None) -> Values:
        """What is set for the file at `path`, or for any file; what isn't set is missing."""
        return self._values(self._fitting(path))

    def config(self, path: str | None = None) -> Config:
        """How to clean the file at `path`. Raises `ConfigError` with the place of what is wrong.

        Files with the same settings get the same object.
        """
        fitting = self._fitting(path)
        if fitting not in self._configs:
            self._configs[fitting] = _config(self._values(fitting))
        return self._configs[fitting]

    def one(self, name: str) -> Any:
        """The value of a key that doesn't differ by path."""
        items = self.values().get(name)
        return items[0].value if items else BY_NAME[name].default

    @property
    def encoding(self) -> str:
        """The encoding of files without a byte order mark."""
        return str(self.one("encoding"))

    @property
    def by_path(self) -> bool:
        """Whether settings differ by path."""
        return bool(self._layer.overrides)

    @property
    def identity(self) -> object:
        """All that they say, as plain values."""
        return msgspec.to_builtins((self._layer, self._options))

    def _fitting(self, path: str | None) -> tuple[int, ...]:
        if path is None:
            return ()
        return tuple(n for n, o in enumerate(self._layer.overrides) if fits(path, o.paths, o.root))

    def _values(self, fitting: Iterable[int]) -> Values:
        values = self._layer.values
        for number in fitting:
            values = merged(values, self._layer.overrides[number].values)
        return merged(values, self._options)


def _config(values: Values) -> Config:
    """The `Config` that values come to."""
    fields: dict[str, Any] = {}
    for key in KEYS:
        if key.name in values and key.field in Config.__struct_fields__:
            fields[key.field] = plain(key, values[key.name])
    fields["protect"] = (*fields.get("protect", ()), *_protect_files(values.get("protect-files", ())))
    if values.get("rules-files"):
        from cleantext.ownrules.load import load_rules

        own = [rule for item in values["rules-files"] for rule in _located(item, load_rules, item.value)]
        fields["own_rules"] = tuple(dict.fromkeys(own))
    if values.get("reviews"):
        from cleantext.review import load_review

        fields["reviewed"] = tuple(
            verdict for item in values["reviews"] for verdict in _located(item, load_review, item.value)
        )
    config = Config(**fields)
    _check_selectors(values, config)
    return config


def plain(key: Key, items: tuple[Item, ...]) -> Any:
    """The items as a value in Python."""
    if key.shape == "one":
        return items[0].value
    if key.shape == "list":
        return tuple(item.value for item in items)
    return {item.word: item.value for item in items}


def _check_selectors(values: Values, config: Config) -> None:
    from cleantext.selection import check_selector, rules_of

    if not any(values.get(name) for name in SELECTORS) and not config.own_rules:
        return
    rules = rules_of(config)
    for name in SELECTORS:
        for item in values.get(name, ()):
            try:
                check_selector(item.word or item.value, rules)
            except ConfigError as e:
                where = item.origin if item.origin == f"--{name}" else f"{item.origin}: {name}"
                raise ConfigError(f"{where}: {e}") from e


def _protect_files(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        text = _located(item, lambda path: decode(read_named(path)).text, item.value)
        lines = (line.removesuffix("\r") for line in text.split("\n"))
        yield from (line for line in lines if line.strip())


def _located(item: Item, function: Any, path: str) -> Any:
    """`function(path)`, with the place that names the path in front of what it raises."""
    try:
        return function(path)
    except ConfigError:
        raise  # says a place in that file already
    except CleantextError as e:
        raise ConfigError(f"{item.origin}: {shown(path)}: {e}") from e


def from_options(options: Mapping[str, Any]) -> Values:
    """Values given as options: key -> value, None or empty where the option wasn't given."""
    from cleantext.settings.keys import BadValue, check_value

    values: Values = {}
    for name, value in options.items():
        if value is None or value == () or value is False:
            continue
        key = BY_NAME[name]
        origin = "--" + (name.removesuffix("s") if name in ("protect-files", "protect-patterns") else name)
        origin = {"rules-files": "--rules", "reviews": "--review"}.get(name, origin)
        try:
            checked = check_value(key, value)
        except BadValue as e:
            raise ConfigError(f"{origin} {e}") from e
        values[name] = items_of(key, checked, lambda place, origin=origin: origin)
    return values


def items_of(key: Key, value: Any, origin: Any) -> tuple[Item, ...]:
    """A checked value as items; `origin` is called with the place inside of the value."""
    if key.shape == "one":
        return (Item(value, origin(())),)
    if key.shape == "list":
        return tuple(Item(item, origin((i,))) for i, item in enumerate(value))
    return tuple(Item(item, origin((word,)), word) for word, item in value.items())
