"""The words that the lexicon lends the model: what holds sentences together, and what labels are made of."""

from __future__ import annotations

from functools import cache

import numpy as np

from cleantext.context.words import Table, hash_of
from cleantext.document import Document
from cleantext.labels import line_entries, plain
from cleantext.lexicon import function_words


@cache
def function_table() -> Table:
    """Words that hold sentences together, of all languages."""
    return _table(function_words())


@cache
def furniture_table() -> Table:
    """Words of labels, of all languages, that aren't function words."""
    return _table({word for key in plain() for word in key.split()} - function_words())


def _table(words: frozenset[str] | set[str]) -> Table:
    return Table(np.unique(np.array([hash_of(word) for word in words], dtype=np.uint64)))


def labels(doc: Document) -> dict[int, float]:
    """The lines that are a wording of the lexicon: line -> 1, or 0.5 where the wording is a weak one."""
    return {
        line: 0.5 if all(e.kind == "weak" for e in entries) else 1.0
        for line, entries in line_entries(doc).items()
    }
