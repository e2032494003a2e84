"""CT302: a byline or a time of publication."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.label import LabelRule


class Byline(LabelRule):
    """Finds bylines, times of publication and reading times that stand apart from the text.

    Who wrote a page and when is metadata: "By Ana Lima | 3 May 2024", "Updated 2 hours ago",
    "4 min read". It goes when a line holds nothing else, or when it is glued to the end or the beginning
    of a paragraph.

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
    )
    lookalikes = (
        LookAlike("By Tuesday the river had risen by a metre.", "a sentence"),
        LookAlike("By Ana Lima's account, the meeting lasted a minute.", "a sentence"),
        LookAlike("3 May 2024: the bridge opens.\n4 May 2024: the bridge closes.", "a chronicle"),
    )
