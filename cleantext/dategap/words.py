"""The words of date phrases: weekdays, months, and what calls for them, joins or follows them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import msgspec
import regex

from cleantext.document import fold
from cleantext.lexicon import calendar, words
from cleantext.lexicon.form import SP, expansions

#: Code points looked at on either side of a date word.
WINDOW = 96

# Digits of the scripts that write dates with their own.
_ZERO, _ONE, _TWO, _THREE = (
    "[" + "".join(chr(z + n) for z in (0x30, 0x660, 0x6F0, 0x966, 0xE50)) + "]" for n in range(4)
)
_SOME = "[1-9١-٩۱-۹१-९๑-๙]"
_ANY = "[0-9٠-٩۰-۹०-९๐-๙]"
DAY = (
    rf"(?:{_ZERO}?{_SOME}|{_ONE[:-1]}{_TWO[1:]}{_ANY}|{_THREE}{_ZERO[:-1]}{_ONE[1:]})"
    r"(?:st|nd|rd|th|er|º|ª|°|\.|η|ης|-го|-е|-ого)?"
)
YEAR = rf"(?:{_ONE}[3-9٣-٩۳-۹३-९๓-๙]{_ANY}{{2}}|{_TWO}[05٠٥۰۵०५๐๕]{_ANY}{{2}})"


class DateWord(msgspec.Struct, frozen=True):
    """A weekday or a month of the calendar."""

    text: str  # as its language writes it
    folded: str
    month: bool
    langs: tuple[str, ...]
    capital: bool  # whether the text must have a capital for it

    @property
    def caseless(self) -> bool:
        """Whether it is of a script without capitals."""
        return not self.text[0].isupper() and not self.text[0].islower()


@cache
def date_words() -> tuple[DateWord, ...]:
    """The weekdays and months, one object for each written form."""
    found: dict[tuple[str, bool], set[str]] = {}
    for lang, entry in calendar().items():
        for key in ("weekdays", "months"):
            for name in entry[key]:
                if len(name) > 2 and not any(c.isdigit() for c in name):
                    found.setdefault((name, key == "months"), set()).add(lang)
    return tuple(
        # `Thứ Ba` is written `thứ ba` as well
        DateWord(t, fold(t), m, tuple(sorted(ls)), t[0].isupper() and " " not in t)
        for (t, m), ls in sorted(found.items())
    )


#: `tháng 3`: the months of Vietnamese are numbered.
NUMBERED = DateWord("tháng", "tháng", True, ("vi",), False)


@cache
def parts() -> dict[str, str]:
    """Folded weekday or month -> ``weekday`` or ``month``."""
    return {w.folded: "month" if w.month else "weekday" for w in date_words()}


@cache
def calls() -> dict[str, frozenset[str]]:
    """Word or words that call for a date, folded -> languages."""
    return _languages_of("before")


@cache
def joins() -> tuple[str, ...]:
    """Words between day and month or month and year, longest first."""
    return tuple(sorted(_languages_of("join"), key=lambda w: (-len(w), w)))


@cache
def join_set() -> frozenset[str]:
    """The same, as a set."""
    return frozenset(joins())


@cache
def named() -> frozenset[str]:
    """Words that make a name with a weekday or a month."""
    return frozenset(_languages_of("named"))


@cache
def events() -> frozenset[str]:
    """Words that make the name of a day, an event or a body."""
    return frozenset(w for w in _languages_of("events"))


@cache
def dayparts() -> dict[str, frozenset[str]]:
    """Parts of the day and what else follows a weekday or a year, folded -> languages."""
    return {w: ls for w, ls in _languages_of("after").items() if len(w) > 2 or not w.isascii()}


def _languages_of(key: str) -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for lang, forms in words("date", key).items():
        for form in forms:
            for w in expansions(form) or ():
                out.setdefault(w, set()).add(lang)
    return {w: frozenset(ls) for w, ls in out.items()}


@cache
def join_source() -> str:
    """The joins as one alternation."""
    return "|".join(regex.escape(w, literal_spaces=True) for w in joins())


def day_before(text: str, low: int, start: int) -> int | None:
    """Where the day number begins that stands directly before a month at `start`."""
    tail = text[max(low, start - 24) : start].rstrip()
    if not tail:
        return None
    last = tail[-1]
    if not (last.isdigit() or last in ".º°ª'’") and not (tail[-3:-2].isdigit() or tail[-4:-3].isdigit()):
        word = fold(tail[tail.rfind(" ") + 1 :])
        if word not in join_set() and word != "d'":
            return None
    m = _day_tail().search(text, max(low, start - 24), start)
    return m.start("day") if m else None


_JOIN_TAIL = regex.compile(rf"(?:de|del|di|of|den){SP}$|d['’]$")
# Where no date is written without the join, so that what it touches is no part of it: `Limade marzo`.
_JOINING = frozenset("es pt gl ca".split())


def join_before(text: str, low: int, start: int, langs: Iterable[str]) -> int | None:
    """Where the join begins that stands directly before a month, also when it touches what stands before it."""
    if text[start - 1 : start] not in (" ", "'", "’", "\u00a0"):
        return None
    m = _JOIN_TAIL.search(text, max(low, start - 5), start)
    if m is None or m.start() <= low:
        return None
    return m.start() if text[m.start() - 1].isspace() or _JOINING & set(langs) else None


@cache
def _day_tail() -> regex.Pattern[str]:
    """A day number, and what joins it to the month that begins where the search ends."""
    return regex.compile(
        rf"(?P<day>(?<![\p{{Nd}}.,:/-]){DAY}){SP}*(?:(?:{join_source()}){SP}+|d['’])?$",
    )


@cache
def day_before_year() -> regex.Pattern[str]:
    """Right behind a month: a day with its comma, if a year follows further on."""
    return regex.compile(rf"{SP}?(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,")


class Anchor(msgspec.Struct, frozen=True):
    """What stands before a stranger.

    kind   ``day``, ``weekday``, ``month``, ``year``, ``call``, or ``open`` for any other word
    word   it, folded
    langs  of a call, the languages in which it calls for a date
    comma  whether a comma stands behind it
    within whether a word in small letters stands before it, so that it is part of a sentence
    """

    kind: str
    word: str
    langs: frozenset[str] = frozenset()
    comma: bool = False
    within: bool = False


_DAY_ONLY = regex.compile(DAY)
_YEAR_ONLY = regex.compile(rf"{YEAR}\.?")
_DASH = regex.compile(r"[-–—(]")
_LAST_WORDS = regex.compile(r"(?:([^\s(\[\"“„«]+)[^\S\n]+)?[(\[\"“„«]?([^\s(\[\"“„«]+)$")


def anchor(text: str, low: int, at: int, joined: bool = True) -> Anchor | None:
    """What the text before `at` ends with; None at the start of the line or after a mark.

    `joined`: whether a join may stand between a part of a date and the stranger.
    """
    tail = text[max(low, at - 40) : at].rstrip()
    if not tail:
        return None
    comma = tail[-1] == ","
    core = tail.rstrip(",")
    m = _LAST_WORDS.search(core)
    if m is None:
        return None
    before, last = fold(m[1] or ""), fold(m[2])
    if joined and before and last in join_set():
        part = _part(before.rstrip(","))
        if part is not None:
            return Anchor(part, before, comma=True)
    part = _part(last) or (_part(f"{before} {last}") if before else None)
    if part is not None:
        return Anchor(part, last, comma=comma, within=bool(m[1]) and m[1][-1].islower())
    if comma:
        return Anchor("open", "") if last[-1].isalnum() else None
    known = calls()
    for w in (f"{before} {last}", last):
        if w in known:
            return Anchor("call", w, known[w])
    return Anchor("open", last) if last[-1].isalnum() else None


def _part(word: str) -> str | None:
    if word[-1:].isdigit() or word[-2:-1].isdigit():
        word = _DASH.split(word)[-1]  # `18-25`, `(1562–16.`
    if word[:1].isdigit():
        if _DAY_ONLY.fullmatch(word):
            return "day"
        return "year" if _YEAR_ONLY.fullmatch(word) else None
    return parts().get(word) or parts().get(word.rstrip("."))
