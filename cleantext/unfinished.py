"""Whether lines without an end mark were cut off, or are headings, items and titles and so whole.

Two logistic regressions weigh the evidence: one judges a line by itself, one lines that stand
together. `training/fit_unfinished.py` fits both: clean texts against the same texts with openings of
others cut at many widths. Their weights are data (`unfinished.json`), and so is what is known of
words: for each language the letters that stand within words but hardly ever end one (`Thursda`,
`includin`).

What two facts say together is often more than either alone (a line that holds a whole sentence, in a
text where every other line ends with a mark), so all but some widths also count in pairs.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

import msgspec
import regex

from cleantext.border import holds_sentence
from cleantext.document import Document
from cleantext.lexicon import function_word_lists, function_words

# By blocks of Unicode: classes of `re` are several times as quick as properties.
_THAI = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f"
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
_WIDE = re.compile(f"[{_THAI}{_HAN}{_HANGUL}]+")
_UNCASED = re.compile(f"[{_THAI}{_HAN}]")
_UNMARKED = re.compile(f"[{_THAI}]")
_LETTERS = regex.compile(r"(?r)[\p{L}\p{M}]+$")
_LIST_ITEM = regex.compile(r"^\s*(?:[-*•·–—▪►]|\d{1,3}[.)]|[a-zA-Z][.)]|#{1,6}\s|>|\|)\s?")
_LAST_MARK = regex.compile(r"(?r)[，、。！？]")
_DIGITS = re.compile(r"\d")
_DASH = re.compile(r"[-—–:电讯息]")  # one of them closes each form of a dateline
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
_LONGEST_ENDING = 5
# So many places of a word in a text are looked at.
_MOST_PLACES = 200
#: Lines at least so wide, in cells, tell how a text ends its paragraphs.
LONG = 45

# Facts about single lines that count by how many lines of a row show them.
_SHARED = (
    ("sentences", "holds a sentence"),
    ("function words", "function word"),
    ("cut words", "seldom ends 2"),
    ("datelines", "dateline"),
    ("items", "item"),
    ("dots", "dots"),
    ("names", "named>0.6"),
)


class Weights(msgspec.Struct, frozen=True):
    """A logistic regression: log odds by fact, and by pairs of facts in alphabetical order."""

    bias: float
    single: dict[str, float]
    paired: dict[str, dict[str, float]]

    def score(self, names: Iterable[str]) -> float:
        """The log odds that what shows these facts was cut off."""
        facts = sorted(set(names))
        total = self.bias
        for i, fact in enumerate(facts):
            total += self.single.get(fact, 0.0)
            row = self.paired.get(fact)
            if row:
                for other in facts[i + 1 :]:
                    if other in row:
                        total += row[other]
        return total


class Model(msgspec.Struct, frozen=True):
    """Of a line, of lines in a row; language -> ending -> how seldom words end so, 0 to 3."""

    line: Weights
    block: Weights
    endings: dict[str, dict[str, int]]


@cache
def model() -> Model:
    """The fitted models."""
    data = json.loads(files("cleantext").joinpath("unfinished.json").read_text(encoding="utf-8"))
    return Model(
        line=msgspec.convert(data["line"], Weights),
        block=msgspec.convert(data["block"], Weights),
        endings={
            lang: {ending: int(level) for level, all_of in levels.items() for ending in all_of.split()}
            for lang, levels in data["endings"].items()
        },
    )


class Surroundings(msgspec.Struct, frozen=True):
    """How the other lines of a document end; the lines in question are not counted.

    ended   how many lines of a sentence's length end with a mark
    open    how many of a teaser's length don't
    short   how many shorter ones don't: headings, items
    dots    how many ellipses the text has elsewhere
    """

    ended: int
    open: int
    short: int
    dots: int = 0


def cells(text: str) -> int:
    """The width in cells of a terminal: Han, Kana and Hangul take two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(map(len, _WIDE.findall(text)))


def is_dateline(text: str) -> bool:
    """Whether a text opens like an agency report: ``OSLO (AFP) -``."""
    return bool(_DASH.search(text, 0, 90)) and bool(_DATELINE.match(text))


def is_item(text: str) -> bool:
    """Whether a line opens like an item of a list, a heading or a quotation."""
    return bool(_LIST_ITEM.match(text))


