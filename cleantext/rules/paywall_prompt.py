"""CT203: requests to subscribe, log in or donate to read on."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.notice import NoticeRule


class PaywallPrompt(NoticeRule):
    """Finds sentences that stop a reader at a paywall, or ask for money to keep a paper going.

    For whom the text is (subscribers, members only), what to do to read on (subscribe, log in, create
    an account), what is left (free articles this month), what it costs, and appeals for support of
    independent journalism. They address the reader; an article speaks of subscribers in the third
    person.

    Leaves alone: business news about subscribers and paywalls, clubs and their members, appeals that
    are reported.

    Source: weights fitted on sentences written for this project in 24 languages, against clean documents.
    """

    code = "CT203"
    name = "paywall-request"
    family = "paywall-prompt"
    what = "a request to subscribe or log in"
    anchors = (
        "subscriber",
        "continue_reading",
        "log_in",
        "allowance",
        "journalism",
    )
    examples = (
        Example(
            "The harbour reopened on Monday.\nThe rest of this article is reserved for our subscribers.\n",
            "The harbour reopened on Monday.\n",
        ),
        Example(
            "The harbour reopened on Monday.\nRegister for free to read the full story.\n",
            "The harbour reopened on Monday.\n",
        ),
        Example(
            "Il porto ha riaperto lunedì.\nQuesto articolo è riservato agli abbonati. Sei già abbonato? Accedi\n",
            "Il porto ha riaperto lunedì.\n",
            "it",
        ),
    )
    lookalikes = (
        LookAlike(
            "The newspaper introduced a paywall in 2011 and lost a third of its subscribers.", "business news"
        ),
        LookAlike("Only members of the club may use the swimming pool.", "a club"),
        LookAlike("The service has 12 million subscribers, who pay eight dollars a month.", "business news"),
    )
