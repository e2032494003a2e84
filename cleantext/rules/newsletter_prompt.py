"""CT201: requests to subscribe to a newsletter."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.notice import NoticeRule


class NewsletterPrompt(NoticeRule):
    """Finds sentences that ask a reader to sign up for a newsletter, to type an address, to confirm or cancel.

    Sites put them between paragraphs and at the end: what comes (the newsletter, headlines, updates),
    how often, where to (your inbox), what to do (sign up, enter your address), what is promised (no
    spam, unsubscribe at any time). They ask; an article tells. Buttons around them go along.

    Leaves alone: reports on newsletters and their readers, sentences that name a mailing list, letters.

    Source: weights fitted on sentences written for this project in 24 languages, against clean documents.
    """

    code = "CT201"
    name = "newsletter-request"
    family = "newsletter-prompt"
    what = "a request to subscribe to a newsletter"
    anchors = (
        "newsletter",
        "inbox",
        "unsubscribe",
        "enter",
    )
    examples = (
        Example(
            "The harbour reopened on Monday.\nGet our best reporting sent to your inbox every Saturday.\n",
            "The harbour reopened on Monday.\n",
        ),
        Example(
            "The harbour reopened on Monday.Sign up for our newsletter and stay informed.\nShips came in.\n",
            "The harbour reopened on Monday.\nShips came in.\n",
        ),
        Example(
            "Le port a rouvert lundi.\nRecevez chaque soir nos meilleurs articles dans votre boîte mail.\n",
            "Le port a rouvert lundi.\n",
            "fr",
        ),
    )
    lookalikes = (
        LookAlike("The newsletter of the society appears four times a year and has 300 readers.", "a report"),
        LookAlike("She signed up for the mailing list because her brother had asked her to.", "a story"),
        LookAlike("Newspapers found that daily newsletters keep readers loyal, the study said.", "a study"),
    )