def uncased(text: str) -> bool:
    """Whether a text ends in a script without blanks between words."""
    return not text.isascii() and bool(_UNCASED.search(text[-12:]))


def unmarked(text: str) -> bool:
    """Whether a text ends in a script that marks no end of a sentence, such as Thai."""
    return not text.isascii() and bool(_UNMARKED.search(text[-12:]))


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


def may_end(word: str, langs: Iterable[str] | None) -> bool:
    """Whether a sentence can end in this word: False for articles, prepositions, conjunctions."""
    if word not in function_words():
        return True
    lists = function_word_lists()
    known = [lang for lang in langs or () if lang in lists]
    return bool(known) and not any(word in lists[lang] for lang in known)


def in_the_text(folded: str, word: str) -> tuple[bool, bool, bool]:
    """What a text says of a line's last word: whether it stands elsewhere, one longer word begins
    with it, its last letters stand within other words but end none."""
    seen = 0
    longer: set[str] = set()
    size = len(word)
    at = folded.find(word)
    for _ in range(_MOST_PLACES):
        if at < 0:
            break
        stop = at + size
        if at == 0 or not folded[at - 1].isalpha():
            if folded[stop : stop + 1].isalpha():
                end = stop + 1
                while end - stop < 8 and folded[end : end + 1].isalpha():
                    end += 1
                longer.add(folded[stop:end])
            else:
                seen += 1
        at = folded.find(word, stop)
    inside = final = 0
    ending = word[-3:]
    at = folded.find(ending) if len(ending) == 3 else -1
    while at >= 0 and final < 2 and inside < _MOST_PLACES:
        stop = at + 3
        if folded[stop : stop + 1].isalpha():
            inside += 1
        else:
            final += 1
        at = folded.find(ending, stop)
    begins = size >= 2 and len(longer) == 1 and len(min(longer)) <= 6
    return seen > 1, begins, inside >= 2 and final <= 1


def features(doc: Document, line: int, body: str, around: Surroundings, dots: str = "") -> list[str]:
    """The names of the facts about an unfinished line.

    `body` is its text without outer blanks and without the ellipsis `dots` that it may end in.
    """
    width = cells(body)
    out = [f">{n}" for n in (60, 80, 95, 130, 200, 300) if width > n]
    wide = uncased(body)
    if wide:
        out.append("wide")
    size = len(body)
    if width >= 60:
        if size % 10 == 0 or size in ROUND or (dots and (size + len(dots)) % 50 == 0):
            out.append("round")
        elif size % 10 == 9:
            out.append("round less one")  # a blank was cut off
        elif size % 5 == 0:
            out.append("half round")
    if dots:
        out.append("dots")
        if dots[-1] in "])":
            out.append("dots in brackets")  # as blogs cut their excerpts; speech trails off without
        elif dots[0].isspace():
            out.append("dots apart")
        if around.dots:
            out.append("dots elsewhere")
        if body[-1:] in ",.!?;":
            out.append("dots after a mark")
    if body[:1] in "\"“«„‘'-–—":
        out.append("opens like speech")
    last = _LETTERS.search(body, max(0, size - 40))
    if last and not wide:
        out += _word_features(doc, last.group())
    elif not wide:
        out.append("no word at the end")
    if holds_sentence(body, size) and not unmarked(body):
        out.append("holds a sentence")
    mark = _LAST_MARK.search(body) if wide else None
    if mark and mark.group() in "，、":
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
    if out[-1:] in (["open bracket"], ["open quote"]):
        out.append("open pair")
    if "," in body or "，" in body or "、" in body:
        out.append("comma")
    if len(_DIGITS.findall(body)) > 0.12 * size:
        out.append("digits")
    words = body.split()
    named = len([w for w in words if w[0].isupper()])
    out += [f"named>{share}" for share in (0.35, 0.6) if named > share * max(1, len(words))]
    return out + _place_features(doc, line, around)


def _word_features(doc: Document, last: str) -> list[str]:
    word = last.lower()
    level = seldom_ends(word, doc.languages)
    out = [f"seldom ends {n}" for n in (1, 2, 3) if level >= n]
    elsewhere, begins, ends_none = in_the_text(doc.folded, word)
    if not may_end(word, doc.languages):
        out.append("function word")
    if elsewhere:
        out.append("known word")
    elif begins:
        out.append("begins another word")
    if ends_none and not elsewhere:
        out.append("ends no word here")
    if len(word) == 1 and word not in _ONE_LETTER_WORDS:
        out.append("single letter")
    if last[0].isupper():
        out.append("name at the end")
    return out


