"""CT101: what fell into a date phrase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cleantext.dategap import before, behind, yearfirst
from cleantext.dategap.before import Gap, reason
from cleantext.dategap.words import NUMBERED, WINDOW, DateWord, date_words, day_before, join_before
from cleantext.document import Document
from cleantext.rules.base import Candidate, Example, Gate, Hit, LookAlike, Rule
from cleantext.scan.trigger import Trigger

_CALLS_SHORT = "in|im|en|em|w|v|i|a|di|of|by|de|do|da|this|last|next|until|since|from|to|late|early|mid|le|el|du|au|am|den|op|på|pe|u|ve"


class DateIntrusion(Rule):
    """Finds names, credits, ad labels and names of sites that fell into a date phrase, and mends the phrase.

    A byline, a caption's credit or an ad that floats in the page's layout is set into the running text
    where it happens to stand: `on Marcus EriksonTuesday, kicking off`, `14 Photo by Ana LimaMarch 2023`.
    A date leaves no room for a name between its parts, so what stands there is a stranger: between
    a preposition that calls for a date and the weekday, between weekday and day, day and month, month
    and year. A missing blank (`EriksonTuesday`) makes it certain. The strange words go, and one blank
    stays where words would touch.

    Leaves alone: names that hold a weekday or a month (Ruby Tuesday, Good Friday, Theresa May), lists
    of names and days, and the press style that sets a weekday right behind a name (`Mayor Ana Ruiz
    Tuesday signed`), which is why a name in front of a weekday, with blanks on both sides, is only
    flagged unless what stands before it calls for a date.

    Source: weekdays and months in 70 languages from Unicode CLDR; prepositions per language by hand.
    """

    code = "CT101"
    name = "date-stranger"
    family = "date-intrusion"
    examples = (
        Example(
            "They arrive in Oslo on Marcus EriksonTuesday, kicking off a tour.",
            "They arrive in Oslo on Tuesday, kicking off a tour.",
        ),
        Example(
            "The hall opened on 12Photo by Ana LimaJune 1998 and closed later.",
            "The hall opened on 12 June 1998 and closed later.",
        ),
        Example("Sie trafen sich am AnzeigeDienstag in Bonn.", "Sie trafen sich am Dienstag in Bonn.", "de"),
        Example(
            "Le conseil vote le 2 Jean Dupont juin 2009 à Lyon.",
            "Le conseil vote le 2 juin 2009 à Lyon.",
            "fr",
        ),
        Example(
            "La sesión fue el 14 de Ana Lima marzo de 2017 en Lima.",
            "La sesión fue el 14 de marzo de 2017 en Lima.",
            "es",
        ),
    )
    lookalikes = (
        LookAlike(
            "We ate at Ruby Tuesday on Good Friday with Wednesday Addams.", "names that hold a weekday"
        ),
        LookAlike("Mayor Ana Ruiz Tuesday signed the bill.", "press style"),
        LookAlike("Cleaning: Ana Ruiz Tuesday, Leo Park Wednesday.", "a list of names and days"),
        LookAlike("In 2016 Theresa May became prime minister.", "a name that is a month"),
        LookAlike("Am Karfreitag und am Ostermontag bleibt das Museum zu.", "compounds with weekdays"),
    )

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        short: dict[str, list[DateWord]] = {}
        for word in date_words():
            if word.folded.isascii() and len(word.folded) < 4:
                # They would be found inside of every other word.
                yield Trigger("word", word.folded), word
                short.setdefault(word.folded, []).append(word)
            else:
                yield Trigger("literal", word.folded), word
        # The same where something touches them: `14Pedromei` is left to chance, `in MayAna` isn't.
        for folded, words in short.items():
            for word in words:
                yield Trigger("pattern", rf"{folded},? ?(?:19|20)[0-9][0-9]"), word
                yield Trigger("pattern", rf"(?:[0-9]\.?|,|\b(?:{_CALLS_SHORT})) {folded}[a-z]"), word
        yield Trigger("pattern", "tháng [0-9]"), NUMBERED
        yield Trigger("pattern", "[0-9](?:年|월|月|년|日|일)"), None

    def gate(self, payload: Any) -> Gate | None:
        return None if payload is None or payload is NUMBERED else Gate(frozenset(payload.langs))

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        best: dict[tuple[int, int], Candidate] = {}
        for hit in hits:
            word = hit.payload
            gaps = _yearfirst(doc, hit.end) if word is None else _around(doc, hit.end, word)
            for gap, around in gaps:
                if word is not None and not doc.in_language(word.langs):
                    break
                known = best.get((gap.start, gap.end))
                if known is None or known.confidence < gap.confidence:
                    best[gap.start, gap.end] = Candidate(
                        gap.start, gap.end, gap.confidence, reason(gap, around), gap.blank
                    )
        yield from best.values()


def _around(doc: Document, end: int, word: DateWord) -> Iterator[tuple[Gap, str]]:
    """What stands before and behind one weekday or month."""
    text = doc.text
    folded = doc.folded
    if word is NUMBERED:
        start = end - len(word.folded) - 2
        while text[end : end + 1].isdigit():
            end += 1
    else:
        # a pattern ends behind the word: at a letter, or at a year
        start = folded.rfind(word.folded, max(0, end - len(word.folded) - 6), end)
        end = start + len(word.folded)
    if start < 0 or (word.capital and not text[start].isupper()):
        return  # `may`; `freitag` inside of a compound
    after = text[end : end + 1]
    if after.islower() or (after.isalpha() and text[end - 1].isupper()):
        return  # a longer word
    apostrophe = after in ("'", "’") and text[end + 1 : end + 2].isalpha()
    touched = start > 0 and text[start - 1].isalpha()
    if word.caseless and after.isalpha() and touched:
        return
    low, high = _window(text, start, end)
    at, kind = start, "weekday"
    if word.month:
        kind = "month"
        if text[start - 1 : start].isspace() or not touched:
            day = day_before(text, low, start)
            if day is not None:
                at, kind = day, "day"
    gap = None
    if kind == "month":
        join = join_before(text, low, start, word.langs)
        if join is not None:
            gap = before.find(text, low, join, end, word, kind)
            gap = gap if gap and gap.confidence >= 0.8 else None
    gap = gap or before.find(text, low, at, end, word, kind)
    if gap:
        yield gap, text[at:end]
    if not apostrophe and (not touched or (gap and gap.end == start)):
        for gap in behind.find(text, start, end, high, word):
            yield gap, text[start : min(high, gap.end + 12)]


def _yearfirst(doc: Document, end: int) -> Iterator[tuple[Gap, str]]:
    low, high = _window(doc.text, end, end)
    for gap in yearfirst.find(doc.text, low, end, high):
        yield gap, doc.text[max(low, gap.start - 8) : min(high, gap.end + 8)]


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of the line around a span that is looked at."""
    low = max(0, start - WINDOW)
    high = text.find("\n", end, end + WINDOW)
    return max(low, text.rfind("\n", low, start) + 1), high if high >= 0 else min(len(text), end + WINDOW)
