"""From byte offsets to code points, once and only where there are hits."""

from __future__ import annotations


def to_code_points(data: bytes, hits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The hits, sorted by their byte offset into UTF-8 `data`, with code-point offsets instead.

    Linear: each stretch between two hits is decoded once.
    """
    out = []
    at = count = 0
    for end, number in hits:
        if end > at:
            # a hit may end inside of a character: count the characters that have begun
            count += sum_starts(data[at:end])
            at = end
        out.append((count, number))
    return out


def sum_starts(chunk: bytes) -> int:
    """How many code points begin in `chunk`: its bytes other than continuation bytes."""
    return len(chunk) - len(chunk.translate(None, _STARTS))


_STARTS = bytes(b for b in range(256) if b & 0xC0 != 0x80)
