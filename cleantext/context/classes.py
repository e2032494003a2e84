"""The sixteen classes of characters, and the tables that look them up."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

CLASSES = (
    "space", "lower", "upper", "letter", "dense", "digit", "end", "comma", "colon", "separator", "bracket",
    "quote", "hyphen", "symbol", "emoji", "line",
)  # fmt: skip
SPACE, LOWER, UPPER, LETTER, DENSE, DIGIT, END, COMMA, COLON, SEPARATOR = range(10)
BRACKET, QUOTE, HYPHEN, SYMBOL, EMOJI, LINE = range(10, 16)

#: Code points from here on are not in the table: nearly all of them are Chinese characters.
LIMIT = 0x20000

# What a character is given the one before it. Numbers below 16 are the classes themselves, for
# letters and digits inside a word; those that begin a word and blanks after a sentence have their own.
BEGIN_LOWER, BEGIN_UPPER, BEGIN_LETTER, BEGIN_DIGIT, AFTER_END = range(16, 21)
ROLES = 21


@cache
def table() -> NDArray[np.uint8]:
    """Code point -> class; the last entry stands for everything from `LIMIT` on."""
    runs = json.loads(files(__package__).joinpath("classes.json").read_text(encoding="utf-8"))["runs"]
    counts, numbers = zip(*runs, strict=True)
    out = np.empty(LIMIT + 1, dtype=np.uint8)
    out[:LIMIT] = np.repeat(np.array(numbers, dtype=np.uint8), counts)
    out[LIMIT] = DENSE
    return out


@cache
def pairs() -> NDArray[np.uint8]:
    """16 x class of the character before + class -> role."""
    out = np.tile(np.arange(16, dtype=np.uint8), (16, 1))
    inside = (LOWER, UPPER, LETTER, DIGIT)
    for before in range(16):
        if before not in inside:
            out[before, LOWER] = BEGIN_LOWER
            out[before, UPPER] = BEGIN_UPPER
            out[before, LETTER] = BEGIN_LETTER
            out[before, DIGIT] = BEGIN_DIGIT
    out[END, SPACE] = AFTER_END
    return out.reshape(256)


def classes(text: str) -> NDArray[np.uint8]:
    """The class of every code point of `text`."""
    found: NDArray[np.uint8] = table()[codes(text)]
    return found


def codes(text: str) -> NDArray[np.unsignedinteger]:
    """The code points of `text`; those from `LIMIT` on are told as `LIMIT`."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), dtype=np.uint8)
    out = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.minimum(out, LIMIT)
