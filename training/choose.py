"""Trains the votes on a page's lines and the choice between its texts, and adds them to the weights.

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

from cleantext.context import merge
from cleantext.context.abstain import LEAST_LINES
from cleantext.context.choose import SOURCES, describe, expected
from cleantext.context.decide import few
from cleantext.context.network import odds, read
from cleantext.context.opinion import Opinion
from cleantext.html import opinions
from cleantext.rules.page_furniture import PageFurniture
from training import data
from training.__main__ import CARD, TARGET
from training.data import Page
from training.export import write

_HIDDEN = 24
_HEADING = "## Choice between texts of a page, on sites that no net had seen"
_cleaner = None


def _work(record: dict) -> tuple[str, str, str, tuple[Page | None, ...]]:
    """The arrays of each opinion on one page."""
    global _cleaner
    _cleaner = _cleaner or data.rules_only()
    texts = opinions(record.pop("html"))
    pages = tuple(
        data.page({**record, "noisy": texts[s], "extractor": "opinion"}, _cleaner) if texts[s] else None
        for s in SOURCES[:-1]
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


def voter(pages: list[Page], rows: list[np.ndarray], seed: int) -> dict[str, np.ndarray]:
    """The arrays of a net that votes on the lines of whole pages."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = torch.nn.Sequential(
        torch.nn.Linear(rows[0].shape[1], _HIDDEN), torch.nn.ReLU(),
        torch.nn.Linear(_HIDDEN, _HIDDEN), torch.nn.ReLU(), torch.nn.Linear(_HIDDEN, 1),
    )  # fmt: skip
    groups = np.array_split(rng.permutation(len(pages)), max(1, len(pages) // 32))
    epochs = 12
    optimiser = torch.optim.AdamW(net.parameters(), lr=4e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 6e-3, total_steps=epochs * len(groups))
    for _ in range(epochs):
        for k in rng.permutation(len(groups)):
            part = [pages[i] for i in groups[k]]
            n = len(part)
            owner = torch.from_numpy(np.repeat(np.arange(n), [len(p.noise) for p in part]))
            noise = torch.from_numpy(np.concatenate([p.noise for p in part]))
            weight = torch.from_numpy(np.concatenate([p.weight for p in part]))
            gold = torch.tensor([float(p.gold) for p in part])
            z = net(torch.from_numpy(np.concatenate([rows[i] for i in groups[k]])))[:, 0]
            capped = weight.clamp(max=100)
            sums = torch.zeros(n).index_add_(0, owner, capped).clamp(min=1)
            each = torch.nn.functional.binary_cross_entropy_with_logits(z, noise, reduction="none")
            entropy = torch.zeros(n).index_add(0, owner, each * capped) / sums
            keep = torch.sigmoid(-z) * weight
            kept = torch.zeros(n).index_add(0, owner, keep)
            good = torch.zeros(n).index_add(0, owner, keep * (1 - noise))
            value = 0.5 * entropy.mean() + (1 - 2 * good / (kept + gold).clamp(min=1)).mean()
            optimiser.zero_grad()
            value.backward()
            optimiser.step()
            schedule.step()
    out = {}
    for k in range(3):
        out[f"vote.{k}.weight"] = np.ascontiguousarray(net[2 * k].weight.detach().numpy().T)
        out[f"vote.{k}.bias"] = net[2 * k].bias.detach().numpy()
    return out


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
    torch.set_num_threads(1)
    whole = [i for i, o in enumerate(seen) if o[2].lines is not None]
    rows = {i: merge.rows(*seen[i]) for i in whole}

    def vote(part: list[int]) -> dict[str, np.ndarray]:
        pages = [found[i][3][2] for i in part]
        return voter([p for p in pages if p is not None], [rows[i] for i in part], a.seed)

    # What is said of each page comes from votes trained on other sites.
    voters = [vote([i for i in whole if fold[i] != k]) for k in range(len(models))]
    last = [merge.merged(tuple(o), voters[k]) for o, k in zip(seen, fold, strict=True)]
    x = np.stack([describe((*o, m), z) for o, (m, z) in zip(seen, last, strict=True)])
    seen = [[*o, m] for o, (m, _) in zip(seen, last, strict=True)]
    found = [(*f[:3], (*f[3], f[3][2])) for f in found]
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
    lines = [f"{len(x)} pages; F1 of trafilatura without comments {100 * raw.mean():.2f}"]
    for i, s in enumerate(SOURCES):
        lines.append(
            f"  {s:14} cleaned {100 * y[:, i].mean():.2f}; taken for {100 * (picked == i).mean():.0f} %"
        )
    lines.append(
        f"  chosen on unseen sites {100 * got.mean():.2f}; choosing perfectly {100 * y.max(1).mean():.2f}"
    )
    print("\n".join(lines))
    if a.weights == TARGET:
        card = CARD.read_text(encoding="utf-8").partition(_HEADING)[0].rstrip("\n")
        CARD.write_text("\n".join([card, "", _HEADING, "", "```", *lines, "```", ""]), encoding="utf-8")
    write(a.weights, {**weights, **vote(whole), **train(x, y, a.seed)})


if __name__ == "__main__":
    main()
