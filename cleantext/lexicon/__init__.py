"""Words of languages, as data, and what reads them. See README.md in this folder."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec

from cleantext import cache as disk
from cleantext.errors import RuleError
from cleantext.version import __version__

T = TypeVar("T")

_HERE = files(__name__)


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages that have a file of their own, sorted."""
    skip = {"inflections.toml", "function_words.toml", "names.toml", "strangers.toml"}
    names = (f.name for f in _HERE.iterdir() if f.name.endswith(".toml"))
    return tuple(sorted(n.removesuffix(".toml") for n in names if n not in skip))


@cache
def pack(code: str) -> dict[str, Any]:
    """The words of one language, as its file has them. Raises `RuleError` when it isn't TOML."""
    return _packs()[code]


@cache
def _packs() -> dict[str, dict[str, Any]]:
    return kept("packs", dict[str, dict[str, Any]], lambda: {code: parse_pack(code) for code in languages()})


@cache
def digest() -> str:
    """What names the state of the lexicon: its files, and the code here that reads them."""
    key = hashlib.blake2b(__version__.encode(), digest_size=12)
    paths = sorted((f.name, f) for f in _HERE.iterdir() if f.name.endswith((".toml", ".json", ".py")))
    code = [(name, files("cleantext") / name) for name in ("labels.py", "islands.py", "strays.py")]
    for name, path in [*paths, *code]:
        data = path.read_bytes()
        key.update(f"{name} {len(data)}\n".encode() + data)
    return key.hexdigest()


def kept(name: str, type_: type[T], build: Callable[[], T]) -> T:
    """What `build` derives from the lexicon, from the cache where it was kept before."""
    file = f"{name}-{digest()}.msgpack"
    data = disk.read(file)
    if data is not None:
        try:
            return msgspec.msgpack.decode(data, type=type_)
        except msgspec.DecodeError:
            pass  # made by another version of this code: build it anew
    built = build()
    disk.write(file, msgspec.msgpack.encode(built))
    return built


def parse_pack(code: str) -> dict[str, Any]:
    """The same, read from the file. Raises `RuleError` when it isn't TOML."""
    try:
        return tomllib.loads(_HERE.joinpath(f"{code}.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as e:
        raise RuleError(f"lexicon/{code}.toml: {e}") from e


@cache
def calendar() -> dict[str, dict[str, list[str]]]:
    """Language -> ``weekdays``, ``months``, ``short_months``, from CLDR."""
    data: dict[str, dict[str, list[str]]] = json.loads(
        _HERE.joinpath("calendar.json").read_text(encoding="utf-8")
    )["languages"]
    return data


@cache
def function_word_lists() -> dict[str, list[str]]:
    """Language -> words that hardly ever end a sentence."""
    return tomllib.loads(_HERE.joinpath("function_words.toml").read_text(encoding="utf-8"))


@cache
def function_words() -> frozenset[str]:
    """The same, of all languages together."""
    return frozenset(w for ws in function_word_lists().values() for w in ws)


@cache
def family_names() -> dict[str, list[str]]:
    """Frequent family names of languages without capitals, by language."""
    return tomllib.loads(_HERE.joinpath("names.toml").read_text(encoding="utf-8"))


@cache
def strangers(key: str) -> frozenset[str]:
    """The words that ``strangers.toml`` lists under `key`, of all languages."""
    data = tomllib.loads(_HERE.joinpath("strangers.toml").read_text(encoding="utf-8"))
    return frozenset(w for ws in data[key].values() for w in ws)


def words(section: str, key: str) -> dict[str, list[str]]:
    """Language -> the list ``[section] key`` of its file, for the languages that have it."""
    out = {}
    for code in languages():
        found = pack(code).get(section, {}).get(key)
        if found:
            out[code] = found
    return out
