"""One of several texts of a page, as arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleantext.context.features import F32, Lines
from cleantext.context.words import U64


class Opinion(NamedTuple):
    """One text of a page.

    lines   of the text after the rules; None for a text without any
    chance  that each is page furniture
    keep    the lines that cleaning will leave
    """

    lines: Lines | None
    chance: F32
    keep: NDArray[np.bool_]


def tokens(o: Opinion) -> float:
    """Words that stay."""
    return float(o.lines.tokens[o.keep].sum()) if o.lines is not None else 0.0


def pairs(o: Opinion, kept: bool = True) -> U64:
    """Hashes of the neighbouring words of the lines that stay, or of all; and of lines of one word."""
    if o.lines is None:
        return np.zeros(0, dtype=np.uint64)
    h = o.lines.hashes
    keep = o.keep if kept else np.ones_like(o.keep)
    return np.concatenate([h.pairs[keep[h.pair_line]], h.first[keep & (o.lines.tokens == 1)]])


def contents(o: Opinion, kept: bool = True) -> U64:
    """`pairs`, each once."""
    return np.unique(pairs(o, kept))
