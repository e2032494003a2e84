"""Matches one wording of the lexicon at one place of a document.

The scan says where a literal of a form stands; what is left is to see whether the whole form stands
around it. That needs no expression of its own for each of the many thousand forms: the parsed form
is walked along the folded text, and only its slots are expressions, compiled once and shared.

Where the extension module was built, `_forms.c` does the walk; `_Walk` here is its twin, and says what
it does.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import msgspec
import regex

from cleantext.compiled import extension
from cleantext.document import fold
from cleantext.lexicon import kept
from cleantext.lexicon.dates import LISTS, compile_source
from cleantext.lexicon.form import NET, SP, UNSPACED, Group, Node, Rest, Slot, Text, parse, slot

_LOOSE = regex.compile(rf"[\p{{P}}\p{{S}}{UNSPACED}]")
_UNSPACED = regex.compile(rf"[{UNSPACED}]")
_MARK = regex.compile(r"[\p{L}\p{M}\p{N}]")
# How many places one attempt may try: far beyond any real label, and the bound on made-up text.
_STEPS = 600
# How far back a label may begin that holds what the scan found.
_BACK = 260
# How long what fills a slot can be, in code points; other slots take any words.
_SLOT_LENGTHS = {"n": 16, "net": 32, "time": 32, "date": 64, "name": 80, "agency": 64}
_LOOSE_BLANKS = 8
_STOPS = r"[.!?…。！？．｡؟۔।॥:;]"
_CLOSERS = r"""['"”’»›)\]）」』】]"""
_SIGNS = r"[|•·*►▶→›»/\\\-–—#@✕×✓([（「【]"
_EDGES = regex.compile(rf"{_STOPS}{_CLOSERS}*{SP}*|{_SIGNS}{SP}*|{SP}{{2,}}|\t")
# What a character is, as bits of `_forms.c`.
_CLASSES = (_LOOSE.pattern, _UNSPACED.pattern, _MARK.pattern, SP, _STOPS, _CLOSERS, _SIGNS)
# A network whose name a word is glued to: `on Facebookwhile`.
_GLUED_NET = regex.compile(r"\s*(?=\p{Lu})" + NET.replace(r"(?![\p{Ll}])", ""))
_MAY_BE_EMPTY = frozenset({"some", "tz"})


class _Word(msgspec.Struct, frozen=True):
    """Folded text without blanks."""

    text: str


class _Slot(msgspec.Struct, frozen=True):
    """A slot; `name` finds its expression."""

    name: str
    optional: bool


class _Choice(msgspec.Struct, frozen=True):
    """One of several sequences, longest first."""

    options: tuple[tuple[_Item, ...], ...]
    optional: bool


class _Gap(msgspec.Struct, frozen=True):
    """White space; none is needed beside punctuation and in scripts without blanks."""


_Item = _Word | _Slot | _Choice | _Gap
_GAP = _Gap()


@cache
def _items(form: str) -> tuple[_Item, ...]:
    return _convert(parse(form))


def _convert(nodes: Sequence[Node]) -> tuple[_Item, ...]:
    out: list[_Item] = []
    for node in nodes:
        if isinstance(node, Text):
            text = fold(node.text)
            for i, piece in enumerate(regex.split(r"\s+", text)):
                if i:
                    out.append(_GAP)
                if piece:
                    out.append(_Word(piece))
        elif isinstance(node, Slot):
            out.append(_Slot(node.name, node.name in _MAY_BE_EMPTY))
        elif isinstance(node, Group):
            options = [_convert(o) for o in node.options if o]
            options.sort(key=_length, reverse=True)
            out.append(_Choice(tuple(options), node.optional))
        elif isinstance(node, Rest):
            continue
    return tuple(out)


def _length(items: Sequence[_Item]) -> int:
    return sum(
        len(i.text) if isinstance(i, _Word) else 1 if not isinstance(i, _Choice) else _length(i.options[0])
        for i in items
        if not isinstance(i, _Choice) or i.options
    )


@cache
def _expression(name: str) -> regex.Pattern[str]:
    return compile_source(slot(name))


@cache
def _firsts(form: str) -> tuple[str, ...]:
    """The folded words of which one begins every match; empty when there are many, or slots."""
    found = _beginnings(_items(form))
    return tuple(sorted(found)) if found and len(found) <= 40 else ()


def _beginnings(items: Sequence[_Item]) -> set[str]:
    out: set[str] = set()
    for item in items:
        if isinstance(item, _Gap):
            continue
        if isinstance(item, _Slot):
            return set()
        if isinstance(item, _Word):
            return out | {item.text}
        for option in item.options:
            each = _beginnings(option)
            if not each:
                return set()
            out |= each
        if not item.optional:
            return out
    return set()


class _Walk:
    """One attempt: the texts, the line's end, and the steps that are left."""

    __slots__ = ("begin", "folded", "left", "stop", "text")

    def __init__(self, text: str, folded: str, begin: int, stop: int) -> None:
        self.text = text
        self.folded = folded
        self.begin = begin
        self.stop = stop
        self.left = _STEPS

    def ends(self, items: tuple[_Item, ...], i: int, at: int, gap: bool) -> Iterator[tuple[int, bool]]:
        """Where the items from `i` on can end that begin at `at`, and whether a blank is due there."""
        self.left -= 1
        if self.left < 0:
            return
        if i == len(items):
            yield at, gap
            return
        item = items[i]
        if isinstance(item, _Gap):
            yield from self.ends(items, i + 1, at, True)
            return
        begin = self._over(at) if gap else at
        if begin >= 0:
            if isinstance(item, _Word):
                end = begin + len(item.text)
                if end <= self.stop and self.folded.startswith(item.text, begin):
                    yield from self.ends(items, i + 1, end, False)
                return
            if isinstance(item, _Slot):
                for end in self._slot(item, begin):
                    yield from self.ends(items, i + 1, end, False)
            else:
                for option in item.options:
                    for end, due in self.ends(option, 0, begin, False):
                        yield from self.ends(items, i + 1, end, due)
        if not isinstance(item, _Word) and item.optional:
            # At the very beginning the blank behind what is left out goes with it.
            leads = at == self.begin and i + 1 < len(items) and isinstance(items[i + 1], _Gap)
            yield from self.ends(items, i + 2 if leads else i + 1, at, gap)

    def _over(self, at: int) -> int:
        """The place after the blanks at `at`; -1 where some are needed and none stand."""
        text, stop = self.text, self.stop
        end = at
        while end < stop and text[end].isspace():
            end += 1
        if end > at:
            return end
        if at >= stop or _LOOSE.match(text, at) or (at and _LOOSE.match(text, at - 1)):
            return at
        return -1

    def _slot(self, item: _Slot, at: int) -> Iterator[int]:
        """Where a slot that begins at `at` can end, the longest first."""
        pattern = _expression(item.name)
        m = pattern.match(self.text, at, self.stop)
        if m is None or m.end() == at:
            return
        yield m.end()
        text = self.text
        end = m.end() - 1
        while end > at and self.left > 0:
            if _border(text, end):
                self.left -= 1
                if pattern.fullmatch(text, at, end):
                    yield end
            end -= 1


def _border(text: str, at: int) -> bool:
    """Whether a slot may end at `at`, inside of what it could match."""
    here, before = text[at], text[at - 1]
    if here.isspace():
        return not before.isspace()
    if not here.isalnum() or not before.isalnum():
        return True
    return (here.isupper() and not before.isupper()) or bool(_UNSPACED.match(here) or _UNSPACED.match(before))


def begins(text: str, at: int) -> bool:
    """Whether a word may begin at `at`: after no letter, at a case edge, in a script without blanks."""
    if at == 0:
        return True
    before = text[at - 1]
    if not _MARK.match(before):
        return True
    if at < len(text) and text[at].isupper() and not before.isupper():
        return True
    return bool(_UNSPACED.match(before)) or (at < len(text) and not _MARK.match(text[at]))


def finishes(text: str, at: int) -> bool:
    """Whether a word may end at `at`."""
    if at >= len(text):
        return True
    here = text[at]
    if not _MARK.match(here):
        return True
    before = text[at - 1]
    if here.isupper() and not before.isupper():
        return True
    return bool(_UNSPACED.match(here)) or not _MARK.match(before)


class _Tables(msgspec.Struct, frozen=True):
    """What each character is: a byte with a bit for each of `_CLASSES`, in pages of 256; equal pages once."""

    pages: bytes
    #: The number of the page of each 256 characters, as 16 bits.
    index: bytes


@cache
def _tables() -> _Tables:
    return kept("classes", _Tables, _build_tables)


def _build_tables() -> _Tables:
    everything = "".join(map(chr, range(0x110000)))
    kinds = bytearray(len(everything))
    for bit, source in enumerate(_CLASSES):
        for m in regex.finditer(f"{source}+", everything):
            for c in range(m.start(), m.end()):
                kinds[c] |= 1 << bit
    pages: dict[bytes, int] = {}
    index = array(
        "H", (pages.setdefault(bytes(kinds[i : i + 256]), len(pages)) for i in range(0, len(kinds), 256))
    )
    return _Tables(b"".join(pages), index.tobytes())


@cache
def _walker(form: str, inside: bool = False) -> Any:
    """The compiled form, or its end-less part for the inside of sentences; None where there are none."""
    forms = extension("forms")
    if forms is None:
        return None
    tables = _tables()
    items = _inner_items(form) if inside else _items(form)
    return forms.Form(_parts(items), () if inside else _firsts(form), _expression, tables.pages, tables.index)


def _parts(items: Sequence[_Item]) -> tuple[Any, ...]:
    """The items as `_forms.c` reads them."""
    out: list[Any] = []
    for item in items:
        if isinstance(item, _Word):
            out.append(item.text)
        elif isinstance(item, _Slot):
            out.append((item.name, item.optional, _date_begins() if item.name == "date" else 0))
        elif isinstance(item, _Choice):
            out.append((tuple(map(_parts, item.options)), item.optional))
        else:
            out.append(None)
    return tuple(out)


@cache
def _date_begins() -> int:
    """In how many code points of a date a figure stands: the name of a month, a mark, a blank, the day."""
    return max(map(len, LISTS["months"])) + 3


def match_at(form: str, text: str, folded: str, at: int, stop: int) -> int | None:
    """The end of `form` (without its rest) where it begins at `at`, inside of ``text[:stop]``.

    `folded` is ``fold(text)``. All offsets are code points. Longest choices win.
    """
    walker = _walker(form)
    if walker is not None:
        found: int | None = walker.match_at(text, folded, at, stop)
        return found
    return walk_at(form, text, folded, at, stop)


def walk_at(form: str, text: str, folded: str, at: int, stop: int) -> int | None:
    """`match_at`, without the extension module."""
    if not (folded.startswith(first, at) if (first := _firsts(form)) else True) or not begins(text, at):
        return None
    walk = _Walk(text, folded, at, stop)
    for end, _ in walk.ends(_items(form), 0, at, False):
        if end > at and finishes(text, end):
            return end
    return None


def match_around(
    form: str, text: str, folded: str, low: int, end: int, stop: int, back: int = _BACK
) -> tuple[int, int] | None:
    """Start and end of `form` where it holds ``[end - 1]``, from `low` on, inside of ``text[:stop]``.

    See `starts_before` for the places where it may begin; the farthest wins.
    """
    walker = _walker(form)
    if walker is not None:
        found: tuple[int, int] | None = walker.match_around(text, folded, low, end, stop, back)
        return found
    return walk_around(form, text, folded, low, end, stop, back)


def walk_around(
    form: str, text: str, folded: str, low: int, end: int, stop: int, back: int = _BACK
) -> tuple[int, int] | None:
    """`match_around`, without the extension module."""
    for at in starts_before(form, text, folded, low, end - 1, back):
        found = walk_at(form, text, folded, at, stop)
        if found is not None and found >= end:
            return at, found
    return None


@cache
def _inner_items(form: str) -> tuple[_Item, ...]:
    """The items less those at the end that may be empty."""
    items = _items(form)
    while items and (
        isinstance(items[-1], _Gap) or (isinstance(items[-1], _Slot) and items[-1].name in _MAY_BE_EMPTY)
    ):
        items = items[:-1]
    return items


def match_inside(form: str, text: str, folded: str, at: int, stop: int) -> int | None:
    """The end of `form` where it begins at `at` in the middle of a sentence.

    A last slot for free words stays empty, since they would be the sentence's, and the sentence
    may come before it and go on without a blank: the caller judges the borders.
    """
    walker = _walker(form, True)
    if walker is None:
        return walk_inside(form, text, folded, at, stop)
    found: int | None = walker.match_inside(text, folded, at, stop)
    return _glued_net(form, text, folded, at, stop) if found is None else found


def walk_inside(form: str, text: str, folded: str, at: int, stop: int) -> int | None:
    """`match_inside`, without the extension module."""
    walk = _Walk(text, folded, at, stop)
    found = next((end for end, _ in walk.ends(_inner_items(form), 0, at, False) if end > at), None)
    return _glued_net(form, text, folded, at, stop) if found is None else found


def _glued_net(form: str, text: str, folded: str, at: int, stop: int) -> int | None:
    """The same for a form that ends in a network, with a word glued to its name."""
    items = _inner_items(form)
    if not items or not isinstance(items[-1], _Slot) or items[-1].name != "net":
        return None
    walk = _Walk(text, folded, at, stop)
    for end, _ in walk.ends(items[:-1], 0, at, False):
        net = _GLUED_NET.match(text, end)
        if net:
            return int(net.end())
    return None


def reach_before(form: str, literal: str) -> int:
    """How many code points before the end of `literal` a match of `form` can begin, at most `_BACK`."""
    first = literal.split()[0]
    reach = best = 0
    for item in _items(form):
        if _holds(item, first):
            best = reach + 2 * len(literal)
        reach += _longest(item)
    return min(_BACK, best + _LOOSE_BLANKS) if best else _BACK


def _holds(item: _Item, word: str) -> bool:
    if isinstance(item, _Word):
        return word in item.text or item.text in word
    if isinstance(item, _Choice):
        return any(_holds(i, word) for option in item.options for i in option)
    return isinstance(item, _Slot)  # slots of few words may hold the literal


def _longest(item: _Item) -> int:
    if isinstance(item, _Word):
        return len(item.text)
    if isinstance(item, _Gap):
        return 2
    if isinstance(item, _Choice):
        return max((sum(map(_longest, option)) for option in item.options), default=0)
    return _SLOT_LENGTHS.get(item.name, _BACK)


def starts_before(form: str, text: str, folded: str, low: int, at: int, back: int = _BACK) -> Iterator[int]:
    """Places between `low` and `at` where `form` may begin that holds `at`, the farthest first.

    A label begins its line, or follows the end of a sentence, a bar, a bullet, a bracket or a gap,
    not more than `back` code points before `at`.
    """
    first = _firsts(form)
    begin = low
    while begin < at and text[begin].isspace():
        begin += 1
    near = max(begin, at - back)
    if near == begin and (not first or folded.startswith(first, begin)):
        yield begin
    for m in _EDGES.finditer(text, near, at + 1):
        if m.end() <= at and (not first or folded.startswith(first, m.end())):
            yield m.end()
