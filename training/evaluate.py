"""What cutting lines at a chance does to pages: the figures of the residue bench, from arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from training.data import Page

HEADER = f"{'':26}{'texts':>6}{'F1':>7}{'after':>7}{'gain':>7}{'lost %':>8}{'precision':>11}{'removed %':>11}{'worse %':>9}"


def row(name: str, pages: Sequence[Page], cuts: Sequence[np.ndarray]) -> str:
    """One line of the card, against the text before the rules: means over pages, shares over tokens.

    True in a cut is a line that goes.
    """
    before, after, worse, lost, had, gone, noise = [], [], 0, 0.0, 0.0, 0.0, 0.0
    for p, cut in zip(pages, cuts, strict=True):
        good, bad, keep = p.weight * (1 - p.noise), p.weight * p.noise, ~cut
        a = 2 * p.raw[1] / max(1, p.raw[0] + p.gold)
        b = 2 * good[keep].sum() / max(1, p.weight[keep].sum() + p.gold)
        before.append(a)
        after.append(b)
        worse += b < a - 0.01
        lost += p.raw[1] - good[keep].sum()
        had += p.raw[1]
        gone += p.raw[0] - p.raw[1] - bad[keep].sum()
        noise += p.raw[0] - p.raw[1]
    f0, f1 = 100 * float(np.mean(before)), 100 * float(np.mean(after))
    return (
        f"{name:26}{len(pages):6}{f0:7.1f}{f1:7.1f}{f1 - f0:+7.2f}{100 * lost / max(1, had):8.2f}"
        f"{100 * gone / max(1, gone + lost):11.1f}{100 * gone / max(1, noise):11.1f}{100 * worse / len(pages):9.1f}"
    )


def tables(
    pages: Sequence[Page], cuts: Sequence[np.ndarray], keys: Iterable[tuple[str, Callable[[Page], str]]]
) -> str:
    """A table for each way of grouping; groups of fewer than 20 texts are left out."""
    out = []
    for title, key in keys:
        groups: dict[str, list[int]] = {}
        for i, p in enumerate(pages):
            groups.setdefault(key(p), []).append(i)
        rows = [
            row(name, [pages[i] for i in g], [cuts[i] for i in g])
            for name, g in sorted(groups.items(), key=lambda x: -len(x[1]))
            if len(g) >= 20
        ]
        out += [f"{title}", HEADER, *rows, ""]
    return "\n".join(out)
