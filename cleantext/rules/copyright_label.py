"""CT304: a line of the page's footer."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.label import LabelRule


class CopyrightLabel(LabelRule):
    """Finds lines of the page's footer: rights, links to terms and privacy, who built the site.

    "© 2024 The Ledger. All rights reserved.", "Privacy Policy | Terms | Contact us", "Powered by WordPress"
    belong to the site.

    Leaves alone: sentences about copyright, a statute or a ruling, the imprint of a book that is quoted.

    Source: footers of news sites, blogs and shops.
    """

    code = "CT304"
    name = "footer-link"
    family = "copyright-footer"
    what = "a line of the page's footer"
    examples = (
        Example(
            "The bridge opens in May.\n© 2024 The Ledger. All rights reserved.\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "Die Brücke öffnet im Mai.\n© 2024 Der Bote. Alle Rechte vorbehalten.",
            "Die Brücke öffnet im Mai.",
        ),
    )
    lookalikes = (
        LookAlike(
            "The sign © was added to the act in 1954, and it still stands on every title page.",
            "a sentence on copyright",
        ),
        LookAlike(
            "(1) The author is the first owner of the copyright.\n(2) All rights pass to the heirs.",
            "a statute",
        ),
        LookAlike('"All rights reserved" has had no effect since 2000, the court held.', "a quotation"),
    )
