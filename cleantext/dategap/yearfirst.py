"""Strangers in dates that begin with the year and set no blanks: 2017年3月14日, 2017년 3월 14일."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from cleantext.dategap.before import Gap
from cleantext.lexicon.form import SP
from cleantext.strays import kind_of

_STRAY = r"[^\n。，、；！？,;!?年月日년월일][^\n。，、；！？;!?]{1,60}?"
_WEEKDAY = r"(?:星期[一二三四五六日天]|[周週][一二三四五六日]|[月火水木金土日]曜日?|[월화수목금토일]요일)"
_PART = r"(?:上午|下午|晚上?|凌晨|早上|中午|傍晚|午前|午後|오전|오후|밤|새벽|저녁|아침)"
# What calls for a date in front of a year: particles and prepositions.
_CALL = r"(?:[于於在从從自到至は、にが]|[\p{Hangul}](?:는|은|이|가|를|을|에서|에|도|의|부터|까지|로|으로))"
# 于 behind these belongs to a verb that takes a person or a place.
_FIRM = regex.compile(r"(?:[定将將已曾并並拟擬订訂即将划計计]|计划|計劃|预计|預計|[，。、\s]|^)[于於]$")
_CALL_END = regex.compile(_CALL + rf"{SP}?$")
_CALL_ENDS = frozenset("于於在从從自到至は、にが는은이가를을서에도의터지로 \u00a0\u3000")
_LONG = regex.compile(r"[A-Za-z:：]")
_YEAR = regex.compile(r"(?:19|20)\d\d[年년]$")


@cache
def _between() -> regex.Pattern[str]:
    """Two parts of a date with something between them."""
    return regex.compile(
        rf"(?:(?<!\d)\d{{4}}[年년]|(?<!\d)\d{{1,2}}[月월]|(?<!\d)\d{{1,2}}[日일])(?P<left>{SP}*)(?P<stray>{_STRAY})(?P<right>{SP}*)"
        rf"(?P<next>(?<!\d)\d{{1,2}}[月월日일]|{_WEEKDAY}|{_PART}(?=\d|{SP}\d))"
    )


def find(text: str, low: int, end: int, high: int) -> Iterator[Gap]:
    """The strangers behind the part of a date that ends at `end`, and before it if it is a year."""
    first = _part_start(text, low, end)
    m = _between().match(text, first, min(high, end + 80))
    if m and m.start("left") == end and m["next"]:
        piece = m["stray"].strip()
        what = kind_of(piece)
        if what is not None and what != "words":
            yield _gap(text, m, what, 0.95 if what != "name" else 0.9)
    y = _YEAR.search(text, max(low, end - 5), end)
    if not y:
        return
    at = y.start()
    if at <= low or not (text[at - 1].isspace() or text[at - 1].isalnum() or text[at - 1] in ")]."):
        return
    yield from _called(text, low, at)


def _called(text: str, low: int, at: int) -> Iterator[Gap]:
    """Between a particle and a year."""
    # Only a piece with Latin letters or a colon is longer than a name and its title.
    reach = 44 if _LONG.search(text, max(low, at - 44), at) else 10
    for begin in range(at - 2, max(low, at - reach), -1):
        if text[begin] in "。，；！？,;!?\n":
            return
        if begin <= low:
            return
        if text[begin - 1] not in _CALL_ENDS:
            continue
        call = _CALL_END.search(text, max(low, begin - 3), begin)
        if call is None or text[begin].isspace():
            continue
        piece = text[begin:at].strip()
        what = kind_of(piece)
        if what is None or what == "words":
            continue
        fused_left = not text[begin - 1].isspace()
        fused_right = not text[at - 1].isspace()
        sure = _sure(text, low, begin, piece, what, fused_left, fused_right)
        start, stop = begin, at
        hangul = "\uac00" <= call.group()[0] <= "\ud7a3"
        blank = ""
        if not hangul and not fused_left:
            start -= 1  # 于 Ana Lima 2017年: no blank belongs there
        elif hangul:
            if fused_left and fused_right:
                blank = " "
            elif fused_left:
                stop = at - len(text[begin:at]) + len(text[begin:at].rstrip())
        yield Gap(start, stop, blank, what, piece, fused_left or fused_right, sure)
        return


def _sure(text: str, low: int, begin: int, piece: str, what: str, left: bool, right: bool) -> float:
    if what in ("ad", "credit"):
        return 0.9
    latin = piece[0].isascii()
    korean = "\uac00" <= text[begin - 1 if left else begin - 2] <= "\ud7a3"
    if what != "name":
        return 0.84 if left or right else 0.6
    if korean:
        return 0.86 if latin and (left or right) else 0.6
    firm = bool(_FIRM.search(text, max(low, begin - 6), begin if left else begin - 1))
    if latin:
        return 0.88 if left and right else 0.85 if firm or left or right else 0.7
    return 0.82 if firm else 0.5


def _gap(text: str, m: regex.Match[str], what: str, sure: float) -> Gap:
    """The stranger of a match; where blanks stood on both sides, Korean keeps one."""
    start, stop = m.span("stray")
    hangul = bool(regex.search(r"\p{Hangul}", m.group()))
    blank = " " if hangul and not m["left"] and not m["right"] else ""
    if not hangul:
        start, stop = m.start("left"), m.end("right")
    elif m["left"] and m["right"]:
        stop += len(m["right"])
    return Gap(start, stop, blank, what, m["stray"], True, sure)


_NUMBER = regex.compile(r"\d{1,4}.$")


def _part_start(text: str, low: int, end: int) -> int:
    m = _NUMBER.search(text, max(low, end - 5), end)
    return m.start() if m else end
