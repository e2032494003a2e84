"""The extension modules of the package, where they were built, and what they are given.

Each does what a loop in Python does that stays beside it, with the same result: wheels for other
platforms and ``CLEANTEXT_ENGINE=native`` or ``portable`` go without.
"""

from __future__ import annotations

import hashlib
import importlib
from functools import cache
from typing import Any

import regex

from cleantext.lexicon import kept
from cleantext.scan import engine_name


@cache
def extension(name: str) -> Any | None:
    """The module ``cleantext._NAME``; None where the engine in force isn't the compiled one.

    Raises `ConfigError` where ``CLEANTEXT_ENGINE`` can't be meant.
    """
    if engine_name() != "compiled":
        return None
    try:
        return importlib.import_module(f"cleantext._{name}")
    except ImportError:
        return None


def bitmap(characters: str) -> bytes:
    """A bit for each code point: whether a class of characters, an expression, holds it. Kept in the cache."""
    name = hashlib.blake2b(characters.encode(), digest_size=6).hexdigest()
    return kept(f"bits-{name}", bytes, lambda: _bits(characters))


def _bits(characters: str) -> bytes:
    bits = bytearray(0x110000 // 8)
    run = regex.compile(rf"{characters}+", regex.V1)
    for first in range(0, 0x110000, 0x1000):
        for m in run.finditer("".join(map(chr, range(first, first + 0x1000)))):
            for c in range(first + m.start(), first + m.end()):
                bits[c >> 3] |= 1 << (c & 7)
    return bytes(bits)
