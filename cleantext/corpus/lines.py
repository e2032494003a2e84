"""A page as rows to be counted: its lines, normalised, with where they stand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec
import regex

from cleantext.document import fold

#: Code points of a line beyond which it isn't counted: a paragraph of that length is no furniture.
MOST = 1_500

#: Code points from which a line counts as a paragraph; ideographs say more each.
_PARAGRAPH, _PARAGRAPH_WIDE = 100, 40

#: Code points of a line that a profile shows.
SAMPLE = 160

_BLANKS = regex.compile(r"\s+")
_DIGITS = regex.compile(r"\p{N}+(?:[.,:/\-\u2013]\p{N}+)*")
_LETTERS = regex.compile(r"\p{L}")
_WIDE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]")
# Capitalised words in a row, after something else: the part of a credit that differs from page to page.
_NAMES = regex.compile(r"(?<=\S\s)\p{Lu}[\p{L}\p{M}'’.\-]*(?:\s+\p{Lu}[\p{L}\p{M}'’.\-]*)*")
_FIXED = regex.compile(r"(?<![\p{L}\p{M}])\p{Ll}{2,}|:")
# What lists put before an entry, which extractors write in many ways.
_BULLET = regex.compile(r"^(?:[•*+·»›▪◦‣–-]\s+|\d{1,2}[.)]\s+)+")


class Line(msgspec.Struct, frozen=True):
    """A line of a page.

    exact, near  hashes of the line with blanks and case unified, and of that with digits and names
                 folded too; `near` is 0 where there is nothing to fold
    times, edge  how often it stands on the page, and how often before the first paragraph or after
                 the last
    first, last  lines before the first time, and lines after the last
    """

    exact: int
    near: int
    times: int
    edge: int
    first: int
    last: int
    sample: str


def site_of(url: str | None) -> str:
    """The site of a page: its host without ``www.``; empty for what has none."""
    if not url:
        return ""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def keys_of(line: str) -> tuple[int, int] | None:
    """The hashes of a line (`Line.exact`, `Line.near`); None for one that isn't counted."""
    text = _BULLET.sub("", _BLANKS.sub(" ", line.strip()))
    if not text or len(text) > MOST or not _LETTERS.search(text):
        return None
    folded = fold(text)
    near = fold(_DIGITS.sub("0", text))
    if (names := _NAMES.sub("\ufffc", text)) != text and _FIXED.search(names):
        near = fold(_DIGITS.sub("0", names))
    return _hash(folded), (0 if near == folded else _hash(near))


def lines_of(text: str) -> Iterator[Line]:
    """The different lines of a page."""
    lines = [line for line in text.splitlines() if line.strip()]
    paragraphs = [i for i, line in enumerate(lines) if is_paragraph(line)]
    top, bottom = (paragraphs[0], paragraphs[-1]) if paragraphs else (len(lines), -1)
    found: dict[int, list[int]] = {}
    keys: dict[int, int] = {}
    for i, line in enumerate(lines):
        if pair := keys_of(line):
            found.setdefault(pair[0], []).append(i)
            keys[pair[0]] = pair[1]
    for exact, places in found.items():
        yield Line(
            exact,
            keys[exact],
            len(places),
            sum(i < top or i > bottom for i in places),
            places[0],
            len(lines) - 1 - places[-1],
            _BLANKS.sub(" ", lines[places[0]].strip())[:SAMPLE],
        )


def page_key(text: str) -> int:
    """What makes two copies of a page one: its three longest lines.

    A site has its pages under several addresses; their text must not look like furniture.
    """
    lines = sorted({line.strip() for line in text.splitlines()}, key=lambda line: (-len(line), line))
    return _hash("\n".join(lines[:3]))


def is_paragraph(line: str) -> bool:
    """Whether a line is long enough to be running text."""
    line = line.strip()
    return len(line) >= _PARAGRAPH or (
        len(line) >= _PARAGRAPH_WIDE and 2 * len(_WIDE.findall(line)) > len(line)
    )


def _hash(text: str) -> int:
    """64 bits, signed: SQL has no other whole numbers everywhere."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1
