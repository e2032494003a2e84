"""The compiled engine: literals by our own extension module, patterns by the engine for them.

`cleantext._literals` (C, built where there is a compiler) walks over the folded text itself, code point
by code point, so that nothing is encoded and no offset is mapped, and checks what stands around a
literal on the spot: borders, languages, the length of the line. What it reports are the hits that the
other engines report, less some that no rule would take.

Measured on clean news in 28 languages, it takes about two fifths of the time that hyperscan, the check of
borders and the mapping of offsets take together.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cleantext.compiled import bitmap
from cleantext.scan.sieve import Gate
from cleantext.scan.trigger import IN_WORDS, Scanner, Trigger

if TYPE_CHECKING:
    from cleantext.document import Document

# As in _literals.c.
_ANY, _BEGIN, _START, _EDGE = range(4)
_RIGHT = 4
_CONTEXTS = {"number before": 8, "number after": 16, "arrow after": 32}
_LEFT = {"literal": _ANY, "begin": _BEGIN, "start": _START, "word": _START, "edge": _EDGE}
# Each takes a megabyte or two, and is worth making when a mixture of languages comes again.
_MOST_SUBSETS = 64
_OFTEN = 3
_BITS = 64
_OTHERS = 1 << (_BITS - 1)
_ANY_LANGUAGE = (1 << _BITS) - 1


def _letters() -> bytes:
    """A bit for each code point: whether it is part of words that blanks part."""
    bits = bytearray(bitmap(IN_WORDS.pattern))
    bits[0x5F >> 3] |= 1 << (0x5F & 7)  # the underscore
    return bytes(bits)


class LiteralScanner:
    """The extension module for literals; `patterns` finds the rest."""

    def __init__(self, triggers: Sequence[Trigger], gates: Sequence[Gate], patterns: type) -> None:
        from cleantext._literals import Literals

        chosen = [n for n, t in enumerate(triggers) if t.kind != "pattern" and t.text[:1] not in " \t"]
        chosen.sort(key=lambda n: triggers[n].text)
        other = [n for n, t in enumerate(triggers) if t.kind == "pattern" or t.text[:1] in " \t"]
        self._other = other
        self._patterns: Scanner = patterns([triggers[n] for n in other])
        often = Counter(lang for g in gates for lang in g.langs)
        # The rarest share the last bit; the sieve tells them apart.
        self._bits = {lang: 1 << n for n, (lang, _) in enumerate(often.most_common(_BITS - 1))}
        offsets = array("I", [0])
        for n in chosen:
            offsets.append(offsets[-1] + len(triggers[n].text))
        self._subsets: dict[int, Any] = {}
        self._seen: Counter[int] = Counter()
        told = {langs: langs <= self._bits.keys() for langs in {g.langs for g in gates}}
        self._asked = frozenset(n for n in chosen if told[gates[n].langs])
        self._literals = Literals(
            "".join(triggers[n].text for n in chosen),
            offsets.tobytes(),
            bytes(_flags(triggers[n]) for n in chosen),
            array("I", chosen).tobytes(),
            array("Q", (self._mask(gates[n].langs) for n in chosen)).tobytes(),
            array("I", (gates[n].longest for n in chosen)).tobytes(),
            array("I", (gates[n].near_end for n in chosen)).tobytes(),
            _letters(),
        )

    def scan(self, doc: Document) -> list[tuple[int, int]]:
        """See `Scanner.scan`."""
        known = doc.languages
        mask = _ANY_LANGUAGE if known is None else self._mask(known)
        hits: list[tuple[int, int]] = self._for(mask).scan(doc.folded, doc.text, mask)
        other = self._other
        hits += [(end, other[n]) for end, n in self._patterns.scan(doc)]
        hits.sort()
        return hits

    def asks(self, number: int) -> bool:
        """Whether every hit of a trigger that its gate refuses is left out."""
        return number in self._asked

    def _for(self, mask: int) -> Any:
        """The literals for texts in the languages of `mask`: a tenth of all, mostly."""
        found = self._subsets.get(mask)
        if found is None:
            if mask == _ANY_LANGUAGE:
                return self._literals
            seen, subsets = self._seen, self._subsets
            seen[mask] += 1
            if seen[mask] < _OFTEN:
                return self._literals
            if len(seen) > 100 * _MOST_SUBSETS:
                seen.clear()
            subsets = dict(subsets)  # another thread may be here as well: then one of two goes
            if len(subsets) >= _MOST_SUBSETS:
                rarest = min(subsets, key=seen.__getitem__)
                if seen[mask] < 2 * seen[rarest] + _OFTEN:  # else they would take turns
                    return self._literals
                del subsets[rarest]
            found = subsets[mask] = self._literals.subset(mask)
            self._subsets = subsets
        return found

    def _mask(self, langs: frozenset[str]) -> int:
        bits = self._bits
        mask = 0
        for lang in langs:
            mask |= bits.get(lang, _OTHERS)
        return mask


def _flags(trigger: Trigger) -> int:
    flags = _LEFT[trigger.kind] | _CONTEXTS.get(trigger.before, 0) | _CONTEXTS.get(trigger.after, 0)
    return flags | _RIGHT if trigger.kind in ("word", "edge") else flags
