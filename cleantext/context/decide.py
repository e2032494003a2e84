"""Which lines go: calibration, what a page must show before anything is touched, and limits.

A text with few lines, or hardly any short ones, is no page: nothing is computed for it. Elsewhere a line
goes when its calibrated chance, with the chances of the whole page in view, reaches the threshold in force.
In a text of few lines it must be surer.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleantext.context import features, second
from cleantext.context.abstain import LEAST_LINES, LEAST_SHORT, abstains
from cleantext.context.features import F32, Lines
from cleantext.context.lexical import labels
from cleantext.context.network import Model, odds
from cleantext.document import Document

#: How far a short line is drawn to the mean of its neighbours, and how many lines away they may be.
_PULL, _NEAR = 0.8, 8


class Judged(NamedTuple):
    """The lines of a document, each with the chance that it is page furniture."""

    lines: Lines
    chance: F32


def judge(doc: Document, model: Model) -> Judged | None:
    """The chance of every line; None where the model abstains."""
    if abstains(doc):
        return None
    lines = features.build(doc.text, doc.folded, model.function, model.furniture, labels(doc))
    if lines is None or len(lines.number) < LEAST_LINES or not few(lines):
        return None
    return Judged(lines, calibrated(odds(lines, model), lines, model))


def view(doc: Document, model: Model, threshold: float) -> tuple[Lines | None, F32, NDArray[np.bool_]]:
    """The lines of any text, also of a short one, with their chances and whether each would stay."""
    lines = features.build(doc.text, doc.folded, model.function, model.furniture, labels(doc))
    if lines is None:
        return None, np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.bool_)
    chance = calibrated(odds(lines, model), lines, model)
    keep = np.ones(len(chance), dtype=np.bool_)
    if not abstains(doc) and few(lines):
        keep = chance < threshold
    return lines, chance, keep


def few(lines: Lines) -> bool:
    """Whether there are enough short lines."""
    return int((lines.tokens < features.SHORT).sum()) >= LEAST_SHORT


def together(z: F32, lines: Lines) -> F32:
    """Log odds of short lines, drawn to the mean of those next to them in a row of short lines.

    A row of links goes or stays as one. Costs nothing on pages (cross-validated), and fewer of the pages
    without noise are touched.
    """
    short = (lines.tokens < features.SHORT) & ~lines.big
    begins = np.flatnonzero(np.concatenate([[True], short[1:] != short[:-1]]))
    ends = np.concatenate([begins[1:], [len(z)]])
    length = ends - begins
    at = np.arange(len(z))
    low = np.maximum(at - _NEAR, np.repeat(begins, length))
    high = np.minimum(at + _NEAR + 1, np.repeat(ends, length))
    sums = np.concatenate([[0.0], np.cumsum(z, dtype=np.float64)])
    mean = (sums[high] - sums[low]) / (high - low)
    return np.where(short, (1 - _PULL) * z + _PULL * mean, z).astype(np.float32)


def first_chance(z: F32, lines: Lines, model: Model) -> F32:
    """Log odds to chances, by the curve measured on sites that the network hadn't seen."""
    z = together(z, lines)
    return np.interp(z, model.arrays["curve.odds"], model.arrays["curve.chance"]).astype(np.float32)


def calibrated(z: F32, lines: Lines, model: Model) -> F32:
    """Log odds to chances after the second look, by a curve measured in the same way."""
    a = model.arrays
    z = second.odds(lines, first_chance(z, lines, model), a)
    return np.interp(z, a["second.curve.odds"], a["second.curve.chance"]).astype(np.float32)


def chosen(judged: Judged, threshold: float) -> NDArray[np.bool_]:
    """The lines that go at this threshold."""
    return judged.chance >= threshold
