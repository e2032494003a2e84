"""Every key of a settings file: what it takes, what it does, and how its values are checked.

The loader, `cleantext config` and the page docs/configuration.md are all made of this table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args

import msgspec

from cleantext.config import Config, Mode, did_you_mean
from cleantext.errors import CleantextError, ConfigError

#: How a value of a nearer layer meets that of a farther one.
Merge = Literal["replaces", "adds", "by entry"]

#: Checks one item: gets it as parsed, returns it as it is to be kept, raises `ConfigError`.
Check = Callable[[Any], Any]


class Key(msgspec.Struct, frozen=True):
    """One key.

    name     as it stands in TOML; the field of `Config` is the same with underscores
    shape    ``one`` value, a ``list`` of them, or a ``table`` from selectors to values
    takes    what a value is, for messages and for the documentation
    check    checks one value
    merge    what happens when two layers set it
    default  as shown to people
    example  a value in TOML
    doc      what it does
    """

    name: str
    shape: Literal["one", "list", "table"]
    takes: str
    check: Check
    doc: str
    example: str
    default: Any = None
    merge: Merge = "replaces"

    @property
    def field(self) -> str:
        """The name in Python."""
        return self.name.replace("-", "_")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"wants a text in quotes, not {_kind(value)}")
    if not value:
        raise ConfigError("holds an empty text: remove it")
    return value


def _share(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ConfigError(f"wants a number from 0 to 1, not {_kind(value)}")
    if not 0 <= value <= 1:
        raise ConfigError(f"wants a number from 0 to 1, not {value}")
    return float(value)


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ConfigError(f"wants true or false, not {_kind(value)}")
    return value


def _mode(value: Any) -> str:
    if value not in get_args(Mode):
        raise ConfigError(f"{_text(value)!r} is no mode: {did_you_mean(value, get_args(Mode))}")
    return str(value)


def _pattern(value: Any) -> str:
    from cleantext.patterns import compile_pattern

    compile_pattern(_text(value))
    return str(value)


def _language(value: Any) -> str:
    from cleantext.lexicon import languages

    if _text(value) not in languages():
        raise ConfigError(f"{value!r} has no lexicon: {did_you_mean(value, languages())}")
    return str(value)


def _encoding(value: Any) -> str:
    from cleantext.io.text import check_encoding

    try:
        return check_encoding(_text(value))
    except ConfigError as e:
        raise ConfigError(str(e).removeprefix("encoding ")) from e  # the key's name stands before it


def _kind(value: Any) -> str:
    """A TOML value's kind, as a person would say it."""
    kinds = {str: "a text", bool: "true or false", int: "a number", float: "a number", list: "a list"}
    return kinds.get(type(value), "a table" if isinstance(value, Mapping) else "a date")


