"""The second look: a line's chance once the chances of the whole page are known.

The network judges a line without knowing what it thinks of the page. A line at even odds among lines that
surely stay is likelier to be content than one in a page that is mostly menus; so a small dense net weighs
the odds of a line against those of its neighbours and of the page. Cross-validated by site, it removes more
and makes a third fewer pages worse than one threshold for all pages.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleantext.context.features import F32, SHORT, Lines

#: A text of fewer lines must be surer, by one in log odds for half as many.
ENOUGH_LINES = 16
_CAP = 100
#: Log odds are bounded, as the network's are beyond what was seen.
_LOW, _HIGH = 0.001, 0.999


def rows(lines: Lines, chance: F32) -> F32:
    """What is known of each line: 17 numbers on it and what is near, 16 on the page."""
    c = np.clip(chance.astype(np.float64), _LOW, _HIGH)
    odds = np.log(c / (1 - c))
    n = len(c)
    w = np.minimum(lines.tokens, _CAP) + 0.01
    total = w.sum()
    size = np.log1p(lines.tokens)
    big = lines.big
    short = lines.tokens < SHORT
    at = np.arange(n)
    running = np.flatnonzero(big & (c < 0.5))
    first, last = (running[0], running[-1]) if len(running) else (0, n)
    gap = np.minimum(np.diff(np.concatenate([[-1], lines.number])) - 1, 3)
    out = np.empty((n, 33), dtype=np.float32)
    for i, column in enumerate(
        (
            odds / 3,
            _shifted(odds, 1) / 3,
            _shifted(odds, -1) / 3,
            _near(odds, 2) / 3,
            _near(odds, 8) / 3,
            _near(c * w, 8) / _near(w, 8),
            size / 2,
            big,
            lines.ended,
            lines.repeats > 1,
            gap / 3,
            at < first,
            at > last,
            _shifted(size, 1) / 2,
            _shifted(size, -1) / 2,
            short,
            _near(short.astype(np.float64), 4),
        )
    ):
        out[:, i] = column
    mean = (c * w).sum() / total
    ranked = np.sort(c)
    likely = c > 0.5
    out[:, 17:] = (
        mean,
        c.mean(),
        np.log(mean / (1 - mean)) / 3,
        short.mean(),
        c[short].mean() if short.any() else 0.0,
        c[big].mean() if big.any() else 0.0,
        (w * big).sum() / total,
        np.log(n) / 4,
        np.log(total) / 6,
        ranked[n // 4],
        ranked[n // 2],
        ranked[3 * n // 4],
        (likely * w).sum() / total,
        likely.mean(),
        ((c > 0.8) * w).sum() / total,
        ((c > 0.3) & (c < 0.8)).mean(),
    )
    return out


def odds(lines: Lines, chance: F32, a: dict[str, F32]) -> F32:
    """Log odds of each line after the second look."""
    x = rows(lines, chance)
    h = np.maximum(x @ a["second.0.weight"] + a["second.0.bias"], 0)
    h = np.maximum(h @ a["second.1.weight"] + a["second.1.bias"], 0)
    z = (h @ a["second.2.weight"] + a["second.2.bias"])[:, 0] + 3 * x[:, 0]
    sure: F32 = (z - doubt(len(z))).astype(np.float32)
    return sure


def doubt(lines: int) -> float:
    """What the log odds in a text of so many lines are lowered by."""
    return max(0.0, float(np.log2(ENOUGH_LINES / max(1, lines))))


def _near(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """The mean of the values up to `reach` lines away."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    low, high = np.maximum(at - reach, 0), np.minimum(at + reach + 1, len(values))
    near: NDArray[np.float64] = (sums[high] - sums[low]) / (high - low)
    return near


def _shifted(values: NDArray[np.float64], by: int) -> NDArray[np.float64]:
    """The value of the line before (1) or after (-1); 0 at the border."""
    if by > 0:
        return np.concatenate([[0.0], values[:-1]])
    return np.concatenate([values[1:], [0.0]])
