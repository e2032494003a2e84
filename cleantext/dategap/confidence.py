"""How sure a piece beside a weekday or a month is a stranger."""

from __future__ import annotations

import regex

from cleantext.dategap.words import YEAR, Anchor, DateWord, events, named, parts
from cleantext.document import fold
from cleantext.lexicon import function_words, strangers
from cleantext.lexicon.dates import compile_source
from cleantext.lexicon.form import SP

# Languages in which a weekday needs no preposition, so that one may follow a place or a person.
_BARE = frozenset(
    "en fr it nb nn no da sv nl de pt ro id ms vi tr ca et fi hu he ar fa hi th af lb fy gl eu sq sw".split()
)
# Languages in which holidays are compounds with the day.
_COMPOUNDING = frozenset("nl sv nb nn da de hu fi et it is fo af fy".split())
_DATE_GOES_ON = compile_source(
    rf"(?:st|nd|rd|th)?\.?,?{SP}*(?:(?i:de|del|of|den|do|dem|the){SP}+)?(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|\.)?(?![\d:/])|{YEAR}|\L<months>)"
)


def dated(text: str, end: int) -> bool:
    """Whether a date goes on behind `end`."""
    return bool(_DATE_GOES_ON.match(text, end))


def before(
    text: str,
    end: int,
    piece: str,
    what: str,
    where: Anchor,
    fused_left: bool,
    fused_right: bool,
    word: DateWord,
    kind: str,
) -> float:
    """The chance that `piece`, between `where` and a part of a date, is a stranger; 0 for none.

    `kind` says what stands behind it: a ``weekday``, a ``month``, or the ``day`` before one.
    """
    fused = fused_left or fused_right
    count = len(piece.split())
    several = count > 1
    folded = fold(piece)
    if not several and folded in named():
        return 0.0
    goes_on = dated(text, end)
    month = kind == "month"
    ambiguous = month and word.folded in strangers("doubtful") and not goes_on
    inside = where.kind in ("day", "weekday", "month") or (where.kind == "year" and not month)
    if where.kind == "year" and month:
        inside = bool({"hu", "lt", "lv", "eu"} & set(word.langs))
    if (where.kind == "day" and not month) or where.kind == "month":
        return 0.4 if fused and not where.comma else 0.9 if fused else 0.0
    if what == "phrase":
        whole = fused_left and fused_right and where.kind == "call" and where.langs & set(word.langs)
        return 0.85 if whole or (inside and fused) else 0.0
    if what == "words":
        return _caseless(folded, where, fused, fused_right, word, kind, inside)
    if not (piece[0].isupper() or piece[0].islower()) and where.kind == "open" and piece[0].isalpha():
        return 0.0
    if inside:
        if kind == "weekday" and where.kind == "weekday":
            return 0.3
        if where.kind == "year" and kind != "month" and "tr" not in word.langs and not fused:
            return 0.5
        if what in ("ad", "credit"):
            return 0.97 if fused else 0.93
        if fused:
            return 0.96
        if where.kind == "year":
            return 0.84 if several else 0.6
        if word.caseless and piece[0].isascii():
            return 0.92
        if where.kind == "weekday" and not where.comma and not (several and where.within):
            return 0.6  # `Friday Leeds 13 June`
        return 0.35 if ambiguous or _event(piece) else 0.95 if goes_on else 0.84
    if what in ("ad", "credit"):
        noun = piece[0].islower() or ("de" in word.langs and where.word not in strangers("firm"))
        if what == "ad" and noun and not several and not fused:
            return 0.5  # `la publicité mardi`, `die Anzeige Donnerstag` are words of their sentences
        if where.kind == "call":
            return 0.97 if fused else 0.93
        if fused:
            return 0.93
        return 0.86 if where.word and where.word[-1:].isalpha() and where.word[:1].islower() else 0.5
    if where.kind == "call" and where.langs & set(word.langs):
        return _called(text, end, piece, where, fused_left, fused_right, word, kind, ambiguous, goes_on)
    if not fused or where.kind == "year":
        return 0.0
    return _open(text, piece, where, fused_left, fused_right, word, several, goes_on)


def _caseless(
    folded: str, where: Anchor, fused: bool, fused_right: bool, word: DateWord, kind: str, inside: bool
) -> float:
    """Words of a script without capitals, that touch a part of a date."""
    last = folded.split()[-1]
    if not fused or (fused_right and len(last) < 3):
        return 0.0
    if fused_right and (last + word.folded) in parts():
        return 0.0
    if inside and (where.kind in ("day", "year") or kind == "day"):
        return 0.9
    telling = where.kind == "call" and where.word not in function_words() and where.langs & set(word.langs)
    return 0.9 if telling and fused_right and len(word.folded) > 4 else 0.0


