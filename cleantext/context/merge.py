"""A page's text put together line by line: what the extractors keep of the whole page, and what the model says.

Extractors leave out paragraphs, or take in a sidebar. Each line of the whole page's text is voted on: how
much of it, and of its neighbours, each extractor has, whether cleaning would leave it there, the odds that
it is page furniture, and how far the texts agree altogether.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleantext.context.features import F32, Lines
from cleantext.context.opinion import Opinion, contents, tokens
from cleantext.context.words import U64

_LOW, _HIGH = 0.001, 0.999
#: A line of which an extractor has so much is one of its own.
_HAS = 0.8
#: How many lines away neighbours are.
_NEAR = 3


def share(lines: Lines, text: U64) -> F32:
    """The share of each line's pairs of words that are in a text; of a line of one word, the word."""
    n = len(lines.number)
    if len(text) == 0:
        return np.zeros(n, dtype=np.float32)
    h = lines.hashes
    all_pairs = np.bincount(h.pair_line, minlength=n)
    found = np.bincount(h.pair_line, weights=np.isin(h.pairs, text), minlength=n)
    single = (lines.tokens == 1) & np.isin(h.first, text)
    return np.where(all_pairs > 0, found / np.maximum(all_pairs, 1), single).astype(np.float32)


def rows(first: Opinion, second: Opinion, page: Opinion) -> F32:
    """What speaks for and against each line of the page, of which there must be some."""
    lines = page.lines
    assert lines is not None
    n = len(lines.number)
    c = np.clip(page.chance, _LOW, _HIGH)
    z = np.log(c / (1 - c)) / 3
    a, a_kept = share(lines, contents(first, kept=False)), share(lines, contents(first))
    b, b_kept = share(lines, contents(second, kept=False)), share(lines, contents(second))
    w = lines.tokens.astype(np.float32)
    total = max(1.0, float(w.sum()))
    sizes = [float(o.lines.tokens.sum()) if o.lines is not None else 0.0 for o in (first, second)]
    in_a, in_b = float((a * w).sum()), float((b * w).sum())
    columns: tuple[NDArray[np.generic] | float, ...] = (
        z, _shifted(z, 1), _shifted(z, -1), _near(z), a, a_kept, b, b_kept,
        _shifted(a, 1), _shifted(a, -1), _shifted(b, 1), _shifted(b, -1),
        _near(a), _near(b), _near(a_kept), _near(b_kept), a * b,
        np.log1p(w) / 2, lines.big, lines.ended,
        in_a / total, in_b / total, float((a * b * w).sum()) / total,
        min(1.5, in_a / max(1.0, sizes[0])), min(1.5, in_b / max(1.0, sizes[1])),
        np.log1p(total) / 6, np.log1p(sizes[0]) / 6, np.log1p(sizes[1]) / 6,
        np.maximum.accumulate(a > _HAS), np.maximum.accumulate((a > _HAS)[::-1])[::-1],
        np.maximum.accumulate(b > _HAS), np.maximum.accumulate((b > _HAS)[::-1])[::-1],
    )  # fmt: skip
    out = np.empty((n, len(columns)), dtype=np.float32)
    for i, column in enumerate(columns):
        out[:, i] = column
    return out


def merged(opinions: tuple[Opinion, ...], a: dict[str, F32]) -> tuple[Opinion, F32]:
    """The opinion made of the page's lines that are voted for, and the log odds that each is unwanted."""
    page = opinions[2]
    if page.lines is None:
        return Opinion(None, np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.bool_)), page.chance
    h = np.maximum(rows(*opinions) @ a["vote.0.weight"] + a["vote.0.bias"], 0)
    h = np.maximum(h @ a["vote.1.weight"] + a["vote.1.bias"], 0)
    z = (h @ a["vote.2.weight"] + a["vote.2.bias"])[:, 0]
    return Opinion(page.lines, (1 / (1 + np.exp(-z))).astype(np.float32), z < 0), z


def expectations(opinions: tuple[Opinion, ...], z: F32) -> F32:
    """By the votes, of each opinion: F1, share of the content and of the text; the same less the best; doubt."""
    out = np.zeros((len(opinions), 7), dtype=np.float32)
    page = opinions[2]
    if page.lines is None:
        return out
    good = 1 / (1 + np.exp(z))
    w = page.lines.tokens.astype(np.float32)
    all_good = float((good * w).sum())
    for k, o in enumerate(opinions):
        has = o.keep if k >= 2 else share(page.lines, contents(o))
        found, size = float((good * w * has).sum()), tokens(o)
        out[k, 0] = 2 * found / max(1.0, size + all_good)
        out[k, 1] = found / max(1.0, all_good)
        out[k, 2] = min(1.5, found / max(1.0, size))
    out[:, 3:6] = out[:, :3] - out[:, :3].max(axis=0)
    out[:, 6] = float((good * (1 - good) * w).sum()) / max(1.0, all_good)
    return out


def _near(values: F32) -> F32:
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    at = np.arange(len(values))
    low, high = np.maximum(at - _NEAR, 0), np.minimum(at + _NEAR + 1, len(values))
    near: F32 = ((sums[high] - sums[low]) / (high - low)).astype(np.float32)
    return near


def _shifted(values: F32, by: int) -> F32:
    out = np.zeros_like(values)
    if by > 0:
        out[1:] = values[:-1]
    else:
        out[:-1] = values[1:]
    return out
