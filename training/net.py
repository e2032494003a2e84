"""The network as it is trained; `cleantext/context/network.py` computes the same with numpy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from cleantext.context.features import NAMES
from training.data import Page
from training.vocabulary import GRAMS, WORDS, Ids

WIDTH = 32
EMBED = 8
DILATIONS = (1, 2, 4)
REACH = 2  # lines to each side that a layer sees, times its dilation
Bags = tuple[Tensor, Tensor, Tensor]
_GAP = REACH * max(DILATIONS)


class Batch:
    """Several texts end to end, with empty lines between them that no layer looks across."""

    def __init__(self, pages: Sequence[Page], ids: Sequence[Ids]) -> None:
        total = sum(len(p.noise) + _GAP for p in pages)
        x = np.zeros((total, len(NAMES)), dtype=np.float32)
        self.place = np.zeros(sum(len(p.noise) for p in pages), dtype=np.int64)
        owner, noise, weight, tokens = [], [], [], []
        words, word_line, grams, gram_line = [], [], [], []
        at = done = 0
        for k, (p, i) in enumerate(zip(pages, ids, strict=True)):
            n = len(p.noise)
            x[at : at + n] = p.lines.features
            self.place[done : done + n] = np.arange(at, at + n)
            owner.append(np.full(n, k))
            noise.append(p.noise)
            weight.append(p.weight)
            tokens.append(p.lines.tokens)
            words.append(i.words)
            word_line.append(i.word_line + done)
            grams.append(i.grams)
            gram_line.append(i.gram_line + done)
            at += n + _GAP
            done += n
        self.total = total
        self.x = torch.from_numpy(x[self.place])
        self.at = torch.from_numpy(self.place)
        self.owner = torch.from_numpy(np.concatenate(owner))
        self.noise = torch.from_numpy(np.concatenate(noise))
        self.weight = torch.from_numpy(np.concatenate(weight))
        self.tokens = torch.from_numpy(np.minimum(np.concatenate(tokens), 100).astype(np.float32)) + 0.01
        self.words = _bags(np.concatenate(words), np.concatenate(word_line), done)
        self.grams = _bags(np.concatenate(grams), np.concatenate(gram_line), done)
        self.gold = torch.tensor([float(p.gold) for p in pages])
        self.pages = len(pages)


class Net(nn.Module):
    """Lines to the log odds that each is page furniture."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.EmbeddingBag(WORDS + 1, EMBED, mode="sum")
        self.grams = nn.EmbeddingBag(GRAMS + 1, EMBED, mode="sum")
        nn.init.normal_(self.words.weight, std=0.3)
        nn.init.normal_(self.grams.weight, std=0.3)
        self.first = nn.Linear(len(NAMES) + 2 * EMBED, WIDTH)
        self.second = nn.Linear(WIDTH, WIDTH)
        self.convs = nn.ModuleList(
            nn.Conv1d(WIDTH, WIDTH, 2 * REACH + 1, dilation=d, padding=REACH * d) for d in DILATIONS
        )
        self.wide = nn.ModuleList(nn.Linear(3 * WIDTH, WIDTH) for _ in DILATIONS)
        self.out = nn.Linear(WIDTH, 1)

    def forward(self, b: Batch, drop: float = 0.0) -> Tensor:
        """One number a line."""
        n = len(b.owner)
        e = torch.cat([_mean(self.words, b.words, drop), _mean(self.grams, b.grams, drop)], 1)
        h = torch.relu(self.first(torch.cat([b.x, e], 1)))
        h = torch.relu(self.second(h))
        w = b.tokens[:, None]
        ones = torch.ones(n, 1)
        lines = torch.zeros(b.pages, 1).index_add_(0, b.owner, ones)
        mass = torch.zeros(b.pages, 1).index_add_(0, b.owner, w)
        for conv, wide in zip(self.convs, self.wide, strict=True):
            mean = torch.zeros(b.pages, WIDTH).index_add(0, b.owner, h) / lines
            heavy = torch.zeros(b.pages, WIDTH).index_add(0, b.owner, h * w) / mass
            top = torch.full((b.pages, WIDTH), -1e4).scatter_reduce(
                0, b.owner[:, None].expand(-1, WIDTH), h, "amax"
            )
            page = wide(torch.cat([mean, heavy, top], 1))
            spread = torch.zeros(b.total, WIDTH).index_copy(0, b.at, h)
            local = conv(spread.T[None])[0].T[b.at]
            h = h + torch.relu(local + page[b.owner])
        return self.out(h)[:, 0]


def _bags(ids: np.ndarray, line: np.ndarray, n: int) -> Bags:
    """Numbers of words ordered by line, where each line's begin, and the line of each."""
    order = np.argsort(line, kind="stable")
    offsets = np.searchsorted(line[order], np.arange(n))
    return (
        torch.from_numpy(ids[order].astype(np.int64)),
        torch.from_numpy(offsets.astype(np.int64)),
        torch.from_numpy(line[order].astype(np.int64)),
    )


def _mean(table: nn.EmbeddingBag, bags: Bags, drop: float) -> Tensor:
    """The mean of the vectors of each line's words; nothing for lines of unknown words."""
    ids, offsets, line = bags
    keep = (torch.rand(len(ids)) >= drop).float() if drop else torch.ones(len(ids))
    count = torch.zeros(len(offsets)).index_add_(0, line, keep).clamp(min=1)
    return table(ids, offsets, per_sample_weights=keep) / count[:, None]


def loss(z: Tensor, b: Batch) -> Tensor:
    """Cross-entropy against the share of noise, by tokens and page, and half of one minus a soft F1."""
    w = b.weight.clamp(max=100)
    sums = torch.zeros(b.pages).index_add_(0, b.owner, w).clamp(min=1)
    each = nn.functional.binary_cross_entropy_with_logits(z, b.noise, reduction="none")
    # A page counts by the root of its size, between a page each and a token each.
    by_page = torch.zeros(b.pages).index_add(0, b.owner, each * w) / sums
    size = sums.clamp(min=30).sqrt()
    keep = torch.sigmoid(-z) * b.weight
    kept = torch.zeros(b.pages).index_add(0, b.owner, keep)
    good = torch.zeros(b.pages).index_add(0, b.owner, keep * (1 - b.noise))
    f1 = 2 * good / (kept + b.gold).clamp(min=1)
    return (by_page * size).sum() / size.sum() + 0.5 * (1 - f1).mean()
