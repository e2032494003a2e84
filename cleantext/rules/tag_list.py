"""CT309: tags or categories of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import regex

from cleantext.document import Document
from cleantext.rules import pieces
from cleantext.rules.base import Candidate, Example, Hit, LookAlike
from cleantext.rules.pieces import RowRule
from cleantext.scan.trigger import Trigger


class TagList(RowRule):
    """Finds lists of tags, topics and categories: "Tags: bridges, Oslo", "Filed under Europe, Travel".

    They file the page and don't belong to its text. A label with a list behind it is sure as a line or
    glued to the end of a paragraph.

    Leaves alone: sentences that list things, keywords of a scientific abstract inside a paragraph, hashtags
    in a sentence.

    Source: blog systems and news sites.
    """

    code = "CT309"
    name = "tags"
    family = "tag-list"
    never = frozenset({"start", "sentence"})
    what = "tags or categories of the page"
    examples = (
        Example(
            "The bridge opens in May, the mayor said.\n#bridges #oslo #rivers\n",
            "The bridge opens in May, the mayor said.\n",
        ),
        Example(
            "The bridge opens in May.\nTags: bridges, Oslo, rivers\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "The bridge opens in May.Filed under: Europe, Travel\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "Die Brücke öffnet im Mai.\nSchlagworte: Brücken, Oslo\n",
            "Die Brücke öffnet im Mai.\n",
        ),
    )
    lookalikes = (
        LookAlike("Tags were tied to each sack: rice, beans, salt.", "a sentence"),
        LookAlike("Topics included rain, debt and marriage.", "a sentence"),
        LookAlike("She used #oslo in every tweet of that summer.", "a hashtag in a sentence"),
    )

    # Two hashtags or more in a row.
    _HASHES = regex.compile(
        r"#[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*(?:[^\S\n]*[,·|/]?[^\S\n]*#[\p{L}\p{N}_][\p{Ll}\p{Lo}\p{M}\p{N}_-]*)+"
    )

    def row_triggers(self) -> Iterable[Trigger]:
        yield Trigger("pattern", "#[^ \n#]{2,60} {0,2}[,|]? {0,2}#[^ \n0-9#]")

    def rows(self, doc: Document, line: int) -> Iterator[Candidate]:
        yield from self.placed(doc, line, self._HASHES, 0.92, "a row of hashtags")

    @cached_property
    def _listed(self) -> regex.Pattern[str]:
        """A label and two categories or more with commas, before a sentence."""
        said = r"(?i:\L<said>)"
        cat = r"(?:\p{Lu}[\p{Ll}\p{M}-]+|\p{Lu}{2,}(?!\p{Ll}))(?:[^\S\n](?:&[^\S\n])?\p{Ll}[\p{Ll}\p{M}]*)*+"
        return pieces.compiled(
            rf"{said}[^\S\n]?[:：]?[^\S\n]*{cat}(?:,[^\S\n]?{cat})++[^\S\n]*+(?=[\p{{Lu}}\"“„«¿¡])",
            said=pieces.heads(self.family, "cats"),
        )

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        yield from super().find(doc, hits)
        for line in sorted({doc.line_at(h.end - 1) for h in hits if h.payload is not None}):
            start, stop = doc.span(line)
            m = self._listed.match(doc.text, start, min(stop, start + 160))
            if m is not None and stop - m.end() >= 20:
                yield Candidate(start, m.end(), 0.83, "the paragraph begins with the categories of the page")
