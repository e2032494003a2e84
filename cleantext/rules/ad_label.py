"""CT106: the label of an advertisement."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.label import LabelRule


class AdLabel(LabelRule):
    """Finds labels of advertisements: "Advertisement", "Story continues below", "Sponsored content".

    They mark a gap in the page's layout into which an ad was loaded. As a line of their own, or between
    sentences, they are noise; in the middle of a sentence they are CT105's.

    Leaves alone: the words in a sentence ("the advertisement stood on page one"), headings of a history of
    advertising in a document of few lines.

    Source: labels of news sites in 40 languages.
    """

    code = "CT106"
    name = "ad-label"
    family = "inline-intrusion"
    lexicon_family = "ads"
    what = "the label of an advertisement"
    examples = (
        Example(
            "The bridge opens in May.\nAdvertisement\nIt was shut.\n",
            "The bridge opens in May.\nIt was shut.\n",
        ),
        Example(
            "The bridge opens in May.Story continues below advertisement\nIt was shut.\n",
            "The bridge opens in May.\nIt was shut.\n",
        ),
        Example(
            "Die Brücke öffnet im Mai.\nAnzeige\nSie war zu.\n",
            "Die Brücke öffnet im Mai.\nSie war zu.\n",
        ),
    )
    lookalikes = (
        LookAlike("The advertisement stood above each column from 1712.", "a sentence"),
        LookAlike("Die Anzeige erschien am Montag.", "a sentence"),
    )
