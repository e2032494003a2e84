"""Trains the choice between several texts of one page, and adds it to the weights.

    python -m training.choose HTML.jsonl.zst... --cache ARRAYS

`HTML` are pages as in `training/data.py` with `html` instead of `noisy`; `--cache` is where
`python -m training` kept its arrays: the networks of its folds judge the sites that they hadn't seen.
"""

from __future__ import annotations

import argparse
import multiprocessing
import pickle
from pathlib import Path

import numpy as np
import torch

from cleantext.context.abstain import LEAST_LINES
from cleantext.context.choose import SOURCES, Opinion, describe, expected
from cleantext.context.decide import few
from cleantext.context.network import odds, read
from cleantext.html import opinions
from cleantext.rules.page_furniture import PageFurniture
from training import data
from training.__main__ import TARGET
from training.data import Page
from training.export import write

_HIDDEN = 24
_cleaner = None


def _work(record: dict) -> tuple[str, str, str, tuple[Page | None, ...]]:
    """The arrays of each opinion on one page."""
    global _cleaner
    _cleaner = _cleaner or data.rules_only()
    texts = opinions(record.pop("html"))
    pages = tuple(
        data.page({**record, "noisy": texts[s], "extractor": "opinion"}, _cleaner) if texts[s] else None
        for s in SOURCES
    )
    return record["id"], record.get("domain") or record["id"], record["gold"], pages


def f1(page: Page | None, keep: np.ndarray) -> float:
    """F1 of the lines that stay."""
    if page is None:
        return 0.0
    good = (page.weight * (1 - page.noise))[keep].sum()
    return float(2 * good / max(1.0, page.weight[keep].sum() + page.gold))


def opinion(page: Page | None, model, threshold: float) -> Opinion:
    """As `cleantext.context.decide.view`, of arrays."""
    if page is None:
        return Opinion(None, np.zeros(0, dtype=np.float32), np.zeros(0, dtype=bool))
    from cleantext.context.decide import calibrated

    chance = calibrated(odds(page.lines, model), page.lines, model)
    keep = np.ones(len(chance), dtype=bool)
    if len(chance) >= LEAST_LINES and few(page.lines):
        keep = chance < threshold
    return Opinion(page.lines, chance, keep)


def train(x: np.ndarray, y: np.ndarray, seed: int) -> dict[str, np.ndarray]:
    """The small network: x is (pages, opinions, features), y the F1 of each."""
    torch.manual_seed(seed)
    net = torch.nn.Sequential(
        torch.nn.Linear(x.shape[2], _HIDDEN), torch.nn.Tanh(), torch.nn.Linear(_HIDDEN, 1)
    )
    optimiser = torch.optim.AdamW(net.parameters(), lr=5e-3, weight_decay=0.05)
    a, b = torch.from_numpy(x), torch.from_numpy(y)
    rng = np.random.default_rng(seed)
    epochs = 60
    for epoch in range(epochs):
        for group in optimiser.param_groups:
            group["lr"] = 5e-3 * (1 - epoch / epochs)
        for part in np.array_split(rng.permutation(len(x)), max(1, len(x) // 64)):
            z = net(a[part])[..., 0]
            p = torch.sigmoid(z)
            # What is expected of each, and what a soft choice between them would give.
            choice = torch.softmax(12 * p, 1)
            value = ((p - b[part]) ** 2).mean() - 0.5 * (choice * b[part]).sum(1).mean()
            optimiser.zero_grad()
            value.backward()
            optimiser.step()
    s = [t.detach().numpy() for t in net.parameters()]
    return {
        "choose.first.weight": np.ascontiguousarray(s[0].T),
        "choose.first.bias": s[1],
        "choose.out.weight": np.ascontiguousarray(s[2].T),
        "choose.out.bias": s[3],
    }


def main() -> None:
    """The command."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("html", nargs="+", type=Path)
    ap.add_argument("--cache", type=Path, required=True)
    ap.add_argument("--weights", type=Path, default=TARGET)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--jobs", type=int, default=2)
    a = ap.parse_args()
    kept = a.cache.with_suffix(".opinions")
    if kept.exists():
        found = pickle.loads(kept.read_bytes())
    else:
        records = (r for path in a.html for r in data.read(path) if not r.get("suspect"))
        with multiprocessing.Pool(a.jobs) as pool:
            found = list(pool.imap(_work, records, chunksize=8))
        kept.write_bytes(pickle.dumps(found, protocol=5))
    found = [f for f in found if any(p is not None for p in f[3])]
    weights = dict(np.load(a.weights))
    _, made = pickle.loads(a.cache.with_suffix(".folds").read_bytes())
    curve = {k: v for k, v in weights.items() if k.startswith(("curve.", "second."))}
    models = [read({**arrays, **curve}) for arrays, _ in made]
    threshold = PageFurniture.limits["balanced"]
    fold = np.array([int(data.stable(site) * len(models)) for _, site, _, _ in found])
    seen = [
        [opinion(p, models[k], threshold) for p in pages]
        for (_, _, _, pages), k in zip(found, fold, strict=True)
    ]
    x = np.stack([describe(tuple(o)) for o in seen])
    y = np.array(
        [[f1(p, o.keep) for p, o in zip(f[3], s, strict=True)] for f, s in zip(found, seen, strict=True)],
        dtype=np.float32,
    )
    raw = np.array([f1(f[3][0], np.ones_like(s[0].keep)) for f, s in zip(found, seen, strict=True)])
    picked = np.zeros(len(x), dtype=int)
    for k in range(len(models)):
        net = train(x[fold != k], y[fold != k], a.seed)
        for i in np.flatnonzero(fold == k):
            picked[i] = np.argmax(np.round(expected(x[i], net), 3))
    got = y[np.arange(len(y)), picked]
    print(f"{len(x)} pages; F1 of trafilatura without comments {100 * raw.mean():.2f}")
    for i, s in enumerate(SOURCES):
        print(f"  {s:14} cleaned {100 * y[:, i].mean():.2f}; taken for {100 * (picked == i).mean():.0f} %")
    print(f"  chosen on unseen sites {100 * got.mean():.2f}; choosing perfectly {100 * y.max(1).mean():.2f}")
    write(a.weights, {**weights, **train(x, y, a.seed)})


if __name__ == "__main__":
    main()
