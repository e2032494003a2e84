"""CT205: copyright notices."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.notice import NoticeRule


class CopyrightNotice(NoticeRule):
    """Finds sentences by which a site reserves its rights or forbids to copy.

    Who holds the rights (a sign, a year, a company), what is reserved, what may not be done (copied,
    republished, broadcast) and without whose consent.

    Leaves alone: articles on copyright law, court rulings, other things that are forbidden.

    Source: weights fitted on sentences written for this project in 24 languages, against clean documents.
    """

    code = "CT205"
    name = "rights-notice"
    family = "copyright-footer"
    what = "a copyright notice"
    anchors = (
        "copyright",
        "forbid",
    )
    examples = (
        Example(
            "The harbour reopened on Monday.\nCopyright 2016 Harbour Review Ltd. No part of it may be copied without permission.\n",
            "The harbour reopened on Monday.\n",
        ),
        Example(
            "Le port a rouvert lundi.\nToute reproduction, même partielle, est interdite sans autorisation.\n",
            "Le port a rouvert lundi.\n",
            "fr",
        ),
    )
    lookalikes = (
        LookAlike(
            "The court held that the copyright in the photograph belonged to its author.", "a court ruling"
        ),
        LookAlike("Copyright law protects a work for 70 years after the death of its author.", "a law"),
        LookAlike("Smoking is prohibited on all platforms of the station.", "something else is forbidden"),
    )
