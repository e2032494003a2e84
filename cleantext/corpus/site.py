"""What a profile says about the lines of a site, and how sure it is.

A person's word comes first: a file beside the profile, of the same name and ``.toml``, protects lines
and adds some, by site or for all (``"*"``)::

    [protect]
    "example.org" = ["Always look on the bright side"]
    [add]
    "*" = ["Subscribe to our newsletter"]
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from functools import lru_cache

import msgspec
import regex

from cleantext.corpus.lines import SAMPLE, keys_of
from cleantext.corpus.profile import Row, check, read_rows
from cleantext.errors import ConfigError, InputError

#: Sites whose lines are kept at hand.
_SITES = 512

# What repeats in documentation, among the text: lines of a program.
_CODE = regex.compile(
    r"[{}<>;=]|\(\)|^(?:return|import|from|if|else|end|var|let|const|def|function)\b|[\w)]\($"
)

# Code points from which a line that ends as a sentence is prose, which may be a law or a warning.
_PROSE = 60
_SENTENCE_END = regex.compile(r"[.!?…。！？][\"'”’»)\]]*$")

_IN_BRACKETS = regex.compile(r"^[(\[（【](?:[^()\[\]（）【】]*$|.*[)\]）】]$)")

_DIGIT, _LETTER_OR_DIGIT = regex.compile(r"\p{N}"), regex.compile(r"[\p{N}\p{L}]")


class Judged(msgspec.Struct, frozen=True):
    """How sure it is that a line is furniture, and the evidence for a person."""

    confidence: float
    evidence: str


class SiteLines(msgspec.Struct, frozen=True):
    """The lines of a site that repeat."""

    exact: dict[int, Judged]
    near: dict[int, Judged]

    def judge(self, line: str) -> Judged | None:
        """What is known about a line; None for one that doesn't repeat."""
        keys = keys_of(line)
        if keys is None:
            return None
        found = self.exact.get(keys[0])
        if found is None or 0 < found.confidence < 0.8:
            other = self.near.get(keys[1])
            if other is not None and (found is None or other.confidence > found.confidence):
                return other
        return found


def confidence(row: Row) -> float:
    """How sure it is that a line with these counts is furniture, 0 to 1.

    Calibrated on extracted pages of sites with three or more of them, where the content is known:
    of lines at the edges nearly all are furniture once three pages have them; among the text it takes
    five. Two pages prove little: an entry in a list and the headline that it leads to, say. Three of
    four or five pages may be one author's, or one series. Sentences need more pages than labels do: what
    is told on each page of a series is of its text. Some pages with one date are of one day.
    """
    share = row.share
    if row.pages < 2:
        return 0.0
    at_edge = row.edge >= 0.8 * row.times
    if row.kind == "near":
        if _mostly_digits(row.example):
            return 0.6  # the date of an article, say, which pages have at the same place
        if row.pages >= 5 and share >= (0.8 if at_edge else 0.95):
            return 0.85
        return 0.5
    if row.pages == 2:
        return 0.7 if at_edge else 0.5
    if not at_edge and (_CODE.search(row.example) or row.example.endswith((":", "："))):
        return 0.5  # "Note:" introduces what follows
    if share < 0.4 and _tells_a_date(row.example):
        return 0.6
    if at_edge:
        if row.pages == 3 and ((share < 1 and row.site_pages < 6) or _is_prose(row.example)):
            return 0.75
        if share >= 0.8:
            return 0.97
        if share >= 0.4:
            return 0.93
        return 0.9 if share >= 0.05 or row.pages >= 20 else 0.6
    if len(row.example) >= 100 and share < 0.6:
        return 0.6
    if len(row.example) >= _PROSE and row.pages < 10 and _IN_BRACKETS.search(row.example):
        return 0.6  # a remark that an author puts below each part of a series
    if row.pages == 3:
        return 0.75 if share == 1 else 0.6
    if row.pages == 4:
        return 0.85 if share >= 0.8 else 0.6
    if share >= 0.8:
        return 0.94
    if share >= 0.5:
        return 0.88
    return 0.82 if share >= 0.2 and row.pages >= 6 else 0.6


