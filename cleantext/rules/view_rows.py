"""CT102: rows of dates and counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import regex

from cleantext.border import SENTENCE_END, unit_end, unit_start
from cleantext.document import Document
from cleantext.lexicon import words
from cleantext.lexicon.dates import DATE, compile_source
from cleantext.lexicon.form import NUMBER, WORD_BEGIN, expansions, source
from cleantext.rules.base import Candidate, Example, Hit, LookAlike, Rule
from cleantext.scan.trigger import Trigger

_SEPARATOR = r"(?:[^\S\n]|[|•·∙●,;/–—\-()\[\]:@]|(?i:\b(?:at|um|à|a las|alle|às|om|kl\.?|o|в|în)\b))*+"


# Unlike `form.TIME`, digits may follow: `15:34834`.
_TIME = r"(?:(?:[01]\d|2[0-3]|\d):[0-5]\d(?:[^\S\n]?(?:[aApP]\.?[mM]\b\.?|Uhr|น\.))?)"


class ViewRows(Rule):
    """Finds rows that hold a date or a time and a count of views, reads, comments or likes, and nothing else.

    Lists of articles and videos carry such rows below each headline; when the list is scraped, the
    headlines may be lost and the rows stay, often with the count fused to the time:
    `2025-04-28 15:34834 view` is 15:34 and 834 views. A row is taken as a whole, whatever the order
    and the separators, alone, in a run of lines, or glued to the end of a paragraph.

    Leaves alone: sentences that mention a count; tables whose numbers count something else or
    nothing (timetables, results, logs, readings by date); a count without a date or a time.

    Source: the words for units were collected from the user interfaces of news sites, video
    platforms and forum software; the form of fused rows is that of list pages whose cells
    lost the blanks between them.
    """

    code = "CT102"
    name = "view-row"
    family = "view-rows"
    examples = (
        Example(
            "The bridge opens in May.\n2024-03-09 08:15412 view\n2024-03-09 07:5098 view\n2024-03-08 19:221204 view",
            "The bridge opens in May.",
        ),
        Example(
            "Der Fluss steigt weiter.\nvor 3 Stunden 1.204 Aufrufe\n", "Der Fluss steigt weiter.\n", "de"
        ),
        Example("Они вернулись домой.\n09.03.2024 08:15 | 412 просмотров", "Они вернулись домой.", "ru"),
        Example("桥将于五月通车。\n2024年3月9日 412次浏览\n", "桥将于五月通车。\n", "zh"),
        Example("She won the race.12 Mar 2024 09:41 • 88 comments", "She won the race."),
        Example("Views: 1,204 09/03/2024 08:15\nThe ferry was late again.", "The ferry was late again."),
    )
    lookalikes = (
        LookAlike(
            "2025-04-24 834\n2025-04-25 792\n2025-04-26 1,540",
            "a table of counts by date, without a unit of attention",
        ),
        LookAlike("The clip had 412 views by 08:15 on 9 March.", "a sentence"),
        LookAlike("Saturday 15:00 Rovers v Athletic\nSunday 14:00 Albion v Rangers", "fixtures"),
        LookAlike("2024-03-09 08:15:02 INFO 412 reads from disk", "a log line says more than date and count"),
        LookAlike("412 comments", "a count alone may be a heading; comment furniture is another rule's"),
    )

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        units = sorted({w for ws in words("views", "units").values() for form in ws for w in _wordings(form)})
        before = sorted(
            {w for ws in words("views", "before").values() for form in ws for w in _wordings(form)}
        )
        number = "[0-9](?: ?(?:k|m|万|萬|천|만|тыс\\.?|mil|mio\\.?|tsd\\.?|mln|rb|jt|bin|tys\\.?|tis\\.?))? ?"
        yield Trigger("pattern", number + _any(units)), None
        yield Trigger("pattern", _any(before) + " ?:? ?[0-9]"), None

    @cached_property
    def _row(self) -> regex.Pattern[str]:
        """A run of dates, times and counts."""
        units = _any_form(words("views", "units"))
        before = _any_form(words("views", "before"))
        ago = _any_form(words("views", "ago"))
        item = (
            rf"(?P<date>{DATE})|(?P<ago>{ago})|(?P<pre>(?:{before})[^\S\n]?[:：]?[^\S\n]?{NUMBER})"
            rf"|(?P<time>{_TIME})|(?P<count>{NUMBER}[^\S\n]?(?:{units}))"
        )
        return compile_source(rf"(?:(?:{item}){_SEPARATOR})++")

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        lines = sorted({doc.line_at(h.end - 1) for h in hits})
        block: list[int] = []
        for line in lines:
            if not self._whole(doc, line):
                yield from self._glued(doc, line)
                continue
            if block and line != block[-1] + 1 and not _only_blank(doc, block[-1] + 1, line):
                yield self._block(doc, block)
                block = []
            block.append(line)
        if block:
            yield self._block(doc, block)

    def _whole(self, doc: Document, line: int) -> bool:
        start, stop = doc.span(line)
        if stop - start > 2000:
            return False
        text = doc.text[start:stop].strip()
        m = self._row.fullmatch(text)
        return bool(m) and _telling(m)

    def _block(self, doc: Document, block: list[int]) -> Candidate:
        start, stop = doc.block(block[0], block[-1])
        n = len(block)
        what = (
            "is a time and a count of views or the like"
            if n == 1
            else "are times and counts of views or the like"
        )
        lines = "the line" if n == 1 else f"{n} lines in a row"
        return Candidate(start, stop, 0.94 if n == 1 else 0.99, f"{lines} {what}, and nothing else")

    def _glued(self, doc: Document, line: int) -> Iterator[Candidate]:
        """Rows at the end of a paragraph, after its last sentence, and at its beginning."""
        start, stop = doc.span(line)
        text = doc.text
        # Rows hold no sentence end but those inside of dates, so look back from the line's end.
        low = max(start, stop - 2000)
        for m in self._row.finditer(text, low, stop):
            if not _telling(m):
                continue
            if not text[m.end() : stop].strip() and SENTENCE_END.search(
                text, max(start, m.start() - 4), m.start()
            ):
                begin = unit_start(text, m.start(), start)
                yield Candidate(
                    begin, stop, 0.93, "the paragraph ends in times and counts of views or the like"
                )
            elif m.start() == start and text[m.end() : m.end() + 1].isupper():
                end = unit_end(text, m.end(), stop)
                yield Candidate(
                    start, end, 0.85, "the paragraph begins with a time and a count of views or the like"
                )


def _telling(m: regex.Match[str]) -> bool:
    """Whether a run holds both a count and a date or a time."""
    return bool((m["count"] or m["pre"]) and (m["date"] or m["time"] or m["ago"]))


def _only_blank(doc: Document, first: int, stop: int) -> bool:
    return stop - first <= 3 and all(doc.blank(i) for i in range(first, stop))


def _wordings(form: str) -> tuple[str, ...]:
    return expansions(form) or ()


def _any(literals: Iterable[str]) -> str:
    return "(?:" + "|".join(regex.escape(w, special_only=True, literal_spaces=True) for w in literals) + ")"


def _any_form(forms: dict[str, list[str]]) -> str:
    """The forms as one alternation; a unit may follow its number without a border between."""
    distinct = sorted({f for fs in forms.values() for f in fs}, key=lambda f: (-len(f), f))
    return "|".join(source(f).removeprefix(WORD_BEGIN) if f[0] != "{" else source(f) for f in distinct)
