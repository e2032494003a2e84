"""The network: a few matrix products over the lines of one document, in numpy.

Per line: features and the means of its words' vectors through two dense layers; then three convolutions
over five lines each, dilated 1, 2 and 4, each also fed the document's mean, token-weighted mean and
maximum. `training/net.py` is the same with gradients.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleantext.context.features import F32, Lines
from cleantext.context.words import Table

_REACH = 2
#: Multiplications up to which OpenBLAS starts no threads (65536 times GEMM_MULTITHREAD_THRESHOLD, 4).
_ALONE = 250_000


class Model(NamedTuple):
    """Everything learned, by name as in the weights file, and tables of words.

    `function` and `furniture` are words of the lexicon as it was when the network was trained.
    """

    arrays: dict[str, F32]
    words: Table
    grams: Table
    function: Table
    furniture: Table
    dilations: tuple[int, ...]


@cache
def load() -> Model:
    """The weights that ship with the package."""
    with files(__package__).joinpath("weights.npz").open("rb") as f:
        return read(dict(np.load(f, allow_pickle=False)))


def read(arrays: dict[str, NDArray[Any]]) -> Model:
    """A model from arrays, with its tables of words; 8-bit and 16-bit numbers become 32-bit ones."""
    out: dict[str, F32] = {}
    for name, a in arrays.items():
        if name.endswith(".vectors"):
            out[name] = a.astype(np.float32) * arrays[name + ".scale"].astype(np.float32)
        elif not name.endswith((".keys", "dilations")):
            out[name] = a.astype(np.float32)
    return Model(
        out,
        Table(arrays["words.keys"].astype(np.uint64)),
        Table(arrays["grams.keys"].astype(np.uint64)),
        Table(arrays["function.keys"].astype(np.uint64)),
        Table(arrays["furniture.keys"].astype(np.uint64)),
        tuple(arrays["dilations"].tolist()),
    )


def odds(lines: Lines, model: Model) -> F32:
    """The log odds that each line is page furniture."""
    a = model.arrays
    h: F32 = np.concatenate([lines.features, _embed(lines, model)], axis=1)
    h = _relu(_product(h, a["first.weight"]) + a["first.bias"])
    h = _relu(_product(h, a["second.weight"]) + a["second.bias"])
    n = len(h)
    mass = (np.minimum(lines.tokens, 100).astype(np.float32) + np.float32(0.01))[:, None]
    mass /= mass.sum()
    for k, dilation in enumerate(model.dilations):
        page = np.concatenate([h.mean(axis=0), (h * mass).sum(axis=0), h.max(axis=0)])
        row = page @ a[f"wide.{k}.weight"] + a[f"wide.{k}.bias"] + a[f"conv.{k}.bias"]
        total = np.broadcast_to(row, h.shape).astype(np.float32)
        weights = a[f"conv.{k}.weight"]  # tap, in, out
        for tap in range(2 * _REACH + 1):
            shift = (tap - _REACH) * dilation
            if abs(shift) >= n:
                continue
            if shift >= 0:
                total[: n - shift] += _product(h[shift:], weights[tap])
            else:
                total[-shift:] += _product(h[: n + shift], weights[tap])
        h = h + _relu(total)
    z: F32 = (h @ a["out.weight"] + a["out.bias"])[:, 0]
    return z


def _product(x: F32, weight: F32) -> F32:
    """``x @ weight`` in blocks of rows that OpenBLAS multiplies in the calling thread.

    For larger ones it wakes a thread a core, which wait for one another in a loop: beside other
    processes that takes many times as long as the product.
    """
    rows = max(1, _ALONE // weight.size)
    if len(x) <= rows:
        return x @ weight
    out: F32 = np.empty((len(x), weight.shape[1]), np.float32)
    for at in range(0, len(x), rows):
        np.matmul(x[at : at + rows], weight, out=out[at : at + rows])
    return out


def _relu(x: F32) -> F32:
    return np.maximum(x, np.float32(0), out=x)


def _embed(lines: Lines, model: Model) -> F32:
    """The means of the vectors of each line's words, and of its pairs, ends and whole."""
    hashes = lines.hashes
    a = model.arrays
    n = len(lines.number)
    return np.concatenate(
        [
            _mean(n, a["words.vectors"], [(model.words.find(hashes.words), hashes.word_line)]),
            _mean(
                n,
                a["grams.vectors"],
                [
                    (model.grams.find(hashes.pairs), hashes.pair_line),
                    (model.grams.find(hashes.first), None),
                    (model.grams.find(hashes.last), None),
                    (model.grams.find(hashes.whole), None),
                ],
            ),
        ],
        axis=1,
    )


def _mean(
    n: int,
    vectors: F32,
    groups: list[tuple[NDArray[np.int32], NDArray[np.intp] | None]],
) -> F32:
    """The mean of known vectors for each line; `None` for one number a line, else lines in order."""
    total = np.zeros((n, vectors.shape[1]), dtype=np.float32)
    count = np.zeros(n, dtype=np.float32)
    for ids, line in groups:
        if line is None:
            total += vectors[ids]  # number 0 has a vector of zeros
            count += ids > 0
            continue
        known = np.flatnonzero(ids)
        if len(known) == 0:
            continue
        at = line[known]
        begin = np.flatnonzero(np.concatenate([[True], at[1:] != at[:-1]]))
        total[at[begin]] += np.add.reduceat(vectors[ids[known]], begin, axis=0)
        count += np.bincount(at, minlength=n)
    total /= np.maximum(count, 1)[:, None]
    return total
