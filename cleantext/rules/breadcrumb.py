"""CT305: navigation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import regex

from cleantext.document import Document
from cleantext.rules import pieces
from cleantext.rules.base import Candidate, Example, LookAlike
from cleantext.rules.pieces import RowRule
from cleantext.scan.trigger import Trigger

_ARROWS = frozenset("> » › → ::".split())

_ARROW = regex.compile(r"[^\S\n]*(?:[>»›→]|::)[^\S\n]*")


class Breadcrumb(RowRule):
    """Finds navigation: paths to the page, skip links, menus and their entries.

    "Home > Politics > Europe", "Skip to main content", "Menu", and menus that come as one word a line.
    Single words count only beside other labels or several in a row.

    Leaves alone: paths of settings in a guide ("Settings > Privacy"), sentences that say home or back,
    lists of topics in a text.

    Source: navigation of news sites and content management systems.
    """

    code = "CT305"
    name = "navigation"
    family = "breadcrumb"
    what = "navigation"
    examples = (
        Example(
            "Home » Travel » The bridge that opens in May\nThe mayor said so on the square.\nIt was closed for a year.\n",
            "The mayor said so on the square.\nIt was closed for a year.\n",
        ),
        Example(
            "Home > Politics > Europe\nThe bridge opens in May.\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "Skip to main content\nThe bridge opens in May.\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "Startseite > Politik\nDie Brücke öffnet im Mai.\n",
            "Die Brücke öffnet im Mai.\n",
        ),
    )
    lookalikes = (
        LookAlike("Follow the path: Settings > Privacy > Cookies.", "a guide"),
        LookAlike("Home is where the heart is, and back home the sea was near.", "a sentence"),
        LookAlike("Home\nShe had not been there for a year.", "a heading of one word"),
    )

    @cached_property
    def _homes(self) -> frozenset[str]:
        """The names of front pages that begin a path, in all languages."""
        return pieces.heads_of("breadcrumb", _ARROWS)

    @cached_property
    def _path(self) -> regex.Pattern[str]:
        """A front page, sections, and the headline of the page."""
        home = r"(?i:\L<homes>)"
        arrow = r"[^\S\n]*(?:[>»›→]|::)[^\S\n]*"
        part = r"[\p{L}\p{N}][^\n>»›→|]{1,40}"
        return pieces.compiled(
            rf"{home}(?:{arrow}{part}){{0,4}}{arrow}[^\n>»›→|]{{1,159}}[^\n>»›→|.!?。]", homes=self._homes
        )

    @cached_property
    def _lead(self) -> regex.Pattern[str]:
        """A path whose last section is a word with what follows it in small letters, before a sentence."""
        home = r"(?i:\L<homes>)"
        arrow = r"[^\S\n]*(?:[>»›→]|::)[^\S\n]*"
        part = r"(?:\p{Lu}[\p{Ll}\p{M}-]+|\p{Lu}{2,}(?!\p{Ll}))(?:[^\S\n](?:&[^\S\n])?\p{Ll}[\p{Ll}\p{M}]*)*+"
        return pieces.compiled(
            rf"{home}(?:{arrow}{part}){{1,4}}[^\S\n]++(?=[\p{{Lu}}\"“„«¿¡])", homes=self._homes
        )

    def row_triggers(self) -> Iterable[Trigger]:
        for home in sorted(self._homes):
            yield Trigger("begin", home, after="arrow after")

    def rows(self, doc: Document, line: int) -> Iterator[Candidate]:
        row = pieces.whole(doc, line, self._path)
        if row is not None:
            last = _ARROW.split(doc.line(line).strip())
            if len(last) == 2 and last[1][:1].islower():
                return  # `Home > sea, wrote my brother`: a verse
            yield Candidate(*doc.block(line, line), 0.95, "the line is the path to the page")
            return
        row = pieces.tail(doc, line, self._path)
        if row is not None:
            start, stop = row.start, doc.span(line)[1]
            while start and doc.text[start - 1] in " \t\u00a0":
                start -= 1
            yield Candidate(start, stop, 0.9, "the paragraph ends in the path to the page")
            return
        start, stop = doc.span(line)
        m = self._lead.match(doc.text, start, min(stop, start + 160))
        if m is not None and stop - m.end() >= 20:
            yield Candidate(start, m.end(), 0.84, "the paragraph begins with the path to the page")
