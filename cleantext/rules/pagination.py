"""CT310: pagination."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.label import LabelRule


class Pagination(LabelRule):
    """Finds pagination: numbers of pages, "next" and "previous", "load more".

    They lead to other parts of the site. Words that could be a heading count only beside others.

    Leaves alone: references to pages ("on page 3"), sentences with next and previous, numbered lists.

    Source: archive pages of news sites, blogs and forums.
    """

    code = "CT310"
    name = "pagination"
    family = "pagination"
    what = "pagination"
    examples = (
        Example(
            "The bridge opens in May.\nPage 1 of 12\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "The bridge opens in May.\nThe ferry stops.\n« Previous Next »\n",
            "The bridge opens in May.\nThe ferry stops.\n",
        ),
        Example(
            "Die Brücke öffnet im Mai.\nSeite 2 von 5\n",
            "Die Brücke öffnet im Mai.\n",
        ),
    )
    lookalikes = (
        LookAlike("Next page, next year, next life, he used to say.", "a sentence"),
        LookAlike("The table on page 3 of 12 lists the bridges.", "a reference"),
        LookAlike("1\n2\n3", "a numbered list without more"),
    )