def _called(
    text: str,
    end: int,
    piece: str,
    where: Anchor,
    fused_left: bool,
    fused_right: bool,
    word: DateWord,
    kind: str,
    ambiguous: bool,
    goes_on: bool,
) -> float:
    """A name behind a word that calls for a date."""
    several = len(piece.split()) > 1
    firm = where.word in strangers("firm")
    if fused_left and fused_right:
        return 0.95 if several or firm else 0.88
    if fused_right:
        if kind == "month" and not goes_on and not several:
            return 0.6
        if not several and word.text[0].islower() and piece[1:].islower() and _COMPOUNDING & where.langs:
            return 0.6  # `på Skärtorsdagen`, `a Ferragosto`
        if not several and piece[1:].islower() and piece[:1].lower() == word.folded[:1]:
            return 0.6  # `on TacoTuesday`: days of the trade and of the web alliterate
        return 0.96 if firm else 0.9 if several else 0.84
    if fused_left:
        return 0.95 if firm else 0.9
    if ambiguous:
        return 0.3
    bare = bool(_BARE & where.langs & set(word.langs))
    if kind == "weekday":
        if not bare:
            return 0.84 if several else 0.7
        return 0.84 if firm and several else 0.5
    if kind == "day":
        return 0.88 if firm and several else 0.62
    return 0.7 if goes_on and several and firm else 0.5


def _open(
    text: str,
    piece: str,
    where: Anchor,
    fused_left: bool,
    fused_right: bool,
    word: DateWord,
    several: bool,
    goes_on: bool,
) -> float:
    """A name that touches what stands around it, where nothing calls for a date."""
    head = where.word
    if len(piece) < 3 or (not several and not piece[1:].islower() and not (fused_left and fused_right)):
        return 0.5 if fused_right else 0.0
    if fused_left:
        # `publishedRodrigo Monday`: a word in small letters, then a capital in the same word
        if not head.isalpha() or (len(head) < 3 and where.kind != "call" and head not in function_words()):
            return 0.0
        return 0.9 if several or fused_right else 0.78
    if not head or head in function_words() or head in strangers("telling") or not head.isalpha():
        return 0.6
    if where.kind == "call" or not several:
        return 0.6
    return 0.88


def behind(
    what: str, piece: str, fused_left: bool, fused_right: bool, follows: str, day: bool, word: DateWord
) -> float:
    """The chance that a piece between a part of a date and the next one is a stranger.

    `follows`: what comes behind it, a ``part`` of the day, a ``year``, or the ``date`` after a month;
    `day`: a day stands before the month, or the day behind it shows that it is one.
    """
    fused = fused_left or fused_right
    several = len(piece.split()) > 1
    if what in ("ad", "credit"):
        return 0.97 if fused else 0.92
    if what == "phrase":
        return 0.85 if fused and day and follows == "year" else 0.0
    if what == "words":
        return 0.9 if fused and day and follows == "year" else 0.0
    if word.month and word.folded in strangers("doubtful") and not day and not fused:
        return 0.4
    if follows == "part":
        if fused_left:
            return 0.9
        if fused_right:
            return 0.88 if several else 0.6
        return 0.8 if several and not _event(piece) else 0.6
    if fused:
        return 0.95
    # `4 July Independence Day 2020`, `in September Apple 15 arrived`
    if _event(piece) or not day:
        return 0.6
    return 0.84 if several else 0.82


def _event(piece: str) -> bool:
    """Whether a name is that of a day, an event or a body rather than of a person or a site."""
    return not events().isdisjoint(fold(piece).split())


_SMALL = regex.compile(rf"{SP}([\p{{Ll}}\p{{M}}'’]+)")


def loose_end(text: str, what: str, end: int, several: bool) -> float:
    """The chance for a piece that touches the date before it, whatever follows at `end`."""
    m = _SMALL.match(text, end)
    if what == "credit":
        # A word that begins in small letters may be what the piece touches: `Ana Limasaid`.
        # A capital may be more of the name.
        more = text[end : end + 1].isspace() and text[end + 1 : end + 2].isupper()
        return (
            0.6
            if more or text[end : end + 1].isalnum()
            else 0.88
            if m is None or m[1] in function_words()
            else 0.7
        )
    # What goes on with a preposition or an article had no subject here.
    usual = m is not None and m[1] in function_words() and m[1] not in strangers("verbs")
    return 0.8 if what == "name" and usual and several else 0.6
