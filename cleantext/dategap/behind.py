"""Strangers behind a weekday, a month, the day behind a month, or a year."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import msgspec
import regex

from cleantext.dategap import confidence
from cleantext.dategap.before import Gap, unspaced
from cleantext.dategap.words import (
    DAY,
    YEAR,
    DateWord,
    day_before_year,
    dayparts,
    join_set,
    join_source,
    parts,
)
from cleantext.document import fold
from cleantext.lexicon.form import SP
from cleantext.strays import LONGEST, MOST_WORDS, is_ad, is_site, kind_of, may_begin_ad

_YEAR_NEXT = regex.compile(rf"(?:{SP}?,)?{SP}?{YEAR}(?!\p{{Nd}})\.?")
_QUOTES = regex.compile(r"[\"“”„«»]")
_ABBREVIATED = regex.compile(r"(?:\p{Lu}|\p{Lu}\p{Ll}{1,2}|\p{Lu}\p{Ll}{3}(?<=Foto|Bild))\.$|\w:$")
_LETTERS = regex.compile(r"[\p{L}\p{M}-]+")
_DAY_LEFT = regex.compile(rf"\p{{Nd}}(?:st|nd|rd|th|er|º|\.)?{SP}*(?:(?i:de|of|den|di){SP}+)?$")


_DAY_SHOWN = regex.compile(rf"\d\d?(?:(?:st|nd|rd|th)\b|,{SP}?{YEAR})")


@cache
def _join() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{SP}*,)?(?:{SP}+(?:{join_source()})(?=$|[^\p{{L}}\p{{M}}\p{{N}}]|\p{{Lu}}))?")


_NUMBER = regex.compile(
    rf"(?P<year>(?<!\p{{Nd}}){YEAR}(?!\p{{Nd}}))"
    rf"|(?P<date>(?<!\p{{Nd}}){DAY}(?:-[\p{{Ll}}]{{1,4}})?(?=,|{SP}|[.;)–—]|$))"
)


class _Next(msgspec.Struct, frozen=True):
    """What may stand behind a stranger: a ``part`` of the day, a ``year``, a ``date``."""

    start: int
    kind: str
    text: str


@cache
def _first_of_parts() -> dict[str, tuple[str, ...]]:
    """First word -> the parts of the day that begin with it, longest first."""
    out: dict[str, list[str]] = {}
    for w in dayparts():
        out.setdefault(w.split(" ", 1)[0], []).append(w)
    return {k: tuple(sorted(v, key=len, reverse=True)) for k, v in out.items()}


def _continuations(text: str, begin: int, limit: int, numbers: bool) -> Iterator[_Next]:
    """Where a date may go on behind `begin`, word by word, to the end of the sentence."""
    for count, m in enumerate(_TOKENS.finditer(text, begin, limit)):
        if count > MOST_WORDS:
            return
        start, token = m.start(), m[0]
        if numbers:
            if not token.isalpha():
                for n in _NUMBER.finditer(text, start, limit):
                    if n.start() >= m.end():
                        break
                    yield _Next(n.start(), n.lastgroup or "", n[0])
        else:
            folded = fold(token).rstrip(".,;:!?)»”\"'")
            for w in _first_of_parts().get(folded, ()):
                tail = text[start + len(w) : start + len(w) + 1]
                if fold(text[start : start + len(w)]) == w and not tail.isalpha():
                    yield _Next(start, "part", w)
                    break
            else:
                for at in range(2 if count or len(folded) > 4 else 1, len(folded) - 1):
                    if folded[at:] in dayparts() and _divides(text, start + at):
                        yield _Next(start + at, "part", folded[at:])
        if _QUOTES.search(token) or (token[-1] in ".!?…;:" and not _ABBREVIATED.search(token)):
            return


def _divides(text: str, at: int) -> bool:
    """Whether a part of the day that touches the word before it can begin at `at`."""
    before, after = text[at - 1], text[at]
    if not before.isalpha():
        return True
    return after.islower() or before.isascii() != after.isascii()


def find(text: str, start: int, end: int, high: int, word: DateWord) -> Iterator[Gap]:
    """The strangers that begin behind the date word ``[start, end)``, before `high`."""
    bases = [(end, "month" if word.month else "weekday")]
    if word.month:
        m = day_before_year().match(text, end, high)
        if m:
            bases.append((m.end(), "month"))
        y = _YEAR_NEXT.match(text, m.end() if m else end, high)
        if y:
            bases.append((y.end(), "year"))
    for base, kind in bases:
        gap = _at(text, start, end, base, high, word, kind)
        if gap:
            yield gap


def _at(text: str, start: int, end: int, base: int, high: int, word: DateWord, kind: str) -> Gap | None:
    begin = _begin(text, base, high)
    if begin is None:
        return None
    fused_left = not text[begin - 1].isspace()
    limit = min(high, begin + LONGEST + 24)
    if not fused_left and _is_date(text, begin):
        return None
    day = bool(_DAY_LEFT.search(text, max(0, start - 14), start)) if word.month else False
    for m in _continuations(text, begin, limit, kind == "month"):
        stop = m.start
        while stop > begin and text[stop - 1].isspace():
            stop -= 1
        piece = text[begin:stop]
        what = kind_of(piece)
        if what is None:
            continue
        fused_right = stop == m.start
        follows = m.kind
        shown = day
        if not shown and kind == "month" and len(piece.split()) > 1:
            # `September 8, NAME 2017`, `septiembre de NAME 2012`
            shown = follows == "year" and (base > end or begin > base + 1)
        if not shown and follows == "date":
            shown = bool(_DAY_SHOWN.match(text, m.start, high))
        part = follows == "part"
        if part and not dayparts()[m.text] & set(word.langs):
            continue
        if part and fused_right and (len(m.text) < 3 or len(piece.split()[-1]) < 3):
            continue  # `Beverley Knight`
        sure = confidence.behind(what, piece, fused_left, fused_right, follows, shown, word)
        if sure <= 0:
            continue
        blank, cut = "", (begin, stop)
        if fused_left and fused_right:
            blank = "" if unspaced(text[begin - 1]) and not text[m.start].isdigit() else " "
        elif not fused_left and not fused_right:
            cut = begin, m.start
        return Gap(*cut, blank, what, piece, fused_left or fused_right, sure)
    if fused_left:
        return _touching(text, begin, limit)
    return None


def _is_date(text: str, begin: int) -> bool:
    """Whether a date simply goes on: `Tuesday, March 3`."""
    m = _LETTERS.match(text, begin)
    return m is not None and fold(m[0]) in parts()


def _begin(text: str, base: int, high: int) -> int | None:
    """Where a piece behind `base` begins; None, at a glance, where there can't be one."""
    at = base
    while at < high and (text[at].isspace() or text[at] == ","):
        at += 1
    if at >= high or not (text[at].isalpha() or text[at] in _OPENERS):
        return None
    if text[at].islower():
        blank = text.find(" ", at, at + 40)
        token = text[at : blank if blank >= 0 else at + 40]
        if "." in token and is_site(token.split(None, 1)[0]):
            return at
        if at == base:
            return None
        small = _SMALL.match(text, at)
        if small is None or fold(small[0]) not in join_set():
            return None
        m = _join().match(text, base, high)
        if m is None or m.end() == base:
            return None
        at = m.end()
        while at < high and text[at].isspace():
            at += 1
        if at >= high or text[at].islower():
            return None
    return at if text[at].isalpha() or text[at] in _OPENERS else None


