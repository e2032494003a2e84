"""Dates as expressions: numeric ones, and with the names of months in every language of CLDR."""

from __future__ import annotations

import regex

from cleantext.lexicon import calendar
from cleantext.lexicon.sets import compile_sets

_SP = r"[^\S\n]"


def _names(key: str, least: int = 1) -> frozenset[str]:
    """The names of all languages, as written, with a capital and in capitals."""
    names = {n for entry in calendar().values() for n in entry[key] if len(n) >= least and not n[0].isdigit()}
    return frozenset(names | {n[0].upper() + n[1:] for n in names} | {n.upper() for n in names if len(n) > 2})


#: The named lists that the sources below refer to as ``\L<name>``; `compile_source` hands them over.
LISTS = {
    "months": _names("months") | _names("short_months", 3),
    "weekdays": _names("weekdays", 2),
}


def compile_source(source: str, flags: int = 0) -> regex.Pattern[str]:
    """Compiles a source that may refer to the named lists."""
    return compile_sets(source, LISTS, {}, flags)


WEEKDAY = r"(?:\L<weekdays>)"
_MONTH = r"(?:\L<months>(?![\p{Ll}\p{Lo}])\.?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_YEAR = r"(?:19|20)\d\d"
NUMERIC = (
    rf"(?:{_YEAR}[-./](?:0[1-9]|1[0-2]|[1-9])[-./](?:0[1-9]|[12]\d|3[01]|[1-9])\.?"
    rf"|{_YEAR}年(?:0?[1-9]|1[0-2])月(?:{_DAY})日"
    rf"|{_YEAR}년{_SP}?(?:0?[1-9]|1[0-2])월{_SP}?(?:{_DAY})일"
    rf"|{_YEAR}\.{_SP}?\d\d?\.{_SP}?\d\d?\.?"
    r"|(?:0[1-9]|[12]\d|3[01]|[1-9])[-./](?:0[1-9]|[12]\d|3[01]|[1-9])[-./](?:(?:19|20)\d\d|\d\d(?!\d)))"
)
NAMED = (
    rf"(?:{_MONTH}{_SP}?{_DAY}(?:st|nd|rd|th)?,?(?:{_SP}?{_YEAR}(?:{_SP}?年)?)?"
    rf"|{_DAY}(?:st|nd|rd|th|er|º|ª|°)?\.?{_SP}?(?:(?:de|den|of|d['’]){_SP}?)?{_MONTH},?(?:{_SP}?(?:(?:de|del|of){_SP}?)?{_YEAR})?)"
)
#: A whole date, without the weekday.
DATE = rf"(?:{NUMERIC}|{NAMED})"
