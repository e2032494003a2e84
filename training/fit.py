"""Trains one network."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import torch

from training.data import Page
from training.net import Batch, Net, loss
from training.vocabulary import Ids

_LINES = 6000  # in a batch
_LONGEST = 12000


def batches(pages: Sequence[Page], ids: Sequence[Ids], order: list[int]) -> list[Batch]:
    """Batches of about the same number of lines, in the order given."""
    out, now, size = [], [], 0
    for k in order:
        n = len(pages[k].noise)
        if n > _LONGEST:
            continue
        if now and size + n > _LINES:
            out.append(now)
            now, size = [], 0
        now.append(k)
        size += n
    if now:
        out.append(now)
    return [Batch([pages[k] for k in g], [ids[k] for k in g]) for g in out]


def fit(pages: Sequence[Page], ids: Sequence[Ids], seed: int, epochs: int, log: str = "") -> Net:
    """The network after `epochs` passes over `pages`."""
    torch.manual_seed(seed)
    draw = random.Random(seed)
    net = Net()
    order = list(range(len(pages)))
    draw.shuffle(order)
    groups = batches(pages, ids, order)
    optimiser = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=0.01)
    steps = epochs * len(groups)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps, pct_start=0.15)
    for epoch in range(epochs):
        start, total = time.time(), 0.0
        draw.shuffle(groups)
        for b in groups:
            optimiser.zero_grad()
            value = loss(net(b, drop=0.25), b)
            value.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += value.item()
        print(
            f"{log} epoch {epoch + 1}: loss {total / len(groups):.4f}, {time.time() - start:.0f} s",
            flush=True,
        )
    return net.eval()


def predict(net: Net, pages: Sequence[Page], ids: Sequence[Ids]) -> list:
    """The log odds of each page's lines."""
    out = []
    with torch.no_grad():
        for p, i in zip(pages, ids, strict=True):
            out.append(net(Batch([p], [i])).numpy().astype("float32"))
    return out
