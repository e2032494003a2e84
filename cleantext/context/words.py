"""Words of a document as numbers: polynomial hashes of whole-document arrays, looked up in a small table.

A word's hash is a difference of prefix sums, so hashing costs the same for every word. Digits count as
one digit, and case doesn't count.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

U64 = NDArray[np.uint64]
_BASE = 0x9E3779B97F4A7C15 | 1
_MASK = (1 << 64) - 1
_INVERSE = pow(_BASE, -1, 1 << 64)
_SCATTER = np.uint64(0xD6E8FEB86659FD93)
#: Salts: what a hash stands for.
PAIR, FIRST, LAST, WHOLE = (
    np.uint64(s) for s in (0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3)
)
_SLOTS = 17


@cache
def _powers(size: int) -> tuple[U64, U64]:
    out = []
    for base in (_BASE, _INVERSE):
        p = np.full(size, base, dtype=np.uint64)
        p[0] = 1
        out.append(np.multiply.accumulate(p))
    return out[0], out[1]


def powers(n: int) -> tuple[U64, U64]:
    """The powers of the base and of its inverse, for `n` characters or more."""
    return _powers(1 << max(14, n.bit_length()))


class Hasher:
    """Hashes of spans of one text, given its code points in lower case."""

    def __init__(self, codes: NDArray[np.unsignedinteger], digits: NDArray[np.bool_]) -> None:
        values = codes.astype(np.uint64)
        values[digits] = 48
        up, self._down = powers(len(values) + 1)
        values *= up[: len(values)]
        self._sums = np.empty(len(values) + 1, dtype=np.uint64)
        self._sums[0] = 0
        np.cumsum(values, out=self._sums[1:])

    def spans(self, starts: NDArray[np.intp], stops: NDArray[np.intp]) -> U64:
        """The hash of each span."""
        return scatter((self._sums[stops] - self._sums[starts]) * self._down[starts])


def scatter(h: U64) -> U64:
    """Mixes the bits of hashes, so that the high ones depend on all."""
    h = h ^ (h >> np.uint64(32))
    h = h * _SCATTER
    return h ^ (h >> np.uint64(32))


def pair(first: U64, second: U64) -> U64:
    """The hash of two words in a row."""
    return scatter(first * PAIR + second)


def salted(h: U64, salt: np.uint64) -> U64:
    """The hash of a word in a role."""
    return scatter(h * salt + salt)


def hash_of(word: str) -> int:
    """The hash of one word, as `Hasher` computes it; `word` in lower case, digits as 0."""
    total = 0
    for i, c in enumerate(word):
        total = (total + min(ord(c), 0x20000) * pow(_BASE, i, 1 << 64)) & _MASK
    return int(scatter(np.array([total], dtype=np.uint64))[0])


class Table:
    """Hash -> number from 1; 0 for what is not in it."""

    def __init__(self, keys: U64) -> None:
        self.keys = np.concatenate([np.zeros(1, dtype=np.uint64), keys])
        self._index = np.zeros(1 << _SLOTS, dtype=np.int32)
        # In reverse, so that of two keys with one slot the earlier, more frequent one stays.
        self._index[self._slots(keys)[::-1]] = np.arange(len(keys), 0, -1)

    @staticmethod
    def _slots(h: U64) -> NDArray[np.intp]:
        return (h >> np.uint64(64 - _SLOTS)).astype(np.intp)

    def find(self, h: U64) -> NDArray[np.int32]:
        """The number of each hash."""
        n = self._index[self._slots(h)]
        return np.where(self.keys[n] == h, n, 0).astype(np.int32)


class Hashes(NamedTuple):
    """The hashes of a document's words that the model looks at, in order, and of its lines.

    words  of the first and last words of each line; `word_line` the line of each
    pairs  of neighbours among them; `pair_line` the line of each
    first, last, whole  one a line; `whole` is 0 for long lines
    """

    words: U64
    word_line: NDArray[np.intp]
    pairs: U64
    pair_line: NDArray[np.intp]
    first: U64
    last: U64
    whole: U64
