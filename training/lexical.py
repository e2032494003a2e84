"""The words that the lexicon lends the model: what holds sentences together, and what labels are made of.

They are written into the weights, so that a later change of the lexicon doesn't change what the network sees.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np

from cleantext import labels
from cleantext.context.words import Table, hash_of
from cleantext.lexicon import function_words


def keys(words: Iterable[str]) -> np.ndarray:
    """The hashes of words, in order."""
    return np.unique(np.array([hash_of(word) for word in words], dtype=np.uint64))


@cache
def function_keys() -> np.ndarray:
    """Words that hold sentences together, of all languages."""
    return keys(function_words())


@cache
def furniture_keys() -> np.ndarray:
    """Words of labels, of all languages, that aren't function words."""
    return keys({word for key in labels._index().plain for word in key.split()} - function_words())


@cache
def function_table() -> Table:
    """`function_keys`, to look up in."""
    return Table(function_keys())


@cache
def furniture_table() -> Table:
    """`furniture_keys`, to look up in."""
    return Table(furniture_keys())
