"""CT212: a button or a heading of a consent banner."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.label import LabelRule


class CookieLabel(LabelRule):
    """Finds the buttons and headings of consent banners: "Accept all", "Manage preferences", "We value your privacy".

    The text of the banner is CT202's; these stand around it. Single words ("OK", "Decline") count only
    beside others.

    Leaves alone: sentences about cookies and settings, recipes for cookies.

    Source: the consent platforms that most sites use.
    """

    code = "CT212"
    name = "consent-button"
    family = "cookie-notice"
    what = "a button or a heading of a consent banner"
    examples = (
        Example(
            "Accept all cookies\nManage preferences\nThe bridge opens in May.\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "The bridge opens in May.\nWe value your privacy\nAccept\nReject\n",
            "The bridge opens in May.\n",
        ),
    )
    lookalikes = (
        LookAlike("To clear cookies, open the settings and choose Privacy.", "a guide"),
        LookAlike("Bake the cookies for ten minutes, then accept all praise.", "a recipe"),
    )
