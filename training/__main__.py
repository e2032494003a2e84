"""Rebuilds the weights of the context model and prints a card.

    python -m training PAGES.jsonl.zst... [--clean TEXTS.jsonl.gz...] [--out DIR]

`PAGES` are labelled pages, `--clean` texts without noise: see `training/data.py` for their form. The
network is trained once for each fold of sites and judged on the sites it hadn't seen: the card's figures
and the calibration come from there. Then it is trained on everything, and that is what is written.
"""

from __future__ import annotations

import argparse
import multiprocessing
import pickle
import time
from pathlib import Path

import numpy as np
import torch

from cleantext.context.abstain import LEAST_LINES, LEAST_SHORT
from cleantext.context.decide import together
from cleantext.context.features import NAMES, SHORT
from cleantext.context.network import odds, read
from cleantext.context.words import Table
from cleantext.rules.page_furniture import PageFurniture
from training import second, vocabulary
from training.calibrate import curve
from training.data import Page, load, stable
from training.evaluate import tables
from training.export import arrays, write
from training.fit import fit

_pages: list[Page] = []
_ids: list[vocabulary.Ids] = []
_keys: tuple[np.ndarray, np.ndarray]

TARGET = Path(__file__).parent.parent / "cleantext" / "context" / "weights.npz"
CARD = Path(__file__).parent / "CARD.md"
JUDGED = ("trafilatura", "resiliparse-main", "resiliparse-all", "gold", "clean")


def _train(job: tuple[list[int], list[int], int, int, str]) -> tuple[dict[str, np.ndarray], list[np.ndarray]]:
    """Trains on some pages; the arrays, and the log odds of others, as the package computes them."""
    train, test, seed, epochs, log = job
    torch.set_num_threads(1)
    net = fit([_pages[i] for i in train], [_ids[i] for i in train], seed, epochs, log)
    made = arrays(net, *_keys)
    model = read(made)
    return made, [odds(_pages[i].lines, model) for i in test]


def main() -> None:
    """The command."""
    global _pages, _ids, _keys
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("pages", nargs="+", type=Path)
    ap.add_argument("--clean", nargs="*", type=Path, default=[])
    ap.add_argument("--out", type=Path, default=TARGET)
    ap.add_argument("--folds", type=int, default=4)
    ap.add_argument("--epochs", type=int, default=8)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--jobs", type=int, default=1)
    ap.add_argument("--cache", type=Path, help="where to keep the arrays of the pages between runs")
    a = ap.parse_args()
    start = time.time()
    if a.cache and a.cache.exists():
        _pages = pickle.loads(a.cache.read_bytes())
    else:
        _pages = load(a.pages, a.clean, a.jobs)
        if a.cache:
            a.cache.write_bytes(pickle.dumps(_pages, protocol=5))
    lines = sum(len(p.noise) for p in _pages)
    print(f"{len(_pages)} texts, {lines} lines, {time.time() - start:.0f} s", flush=True)
    _keys = vocabulary.choose(_pages)
    tables_of = Table(_keys[0]), Table(_keys[1])
    _ids = [vocabulary.number(p, *tables_of) for p in _pages]
    everything = list(range(len(_pages)))
    fold = [int(stable(p.site) * a.folds) for p in _pages]
    jobs = [
        (
            [i for i in everything if fold[i] != k],
            [i for i in everything if fold[i] == k],
            a.seed,
            a.epochs,
            f"fold {k}",
        )
        for k in range(a.folds)
    ]
    jobs.append((everything, [], a.seed, a.epochs, "all"))
    print(f"{time.time() - start:.0f} s until training", flush=True)
    with multiprocessing.get_context("fork").Pool(a.jobs) as pool:
        results = pool.map(_train, jobs, chunksize=1)
    unseen: list[np.ndarray] = [np.zeros(0)] * len(_pages)
    for (_, test, *_), (_, found) in zip(jobs, results, strict=True):
        for i, z in zip(test, found, strict=True):
            unseen[i] = z
    if a.cache:
        made = [(found, k) for k, (found, _) in enumerate(results[:-1])]
        a.cache.with_suffix(".folds").write_bytes(pickle.dumps((unseen, made), protocol=5))
    made, chance, judged = judge_unseen(_pages, unseen, a)
    final = {**results[-1][0], **made}
    if a.out.exists():  # what `training.choose` added stays until it is run again
        final |= {k: v for k, v in np.load(a.out).items() if k.startswith(("choose.", "vote."))}
    write(a.out, final)
    text = card(judged, chance, a, lines, final)
    print(text)
    if a.out == TARGET:
        CARD.write_text(text, encoding="utf-8")


