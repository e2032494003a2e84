"""CT301: buttons to share or follow."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.label import LabelRule


class ShareBar(LabelRule):
    """Finds share bars: buttons that send the page to a network, copy its link, or ask to be followed.

    They stand above, below and beside an article and say nothing of it: "Share on Facebook", "Copy link",
    "979 shares". Wordings with the name of a network are sure wherever they stand; single words ("Tweet",
    "Print") count only beside other buttons.

    Leaves alone: sentences about sharing and about networks, instructions that name a button, recipes
    that end in "share with friends".

    Source: interface texts of sharing plug-ins and news sites.
    """

    code = "CT301"
    name = "share-bar"
    family = "share-bar"
    what = "buttons to share or follow"
    examples = (
        Example(
            "The bridge opens in May.\nShare on Facebook Share on Twitter\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "Die Brücke öffnet im Mai.Auf Facebook teilen\n",
            "Die Brücke öffnet im Mai.\n",
        ),
        Example(
            "Tweet\nPin\nEmail\nThe bridge opens in May.\n",
            "The bridge opens in May.\n",
        ),
    )
    lookalikes = (
        LookAlike("Press Share, then choose Copy link to send the map to a friend.", "instructions"),
        LookAlike("Share the bread with your neighbours and keep one slice for the birds.", "a sentence"),
        LookAlike("Yes.\nNo.\nLike him?", "dialogue"),
    )