_OPENERS = "([@©"
_SMALL = regex.compile(r"[\p{Ll}\p{M}'’.]+")
_TOKENS = regex.compile(r"\S+")


def _touching(text: str, begin: int, limit: int) -> Gap | None:
    """A piece that touches the date before it, and is followed by anything: the longest one."""
    folded = fold(text[begin : min(limit, begin + 60)])
    lengths = range(len(folded), 1, -1) if may_begin_ad(folded) else ()
    for length in lengths:
        if is_ad(folded[:length].rstrip()) and folded[length - 1] != " ":
            end = begin + length
            glued = text[end : end + 1].isalnum()
            return Gap(begin, end, " " if glued else "", "ad", text[begin:end], True, 0.93)
    best: Gap | None = None
    if not text[begin].isupper() and text[begin].isalpha():
        return None  # in a script without capitals a name can't be told here
    for count, m in enumerate(_TOKENS.finditer(text, begin, limit)):
        if count > 6:
            break
        end = m.end()
        while end > m.start() and text[end - 1] in ",.;:!?":
            end -= 1
        what = kind_of(text[begin:end])
        if what in ("credit", "name") and not text[end - 1].isdigit():
            sure = confidence.loose_end(text, what, end, count > 0)
            best = Gap(begin, end, "", what, text[begin:end], True, sure)
        if text[m.end() - 1] in ".!?;":
            break
    return best
