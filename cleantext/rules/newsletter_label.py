"""CT211: a form or a button for a newsletter."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.label import LabelRule


class NewsletterLabel(LabelRule):
    """Finds the parts of newsletter forms: buttons, fields, thanks, promises not to spam.

    "Your email address", "Subscribe", "No spam." surround a request to subscribe, which CT201 finds by what
    it says.

    Leaves alone: sentences about newsletters and subscribers, letters.

    Source: forms of mail services and news sites.
    """

    code = "CT211"
    name = "newsletter-form"
    family = "newsletter-prompt"
    what = "a form or a button for a newsletter"
    examples = (
        Example(
            "The bridge opens in May.\nNEWSLETTER\nYour email address\nSubscribe\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "The bridge opens in May.\nYou can unsubscribe at any time.\n",
            "The bridge opens in May.\n",
        ),
    )
    lookalikes = (
        LookAlike("The newsletter began in 1974 as two stapled sheets.", "a sentence"),
        LookAlike("Subscribe now and pay later was its slogan.", "a slogan that is told"),
    )
