"""CT204: requests to install or open an app."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.notice import NoticeRule


class AppPrompt(NoticeRule):
    """Finds sentences that send a reader to the app of the site.

    What to do (download, install, open, scan the code), what (our app), where from (App Store, Google
    Play) and what for (alerts, reading on the go).

    Leaves alone: reports on apps and their makers, instructions that name an app among other steps.

    Source: weights fitted on sentences written for this project in 24 languages, against clean documents.
    """

    code = "CT204"
    name = "app-request"
    family = "app-prompt"
    what = "a request to install or open an app"
    anchors = (
        "app",
        "in_app",
    )
    examples = (
        Example(
            "The harbour reopened on Monday.\nInstall our app to get alerts on your phone.\n",
            "The harbour reopened on Monday.\n",
        ),
        Example(
            "El puerto abrió el lunes.\nDescarga nuestra app y recibe alertas en tu móvil.\n",
            "El puerto abrió el lunes.\n",
            "es",
        ),
    )
    lookalikes = (
        LookAlike("The app was downloaded a million times in its first week.", "business news"),
        LookAlike(
            "The company removed the app from Google Play after complaints from its users.", "business news"
        ),
    )
