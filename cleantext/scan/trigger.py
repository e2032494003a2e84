"""What both engines compile: triggers, and the expressions that they stand for.

A trigger says "look here": it may fire too often, never too seldom. Triggers match the folded text
as UTF-8 bytes; no trigger matches across a line end.
"""

from __future__ import annotations

import re
from typing import Literal, Protocol

import msgspec

Kind = Literal["literal", "word", "edge", "pattern"]

# Where a phrase can begin when it isn't part of a sentence: at the start of a line, or after a mark
# with one blank or none: punctuation and symbols of ASCII, Latin-1, General Punctuation up to the
# arrows and dingbats, CJK, full width, Arabic, Devanagari, emoji. As bytes of UTF-8.
_MARK = (
    rb"(?:[\r!-/:-@\[-`{-~]|\xc2[\xa1-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf]|\xc3[\x97\xb7]|\xe2[\x80-\xaf][\x80-\xbf]|\xe3\x80[\x80-\xbf]"
    rb"|\xef\xbc[\x80-\x8f\x9a-\xa0\xbb-\xbf]|\xef\xbd[\x80\x9b-\xa4]|\xef\xb8[\x80-\xbf]|\xd8[\x8c\x9b\x9f]|\xdb\x94|\xe0\xa5[\xa4\xa5]|\xf0\x9f[\x80-\xbf][\x80-\xbf])"
)
_EDGE = rb"(?:^|" + _MARK + rb")[ \t]?"
_AT_EDGE = re.compile(rb"(?:^|\n|" + _MARK + rb")[ \t]?\Z")
_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_")
_ASCII_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789")
# So short a literal is looked for with its borders: without them it would hit inside of every word.
_SHORT = 4  # bytes
#: Part of what names a kept automaton: to be raised whenever an expression below changes.
EXPRESSIONS = "expressions 2"


class Trigger(msgspec.Struct, frozen=True):
    """A reason to look.

    kind  ``literal``: the text anywhere; ``word``: not inside of an ASCII word; ``edge``: at the
          start of a line or after punctuation; ``pattern``: a linear-time expression in the common
          part of hyperscan's and RE2's syntax, over bytes, ``^`` and ``$`` at line ends
    text  folded text, or the expression
    """

    kind: Kind
    text: str

    @property
    def plain(self) -> bool:
        """Whether `expression` leaves the borders to `stands`, because that compiles far quicker."""
        return self.kind in ("word", "edge") and len(self.text.encode()) > _SHORT

    @property
    def expression(self) -> bytes:
        """The trigger as a byte expression for either engine."""
        if self.kind == "pattern":
            return self.text.encode("utf-8")
        body = re.escape(self.text.encode("utf-8"))
        if self.kind == "literal" or self.plain:
            return body
        tail = rb"\b" if body[-1] in _WORD else b""
        if self.kind == "edge":
            return _EDGE + body + tail
        return (rb"\b" if body[0] in _WORD else b"") + body + tail


class Scanner(Protocol):
    """A compiled set of triggers."""

    def scan(self, folded: str) -> list[tuple[int, int]]:
        """Every hit as (end, number of the trigger), sorted, without doubles.

        `end` is a code-point offset into the folded text, at least 1. One hit per trigger and
        line is certain; whether a second one in the same line is reported is not.
        """
        ...


def stands(data: bytes, start: int, end: int, trigger: Trigger) -> bool:
    """Whether a literal stands as its trigger asks: what ``\\b`` and the edge expression say."""
    if data[end - 1] in _WORD and end < len(data) and data[end] in _WORD:
        return False
    if trigger.kind == "word":
        return not (data[start] in _WORD and start and data[start - 1] in _WORD)
    return start == 0 or at_edge(data, start)


def at_edge(data: bytes, start: int) -> bool:
    """Whether a phrase that begins at byte `start` begins a line or follows a mark."""
    before = start - 1 if data[start - 1] in b" \t" else start
    if before and data[before - 1] in _ASCII_LETTERS:
        return False  # nearly always
    return _AT_EDGE.search(data, max(0, start - 6), start) is not None
