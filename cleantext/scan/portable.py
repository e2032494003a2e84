"""The portable engine: literals by Aho-Corasick, patterns by RE2. Slower, with the same hits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import ahocorasick_rs
import re2

from cleantext.scan.offsets import to_code_points
from cleantext.scan.trigger import Trigger, stands

if TYPE_CHECKING:
    from cleantext.document import Document


class PortableScanner:
    """An Aho-Corasick automaton for every trigger with a literal, RE2 for the rest."""

    def __init__(self, triggers: Sequence[Trigger]) -> None:
        self._literals = [(i, t) for i, t in enumerate(triggers) if t.kind != "pattern"]
        words = [t.text.encode("utf-8") for _, t in self._literals]
        self._automaton = ahocorasick_rs.BytesAhoCorasick(words) if words else None
        self._lengths = [len(w) for w in words]
        options = re2.Options()
        options.encoding = re2.Options.Encoding.LATIN1
        self._patterns = [
            (i, re2.compile(b"(?m)" + t.expression, options=options))
            for i, t in enumerate(triggers)
            if t.kind == "pattern"
        ]

    def asks(self, number: int) -> bool:
        """See `Scanner.asks`: the sieve does."""
        return False

    def scan(self, doc: Document) -> list[tuple[int, int]]:
        """See `Scanner.scan`."""
        folded = doc.folded
        if not folded:
            return []
        data = folded.encode("utf-8", "surrogatepass")
        found: set[tuple[int, int]] = set()
        if self._automaton is not None:
            for word, start, end in self._automaton.find_matches_as_indexes(data, overlapping=True):
                number, trigger = self._literals[word]
                if not trigger.borders or stands(data, start, end, trigger):
                    found.add((end, number))
        for number, pattern in self._patterns:
            found.update((m.end(), number) for m in pattern.finditer(data))
        hits = sorted(found)
        return hits if folded.isascii() else to_code_points(data, hits)
