"""What both engines compile: triggers, and the expressions that they stand for.

A trigger says "look here": it may fire too often, never too seldom. Triggers match the folded text
as UTF-8 bytes; no trigger matches across a line end.
"""

from __future__ import annotations

import re
from typing import Literal, Protocol

import msgspec

Kind = Literal["literal", "word", "edge", "pattern"]

# Where a phrase can begin when it isn't part of a sentence: at the start of a line or after
# something that isn't a letter, a digit or a blank. Bytes, so every letter beyond ASCII counts as
# a border: more hits than needed, never fewer.
_EDGE = rb"(?:^|[^a-z0-9 \t\n])[ \t]?"
_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_")
_INNER = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789 \t\n")
# So short a literal is looked for with its borders: without them it would hit inside of every word.
_SHORT = 4  # bytes


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
    blank = start > 0 and data[start - 1] in b" \t"
    if blank and (start == 1 or data[start - 2] == 10 or data[start - 2] not in _INNER):
        return True
    return start == 0 or data[start - 1] == 10 or data[start - 1] not in _INNER
