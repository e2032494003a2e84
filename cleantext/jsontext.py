"""Values as JSON and back, for any string of Python, two halves of a surrogate pair side by side included.

UTF-8 can't hold a lone surrogate, so it is written as an escape; everything else is written as itself.
Two escapes in a row can then only be two halves that were never one character, and are read as two.
"""

from __future__ import annotations

import json
import re
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_LONE = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile(r"((?<!\\)(?:\\\\)*)\\u(d[89a-f][0-9a-f]{2})")


def encode(value: Any, indent: int | None = None) -> bytes:
    """`value`, of structs and plain values, as JSON in UTF-8, on one line unless `indent` is given."""
    try:
        data = msgspec.json.encode(value)
    except UnicodeEncodeError:
        separators = (",", ":") if indent is None else None
        plain = msgspec.to_builtins(value)
        text = json.dumps(plain, indent=indent, separators=separators, ensure_ascii=False)
        return _LONE.sub(lambda m: f"\\u{ord(m[0]):04x}", text).encode("utf-8")
    return data if indent is None else msgspec.json.format(data, indent=indent)


def decode(data: bytes | str, kind: type[T]) -> T:
    """The value that `encode` wrote. Raises `ValueError` or `RecursionError` when there is none."""
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    try:
        if b"\\ud" not in data:
            return msgspec.json.decode(data, type=kind)
        text = _ESCAPED.sub(lambda m: m[1] + chr(int(m[2], 16)), data.decode("utf-8", "surrogatepass"))
        return msgspec.convert(json.loads(text), type=kind)
    except msgspec.MsgspecError as e:  # a ValueError in later versions only
        raise ValueError(str(e)) from e
