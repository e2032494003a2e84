"""Chooses between several texts of one page: which is nearest to what a person would mark as its content.

Every text is described by its size, by what the model makes of its lines, and by how much of it the others
have too; a small network turns that into the F1 to expect.
"""

from __future__ import annotations

import numpy as np

from cleantext.context.features import F32
from cleantext.context.merge import expectations
from cleantext.context.opinion import Opinion, pairs, tokens

#: The opinions, in the order in which the networks know them; the last is made of the page's lines by votes.
SOURCES = ("trafilatura", "resiliparse", "page", "merged")


def describe(opinions: tuple[Opinion, ...], votes: F32) -> F32:
    """One row for each opinion, in the order of `SOURCES`; `votes` as `merge.merged` gives them."""
    words = [pairs(o) for o in opinions]
    unique = [np.unique(p) for p in words]
    size = np.array([tokens(o) for o in opinions])
    good = np.array([_good(o) for o in opinions])
    n = len(opinions)
    inside = np.zeros((n, n), dtype=np.float32)
    for i in range(n):
        for j in range(n):
            if i != j and len(words[i]):
                inside[i, j] = np.isin(words[i], unique[j]).mean()
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
    return np.concatenate([np.array(rows, dtype=np.float32), expectations(opinions, votes)], axis=1)


def expected(rows: F32, a: dict[str, F32]) -> F32:
    """The F1 to expect of each opinion."""
    h = np.tanh(rows @ a["choose.first.weight"] + a["choose.first.bias"])
    z = (h @ a["choose.out.weight"] + a["choose.out.bias"])[:, 0]
    found: F32 = 1 / (1 + np.exp(-z))
    return found


def _good(o: Opinion) -> float:
    return float((o.lines.tokens * (1 - o.chance))[o.keep].sum()) if o.lines is not None else 0.0
