"""Strangers behind a weekday, a month, the day behind a month, or a year."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from cleantext.dategap import confidence
from cleantext.dategap.before import Gap, unspaced
from cleantext.dategap.words import YEAR, DateWord, day_before_year, dayparts, join_set, join_source
from cleantext.document import fold
from cleantext.lexicon.dates import compile_source
from cleantext.lexicon.form import SP
from cleantext.strays import LONGEST, is_ad, kind_of

_YEAR_NEXT = regex.compile(rf"(?:{SP}?,)?{SP}?{YEAR}(?!\p{{Nd}})\.?")
_STOP = regex.compile(r"[.!?…;:](?=\s)|[\"“”„«»]")
_DAY_LEFT = regex.compile(rf"\p{{Nd}}(?:st|nd|rd|th|er|º|\.)?{SP}*(?:(?i:de|of|den|di){SP}+)?$")


_DAY_SHOWN = regex.compile(rf"\d\d?(?:(?:st|nd|rd|th)\b|,{SP}?{YEAR})")


@cache
def _join() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{SP}*,)?(?:{SP}+(?:{join_source()})(?=$|[^\p{{L}}\p{{M}}\p{{N}}]|\p{{Lu}}))?")


@cache
def _next(kind: str) -> regex.Pattern[str]:
    """What may stand behind a stranger, by what stands before it."""
    daypart = "|".join(
        regex.escape(w, literal_spaces=True) for w in sorted(dayparts(), key=lambda w: (-len(w), w))
    )
    part = rf"(?P<part>(?:(?<![\p{{L}}\p{{M}}])|(?<=[\p{{Ll}}\p{{Lu}}.)\]])(?=\p{{Ll}})|(?<=\p{{Latin}})(?!\p{{Latin}}))(?:{daypart})(?![\p{{L}}\p{{M}}]))"
    if kind != "month":
        return compile_source(part)
    year = rf"(?P<year>(?<![\p{{Nd}}]){YEAR}(?!\p{{Nd}}))"
    day = rf"(?P<date>(?<!\p{{Nd}})(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?:-[\p{{Ll}}]{{1,4}})?(?=,|{SP}|[.;)–—]|$))"
    return compile_source(rf"{year}|{day}")


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
    stop_at = _STOP.search(text, begin + 12, limit)
    day = bool(_DAY_LEFT.search(text, max(0, start - 14), start)) if word.month else False
    for m in _next(kind).finditer(text, begin + 1, stop_at.start() + 24 if stop_at else limit):
        stop = m.start()
        while stop > begin and text[stop - 1].isspace():
            stop -= 1
        piece = text[begin:stop]
        what = kind_of(piece)
        if what is None:
            continue
        fused_right = stop == m.start()
        groups = m.groupdict()
        follows = next(k for k in ("part", "year", "date") if groups.get(k))
        shown = day
        if not shown and kind == "month" and len(piece.split()) > 1:
            # `September 8, NAME 2017`, `septiembre de NAME 2012`
            shown = follows == "year" and (base > end or begin > base + 1)
        if not shown and follows == "date":
            shown = bool(_DAY_SHOWN.match(text, m.start(), high))
        part = follows == "part"
        if part and not dayparts()[fold(m["part"])] & set(word.langs):
            continue
        if part and fused_right and (len(m["part"]) < 3 or len(piece.split()[-1]) < 3):
            continue  # `Beverley Knight`
        sure = confidence.behind(what, piece, fused_left, fused_right, follows, shown, word)
        if sure <= 0:
            continue
        blank, cut = "", (begin, stop)
        if fused_left and fused_right:
            blank = "" if unspaced(text[begin - 1]) else " "
        elif not fused_left and not fused_right:
            cut = begin, m.start()
        return Gap(*cut, blank, what, piece, fused_left or fused_right, sure)
    if fused_left:
        return _touching(text, begin, limit)
    return None


def _begin(text: str, base: int, high: int) -> int | None:
    """Where a piece behind `base` begins; None, at a glance, where there can't be one."""
    at = base
    while at < high and (text[at].isspace() or text[at] == ","):
        at += 1
    if at >= high or not (text[at].isalpha() or text[at] in _OPENERS):
        return None
    if text[at].islower():
        small = _SMALL.match(text, at)
        if at == base or small is None or fold(small[0]) not in join_set():
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
    for length in range(len(folded), 2, -1):
        if is_ad(folded[:length].rstrip()) and folded[length - 1] != " ":
            end = begin + length
            glued = text[end : end + 1].isalnum()
            return Gap(begin, end, " " if glued else "", "ad", text[begin:end], True, 0.93)
    best: Gap | None = None
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
