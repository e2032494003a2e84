"""EX001: the controls of a podcast player."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cleantext.document import Document
from cleantext.rules import Candidate, Example, Hit, LookAlike, Rule
from cleantext.scan import Trigger

_CONTROLS = re.compile(r"\s*(?:listen|play episode)\b[^.!?]{0,60}\b(\d{1,2}:\d{2}) */ *(\d{1,2}:\d{2})\s*")


class PodcastPlayer(Rule):
    """Finds lines that a podcast player leaves: a button, the place, and the length.

    They are controls, not text. Both times are needed: one alone is a time of day.

    Leaves alone: sentences, transcripts with a time at the beginning of a line, and programmes.
    """

    code = "EX001"
    name = "podcast-player"
    family = "video-chrome"
    examples = (
        Example(
            "The bridge opens in May.\nListen to this article 0:00 / 12:34\nIt was shut.\n",
            "The bridge opens in May.\nIt was shut.\n",
        ),
        Example("It was shut.\nPlay episode: The bridge 00:00/31:10\n", "It was shut.\n"),
    )
    lookalikes = (
        LookAlike("Listen to the tides at 12:34.", "a sentence with one time"),
        LookAlike("0:00 Listen to me, she said.", "a transcript"),
    )

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        # "look here": literals of folded text (lower case); nothing else of a text costs anything
        return [(Trigger("word", "listen"), None), (Trigger("literal", "play episode"), None)]

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        for line in sorted({doc.line_at(hit.end - 1) for hit in hits}):
            match = _CONTROLS.fullmatch(doc.lines[line])
            if match:
                start, end = doc.block(line, line)
                yield Candidate(
                    start, end, 0.95, f"a player's button, place ({match[1]}) and length ({match[2]})"
                )
