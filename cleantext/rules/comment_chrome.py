"""CT307: furniture of a comment section."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.label import LabelRule


class CommentChrome(LabelRule):
    """Finds the furniture of comment sections: counts, forms, buttons, requests to log in or join.

    "12 comments", "Leave a reply", "Your email address will not be published", and single words ("Reply",
    "Report") beside them. The comments themselves stay.

    Leaves alone: what people write, sentences about comments, counts in a sentence.

    Source: comment forms of WordPress and other systems in many languages, forum software.
    """

    code = "CT307"
    name = "comment-furniture"
    family = "comment-chrome"
    what = "furniture of a comment section"
    examples = (
        Example(
            "The bridge opens in May.\nLeave a Reply\nYour email address will not be published.\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "The bridge opens in May.\nThe ferry stops.\n12 Comments\n",
            "The bridge opens in May.\nThe ferry stops.\n",
        ),
        Example(
            "Die Brücke öffnet im Mai.\nDie Fähre hält.\nKommentar schreiben\n",
            "Die Brücke öffnet im Mai.\nDie Fähre hält.\n",
        ),
    )
    lookalikes = (
        LookAlike("In the comments, 112 people said that the bridge should be blue.", "a sentence"),
        LookAlike("Reply to my letter when you can.", "a sentence"),
        LookAlike("He left a comment and no name.", "a sentence"),
    )
