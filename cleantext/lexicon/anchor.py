"""Which literals of a form are worth looking for: its anchors.

One of them stands in the folded text wherever the form matches. The scan reports them; the rarer
they are in running text, the less is left to do.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import msgspec
import regex

from cleantext.document import fold
from cleantext.lexicon import function_words
from cleantext.lexicon.form import SP, UNSPACED, Group, Node, Rest, Slot, Text, expand, finite, parse

_FEW = 5  # bytes: a shorter one stands in every other sentence
_UNSPACED = regex.compile(rf"[{UNSPACED}]")
# Marks beside blanks: `updated : {date}` matches `Updated: 3 May`, too.
_LONE_MARK = regex.compile(rf"{SP}*(?:(?<=\s)[\p{{P}}\p{{S}}]+(?=\s|$)|^[\p{{P}}\p{{S}}]+(?=\s)){SP}*")
_PLAIN = re.compile("[a-z0-9à-öø-ÿ ]+")
_LOOSE_BLANK = regex.compile(rf"[{UNSPACED}\p{{P}}\p{{S}}]\s|\s[{UNSPACED}\p{{P}}\p{{S}}]")
_MOST = 24
_MOST_OF_ONE = 400
_ENOUGH = 14  # bytes: a longer literal is hardly rarer


class Anchor(msgspec.Struct, frozen=True):
    """A literal of the folded text.

    `leads` says whether the form begins with it, `whole` whether it has a border on both sides: in
    `abonnier(en|t)` the literal is part of a word. `inner` says that a word may have begun before it,
    as in `(un)subscribe`.
    """

    literal: str
    leads: bool
    whole: bool = True
    inner: bool = False


def weight(word: str) -> int:
    """How telling a literal is: its UTF-8 length, since a Han character says as much as a syllable."""
    return len(word.encode())


@cache
def _common() -> frozenset[str]:
    return function_words()


@cache
def anchors(form: str) -> tuple[Anchor, ...]:
    """The rarest choice of literals of which one stands in every match; empty when there is none."""
    return _best([n for n in parse(form) if not isinstance(n, Rest)], first=True)


def _best(nodes: Sequence[Node], first: bool) -> tuple[Anchor, ...]:
    """The same for a sequence of nodes; `first` says whether the form begins with it."""
    best: tuple[Anchor, ...] = ()
    score = -20.0
    for found in _choices(nodes, first):
        value = _value(found)
        if value > score:
            best, score = found, value
    return best


def _choices(nodes: Sequence[Node], first: bool) -> Iterator[tuple[Anchor, ...]]:
    """Sets of literals, each of which holds one that stands in every match."""
    for i, node in enumerate(nodes):
        leads = first and i == 0
        if isinstance(node, Slot):
            yield tuple(Anchor(w, leads) for w in finite().get(node.name, ()))
            continue
        for j in range(i, len(nodes)):
            wordings = expand(nodes[i : j + 1])
            if wordings is None or len(wordings) > (_MOST if j > i else _MOST_OF_ONE):
                break
            left, right = _glued(nodes, i), _glued(nodes, j + 1)
            found = dict.fromkeys(_stretch(w, leads, left, right) for w in wordings)
            # a lone letter, of `(c)`, isn't worth looking for beside the others
            yield tuple(a for a in found if len(a.literal) != 1 or not a.literal.isascii()) or tuple(found)
        if isinstance(node, Group) and not node.optional and expand([node]) is None:
            each = [_best(o, leads) for o in node.options]
            if all(each):
                yield tuple(dict.fromkeys(a for e in each for a in e))


def _glued(nodes: Sequence[Node], at: int) -> bool:
    """Whether no blank parts the nodes before and at `at`: a word may go on across them."""
    if not 0 < at < len(nodes):
        return False
    before, after = nodes[at - 1], nodes[at]
    return not (isinstance(before, Text) and not _inner(before.text[-1])) and not (
        isinstance(after, Text) and not _inner(after.text[0])
    )


def _inner(character: str) -> bool:
    """Whether a word may go on beside a character: a letter or digit of a script with blanks."""
    return character.isalnum() and not _UNSPACED.match(character)


def _value(found: Sequence[Anchor]) -> float:
    """How rare the commonest of the literals is; those that begin the form are cheaper to confirm."""
    if not found or not all(a.literal for a in found):
        return -100.0
    least = min(_rarity(a.literal) - (0 if a.whole else 3) for a in found)
    return least - 0.5 * math.log2(len(found)) + (1.0 if all(a.leads for a in found) else 0.0)


@lru_cache(maxsize=1 << 16)
def _rarity(word: str) -> float:
    if word == "©":
        return 10.0
    if word in _common():
        return -5.0
    words = word.split() if " " in word else ()
    if words and _common().issuperset(words):
        return -5.0 + 2 * len(words)  # `in the`
    value = float(min(_ENOUGH, weight(word)))
    if value < _FEW:
        value -= 6.0
    return value + 1.5 * word.count(" ")


def _stretch(wording: str, first: bool, left: bool, right: bool) -> Anchor:
    """The rarest stretch of a wording that stands in the folded text as it does here.

    Cut at punctuation beside blanks, where a match may have other blanks, and in scripts without
    blanks at blanks. `left` and `right` say whether a word may go on there.
    """
    text = " ".join(fold(wording).split())
    if not text:
        return Anchor("", False)
    if "©" in text:
        return Anchor("©", first and text.startswith("©"))
    left, right = left and _inner(text[0]), right and _inner(text[-1])
    if not left and not right and _PLAIN.fullmatch(text):
        return Anchor(text, first)  # most of them
    pieces = [text] if text.replace(" ", "").isalpha() and not _UNSPACED.search(text) else _cut(text)
    found = []
    for n, p in enumerate(pieces):
        begins, ends = n == 0 and text.startswith(p), n == len(pieces) - 1 and text.endswith(p)
        tail = p.partition(" ")[2]
        if left and begins and tail:
            p, begins = tail, False  # the rest of a piece of which a word is partial
        if right and ends and " " in p:
            p, ends = p.rpartition(" ")[0], False
        if any(c.isalnum() for c in p):
            found.append(
                Anchor(p, first and begins, not (left and begins) and not (right and ends), left and begins)
            )
    return max(found, key=lambda a: _rarity(a.literal) - (0 if a.whole else 3), default=Anchor("", False))


def _cut(text: str) -> list[str]:
    """A wording in stretches, inside of which a match has the same blanks."""
    pieces: list[str] = []
    for part in _LONE_MARK.split(text):
        part = part.strip()
        if part:
            pieces += part.split() if _LOOSE_BLANK.search(part) else [part]
    return pieces