def others_end(around: Surroundings) -> bool:
    """Whether the other lines that could be sentences end with a mark, nearly all of them."""
    return around.ended > 0 and (not around.open or around.ended >= max(8, 9 * around.open))


def _around(around: Surroundings) -> list[str]:
    out = []
    long = around.ended + around.open
    if long < 3:
        out.append("few lines")
    if around.ended and not around.open:
        out.append("all others end")
    if around.ended >= max(8, 9 * around.open):
        out.append("many others end")
    out += [f"open>{n}" for n in (0.05, 0.15, 0.3, 0.5, 0.75) if around.open > n * long]
    out += [f"short>{n}" for n in (0.1, 0.3, 0.6) if around.short > n * (long + around.short)]
    return out


def _place_features(doc: Document, line: int, around: Surroundings) -> list[str]:
    out = _around(around)
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


class Line(msgspec.Struct):
    """What counts of a line when it is judged together with others.

    widths  lengths in code points that a cut may have been made at: of the body, of the whole
    facts   what `features` found
    alone   what these come to; None where the line is too short for that
    """

    body: str
    widths: tuple[int, int]
    facts: Sequence[str]
    alone: float | None
    tail: bool


def block_features(
    lines: Sequence[Line], group: int, share: float, after: str, around: Surroundings
) -> list[str]:
    """The names of the facts about unfinished lines in a row, at least two.

    `group` is how many such lines stand there, these among them; `share` what part of the text's
    code points they are; `after` the line that follows, if no blank one does; `around` tells of the
    lines beside the group.
    """
    n = len(lines)
    bodies = [s.widths[0] for s in lines]
    out = [f"n>{k}" for k in (2, 3, 4, 6) if n > k]
    if n < group:
        out.append("not all of them")
    alike = max(_most(bodies), max(Counter(s.widths[1] for s in lines).values()))
    if alike == n:
        out.append("one width")
    elif alike >= 0.5 * n:
        out.append("mostly one width")
    spread = max(bodies) - min(bodies)
    out += [f"spread<{k}" for k in (3, 7, 11) if spread < k]
    known = [max(-6.0, min(4.0, s.alone)) for s in lines if s.alone is not None]
    mean = sum(known) / len(known) if known else -3.0
    out += [f"alone>{k}" for k in (-4, -3, -2, -1, 0, 1) if mean > k]
    best = max(known, default=-3.0)
    out += [f"best>{k}" for k in (-2, -1, 0, 1, 2) if best > k]
    width = max(cells(s.body) for s in lines)
    out += [f">{k}" for k in (60, 80, 95, 130) if width > k]
    if any(w % 10 == 0 or w in ROUND for w in (max(bodies), max(s.widths[1] for s in lines))):
        out.append("round")
    for name, fact in _SHARED:
        share_of = sum(fact in s.facts for s in lines) / n
        out += [f"{name}>{k}" for k in (0, 0.3, 0.6) if share_of > k]
    lower = sum("lower" in s.facts for s in lines[1:]) / (n - 1)
    out += [f"wrapped>{k}" for k in (0, 0.35, 0.6) if lower > k]
    if any(unmarked(s.body) for s in lines):
        out.append("no marks")
    elif sum("wide" in s.facts for s in lines) > 0.5 * n:
        out.append("wide")
    if sum(s.tail for s in lines) > 1:
        out.append("tails")
    out += [f"share>{k}" for k in (0.3, 0.6, 0.8) if share > k]
    if after:
        if after[0].islower():
            out.append("lower follows")
        if len(after) <= max(bodies) + 1:
            out.append("shorter follows")  # as the last line of a paragraph that was wrapped
    return out + _around(around)


def _most(widths: Sequence[int]) -> int:
    """How many lines were cut at one width, where a blank at the cut may have gone."""
    counts = Counter(widths)
    return max(n + (counts[w - 1] if counts[w - 1] <= n else 0) for w, n in list(counts.items()))


def score(names: Iterable[str]) -> float:
    """The log odds that a line with these features was cut off."""
    return model().line.score(names)


def score_block(names: Iterable[str]) -> float:
    """The same of lines in a row."""
    return model().block.score(names)
