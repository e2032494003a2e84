"""CT213: a request to subscribe or log in."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.label import LabelRule


class PaywallLabel(LabelRule):
    """Finds the wordings of paywalls: "Already a subscriber? Log in", "Subscribe to continue".

    Other wordings are CT203's, which looks at what a sentence says.

    Leaves alone: sentences about subscribers and subscriptions.

    Source: paywalls of news sites.
    """

    code = "CT213"
    name = "paywall-button"
    family = "paywall-prompt"
    what = "a request to subscribe or log in"
    examples = (
        Example(
            "The bridge opens in May.\nAlready a subscriber? Log in\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "The bridge opens in May.\nSubscribe to continue reading\n",
            "The bridge opens in May.\n",
        ),
    )
    lookalikes = (
        LookAlike("To continue reading law, she had to give up medicine.", "a sentence"),
        LookAlike("The paper has 800 subscribers, half of them by post.", "a sentence"),
    )
