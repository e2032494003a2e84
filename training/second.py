"""Trains the second look (`cleantext/context/second.py`) on what the networks of the folds say of sites
that they hadn't seen, again by folds of sites: the last step of `python -m training`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from cleantext.context import second
from training.calibrate import curve
from training.data import Page

_HIDDEN = 32
_BATCH = 48
#: What a page made worse costs beside the F1 of pages.
_HARM = 0.6


def net(width: int) -> torch.nn.Sequential:
    """Two hidden layers; begins as the odds it is given."""
    made = torch.nn.Sequential(
        torch.nn.Linear(width, _HIDDEN),
        torch.nn.ReLU(),
        torch.nn.Linear(_HIDDEN, _HIDDEN),
        torch.nn.ReLU(),
        torch.nn.Linear(_HIDDEN, 1),
    )
    torch.nn.init.zeros_(made[4].weight)
    return made


def fit(pages: Sequence[Page], rows: Sequence[np.ndarray], seed: int, epochs: int) -> dict[str, np.ndarray]:
    """The arrays of a net trained on `pages`, whose lines are described by `rows`."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    model = net(rows[0].shape[1])
    groups = np.array_split(rng.permutation(len(pages)), max(1, len(pages) // _BATCH))
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 5e-3, total_steps=epochs * len(groups))
    for _ in range(epochs):
        for k in rng.permutation(len(groups)):
            part = groups[k]
            optimiser.zero_grad()
            loss(model, [pages[i] for i in part], [rows[i] for i in part]).backward()
            optimiser.step()
            schedule.step()
    out = {}
    for k in range(3):
        out[f"second.{k}.weight"] = np.ascontiguousarray(model[2 * k].weight.detach().numpy().T)
        out[f"second.{k}.bias"] = model[2 * k].bias.detach().numpy()
    return out


def loss(model: torch.nn.Sequential, pages: Sequence[Page], rows: Sequence[np.ndarray]) -> torch.Tensor:
    """Cross-entropy, one minus a soft F1, and what pages lose, up to a few points each."""
    n = len(pages)
    x = torch.from_numpy(np.concatenate(rows))
    owner = torch.from_numpy(np.repeat(np.arange(n), [len(r) for r in rows]))
    noise = torch.from_numpy(np.concatenate([p.noise for p in pages]))
    weight = torch.from_numpy(np.concatenate([p.weight for p in pages]))
    gold = torch.tensor([float(p.gold) for p in pages])

    def by_page(values: torch.Tensor) -> torch.Tensor:
        return torch.zeros(n).index_add(0, owner, values)

    z = model(x)[:, 0] + 3 * x[:, 0]
    capped = weight.clamp(max=100)
    sums = by_page(capped).clamp(min=1)
    each = torch.nn.functional.binary_cross_entropy_with_logits(z, noise, reduction="none")
    size = sums.clamp(min=30).sqrt()
    keep = torch.sigmoid(-(z - 0.5) * 1.5) * weight
    after = 2 * by_page(keep * (1 - noise)) / (by_page(keep) + gold).clamp(min=1)
    before = 2 * by_page(weight * (1 - noise)) / (by_page(weight) + gold).clamp(min=1)
    harm = torch.tanh(torch.relu(before - after) / 0.02)
    entropy = (by_page(each * capped) / sums * size).sum() / size.sum()
    return entropy + (1 - after).mean() + _HARM * harm.mean()


def cross(
    pages: Sequence[Page], chance: Sequence[np.ndarray], fold: np.ndarray, seed: int, epochs: int
) -> tuple[dict[str, np.ndarray], list[np.ndarray]]:
    """What to ship, with its curve, and the chances of each page by a net that hadn't seen its site."""
    torch.set_num_threads(1)
    rows = [second.rows(p.lines, c) for p, c in zip(pages, chance, strict=True)]
    odds: list[np.ndarray] = [np.zeros(0)] * len(pages)
    for k in np.unique(fold):
        seen, unseen = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
        made = fit([pages[i] for i in seen], [rows[i] for i in seen], seed, epochs)
        for i in unseen:
            odds[i] = second.odds(pages[i].lines, chance[i], made)
    x, y = curve(pages, odds)
    final = fit(pages, rows, seed, epochs)
    final |= {"second.curve.odds": x, "second.curve.chance": y}
    return final, [np.interp(z, x, y).astype(np.float32) for z in odds]