#: The keys of a settings file, in the order of the documentation.
KEYS: tuple[Key, ...] = (
    Key(
        "extend",
        "list",
        "paths of settings files",
        _text,
        "Settings files that this one builds on; what stands here wins over them. Relative to this file.",
        '["../base.toml"]',
    ),
    Key(
        "mode",
        "one",
        "conservative, balanced or aggressive",
        _mode,
        "How sure a finding must be to be acted on: 0.93, 0.8 or 0.6. The mode sets the budget too.",
        '"conservative"',
        "balanced",
    ),
    Key(
        "select",
        "list",
        "selectors",
        _text,
        "Rules to use: codes, beginnings of codes, names or families. All where it is empty.",
        '["CT1", "encoding"]',
        [],
    ),
    Key(
        "extend-select",
        "list",
        "selectors",
        _text,
        "Rules to use besides those of `select`. The code of a rule that only flags makes it act.",
        '["CT303"]',
        [],
        "adds",
    ),
    Key(
        "ignore",
        "list",
        "selectors",
        _text,
        "Rules to leave out. Where a rule is both selected and ignored, the more specific selector decides, "
        "and `ignore` on a tie.",
        '["CT304"]',
        [],
    ),
    Key(
        "modes",
        "table",
        "selectors with a mode each",
        _mode,
        "A mode for some rules only. Of several that fit, the most specific selector decides.",
        '{ byline = "conservative" }',
        {},
        "by entry",
    ),
    Key(
        "thresholds",
        "table",
        "selectors with a number from 0 to 1 each",
        _share,
        "The confidence from which findings of some rules are acted on. Wins over `modes`.",
        "{ CT103 = 0.95 }",
        {},
        "by entry",
    ),
    Key(
        "unsafe-edits",
        "one",
        "true or false",
        _switch,
        "Whether rules act that otherwise only flag (`cleantext rules` shows which).",
        "true",
        False,
    ),
    Key(
        "extend-safe",
        "list",
        "selectors",
        _text,
        "Rules that may act although they only flag unasked.",
        '["byline"]',
        [],
        "adds",
    ),
    Key(
        "extend-unsafe",
        "list",
        "selectors",
        _text,
        "Rules that only flag. Wins over `extend-safe` and `unsafe-edits`.",
        '["photo-credit"]',
        [],
        "adds",
    ),
    Key(
        "protect",
        "list",
        "texts",
        _text,
        "Texts that are never touched; case matters. What overlaps one is flagged.",
        '["Ruby Tuesday"]',
        [],
        "adds",
    ),
    Key(
        "protect-patterns",
        "list",
        "RE2 patterns",
        _pattern,
        "The same for patterns in the syntax of RE2; `(?i)` ignores case, `(?m)` makes `^` a line's beginning.",
        r"""['(?i)subscribe to the \w+ act']""",
        [],
        "adds",
    ),
    Key(
        "protect-files",
        "list",
        "paths",
        _text,
        "Files with one text to protect a line. Relative to this file.",
        '["names.txt"]',
        [],
        "adds",
    ),
    Key(
        "budget",
        "one",
        "a number from 0 to 1",
        _share,
        "The share of a document that may be removed; beyond it, every finding is a flag. By mode "
        "0.6, 0.9 or 1.",
        "0.5",
    ),
    Key(
        "profile",
        "one",
        "a path",
        _text,
        "The profile of a corpus, from `cleantext profile`: lines that repeat on the site of a text's URL are "
        "found. Relative to this file.",
        '"site.parquet"',
    ),
    Key(
        "lang",
        "one",
        "a language code",
        _text,
        "The language of the texts as a hint, such as de.",
        '"de"',
    ),
    Key(
        "languages",
        "list",
        "codes of languages that have a lexicon",
        _language,
        "The languages that texts can be in. Guessed for each text where it is empty.",
        '["en", "fr"]',
        [],
    ),
    Key(
        "encoding",
        "one",
        "the name of an encoding",
        _encoding,
        "The encoding of files without a byte order mark.",
        '"windows-1252"',
        "utf-8",
    ),
    Key(
        "rules-files",
        "list",
        "paths of files with rules",
        _text,
        "Your own rules. Relative to this file; see the page on own rules.",
        '["house-rules.toml"]',
        [],
        "adds",
    ),
    Key(
        "reviews",
        "list",
        "paths of reviews",
        _text,
        "Reviews saved from report.html: what they found wrong is left alone. Relative to this file.",
        '["review.toml"]',
        [],
        "adds",
    ),
    Key(
        "baseline",
        "one",
        "the path of a baseline",
        _text,
        "Noise that is known: `cleantext check` reports only what isn't in this file, which "
        "`--write-baseline` writes. Relative to this file.",
        '"cleantext-baseline.json"',
    ),
)

BY_NAME = {key.name: key for key in KEYS}

#: Tables of settings for some paths only.
OVERRIDES = "overrides"

#: What can't differ by path: it says where settings come from, or is about the check as a whole.
NOT_BY_PATH = frozenset({"extend", "encoding", "rules-files", "baseline"})

#: Keys whose values are paths.
PATHS = frozenset({"extend", "protect-files", "rules-files", "reviews", "baseline", "profile"})

#: Keys whose values, or entries, select rules.
SELECTORS = frozenset(
    {"select", "extend-select", "ignore", "modes", "thresholds", "extend-safe", "extend-unsafe"}
)


def check_value(key: Key, value: Any) -> Any:
    """`value` as `key` keeps it. Raises `BadValue` with the place inside `value` that is wrong."""
    if key.shape == "one":
        return _checked(key, value, ())
    if key.shape == "list":
        if key.name == "extend" and isinstance(value, str):
            value = [value]
        if not isinstance(value, list | tuple):
            raise BadValue(f"wants a list in brackets ({key.takes}), not {_kind(value)}", ())
        return tuple(_checked(key, item, (i,)) for i, item in enumerate(value))
    if not isinstance(value, Mapping):
        raise BadValue(f"wants a table ({key.takes}), not {_kind(value)}", ())
    return {word: _checked(key, item, (word,)) for word, item in value.items()}


class BadValue(ConfigError):
    """A value that can't be meant; `place` says where inside of the value."""

    def __init__(self, message: str, place: tuple[str | int, ...]) -> None:
        super().__init__(message)
        self.place = place


def _checked(key: Key, item: Any, place: tuple[str | int, ...]) -> Any:
    try:
        return key.check(item)
    except CleantextError as e:
        entry = f"{place[0]}: " if place and isinstance(place[0], str) else ""
        raise BadValue(f"{entry}{e}", place) from e


#: Keys that are no field of `Config` but lead to some.
_ELSEWHERE = frozenset({"extend", "protect-files", "encoding", "rules-files", "reviews", "baseline"})

assert all(k.field in Config.__struct_fields__ or k.name in _ELSEWHERE for k in KEYS)
