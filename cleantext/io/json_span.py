"""Where a value stands in JSON text, so that it can be exchanged and nothing else moves.

A parser's result written out again has other blanks, escapes and numbers than what came in. Here
the text stays, and the span of one value is found in it. The JSON is known to be valid.
"""

from __future__ import annotations

import json
import re

# Possessive, so that no text makes them slow.
_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_KEY = re.compile(rb"[ \t\r\n]*+(" + _STRING + rb")[ \t\r\n]*+:[ \t\r\n]*+", re.DOTALL)
_NEXT = re.compile(rb"[ \t\r\n]*+([,}])")
_SCALAR = re.compile(_STRING + rb"|[^,\]} \t\r\n]++", re.DOTALL)
_NESTED = re.compile(_STRING + rb"|[\[\]{}]", re.DOTALL)
_ESCAPED = re.compile(rb"\\u[0-9a-fA-F]{4}")
_BARE_SLASH = re.compile(rb"(?<!\\)/")

Span = tuple[int, int]


def find(data: bytes, path: tuple[str, ...]) -> Span | None:
    """The span of the value at `path` in the object that `data` is; the last of several of that name."""
    span: Span = (data.index(b"{"), len(data))
    for name in path:
        if data[span[0] : span[0] + 1] != b"{":
            return None
        inner = None
        position = span[0] + 1
        while m := _KEY.match(data, position):
            end = _end(data, m.end())
            if _is(m[1], name):
                inner = (m.end(), end)
            after = _NEXT.match(data, end)
            if after is None or after[1] == b"}":
                break
            position = after.end()
        if inner is None:
            return None
        span = inner
    return span


def member_span(data: bytes, name: str) -> Span | None:
    """The span of the last member of the object, with the comma before it, if it has that name."""
    value = find(data, (name,))
    if value is None:
        return None
    start = data.rindex(json.dumps(name).encode(), 0, value[0])
    head = data[:start].rstrip()
    return (len(head) - 1 if head.endswith(b",") else start, value[1])


def with_member(data: bytes, name: str, value: bytes) -> bytes:
    """The object with one more member at its end."""
    end = data.rindex(b"}")
    head = data[:end].rstrip()
    comma = b"" if head.endswith(b"{") else b","
    blank = b" " if b'": ' in head else b""
    if comma and blank:
        comma += b" "
    return head + comma + json.dumps(name).encode() + b":" + blank + value + data[len(head) :]


def string(text: str, like: bytes) -> bytes:
    """`text` as a JSON string in the manner of the string `like`: what it escapes, and what not."""
    ascii_only = like.isascii() and any(int(m[0][2:], 16) >= 0x80 for m in _ESCAPED.finditer(like))
    data = json.dumps(text, ensure_ascii=ascii_only)
    try:
        out = data.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate is JSON as an escape only
        out = "".join(c if not "\ud800" <= c <= "\udfff" else f"\\u{ord(c):04x}" for c in data).encode(
            "utf-8"
        )
    if b"\\/" in like and not _BARE_SLASH.search(like):
        out = out.replace(b"/", b"\\/")
    return out


def _is(key: bytes, name: str) -> bool:
    if b"\\" in key:
        return bool(json.loads(key) == name)
    return key[1:-1] == name.encode("utf-8", "surrogatepass")


def _end(data: bytes, start: int) -> int:
    """Where the value that begins at `start` ends."""
    if data[start : start + 1] not in (b"{", b"["):
        m = _SCALAR.match(data, start)
        assert m is not None, "the JSON is valid"
        return m.end()
    depth = 0
    for m in _NESTED.finditer(data, start):
        token = data[m.start()]
        if token in b"{[":
            depth += 1
        elif token in b"}]":
            depth -= 1
            if depth == 0:
                return m.end()
    raise AssertionError("the JSON is valid")
