"""CT308: furniture of a player."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.label import LabelRule


class VideoChrome(LabelRule):
    """Finds the furniture of video and audio players: buttons, times, states, error messages.

    "Play Video", "0:00 / 2:34", "Video Player is loading." are parts of a player that the text doesn't
    have; "Watch: …" is a link to it.

    Leaves alone: sentences that tell to watch or play, times in a timetable, scripts of films.

    Source: texts of the common web players.
    """

    code = "CT308"
    name = "player"
    family = "video-chrome"
    never = frozenset({"start", "start-glued", "sentence"})
    headlines = 0
    what = "furniture of a player"
    examples = (
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
