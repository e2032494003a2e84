"""CT308: furniture of a player."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import regex

from cleantext.document import Document
from cleantext.rules import pieces
from cleantext.rules.base import Candidate, Example, Hit, LookAlike
from cleantext.rules.pieces import RowRule
from cleantext.scan.trigger import Trigger


class VideoChrome(RowRule):
    """Finds the furniture of video and audio players: buttons, times, states, error messages.

    "Play Video", "0:00 / 2:34", "Video Player is loading." are parts of a player that the text doesn't
    have; "Watch: …" is a link to it.

    Leaves alone: sentences that tell to watch or play, times in a timetable, scripts of films.

    Source: texts of the common web players.
    """

    code = "CT308"
    name = "player"
    family = "video-chrome"
    never = frozenset({"start", "sentence"})
    headlines = 1
    what = "furniture of a player"
    examples = (
        Example(
            "The bridge opens in May.\nThe ferry stops.\n0:00 / 3:12\n",
            "The bridge opens in May.\nThe ferry stops.\n",
        ),
        Example(
            "The bridge opens in May.\nThe ferry stops.\nPlay Video\n",
            "The bridge opens in May.\nThe ferry stops.\n",
        ),
        Example(
            "Video Player is loading.\nPlay Video\nMute\nThe bridge opens in May.\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "Le pont ouvre en mai.\nLe ferry s'arrête.\nVoir la vidéo\n",
            "Le pont ouvre en mai.\nLe ferry s'arrête.\n",
        ),
    )
    lookalikes = (
        LookAlike("Play the video once without sound, then watch: the bird turns.", "a sentence"),
        LookAlike("15:34 Concert\n16:00 Tea", "a timetable"),
        LookAlike("Watch the kettle until it boils.", "an instruction"),
    )

    @cached_property
    def _player(self) -> regex.Pattern[str]:
        """What a player shows: two clocks, and its words."""
        words = {w for w in pieces.plain("video-chrome", "weak", "line") if 2 < len(w) <= 20}
        clock = r"-?\d{1,2}:\d\d(?::\d\d)?"
        item = rf"(?:{clock}|\d{{1,3}}%|\d(?:\.\d+)?x|(?i:video player is loading|\L<words>))"
        space = r"[^\S\n]*[./|:·-]?[^\S\n]*"
        return pieces.compiled(
            rf"(?:{item}{space})*?{clock}{space}(?:{item}{space})*?{clock}(?:{space}{item})*+", words=words
        )

    def row_triggers(self) -> Iterable[Trigger]:
        yield Trigger("pattern", r"[0-9]{1,2}:[0-5][0-9] ?/ ?(?:[^\n0-9]{3,20} )?[0-9]{1,2}:[0-5][0-9]")

    def rows(self, doc: Document, line: int) -> Iterator[Candidate]:
        yield from self.placed(doc, line, self._player, 0.92, "the clock of a player")

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        """As ever; a stroke between two of the player's lines belongs to them."""
        found = list(super().find(doc, hits))
        yield from found
        ends = {c.end for c in found if c.confidence >= 0.8}
        for c in found:
            if c.confidence < 0.8 or not c.start:
                continue
            line = doc.line_at(c.start) - 1
            if line > 0 and doc.lines[line].strip() == "/" and doc.span(line)[0] in ends:
                start, stop = doc.span(line)
                yield Candidate(
                    start,
                    min(stop + 1, len(doc.text)),
                    c.confidence,
                    "a stroke between the clocks of a player",
                )
