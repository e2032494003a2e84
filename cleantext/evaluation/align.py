"""What of a text isn't in another: which code points are to go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")

#: Tokens on both sides beyond which a stretch is compared by its ends only.
_MOST = 4_000

Spans = list[tuple[int, int]]


def removed(noisy: str, clean: str) -> Spans:
    """The spans of `noisy` that `clean` doesn't have, in order.

    Lines are compared first, then words within the lines that differ, then characters within those, so
    that the cost stays near the size of the texts.
    """
    return [(start, start + len(text)) for (start, text), _ in _levels(noisy, clean, 0, 0) if text]


def _levels(noisy: str, clean: str, offset: int, level: int) -> Iterator[tuple[tuple[int, str], str]]:
    for (start, text), other in _differing(_split(noisy, level), _split(clean, level), offset):
        if text and other and level < 2:
            yield from _levels(text, other, start, level + 1)
        else:
            yield (start, text), other


def _split(text: str, level: int) -> list[str]:
    return _LINES.findall(text) if level == 0 else _TOKENS.findall(text) if level == 1 else list(text)


def _differing(a: Sequence[str], b: Sequence[str], offset: int) -> Iterator[tuple[tuple[int, str], str]]:
    """Stretches of `a` that differ, each with its place, and what `b` has instead."""
    head = 0
    while head < len(a) and head < len(b) and a[head] == b[head]:
        offset += len(a[head])
        head += 1
    tail = 0
    while tail < len(a) - head and tail < len(b) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    a, b = a[head : len(a) - tail], b[head : len(b) - tail]
    if not a or not b or len(a) > _MOST or len(b) > _MOST:
        if a or b:
            yield (offset, "".join(a)), "".join(b)
        return
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        text = "".join(a[a1:a2])
        if kind != "equal":
            yield (offset, text), "".join(b[b1:b2])
        offset += len(text)
