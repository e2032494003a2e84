"""Whether a line without an end mark was cut off, or is a heading, an item or a title and so whole.

The evidence is weighed by a logistic regression that `training/fit_unfinished.py` fits: clean texts
against the same texts with openings of others cut at many widths. Its weights are data
(`unfinished.json`), and so is what it knows of words: for each language the letters that stand
within words but hardly ever end one (`Thursda`, `includin`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import msgspec
import regex

from cleantext.border import sentences
from cleantext.document import Document
from cleantext.lexicon import function_words
from cleantext.lexicon.form import UNSPACED

_WIDE = regex.compile(rf"[{UNSPACED}\p{{Hangul}}]")
_UNCASED = regex.compile(rf"[{UNSPACED}]")
_UNMARKED = regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_LETTERS = regex.compile(r"[\p{L}\p{M}]+$")
_NAMES = regex.compile(r"[\p{L}][\p{L}\p{M}'’-]*")
_LIST_ITEM = regex.compile(r"^\s*(?:[-*•·–—▪►]|\d{1,3}[.)]|[a-zA-Z][.)]|#{1,6}\s|>|\|)\s?")
# CITY, date (AGENCY) - ; 新华社北京3月12日电
_DATELINE = regex.compile(
    r"^(?:\p{Lu}[\p{L} .'’-]{1,28}(?:,[^\S\n][^\n(—–-]{2,24}?)?(?:[^\S\n]\((?:[A-Z][\p{L}.]{1,12}|[\p{L}]{2,12})\))[^\S\n]?[-—–:]"
    r"|[\p{Lu}][\p{Lu} .'’-]{2,24},[^\S\n][^\n—–-]{2,20}[^\S\n][-—–][^\S\n]"
    r"|\p{Lu}[\p{L} .'’-]{1,24},[^\S\n][^\n—–]{4,20}\d[^\n—–]{0,8}[^\S\n]?[—–][^\S\n]"
    r"|[\p{Han}]{2,5}(?:社|网|报)[\p{Han}]{0,8}\d{0,2}月?\d{0,2}日?(?:电|讯|消息))"
)
# Single letters that are words in some language.
_ONE_LETTER_WORDS = frozenset("aioueyàèéóòúvwzskи")
# Widths that people set: tens, and the sizes of database fields and descriptions.
ROUND = frozenset({75, 97, 125, 128, 147, 155, 165, 175, 197, 225, 247, 255, 256, 275, 297})
_LONGEST_ENDING = 4


class Model(msgspec.Struct, frozen=True):
    """Weights in log odds, and language -> ending -> how seldom words end so, 0 to 3."""

    bias: float
    weights: dict[str, float]
    endings: dict[str, dict[str, int]]


@cache
def model() -> Model:
    """The fitted model."""
    data = json.loads(files("cleantext").joinpath("unfinished.json").read_text(encoding="utf-8"))
    return Model(
        bias=data["bias"],
        weights=data["weights"],
        endings={
            lang: {ending: int(level) for level, all_of in levels.items() for ending in all_of.split()}
            for lang, levels in data["endings"].items()
        },
    )


class Surroundings(msgspec.Struct, frozen=True):
    """What a document says about its unfinished lines.

    vocabulary  how often each word stands in it
    open_share  the share of its lines that end without a mark
    others      how many unfinished lines of a teaser's length it has
    """

    vocabulary: Counter[str]
    open_share: float
    others: int


def cells(text: str) -> int:
    """The width in cells of a terminal: Han, Kana and Hangul take two."""
    if text.isascii():
        return len(text)
    return len(text) + len(_WIDE.findall(text))


def is_dateline(text: str) -> bool:
    """Whether a text opens like an agency report: ``OSLO (AFP) -``."""
    return bool(_DATELINE.match(text))


def is_item(text: str) -> bool:
    """Whether a line opens like an item of a list, a heading or a quotation."""
    return bool(_LIST_ITEM.match(text))


def seldom_ends(word: str, langs: Iterable[str] | None) -> int:
    """How seldom words of any of `langs` end as this one does: 0 (often, or not known) to 3."""
    known = model().endings
    levels = []
    for lang in langs or ():
        endings = known.get(lang)
        if endings is None:
            continue
        padded = "^" + word
        level = 0
        for n in range(min(_LONGEST_ENDING, len(padded)), 1, -1):
            found = endings.get(padded[-n:])
            if found is not None:
                level = found
                break
        levels.append(level)
    return min(levels, default=0)


def begins_another(word: str, vocabulary: Counter[str]) -> bool:
    """Whether the document has one longer word that begins with this one.

    Several such words make it a stem, which is a word of its own in many languages.
    """
    longer = [w for w in vocabulary if w.startswith(word) and w != word]
    return len(longer) == 1 and len(longer[0]) - len(word) <= 6


def features(doc: Document, line: int, body: str, around: Surroundings) -> list[str]:
    """The names of the features of an unfinished line; `body` is its text without outer blanks."""
    width = cells(body)
    out = [f">{n}" for n in (60, 80, 95, 130, 200, 300) if width > n]
    wide = bool(_UNCASED.search(body[-12:]))
    if wide:
        out.append("wide")
    if width >= 60:
        if len(body) % 10 == 0 or len(body) in ROUND:
            out.append("round")
        elif len(body) % 10 == 9:
            out.append("round less one")  # a blank was cut off
    last = _LETTERS.search(body)
    if last and not wide:
        out += _word_features(doc, last.group(), around)
    elif not wide:
        out.append("no word at the end")
    spans = sentences(body, 0, len(body))
    if len(spans) > 1 and not _UNMARKED.search(body[-12:]):
        out.append("holds a sentence")
    if wide and regex.search(r"[，、][^。！？]*$", body):
        out.append("wide comma")
    if is_dateline(body):
        out.append("dateline")
    if body[:1].islower():
        out.append("lower")
    if is_item(body):
        out.append("item")
    if body[-1:] in ",;–—-:":
        out.append("ends in a comma")
    if body.count("(") > body.count(")") or body.count("（") > body.count("）"):
        out.append("open bracket")
    if (
        body.count('"') % 2
        or body.count("“") > body.count("”")
        or body.count("«") > body.count("»")
        or body.count("「") > body.count("」")
    ):
        out.append("open quote")
    if "," in body or "，" in body or "、" in body:
        out.append("comma")
    if sum(c.isdigit() for c in body) > 0.12 * len(body):
        out.append("digits")
    words = _NAMES.findall(body)
    named = sum(w[0].isupper() for w in words)
    for share in (0.35, 0.6):
        if named > share * max(1, len(words)):
            out.append(f"named>{share}")
    return out + _place_features(doc, line, around)


def _word_features(doc: Document, last: str, around: Surroundings) -> list[str]:
    word = last.lower()
    level = seldom_ends(word, doc.languages)
    out = [f"seldom ends {n}" for n in (1, 2, 3) if level >= n]
    if word in function_words():
        out.append("function word")
    if around.vocabulary[word] > 1:
        out.append("known word")
    elif len(word) >= 2 and begins_another(word, around.vocabulary):
        out.append("begins another word")
    if len(word) == 1 and word not in _ONE_LETTER_WORDS:
        out.append("single letter")
    if last[0].isupper():
        out.append("name at the end")
    return out


def _place_features(doc: Document, line: int, around: Surroundings) -> list[str]:
    out = [f"open>{n}" for n in (0.05, 0.12, 0.25, 0.4, 0.6, 0.8) if around.open_share > n]
    out += [f"others>{n}" for n in (1, 2, 4) if around.others > n]
    after = _neighbour(doc, line, 1)
    before = _neighbour(doc, line, -1)
    if not after:
        out.append("last")
    elif after[:1].islower():
        out.append("lower follows")
    elif is_item(after):
        out.append("item follows")
    if not before:
        out.append("first")
    elif before[-1].isalnum():
        out.append("unfinished before")
    if line + 1 < len(doc.lines) and doc.blank(line + 1):
        out.append("blank follows")
    if sum(1 for text in doc.lines[:60] if text.strip()) < 6:
        out.append("few lines")
    return out


def _neighbour(doc: Document, line: int, step: int) -> str:
    """The nearest line with content, three lines away at most."""
    for n in range(1, 4):
        at = line + step * n
        if not 0 <= at < len(doc.lines):
            break
        if not doc.blank(at):
            return doc.line(at).strip()
    return ""


def score(names: Iterable[str]) -> float:
    """The log odds that a line with these features was cut off."""
    m = model()
    return m.bias + sum(m.weights.get(n, 0.0) for n in names)
