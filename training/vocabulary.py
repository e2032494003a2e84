"""The words and pairs of words that the network has numbers for: those that occur on most sites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from cleantext.context.words import Hashes, Table
from training.data import Page

WORDS = GRAMS = 8000
_LEAST_SITES = 4


class Ids(NamedTuple):
    """The numbers of one text's words: flat, with the line of each."""

    words: np.ndarray
    word_line: np.ndarray
    grams: np.ndarray
    gram_line: np.ndarray


def grams_of(h: Hashes) -> tuple[np.ndarray, np.ndarray]:
    """Hashes of pairs, first, last and whole, with the line of each."""
    line = np.arange(len(h.whole))
    hashes = np.concatenate([h.pairs, h.first, h.last, h.whole])
    lines = np.concatenate([h.pair_line, line, line, line])
    keep = hashes != 0
    return hashes[keep], lines[keep]


def choose(pages: Sequence[Page]) -> tuple[np.ndarray, np.ndarray]:
    """The hashes of the words and of the grams, most frequent by sites first."""
    by_site: dict[str, list[Page]] = defaultdict(list)
    for p in pages:
        by_site[p.site].append(p)
    counts: list[dict[int, int]] = []
    for kind in (0, 1):
        parts = []
        for site in by_site.values():
            hashes = [p.lines.hashes.words if kind == 0 else grams_of(p.lines.hashes)[0] for p in site]
            parts.append(np.unique(np.concatenate(hashes)))
        h, n = np.unique(np.concatenate(parts), return_counts=True)
        keep = n >= _LEAST_SITES
        h, n = h[keep], n[keep]
        order = np.lexsort((h, -n))[: (WORDS, GRAMS)[kind]]
        counts.append(h[order])
    return counts[0], counts[1]


def number(page: Page, words: Table, grams: Table) -> Ids:
    """The numbers of a page's words; unknown ones are left out."""
    h = page.lines.hashes
    n = words.find(h.words)
    hashes, lines = grams_of(h)
    g = grams.find(hashes)
    known, known_g = n > 0, g > 0
    return Ids(n[known], h.word_line[known], g[known_g], lines[known_g])
