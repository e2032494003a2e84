"""CT202: notices on cookies and consent."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.notice import NoticeRule


class CookieNotice(NoticeRule):
    """Finds sentences by which a site says that it sets cookies, and asks for consent.

    The text of consent banners: who (we, this site, our partners), what (uses, stores cookies), what
    for (to improve your experience), what follows (by continuing you agree), and what to do when a
    browser refuses them. Buttons behind it ("Accept", "Got it!") go along.

    Leaves alone: court rulings and laws about cookies, guides that tell how to delete them, recipes.

    Source: weights fitted on sentences written for this project in 24 languages, against clean documents.
    """

    code = "CT202"
    name = "consent-notice"
    family = "cookie-notice"
    what = "a notice on cookies or consent"
    anchors = (
        "cookie",
        "privacy",
    )
    examples = (
        Example(
            "This page sets cookies to remember your choices. Accept Decline\nThe harbour reopened on Monday.\n",
            "The harbour reopened on Monday.\n",
        ),
        Example(
            "The harbour reopened on Monday.\nOur partners and we use cookies to personalise advertising; by staying on this site you agree.\n",
            "The harbour reopened on Monday.\n",
        ),
        Example(
            "Der Hafen öffnete am Montag wieder.Unsere Website setzt Cookies ein. Verstanden\n",
            "Der Hafen öffnete am Montag wieder.\n",
            "de",
        ),
    )
    lookalikes = (
        LookAlike(
            "The court ruled that a site must ask for consent before it sets cookies.", "a court ruling"
        ),
        LookAlike("To delete cookies, open the settings of the browser and choose privacy.", "a guide"),
        LookAlike("Bake the cookies for twelve minutes and store them in a dry place.", "a recipe"),
    )