def judge_unseen(
    pages: list[Page], unseen: list[np.ndarray], a: argparse.Namespace
) -> tuple[dict[str, np.ndarray], list[np.ndarray], list[Page]]:
    """The curve and the second look, and the final chances of the pages that figures are made of."""
    kept = [i for i, p in enumerate(pages) if p.extractor in JUDGED]
    judged = [pages[i] for i in kept]
    odds = [together(unseen[i], pages[i].lines) for i in kept]
    x, y = curve(judged, odds)
    first = [np.interp(z, x, y).astype(np.float32) for z in odds]
    fold = np.array([int(stable(p.site) * a.folds) for p in judged])
    made, chance = second.cross(judged, first, fold, a.seed, a.epochs)
    return {**made, "curve.odds": x, "curve.chance": y}, chance, judged


def cut(page: Page, chance: np.ndarray, threshold: float) -> np.ndarray:
    """The lines that go in one round, as the package decides."""
    tokens = page.lines.tokens
    if len(tokens) < LEAST_LINES or (tokens < SHORT).sum() < LEAST_SHORT:
        return np.zeros(len(tokens), dtype=bool)
    return chance >= threshold


def card(pages: list[Page], chance: list[np.ndarray], a: argparse.Namespace, lines: int, final: dict) -> str:
    """What was trained on what, and how good it is on sites it hadn't seen."""
    shown = [i for i, p in enumerate(pages) if p.extractor in JUDGED]
    out = [
        "# Card of the context model\n",
        f"Data: {len(pages)} texts of {len({p.site for p in pages})} sites, {lines} lines; seed {a.seed}, "
        f"{a.epochs} epochs, {a.folds} folds by site.",
        f"Features: {len(NAMES)} a line, {len(final['words.keys'])} words and {len(final['grams.keys'])} pairs, "
        f"first, last and whole ones; {sum(v.size for k, v in final.items() if 'keys' not in k)} numbers in all.",
        "Figures: rules and one round of the model on sites that neither net had seen, against the text as extracted.\n",
        "## Rules alone\n",
        "```",
        tables(
            [pages[i] for i in shown],
            [np.zeros(len(chance[i]), bool) for i in shown],
            [("by kind of text", lambda p: p.extractor)],
        ),
        "```\n",
    ]
    for mode, threshold in PageFurniture.limits.items():
        cuts = [cut(pages[i], chance[i], threshold) for i in shown]
        part = [pages[i] for i in shown]
        keys = [("by kind of text", lambda p: p.extractor)]
        if mode == "balanced":
            main_only = [k for k, p in enumerate(part) if p.extractor not in ("gold", "clean")]
            keys = keys[:1]
            out += [f"## {mode}: from {threshold}\n", "```", tables(part, cuts, keys)]
            part, cuts = [part[k] for k in main_only], [cuts[k] for k in main_only]
            out += [
                tables(part, cuts, [("by source", lambda p: p.source), ("by language", lambda p: p.lang)])
            ]
            out += ["```\n"]
        else:
            out += [f"## {mode}: from {threshold}\n", "```", tables(part, cuts, keys), "```\n"]
    out += ["## Calibration\n", "```", f"{'said':>10}{'tokens':>10}{'noise %':>10}"]
    c = np.concatenate([chance[i] for i in shown])
    w = np.concatenate([pages[i].weight for i in shown])
    n = np.concatenate([pages[i].noise for i in shown])
    for low, high in (
        (0, 0.1),
        (0.1, 0.3),
        (0.3, 0.6),
        (0.6, 0.8),
        (0.8, 0.9),
        (0.9, 0.95),
        (0.95, 0.98),
        (0.98, 1.01),
    ):
        m = (c >= low) & (c < high)
        if w[m].sum():
            out.append(
                f"{low:5.2f}-{min(high, 1):4.2f}{int(w[m].sum()):10}{100 * (w[m] * n[m]).sum() / w[m].sum():10.1f}"
            )
    return "\n".join([*out, "```\n"])


if __name__ == "__main__":
    main()
