"""Which lines are wordings of the lexicon."""

from __future__ import annotations

from cleantext.document import Document
from cleantext.labels import line_entries


def labels(doc: Document) -> dict[int, float]:
    """The lines that are a wording of the lexicon: line -> 1, or 0.5 where the wording is a weak one."""
    return {
        line: 0.5 if all(e.kind == "weak" for e in entries) else 1.0
        for line, entries in line_entries(doc).items()
    }
