"""CT302: a byline or a time of publication."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import regex

from cleantext.document import Document
from cleantext.lexicon.dates import DATE, LISTS
from cleantext.lexicon.form import PARTICLES, SP, TIME, slot
from cleantext.rules import pieces
from cleantext.rules.base import Candidate, Example, Hit, LookAlike
from cleantext.rules.label import LabelRule
from cleantext.scan.trigger import Trigger

# What parts a name from a date: marks, and the small words of a few languages.
_GAP = rf"(?:{SP}*(?:[|•·,;:/–—-]|\b(?i:on|am|le|el|il|em|op|den|dnia|dne|от|в|at|um|à|alle|às|kl\.?|om|o)\b){SP}*|{SP}+)"
_SMALL = "on am le el il em op den dnia dne от в at um à alle às kl om o".split()  # of those
# A date that tells the year, as mastheads write it.
_DATED = r"(?=[^\n]{0,24}(?:19|20)\d\d|[^\n]{0,8}\d\d?[./-]\d\d?[./-]\d\d)"
# Longer lines are paragraphs.
_LONGEST = 120
_LONGEST_ABOVE = 100
# A line that ends so is a sentence.
_ENDED = frozenset(".!?…。！？।؟")
_FIELD = regex.compile(r"^[^\n:：.]{2,24}[:：]\s?\S[^\n]{0,60}$")
_CLOCK = regex.compile(r"\d\d?[:.]\d\d|\d{4}")
# What stands in every date that `_DATED` lets pass.
_YEAR = regex.compile(r"(?:19|20)\d\d|\d[./-]\d\d?[./-]\d\d")
_DIGIT = regex.compile(r"\d")
_FIGURE = regex.compile(r"[0-9]")
_LETTERS = regex.compile(r"[\p{L}\p{M}]+")
# A word in small letters that no name goes on with: `Jean-paul`, `N'golo`.
_LOWER_WORD = regex.compile(r"(?<![\p{L}\p{M}\p{N}'’-])\p{Ll}[\p{L}\p{M}]*+")
# Nowhere in a name, in what parts it from a date, or in a date.
_STRANGE = frozenset("?!()[]{}<>“”„«»#@_+%$€£…=*\\^~`")
# A row glued to a paragraph reaches no farther into it, in code points.
_REACH = 200
_FIRST_WORD = regex.compile(r"[^\W\d_]+")
# A name in small letters with words in capitals behind it: the heading of something else begins.
_ANOTHER_TEXT = regex.compile(r"(?:\p{Lu}\p{Ll}+[^\S\n]+){2}\p{Lu}{2,}[^\S\n]+\p{Lu}{3,}(?!\p{L})")
_OFFICE = r"(?:기자|특파원|記者|记者|通讯员|報道|报道|撰稿|editor|staff)"
_OFFICES = regex.compile(_OFFICE)


class Byline(LabelRule):
    """Finds bylines, times of publication and reading times that stand apart from the text.

    Who wrote a page and when is metadata: "By Ana Lima | 3 May 2024", "Updated 2 hours ago",
    "4 min read", a name with a date below it. It goes when a line holds nothing else, or when it is
    glued to the end or the beginning of a paragraph.

    Leaves alone: sentences that begin with "by", dates in lists and tables, signatures of letters and
    poems, headings that are names.

    Source: article headers of news sites and blog themes.
    """

    code = "CT302"
    name = "byline"
    family = "byline"
    never = frozenset({"start", "start-glued", "sentence"})
    what = "a byline or a time of publication"
    examples = (
        Example(
            "By Ana Lima\nThe bridge opens in May, the mayor said.\nIt was closed for a year.\n",
            "The bridge opens in May, the mayor said.\nIt was closed for a year.\n",
        ),
        Example(
            "The bridge opens in May.\nPublished 3 May 2024 at 10:15\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "Автор: А. П. Громов\n03.05.2024, 10:15\nМост откроют в мае, сказал мэр.\nОн был закрыт год.\n",
            "Мост откроют в мае, сказал мэр.\nОн был закрыт год.\n",
            "ru",
        ),
        Example(
            "다리는 5월에 열린다.\n이서연 기자 입력 2024.05.03 08:39\n시장이 말했다.\n",
            "다리는 5월에 열린다.\n시장이 말했다.\n",
            "ko",
        ),
        Example(
            "Ana Lima\n03/05/2024\nThe bridge opens in May, the mayor said.\nIt was closed for a year.\n",
            "The bridge opens in May, the mayor said.\nIt was closed for a year.\n",
        ),
    )
    lookalikes = (
        LookAlike("By Tuesday the river had risen by a metre.", "a sentence"),
        LookAlike("By Ana Lima's account, the meeting lasted a minute.", "a sentence"),
        LookAlike(
            "Von Ida Berg IM HINTERGRUND\nDie Gegenrechnung kommt auf 800 Millionen.",
            "the line holds more than an author",
        ),
        LookAlike("3 May 2024: the bridge opens.\n4 May 2024: the bridge closes.", "a chronicle"),
        LookAlike(
            "Ana Lima 03/05/1950\nLeo Berg 12/11/1948\nIda Moss 01/02/1951\nJon Ek 30/07/1949",
            "a table of births",
        ),
    )

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        yield from super().triggers()
        numeric = r"(?:[0-9]{1,2}[./-][0-9]{1,2}[./-](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}[./-][0-9]{1,2}[./-][0-9]{1,2})"
        yield Trigger("pattern", numeric), None
        yield Trigger("pattern", r"(?:19|20)[0-9][0-9](?:[^\n]{0,12}[0-9]{1,2}:[0-9][0-9])?[^\n]{0,6}$"), None

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        for c in super().find(doc, [h for h in hits if h.payload is not None]):
            if not _ANOTHER_TEXT.search(doc.text, c.start, c.end):
                yield c
        rows: dict[int, tuple[int, float, bool]] = {}
        ends: set[int] = set()
        seen: set[int] = set()
        for h in hits:
            line = doc.line_at(h.end - 1)
            start, stop = doc.span(line)
            if stop - start > _LONGEST:
                # In a paragraph, only a date at its very end or in its first words can be a byline's.
                if h.payload is None and (stop - h.end < 30 or h.end - start < 100):
                    ends.add(line)
                continue
            if h.payload is None:
                ends.add(line)
            if line in seen or doc.text[start:stop].rstrip()[-1:] in _ENDED:
                continue
            seen.add(line)
            if found := self._row(doc, line):
                rows[found[0]] = (max(line, found[0]), found[1], found[2])
        for first, (last, confidence, named) in rows.items():
            # The same shape in the lines beside it makes a table.
            if not named and any(
                n in rows and not rows[n][2] for n in (first - 1, last + 1, first - 2, last + 2)
            ):
                continue
            start, stop = doc.block(first, last)
            yield Candidate(
                start, stop, confidence, "a line that holds an author's name and a date, and nothing else"
            )
        for line in sorted(ends - set(rows)):
            yield from self._ends(doc, line)

    # -- rows of a name and a date ------------------------------------------------------------

    @cached_property
    def _line(self) -> regex.Pattern[str]:
        """An author who is called so or only named, with a date, or one of the two alone."""
        said, stated = r"(?i:\L<said>)", r"(?i:\L<stated>)"
        more = rf"(?:{SP}*(?:,|&|/|、|·|\b(?i:and|und|y|e|et|en|och|og|i|и)\b){SP}*(?&person)){{0,3}}"
        author = (
            rf"(?:(?P<said>{said}){SP}*[:：|/-]?{SP}*(?&person){more}(?:{SP}?{_OFFICE})?"
            rf"|(?P<office>(?&person){SP}?{_OFFICE}|{_OFFICE}{SP}*[:：/|]?{SP}*(?&person)))"
        )
        when = rf"(?P<when>{_DATED}(?&moment)(?:{SP}+{slot('tz')})?(?:{_GAP}?(?&moment))?)"
        return pieces.compiled(
            rf"(?(DEFINE)(?P<person>{pieces.PERSON})"
            rf"(?P<moment>(?:{stated}{SP}*[:：]?{SP}*)?{DATE}(?:{_GAP}?{TIME})?))"
            rf"(?:{author}(?:{_GAP}?{when})?|(?P<bare>(?&person))(?:{_GAP}{when})?|{when})",
            said=pieces.heads("byline", "name"),
            stated=pieces.heads("byline", "date"),
        )

    def _row(self, doc: Document, line: int) -> tuple[int, float, bool] | None:
        """First line, confidence, and whether a word names the author; None when a line is no byline."""
        start, stop = doc.span(line)
        if not _DIGIT.search(doc.text, start, stop) and not self._may_call(doc, start, stop):
            return None  # neither a date nor a word that says who wrote
        start, stop = pieces.inner(doc, line)
        if not self._calls(doc, start, stop):
            figure = _FIGURE.search(doc.text, start, stop)
            if figure is None or not _YEAR.search(doc.text, start, stop):
                return None
            if not self._may_be_named(doc, start, figure.start()):
                return None
            before = doc.text[start : figure.start()].split()
            if not before or (len(before) == 1 and before[0][0].isupper()):  # a date alone: `3 May`, `May 3`
                above = self._above(doc, line)
                if above is None or not self._may_name(doc, above):
                    return None
        row = pieces.whole(doc, line, self._line, _LONGEST)
        if row is None:
            return None
        m = row.match
        if m["said"] or m["office"]:
            return (
                (line, 0.45 if self._among_fields(doc, line) else 0.93, True) if self._called(row) else None
            )
        if m["bare"]:
            if not m["when"] or not _full(m["bare"]):
                return None
            return line, self._bare_confidence(doc, line, line), False
        if row.end - row.start > 60:
            return None
        above = self._above(doc, line)
        over = pieces.whole(doc, above, self._line, _LONGEST_ABOVE) if above is not None else None
        if above is None or over is None or over.match["when"]:
            return None
        if over.match["said"] or over.match["office"]:
            return (
                (above, 0.45 if self._among_fields(doc, above) else 0.93, True)
                if self._called(over)
                else None
            )
        if not _full(over.match["bare"]) or over.end - over.start > 60:
            return None
        return above, self._bare_confidence(doc, above, line), False

    @staticmethod
    def _above(doc: Document, line: int) -> int | None:
        """The line above a date, if it may hold an author's name."""
        above = line - 1
        while above > line - 3 and above >= 0 and doc.blank(above):
            above -= 1
        if above < 0:
            return None
        start, stop = doc.span(above)
        while start < stop and (doc.text[start].isspace() or doc.text[start] in "•·*|"):
            start += 1
        if not 0 < stop - start <= _LONGEST_ABOVE or doc.text[start].isdigit():
            return None
        return above

    @staticmethod
    def _called(row: pieces.Row) -> bool:
        """Whether the word before a name says enough: `De Jong` and `Vom Ernten` aren't bylines."""
        said = row.match["said"]
        if said is None:
            return True
        after = row.match.string[row.match.end("said") : row.end].lstrip()[:1]
        if (after and after in ":：|/") or any(c.isdigit() for c in row.match[0]):
            return True
        return len(said) >= 4 and _full(row.match[0][len(said) :])

    @staticmethod
    def _among_fields(doc: Document, line: int) -> bool:
        """Whether the lines beside it are fields as well, as in a catalogue: `Title: Emma`, `Pages: 474`."""
        near = (doc.lines[n] for n in (line - 1, line + 1) if 0 <= n < len(doc.lines))
        return any(_FIELD.match(other) and not _CLOCK.search(other) for other in near)

    def _bare_confidence(self, doc: Document, first: int, last: int) -> float:
        """A name and a date without a word that says what they are: sure only beside paragraphs."""
        top = not any(doc.lines[n].strip() for n in range(max(0, first - 40), first)) and first <= 40
        below = next(
            (doc.line(n) for n in range(last + 1, min(last + 4, len(doc.lines))) if not doc.blank(n)), ""
        )
        above = next((doc.line(n) for n in range(first - 1, max(first - 4, -1), -1) if not doc.blank(n)), "")
        if top:
            return 0.9 if len(below) >= 40 else 0.5
        if len(above) >= 40 and len(below) >= 40:
            return 0.84
        return 0.81 if len(above) >= 40 and not below else 0.45

    @cached_property
    def _callers(self) -> frozenset[str]:
        """The first words of all that says who wrote."""
        return frozenset(m[0] for w in pieces.heads("byline", "name") if (m := _FIRST_WORD.match(w)))

    @cached_property
    def _unspaced_callers(self) -> tuple[str, ...]:
        return tuple(w for w in sorted(pieces.heads("byline", "name")) if not w.isascii())

    def _may_call(self, doc: Document, start: int, stop: int) -> bool:
        """Whether an author may be named at `start`: nearly always no, and cheap."""
        word = _FIRST_WORD.match(doc.folded, start, stop)
        if word is None or word[0] in self._callers:
            return True
        if not word[0].isascii() and doc.folded.startswith(self._unspaced_callers, start):
            return True  # in scripts without blanks the name follows at once
        return _OFFICES.search(doc.text, start, stop) is not None

    @cached_property
    def _all_callers(self) -> frozenset[str]:
        """The same with those that begin with a mark, and as their capitals are folded."""
        said = pieces.heads("byline", "name")
        firsts = {m[0] if (m := _FIRST_WORD.match(w)) else w[0] for w in said}
        return frozenset(firsts | {w.replace("ı", "i") for w in firsts})

    def _calls(self, doc: Document, start: int, stop: int) -> bool:
        """Whether `_line` may find at `start` who wrote, or an office: also where a name is glued to the word."""
        word = _FIRST_WORD.match(doc.folded, start, stop)
        callers = self._all_callers
        first = word[0] if word is not None else doc.folded[start : start + 1]
        if first in callers:
            return True
        for i in range(1, len(first)):
            if first[:i] in callers and (
                not doc.text[start + i].islower() or first[i : i + 2] in ("al", "el")
            ):
                return True
        return _OFFICES.search(doc.text, start, stop) is not None

    @cached_property
    def _joins(self) -> frozenset[str]:
        """The words in small letters that may stand from an author's name to the day of a date."""
        stated = [*pieces.heads("byline", "date"), *LISTS["months"]]
        words = {w.lower() for said in stated for w in _LETTERS.findall(said)}
        return frozenset(words | set(PARTICLES) | set(_SMALL))

    @cached_property
    def _strange(self) -> regex.Pattern[str]:
        said = set[str]().union(*pieces.heads("byline", "date"), *LISTS["months"])
        return regex.compile("[" + "".join(map(regex.escape, sorted(_STRANGE - said))) + "]")

    def _may_be_named(self, doc: Document, start: int, stop: int) -> bool:
        """Whether nothing but a name and what may follow it up to the day of a date seems to stand there."""
        if self._strange.search(doc.text, start, stop):
            return False
        joins = self._joins
        for word in _LOWER_WORD.findall(doc.text, start, stop):
            if word not in joins and not any(
                word[:i] in joins and word[i:] in joins for i in range(1, len(word))
            ):
                return False
        return True

    def _may_name(self, doc: Document, line: int) -> bool:
        """Whether a line above a date may be a name, or say who wrote."""
        start, stop = pieces.inner(doc, line)
        if self._calls(doc, start, stop):
            return True
        return not _FIGURE.search(doc.text, start, stop) and self._may_be_named(doc, start, stop)

    def _may_end(self, doc: Document, start: int, stop: int) -> bool:
        """Whether an author and a date may stand at the end of a paragraph."""
        if not _YEAR.search(doc.text, start, stop):
            return False
        return self._may_call(doc, start, stop) and self._calls(doc, start, stop)

    def _ends(self, doc: Document, line: int) -> Iterator[Candidate]:
        """The same at the end of a paragraph, or glued to its beginning."""
        start, stop = doc.span(line)
        row = pieces.tail(doc, line, self._line, self._may_end)
        if row is not None and row.match["when"] and (row.match["said"] or row.match["office"]):
            begin = row.start
            while begin and doc.text[begin - 1] in " \t\u00a0":
                begin -= 1
            yield Candidate(begin, stop, 0.9, "the paragraph ends in an author's name and a date")
            return
        begin = pieces.inner(doc, line)[0]
        reach = min(stop, begin + _REACH)
        if not _YEAR.search(doc.text, begin, reach):
            return
        if not self._may_call(doc, start, min(stop, start + _LONGEST)) or not self._calls(doc, begin, reach):
            return
        row = pieces.head(doc, line, self._line) or self._spaced_head(doc, line)
        if row is not None and row.match["when"] and (row.match["said"] or row.match["office"]):
            yield Candidate(start, row.end, 0.86, "the paragraph begins with an author's name and a date")

    def _spaced_head(self, doc: Document, line: int) -> pieces.Row | None:
        """An author, a date, a blank, and the first word of the paragraph."""
        start, stop = doc.span(line)
        text = doc.text
        m = self._line.match(text, start, min(stop, start + 120))
        if m is None or not m["said"] or not m["when"]:
            return None
        end = m.end()
        while end < stop and text[end].isspace():
            end += 1
        if stop - end < 20 or not text[end].isupper() or end == m.end():
            return None
        return pieces.Row(line, start, end, "start-glued", m)


def _full(name: str) -> bool:
    """Whether a name has two words or more, or is of a script that sets no blanks."""
    return len(name.split()) >= 2 or (not name.isascii() and not name[0].isupper() and len(name) <= 5)
