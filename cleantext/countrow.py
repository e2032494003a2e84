"""What rows of dates and counts are made of: `2024-03-09 08:15 412 views`.

Everything here is asked of folded text, in which digits of other scripts are ASCII ones (`DIGITS`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from cleantext.document import fold
from cleantext.lexicon import words
from cleantext.lexicon.dates import DATE, LISTS
from cleantext.lexicon.form import UNSPACED, WORD_BEGIN, Node, Slot, expand, expansions, parse
from cleantext.lexicon.sets import compile_sets

_SP = r"[^\S\n]"
_SEPARATOR = rf"(?:{_SP}|[|｜•·∙●▪,،;/–—\-()\[\]:：@»]|(?i:\b(?:at|um|à|a las|alle|às|om|kl\.?|klo|ora|ore|o|в|о|în|την|στις|ob|u|lúc|pukul|saat|เวลา|ساعت|الساعة)(?={_SP}*\d))|[\u200e\u200f])*+"
# Unlike `form.TIME`, digits may follow: `15:34834`.
_CLOCK = r"(?:[01]\d|2[0-3]|\d):[0-5]\d"
_TIME = (
    rf"(?:(?:上午|下午|晚上|凌晨|中午|早上|午前|午後|오전|오후|上|下){_SP}?)?"
    rf"(?:{_CLOCK}(?::[0-5]\d(?!\d))?(?:{_SP}?(?:(?i:[ap]\.?{_SP}?m\b\.?)|uhr\b|น\.|sa\b|ch\b|μ\.μ\.|π\.μ\.|h\b|बजे|点|時|시))?"
    rf"|(?:[01]?\d|2[0-3])[hH][0-5]\d(?!\d)|(?:kl\.?|klo|ore|alle|um){_SP}?(?:[01]?\d|2[0-3])[.:][0-5]\d)"
)
# What `form.NUMBER` leaves open: a unit without a blank between (`29.7k阅读`), blanks between thousands.
_COUNT = (
    rf"(?:(?:\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+|\d(?:[\d.,'’٬٫]*\d)?)"
    rf"(?:{_SP}?(?:\L<thousands>)(?![\p{{Latin}}])\.?)?\+?)"
)
# Beside the dates of the calendar: those without a year before a time, of Persia, of Thailand.
_MORE_DATES = (
    rf"(?:(?:0?[1-9]|[12]\d|3[01])[./](?:0?[1-9]|1[0-2])\.?(?=,?{_SP}+{_CLOCK})"
    rf"|(?:0?[1-9]|[12]\d|3[01])\.{_SP}(?:0?[1-9]|1[0-2])\.{_SP}(?:19|20)\d\d"
    rf"|1[34]\d\d[/-]\d\d?[/-]\d\d?|\d\d?[/-]\d\d?[/-](?:1[34]|25)\d\d"
    rf"|\d{{1,2}}{_SP}?(?:ม\.ค\.|ก\.พ\.|มี\.ค\.|เม\.ย\.|พ\.ค\.|มิ\.ย\.|ก\.ค\.|ส\.ค\.|ก\.ย\.|ต\.ค\.|พ\.ย\.|ธ\.ค\.|\L<months>){_SP}?(?:25\d\d|1[34]\d\d|\d\d(?!\d))"
    rf"|\d{{1,2}}{_SP}(?:tháng|thg){_SP}\d{{1,2}},?(?:{_SP}(?:năm{_SP})?\d{{4}})?)"
)
_WEEKDAY = r"(?:\L<weekdays>|(?i:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b\.?)(?![\p{Ll}\p{Lo}])"
# `08:15412 katselua`: a time that a count touches, and up to three words, of any language.
_FUSED = rf"{_CLOCK}\d{{1,7}}"
_WORDS = rf"(?:{_SP}?[\p{{L}}\p{{M}}]{{2,20}}(?:{_SP}[\p{{L}}\p{{M}}]{{1,20}}){{0,2}})"
_END = rf"(?:(?![\p{{L}}\p{{M}}])|(?<=[{UNSPACED}])|(?=[{UNSPACED}]))"
_ITEM = (
    rf"(?P<date>{DATE}|{_MORE_DATES})"
    rf"|(?P<ago>{WORD_BEGIN}(?:\L<since>){_SP}*{_COUNT}{_SP}*(?:\L<spans>){_END}"
    rf"|(?<!\d){_COUNT}{_SP}*(?:\L<ago>){_END}|{WORD_BEGIN}(?:\L<then>){_END})"
    rf"|(?P<pre>(?:\L<before>){_SP}?[:：]?{_SP}?{_COUNT}(?!:?\d))"
    rf"|(?P<time>{_TIME})|(?P<count>{_COUNT}{_SP}?(?:\L<units>){_END})|{_WEEKDAY}|(?:\L<lead>){_END}{_SP}?[:：]?"
)


@cache
def lists() -> dict[str, frozenset[str]]:
    """The words of rows, folded: sets, which cost the same however many they hold."""
    out: dict[str, set[str]] = {k: set() for k in ("since", "spans", "ago", "then")}
    for key in ("units", "before", "lead"):
        out[key] = {w for forms in words("views", key).values() for f in forms for w in expansions(f) or ()}
    for forms in words("views", "ago").values():
        for form in forms:
            nodes = parse(form)
            at = next((i for i, n in enumerate(nodes) if isinstance(n, Slot)), None)
            if at is None:
                out["then"].update(expansions(form) or ())
                continue
            front = _wordings(nodes[:at])
            back = _wordings(nodes[at + 1 :])
            if any(front):
                out["since"] |= front
                out["spans"] |= back
            if "" in front:
                out["ago"] |= back
    months, weekdays = ({fold(w) for w in LISTS[k]} for k in ("months", "weekdays"))
    lists = {k: frozenset(v - {""}) for k, v in out.items()}
    return lists | {"thousands": _THOUSANDS, "months": frozenset(months), "weekdays": frozenset(weekdays)}


@cache
def _first_words() -> frozenset[str]:
    """The words that a part of a row can begin with."""
    names = ("since", "then", "before", "lead", "months", "weekdays")
    shorts = "mon tue tues wed thu thur thurs fri sat sun kl klo ore alle um".split()
    return frozenset(m[0] for k in names for w in lists()[k] if (m := _WORD.match(w))) | frozenset(shorts)


@cache
def _first_runs() -> regex.Pattern[str]:
    """The same, for scripts that set no blanks."""
    runs = {w for k in ("then", "before", "lead") for w in lists()[k] if _RUN.match(w)}
    return regex.compile(r"\L<runs>|[上下][午]|오[전후]|午[前後]", runs=frozenset(runs))


_WORD = regex.compile(r"[\p{L}\p{M}'’]+")
_RUN = regex.compile(rf"[{UNSPACED}\p{{Hangul}}]")
_TOKEN = regex.compile(r"[\p{L}\p{M}'’]+|\d+")


def starts(folded: str) -> list[int]:
    """Where in a folded text a part of a row may begin."""
    first = _first_words()
    found = {m.start() for m in _TOKEN.finditer(folded) if m[0].isdigit() or m[0] in first}
    if _RUN.search(folded):
        found.update(m.start() for m in _first_runs().finditer(folded))
    return sorted(found)


def may_begin(folded: str) -> bool:
    """Whether a folded text can begin with a part of a row, at a glance."""
    m = _TOKEN.search(folded)
    if m is None:
        return False
    return m[0].isdigit() or m[0] in _first_words() or bool(_first_runs().match(folded, m.start()))


def _wordings(nodes: Sequence[Node]) -> set[str]:
    return {fold(" ".join(w.split())) for w in expand(nodes) or ()}


def _compile(source: str) -> regex.Pattern[str]:
    return compile_sets(source, lists(), {})


# What shortens a number, in many languages.
_THOUSANDS = frozenset(
    "k m b n mn mi mil mio tsd rb jt ribu juta bin tys tis mln tuh χιλ nghìn тыс млн тис 万 萬 億 亿 천 만 억 ألف هزار พัน หมื่น แสน ล้าน हज़ार लाख".split()
)
#: Digits of other scripts, as the expressions want them: one code point for one.
DIGITS = {base + n: str(n) for base in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10) for n in range(10)}


@cache
def row() -> regex.Pattern[str]:
    """A run of dates, times and counts."""
    return _compile(rf"(?:(?:{_ITEM}){_SEPARATOR})++")


_LEADING_SEPARATOR = regex.compile(_SEPARATOR)


def goes_on(folded: str) -> bool:
    """Whether nothing but parts of a row stands in what follows the last count of a line."""
    at = _LEADING_SEPARATOR.match(folded).end()  # it matches nothing, too
    return at == len(folded) or (may_begin(folded) and bool(row().fullmatch(folded, at)))


@cache
def unknown_row() -> regex.Pattern[str]:
    """A whole row in a language that isn't known, with the count fused to the time."""
    return _compile(
        rf"(?:{_WEEKDAY},?{_SP})?(?:(?P<date>{DATE}|{_MORE_DATES}){_SEPARATOR})?{_FUSED}(?P<words>{_WORDS})\.?"
    )


#: What may still stand of a count behind its first figure.
FIGURES = regex.compile(rf"^[\d.,]*{_SP}?(?:[kKmM](?![a-zA-Z]))?")


@cache
def _leading_count() -> regex.Pattern[str]:
    return _compile(_COUNT)


def unit_of(count: str) -> str:
    """The unit of a count such as `1.2k views`."""
    m = _leading_count().match(count)
    return count[m.end() :].strip() if m else count
