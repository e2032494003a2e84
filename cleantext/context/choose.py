"""Chooses between several texts of one page: which is nearest to what a person would mark as its content.

Every text is described by its size, by what the model makes of its lines, and by how much of it the others
have too; a small network turns that into the F1 to expect.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleantext.context.features import F32, Lines

#: The opinions, in the order in which the network knows them.
SOURCES = ("trafilatura", "resiliparse", "page")


class Opinion(NamedTuple):
    """One text of a page.

    lines   of the text after the rules; None for a text without any
    chance  that each is page furniture
    keep    the lines that cleaning will leave
    """

    lines: Lines | None
    chance: F32
    keep: NDArray[np.bool_]


def describe(opinions: tuple[Opinion, ...]) -> F32:
    """One row for each opinion, in the order of `SOURCES`."""
    pairs = [_pairs(o) for o in opinions]
    unique = [np.unique(p) for p in pairs]
    size = np.array([_tokens(o) for o in opinions])
    good = np.array([_good(o) for o in opinions])
    n = len(opinions)
    inside = np.zeros((n, n), dtype=np.float32)
    for i in range(n):
        for j in range(n):
            if i != j and len(pairs[i]):
                inside[i, j] = np.isin(pairs[i], unique[j]).mean()
    rows = []
    for i, o in enumerate(opinions):
        kept = o.lines is not None and bool(o.keep.any())
        count = float(o.keep.sum()) if kept else 0.0
        big = float(o.lines.tokens[o.keep & o.lines.big].sum()) if o.lines is not None and kept else 0.0
        others = [j for j in range(n) if j != i]
        rows.append(
            [
                *(float(k == i) for k in range(n)),
                np.log1p(size[i]) / 6,
                good[i] / max(1.0, size[i]),
                big / max(1.0, size[i]),
                np.log1p(size[i] / max(1.0, count)) / 3,
                np.log1p(count) / 4,
                *(np.log1p(size[j]) / 6 for j in others),
                *(np.log((good[i] + 20) / (good[j] + 20)) / 2 for j in others),
                *(inside[i, j] for j in others),
                *(inside[j, i] for j in others),
                inside[others[0], others[1]],
                inside[others[1], others[0]],
                size[i] / max(1.0, float(size.max())),
                float(size[i] == 0),
            ]
        )
    return np.array(rows, dtype=np.float32)


def expected(rows: F32, a: dict[str, F32]) -> F32:
    """The F1 to expect of each opinion."""
    h = np.tanh(rows @ a["choose.first.weight"] + a["choose.first.bias"])
    z = (h @ a["choose.out.weight"] + a["choose.out.bias"])[:, 0]
    found: F32 = 1 / (1 + np.exp(-z))
    return found


def _tokens(o: Opinion) -> float:
    return float(o.lines.tokens[o.keep].sum()) if o.lines is not None else 0.0


def _good(o: Opinion) -> float:
    return float((o.lines.tokens * (1 - o.chance))[o.keep].sum()) if o.lines is not None else 0.0


def _pairs(o: Opinion) -> NDArray[np.uint64]:
    """Hashes of the neighbouring words of the lines that stay, and of lines of one word."""
    if o.lines is None:
        return np.zeros(0, dtype=np.uint64)
    h = o.lines.hashes
    single = o.keep & (o.lines.tokens == 1)
    return np.concatenate([h.pairs[o.keep[h.pair_line]], h.first[single]])