def _mostly_digits(line: str) -> bool:
    """Whether there are more digits than letters, as in a date."""
    return 2 * len(_DIGIT.findall(line)) > len(_LETTER_OR_DIGIT.findall(line))


def _tells_a_date(line: str) -> bool:
    """Whether digits are a good part of it, as where the month is a word; a year beside a name isn't."""
    return 10 * len(_DIGIT.findall(line)) > 3 * len(_LETTER_OR_DIGIT.findall(line))


def _is_prose(line: str) -> bool:
    """Whether it is a sentence of some length; of longer lines a profile has the beginning only."""
    return len(line) >= _PROSE and (len(line) >= SAMPLE or _SENTENCE_END.search(line) is not None)


def site_lines(path: str, site: str) -> SiteLines | None:
    """What the profile at `path` says about a site; None when it says nothing. Raises `InputError`."""
    found = _site_lines(path, _stamp(path), site)
    return found if found.exact or found.near else None


def check_profile(path: str) -> None:
    """Raise `ConfigError` when there is no profile at `path`, or the file beside it is malformed."""
    try:
        check(path)
    except InputError as e:
        raise ConfigError(str(e)) from e
    _edits(path, _stamp(path))


def edits_path(path: str) -> str:
    """Where a person's word on a profile is."""
    return f"{os.path.splitext(path)[0]}.toml"


def stamp(path: str) -> tuple[int, ...]:
    """What changes when the profile at `path` does, or the person's word on it."""
    return _stamp(path)


@lru_cache(maxsize=_SITES)
def _site_lines(path: str, stamp: tuple[int, ...], site: str) -> SiteLines:
    exact: dict[int, Judged] = {}
    near: dict[int, Judged] = {}
    for row in read_rows(path, site):
        judged = Judged(confidence(row), f"stands on {row.pages} of {row.site_pages} pages of {site}")
        (exact if row.kind == "exact" else near)[row.line] = judged
    edits = _edits(path, stamp)
    for line in _lines_for(edits.add, site):
        if keys := keys_of(line):
            exact[keys[0]] = Judged(1.0, f"is listed in {os.path.basename(edits_path(path))}")
    for line in _lines_for(edits.protect, site):
        if keys := keys_of(line):
            exact[keys[0]] = Judged(0.0, "is protected")
    return SiteLines(exact, near)


def judged_rows(path: str, site: str | None = None) -> Iterator[tuple[Row, float]]:
    """The rows of a profile, of all sites or of one, with how sure each is, a person's word included."""
    edits = _edits(path, _stamp(path))
    protected: set[int] = set()
    last: str | None = None
    for row in read_rows(path, site):
        if row.site != last:
            last = row.site
            protected = {k[0] for line in _lines_for(edits.protect, last) if (k := keys_of(line))}
        named = row.kind == "exact" and row.line in protected
        yield row, 0.0 if named else confidence(row)


def added_lines(path: str, site: str | None = None) -> Iterator[tuple[str, str]]:
    """Sites, or ``*``, and the lines that the file beside the profile adds to them."""
    for name, lines in _edits(path, _stamp(path)).add.items():
        if site is None or name in ("*", site):
            yield from ((name, line) for line in lines)


class _Edits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    protect: dict[str, list[str]] = {}
    add: dict[str, list[str]] = {}


@lru_cache(maxsize=8)
def _edits(path: str, stamp: tuple[int, ...]) -> _Edits:
    beside = edits_path(path)
    try:
        with open(beside, "rb") as f:
            return msgspec.convert(tomllib.load(f), type=_Edits)
    except FileNotFoundError:
        return _Edits()
    except (OSError, ValueError) as e:
        raise ConfigError(
            f"{beside}: {e}: it has the tables protect and add, with a list of lines a site"
        ) from e


def _lines_for(table: dict[str, list[str]], site: str) -> list[str]:
    return [*table.get("*", ()), *table.get(site, ())]


def _stamp(path: str) -> tuple[int, ...]:
    stamps: list[int] = []
    for name in (path, edits_path(path)):
        try:
            found = os.stat(name)
        except OSError:
            stamps += (0, 0)
        else:
            stamps += (found.st_mtime_ns, found.st_size)
    return tuple(stamps)
