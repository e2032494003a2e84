"""CT214: a link to an app."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.label import LabelRule


class AppLabel(LabelRule):
    """Finds links to apps: "Get it on Google Play", "Open in app", "Scan the QR code to install".

    Other wordings are CT204's, which looks at what a sentence says.

    Leaves alone: sentences about apps and shops for them, instructions.

    Source: banners of news sites and the badges of the app stores.
    """

    code = "CT214"
    name = "app-button"
    family = "app-prompt"
    what = "a link to an app"
    examples = (
        Example(
            "The bridge opens in May.\nDownload on the App Store\nGet it on Google Play\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "The bridge opens in May.\nThe ferry stops.\nOpen in app\n",
            "The bridge opens in May.\nThe ferry stops.\n",
        ),
    )
    lookalikes = (
        LookAlike("The app store opened in 2008 with 500 apps.", "a sentence"),
        LookAlike("Open the app, sign in and choose a seat.", "an instruction"),
    )
