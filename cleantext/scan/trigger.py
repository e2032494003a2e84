"""What both engines compile: triggers, and the expressions that they stand for.

A trigger says "look here": it may fire too often, never too seldom. Triggers match the folded text
as UTF-8 bytes; no trigger matches across a line end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, Protocol

import msgspec
import regex

if TYPE_CHECKING:
    from cleantext.document import Document

Kind = Literal["literal", "begin", "start", "word", "edge", "pattern"]

# Where a phrase can begin when it isn't part of a sentence: at the start of a line, or after a mark
# with one blank or none: punctuation and symbols of ASCII, Latin-1, General Punctuation up to the
# arrows and dingbats, CJK, full width, Arabic, Devanagari, emoji. As bytes of UTF-8.
_MARK = (
    rb"(?:[\r!-/:-@\[-`{-~]|\xc2[\xa1-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf]|\xc3[\x97\xb7]|\xe2[\x80-\xaf][\x80-\xbf]|\xe3\x80[\x80-\xbf]"
    rb"|\xef\xbc[\x80-\x8f\x9a-\xa0\xbb-\xbf]|\xef\xbd[\x80\x9b-\xa4]|\xef\xb8[\x80-\xbf]|\xd8[\x8c\x9b\x9f]|\xdb\x94|\xe0\xa5[\xa4\xa5]|\xf0\x9f[\x80-\xbf][\x80-\xbf])"
)
_EDGE = rb"(?:^|" + _MARK + rb")[ \t]?"
_AT_EDGE = re.compile(rb"(?:^|\n|" + _MARK + rb")[ \t]?\Z")
# What may have to stand around a literal, by name. As bytes of UTF-8.
_DIGIT = rb"(?:[0-9]|\xd9[\xa0-\xa9]|\xdb[\xb0-\xb9]|\xe0\xa5[\xa6-\xaf]|\xe0\xb9[\x90-\x99])"
_SCALES = "k m b n 万 萬 億 亿 천 만 억 тыс\\.? тис\\.? млн\\.? mil mi mio\\.? tsd\\.? mln mn rb jt ribu juta bin tys\\.? tis\\.? χιλ\\.? nghìn ألف هزار พัน หมื่น แสน ล้าน"
_CONTEXTS = {
    "": b"",
    # `1.2k views`, `1,204+ views`, `834view`
    "number before": _DIGIT + b"(?: ?(?:" + _SCALES.replace(" ", "|").encode() + rb"))?\+? ?",
    # `views: 834`
    "number after": b" ?:? ?" + _DIGIT,
    # `home > politics`
    "arrow after": " ?(?:>|»|›|→|::) ?[^\n]".encode(),
}
_BEFORE = {name: re.compile(b"(?:" + e + rb")\Z") for name, e in _CONTEXTS.items()}
_AFTER = {name: re.compile(e) for name, e in _CONTEXTS.items()}
_FAR = 24  # bytes: no context before a literal is longer
_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_")
#: Letters, marks and digits, but of scripts that set no blanks between words.
IN_WORDS = regex.compile(
    r"[[\p{L}\p{M}\p{N}]--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]]", regex.V1
)
_ASCII_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789")
# So short a literal is looked for with its borders: without them it would hit inside of every word.
_SHORT = 4  # bytes
#: Part of what names a kept automaton: to be raised whenever an expression below changes.
EXPRESSIONS = "expressions 6"


class Trigger(msgspec.Struct, frozen=True):
    """A reason to look.

    kind  ``literal``: the text anywhere; ``begin``: the same, but an engine may leave out
          places inside of a word, but at capitals, figures, and letters without case; ``start``: at the beginning of a word; ``word``: as a word; ``edge``: at the
          start of a line or after punctuation; ``pattern``: a linear-time expression in the common
          part of hyperscan's and RE2's syntax, over bytes, ``^`` and ``$`` at line ends
    text  folded text, or the expression
    before, after  what has to stand around a literal: names of `_CONTEXTS`
    """

    kind: Kind
    text: str
    before: str = ""
    after: str = ""

    @property
    def plain(self) -> bool:
        """Whether `expression` leaves the borders to `stands`, because that compiles far quicker."""
        return self.borders and len(self.text.encode()) > _SHORT

    @property
    def borders(self) -> bool:
        """Whether something is asked of what stands around the literal."""
        return self.kind in ("start", "word", "edge") or bool(self.before or self.after)

    @property
    def expression(self) -> bytes:
        """The trigger as a byte expression for either engine."""
        if self.kind == "pattern":
            return self.text.encode("utf-8")
        body = re.escape(self.text.encode("utf-8"))
        if not self.borders or self.plain:
            return body
        if self.kind in ("literal", "begin"):
            return _CONTEXTS[self.before] + body  # what follows is for `stands`: a hit ends with the literal
        tail = rb"\b" if body[-1] in _WORD and self.kind != "start" else b""
        if self.kind == "edge":
            return _EDGE + body + tail
        return (rb"\b" if body[0] in _WORD else b"") + body + tail


class Scanner(Protocol):
    """A compiled set of triggers."""

    def scan(self, doc: Document) -> list[tuple[int, int]]:
        """Every hit in the folded text as (end, number of the trigger), sorted, without doubles.

        `end` is a code-point offset into the folded text, at least 1. One hit per trigger and
        line is certain; whether a second one in the same line is reported is not. One that its gate
        refuses may be left out.
        """
        ...

    def asks(self, number: int) -> bool:
        """Whether every hit of a trigger that its gate refuses is left out."""
        ...


def stands(data: bytes, start: int, end: int, trigger: Trigger) -> bool:
    """Whether a literal stands as its trigger asks: what ``\\b`` and the edge expression say.

    Literals beyond ASCII have borders as well, in scripts that set blanks.
    """
    kind = trigger.kind
    if kind in ("literal", "begin"):
        return bool(_AFTER[trigger.after].match(data, end)) and (
            not trigger.before
            or _BEFORE[trigger.before].search(data, max(0, start - _FAR), start) is not None
        )
    if start:
        # nearly always a letter tells at once
        before = data[start - 1]
        if before in _WORD and data[start] in _WORD:
            return False
        if kind == "edge" and before == 0x20 and start > 1 and data[start - 2] in _ASCII_LETTERS:
            return False
    if kind != "start" and end < len(data) and _goes_on(data, end - 1, end):
        return False
    if start and _goes_on(data, start, start - 1):
        return False
    return kind != "edge" or start == 0 or at_edge(data, start)


def _goes_on(data: bytes, inside: int, outside: int) -> bool:
    """Whether a word goes on from the byte `inside` of a literal to its neighbour `outside`."""
    a, b = data[inside], data[outside]
    if (a < 0x80 and a not in _WORD) or (b < 0x80 and b not in _WORD):
        return False
    return _letter(data, inside) and _letter(data, outside)


def _letter(data: bytes, at: int) -> bool:
    """Whether the character that byte `at` is part of is a letter or mark of a script with blanks."""
    if data[at] < 0x80:
        return True
    first = at
    while first > 0 and data[first] & 0xC0 == 0x80:
        first -= 1
    character = data[first : first + 4].decode("utf-8", "ignore")[:1]
    return bool(character) and IN_WORDS.match(character) is not None


def at_edge(data: bytes, start: int) -> bool:
    """Whether a phrase that begins at byte `start` begins a line or follows a mark."""
    before = start - 1 if data[start - 1] in b" \t" else start
    if before and data[before - 1] in _ASCII_LETTERS:
        return False  # nearly always
    return _AT_EDGE.search(data, max(0, start - 6), start) is not None
