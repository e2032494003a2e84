"""CT309: tags or categories of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import regex

from cleantext.border import SENTENCE_END, unit_start
from cleantext.document import Document
from cleantext.rules.base import Candidate, Example, Hit, LookAlike
from cleantext.rules.label import LabelRule
from cleantext.scan.trigger import Trigger

_HASHTAGS = regex.compile(r"(?:[#＃][\p{L}\p{M}\p{N}_]{2,40}[^\S\n]*,?[^\S\n]*){2,}")
_ROW = "row"


class TagList(LabelRule):
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
    what = "tags or categories of the page"

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        yield from super().triggers()
        yield Trigger("pattern", r"(?:#|＃)[^\n #]{2,80} *,? *(?:#|＃)"), _ROW

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        yield from super().find(doc, [h for h in hits if h.payload != _ROW])
        for line in sorted({doc.line_at(h.end - 1) for h in hits if h.payload == _ROW}):
            yield from self._hashtags(doc, line)

    def _hashtags(self, doc: Document, line: int) -> Iterator[Candidate]:
        """Hashtags in a row, as a line of its own or behind the last sentence of a paragraph."""
        start, stop = doc.span(line)
        text = doc.text
        if _HASHTAGS.fullmatch(text, start, stop):
            begin, end = doc.block(line, line)
            yield Candidate(begin, end, 0.9, f"{self.what}: a line of hashtags")
            return
        low = max(start, stop - 300)
        for m in _HASHTAGS.finditer(text, low, stop):
            if m.end() == stop and SENTENCE_END.search(text, max(start, m.start() - 8), m.start()):
                begin = unit_start(text, m.start(), start)
                yield Candidate(begin, stop, 0.85, f"{self.what}: hashtags behind the last sentence")

    examples = (
        Example(
            "The bridge opens in May.\nTags: bridges, Oslo, rivers\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "The bridge opens in May.Filed under: Europe, Travel\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "The bridge opens in May.\n#Bridges #Oslo #Travel\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "Die Brücke öffnet im Mai.\nSchlagworte: Brücken, Oslo\n",
            "Die Brücke öffnet im Mai.\n",
        ),
    )
    lookalikes = (
        LookAlike("# Heading\n## Another heading\n", "Markdown"),
        LookAlike("Why I left #oslo, and #bergen too.", "hashtags in a sentence"),
        LookAlike("Tags were tied to each sack: rice, beans, salt.", "a sentence"),
        LookAlike("Topics included rain, debt and marriage.", "a sentence"),
        LookAlike("She used #oslo in every tweet of that summer.", "a hashtag in a sentence"),
    )
