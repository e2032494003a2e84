"""From log odds to chances: a curve that rises, measured on sites that the network hadn't seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from training.data import Page

_BINS = 300
#: Content lost on unseen sites was 1.5 to 2.6 times what cross-validation showed: so errors count more.
_MARGIN = 1.5


def curve(pages: Sequence[Page], odds: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Points of the curve: log odds and the chance that a token there is noise.

    Tokens count, at most 100 a line, each kind of text as much as the others.
    """
    mass: dict[str, float] = {}
    for p in pages:
        mass[p.extractor] = mass.get(p.extractor, 0.0) + float(np.minimum(p.weight, 100).sum())
    z = np.concatenate(odds)
    noise = np.concatenate([p.noise for p in pages])
    weight = np.concatenate([np.minimum(p.weight, 100) / mass[p.extractor] for p in pages])
    order = np.argsort(z, kind="stable")
    z, noise, weight = z[order], noise[order], weight[order]
    # Narrow bins where chances are near one: by the mass of content, not of tokens.
    good = np.cumsum(weight * (1 - noise * 0.97))
    edges = np.searchsorted(good, np.linspace(0, good[-1], _BINS + 1)[1:-1])
    parts = [s for s in np.split(np.arange(len(z)), np.unique(edges)) if len(s) and weight[s].sum() > 0]
    x = np.array([np.average(z[s], weights=weight[s]) for s in parts])
    bad = np.array([(weight[s] * noise[s]).sum() for s in parts])
    fine = np.array([(weight[s] * (1 - noise[s])).sum() * _MARGIN for s in parts])
    y = rising(bad / (bad + fine), bad + fine)
    keep = np.concatenate([[True], np.diff(x) > 1e-3])
    return x[keep].astype(np.float32), np.clip(y[keep], 0.001, 0.999).astype(np.float32)


def rising(y: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The nearest sequence that never falls (pool adjacent violators)."""
    value: list[float] = []
    mass: list[float] = []
    size: list[int] = []
    for v, w in zip(y.tolist(), weight.tolist(), strict=True):
        value.append(v)
        mass.append(w)
        size.append(1)
        while len(value) > 1 and value[-2] >= value[-1]:
            v2, w2, s2 = value.pop(), mass.pop(), size.pop()
            value[-1] = (value[-1] * mass[-1] + v2 * w2) / (mass[-1] + w2)
            mass[-1] += w2
            size[-1] += s2
    return np.repeat(value, size)
