"""CT305: navigation."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.label import LabelRule


class Breadcrumb(LabelRule):
    """Finds navigation: paths to the page, skip links, menus and their entries.

    "Home > Politics > Europe", "Skip to main content", "Menu", and menus that come as one word a line.
    Single words count only beside other labels or several in a row.

    Leaves alone: paths of settings in a guide ("Settings > Privacy"), sentences that say home or back,
    lists of topics in a text.

    Source: navigation of news sites and content management systems.
    """

    code = "CT305"
    name = "navigation"
    family = "breadcrumb"
    what = "navigation"
    examples = (
        Example(
            "Home > Politics > Europe\nThe bridge opens in May.\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "Skip to main content\nThe bridge opens in May.\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "Startseite > Politik\nDie Brücke öffnet im Mai.\n",
            "Die Brücke öffnet im Mai.\n",
        ),
    )
    lookalikes = (
        LookAlike("Follow the path: Settings > Privacy > Cookies.", "a guide"),
        LookAlike("Home is where the heart is, and back home the sea was near.", "a sentence"),
        LookAlike("Home\nShe had not been there for a year.", "a heading of one word"),
    )
