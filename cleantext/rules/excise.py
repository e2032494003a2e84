"""Taking a piece of machine text out of its surroundings: which span goes, what remains in its place.

A tag, a short code, a script: no part of the language, so no sentence says where it ends. What is
mended is the white space: a line that holds nothing else goes with its line end, two blanks become one.
"""

from __future__ import annotations

from typing import Literal

import msgspec
import regex

from cleantext.border import SENTENCE_END, unit_end, unit_start
from cleantext.document import Document

Standing = Literal["alone", "start", "end", "between", "inside"]

_OPENS = regex.compile(r"[\p{Lu}\p{Lt}\p{Lo}\p{N}\"“„«‘'¿¡(「『\[—–•#@]")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


class Cut(msgspec.Struct, frozen=True):
    """The span to take out, what is to stand there, and where it stood.

    standing: a line or lines of its own, the start or the end of a line, between two sentences of it,
    or inside of one.
    """

    start: int
    end: int
    replacement: str
    standing: Standing


def excise(doc: Document, start: int, stop: int, joint: str = "", parts: bool = True) -> Cut:
    """How to take out the span ``[start, stop)`` in code points.

    `joint` is what it stood for between two texts: a blank or a line break for what parts them. `parts`
    says whether two words that it touches on both sides are two: a tag may stand inside of one.
    """
    text = doc.text
    first, last = doc.line_at(start), doc.line_at(max(start, stop - 1))
    low, high = doc.starts[first], doc.span(last)[1]
    before, after = doc.content(first)[0] < start, doc.content(last)[1] > stop
    if not before and not after:
        begin, end = doc.block(first, last)
        return Cut(begin, end, "", "alone")
    if not before:
        return Cut(start, unit_end(text, stop, high), "", "start")
    if not after:
        return Cut(unit_start(text, start, low), high, "", "end")
    ended = SENTENCE_END.search(text, max(low, start - 8), start) is not None
    opens = _OPENS.match(text, unit_end(text, stop, high)) is not None
    standing: Standing = "between" if ended and opens else "inside"
    if last > first and not joint:
        joint = doc.line_end
    left, right = text[start - 1].isspace(), text[stop].isspace()
    if joint:
        return Cut(unit_start(text, start, low), unit_end(text, stop, high), joint, standing)
    if left and right:
        return Cut(start, unit_end(text, stop, high), "", standing)
    words = text[start - 1].isalnum() and text[stop].isalnum() and parts
    if left or right or (standing == "inside" and not words):
        return Cut(start, stop, "", standing)
    # no blank on either side of it; scripts that part their words by blanks get one
    spaced = not (_UNSPACED.match(text[start - 1]) or _UNSPACED.match(text[stop]))
    return Cut(start, stop, " " if spaced else "", standing)
