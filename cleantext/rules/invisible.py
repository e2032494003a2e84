"""CT124: invisible characters that do nothing where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import regex

from cleantext.document import Document
from cleantext.rules.base import Candidate, Example, Hit, LookAlike, Rule
from cleantext.scan.trigger import Trigger

_NAMES = {
    "\u00ad": "soft hyphen",
    "\u034f": "combining grapheme joiner",
    "\u061c": "Arabic letter mark",
    "\u180e": "Mongolian vowel separator",
    "\u200b": "zero-width space",
    "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner",
    "\u200e": "left-to-right mark",
    "\u200f": "right-to-left mark",
    "\u202a": "left-to-right embedding",
    "\u202b": "right-to-left embedding",
    "\u202c": "end of a change of direction",
    "\u202d": "left-to-right override",
    "\u2060": "word joiner",
    "\u2066": "left-to-right isolate",
    "\u2067": "right-to-left isolate",
    "\u2068": "isolate",
    "\u2069": "end of an isolate",
    "\ufeff": "byte order mark",
    "\ufffc": "object replacement character",
}
_RUN = regex.compile("[" + "".join(_NAMES) + "]+")
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069")
_RIGHT_TO_LEFT = regex.compile(
    r"[\p{Hebrew}\p{Arabic}\p{Syriac}\p{Thaana}\p{Nko}\p{Samaritan}\p{Mandaic}\p{Adlam}\u202e]"
)
#: Scripts that mark the borders of words by zero-width spaces.
_UNSPACED = regex.compile(
    r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Balinese}\p{Javanese}\p{New_Tai_Lue}\p{Tai_Tham}\p{Tai_Le}]"
)
#: Scripts whose letters change their form beside a joiner or a non-joiner.
_JOINING = regex.compile(
    r"[\p{Arabic}\p{Syriac}\p{Mongolian}\p{Nko}\p{Thaana}\p{Mandaic}\p{Adlam}\p{Devanagari}\p{Bengali}\p{Gurmukhi}"
    r"\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Myanmar}\p{Tibetan}"
    r"\p{Balinese}\p{Javanese}\p{Sundanese}\p{Meetei_Mayek}\p{Chakma}\p{Tai_Tham}\p{Grantha}\p{Newa}\p{Phags_Pa}]"
)
_EMOJI = regex.compile(r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\u20e3]")
_JOINERS = frozenset("\u034f\u180e\u200c\u200d\u2060")


class Invisible(Rule):
    """Finds invisible characters where they do nothing: zero-width spaces in words, soft hyphens, stray BOMs.

    Editors, word processors and sites that want to spoil copies put them there. They split words for
    every program that reads the text, and nobody sees why. They are removed, run by run.

    Leaves alone: joiners and non-joiners beside letters that take another form there (Persian,
    Arabic, the scripts of India and South-East Asia), and between emoji; zero-width spaces of Thai, Lao,
    Khmer, Burmese and Tibetan; marks of direction where a letter that runs from right to left is near; a soft
    hyphen at the end of a line; no-break spaces, which are typography.

    Source: Unicode Standard, chapter 23 (layout controls); Unicode Technical Standard 51 for emoji.
    """

    code = "CT124"
    name = "invisible"
    family = "encoding"
    examples = (
        Example("The goo\u200bse wears a h\u00adat.", "The goose wears a hat."),
        Example("\ufeffThe ferry was late.\n\ufeffAgain.", "The ferry was late.\nAgain."),
        Example("Die Donau\u00addampf\u00adschiff\u00adfahrt ruht.", "Die Donaudampfschifffahrt ruht.", "de"),
        Example(
            "The hat\u200e is\u200c \u202agrey\u202c, the goose\u2060 is not.",
            "The hat is grey, the goose is not.",
        ),
        Example("Гусь\u200b ушё\u200dл.", "Гусь ушёл.", "ru"),
        Example("鵞鳥は\u200b帽子を\ufeffかぶる。", "鵞鳥は帽子をかぶる。", "ja"),
        Example("الإوز\ufeff في البحي\u00adرة.", "الإوز في البحيرة.", "ar"),
    )
    lookalikes = (
        LookAlike("می\u200cخواهم کتاب\u200cها را ببرم.", "Persian non-joiners"),
        LookAlike("क्\u200dष और क्\u200cष; ශ්\u200dරී; র\u200d্যাব", "joiners of Indian scripts"),
        LookAlike("👨\u200d👩\u200d👧, 👩🏽\u200d🍳, 🏳️\u200d🌈 and 3️⃣", "emoji of several parts"),
        LookAlike("ខ្ញុំ\u200bស្រឡាញ់\u200bភាសា និง ไทย\u200bแลนด์", "borders of words"),
        LookAlike("הוא כתב ב-C++\u200e ואחר כך ב-\u2068C\u2069.", "direction in Hebrew"),
        LookAlike("1\u00a0200\u202ffrancs\u00a0: « trop »", "no-break spaces"),
        LookAlike("a long compo\u00ad\nsition", "a soft hyphen where a line was broken"),
        LookAlike("f\u2061(x) = 2\u2062x", "invisible operators of mathematics"),
    )

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        yield Trigger("pattern", "(?:" + "|".join(_NAMES) + ")"), None

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        for line in sorted({doc.line_at(h.end - 1) for h in hits}):
            start, stop = doc.span(line)
            for m in _RUN.finditer(doc.text, start, stop):
                yield from _useless(doc, m.start(), m.end(), start, stop)


def _useless(doc: Document, start: int, stop: int, low: int, high: int) -> Iterator[Candidate]:
    """The parts of a run of invisible characters that do nothing."""
    text = doc.text
    before, after = (
        text[start - 1 : start] if start > low else "",
        text[stop : stop + 1] if stop < high else "",
    )
    at = start
    while at < stop:
        first = at
        while at < stop and not _works(doc, text[at], before, after, low, high):
            at += 1
        if at > first:
            names = sorted({_NAMES[c] for c in text[first:at]})
            what = " and ".join(names) if len(names) < 3 else "invisible characters"
            where = "inside of a word" if before.isalpha() and after.isalpha() else "where it does nothing"
            yield Candidate(first, at, 0.97 if where[0] == "i" else 0.94, f"{what} {where}")
        at += 1


def _works(doc: Document, c: str, before: str, after: str, low: int, high: int) -> bool:
    """Whether an invisible character does something between its neighbours."""
    if c == "\u00ad":
        return not after and before.isalpha()
    if c == "\u200b":
        return _any(_UNSPACED, before, after)
    if c in _JOINERS:
        if _any(_JOINING, before, after):
            return True
        return c == "\u200d" and _any(_EMOJI, before, after)
    if c in _DIRECTION:
        return _right_to_left(doc)
    return False


def _any(kind: regex.Pattern[str], before: str, after: str) -> bool:
    return bool((before and kind.match(before)) or (after and kind.match(after)))


def _right_to_left(doc: Document) -> bool:
    """Whether the document has letters that run from right to left."""
    found = doc.memo.get("right to left")
    if found is None:
        found = doc.memo["right to left"] = _RIGHT_TO_LEFT.search(doc.text) is not None
    return bool(found)
