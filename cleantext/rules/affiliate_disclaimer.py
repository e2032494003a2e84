"""CT104: affiliate disclaimers."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.notice import NoticeRule


class AffiliateDisclaimer(NoticeRule):
    """Finds notices by which a site says that it earns from the links or the products it shows.

    Shopping pages must disclose that they are paid: who earns (we, the site), what (a commission, a
    share of the sale), from what (links, purchases), that products were chosen independently, that
    prices may have changed. The notice belongs to the page, not to the text, and it is often cut off
    at a fixed width. What counts is the combination, not the wording, so that new wordings, other
    orders and cut ones are found.

    Leaves alone: an article about affiliate marketing, which reports and quotes; price lists; a
    sentence that merely names a commission or a partner.

    Source: the parts of a disclosure follow what the US FTC's endorsement guides and the German and
    British codes for advertising ask publishers to say; weights fitted on sentences written for this
    project in 24 languages, against clean documents.
    """

    code = "CT104"
    name = "affiliate-disclosure"
    family = "affiliate-disclaimer"
    what = "a notice on who earns from links or products"
    anchors = ("affiliate", "commission", "link", "independent", "price_caveat", "no_cost")
    examples = (
        Example(
            "The blue kettle was the fastest.\nThis review has affiliate links: if you order through them, we get a small commission.\n",
            "The blue kettle was the fastest.\n",
        ),
        Example(
            "The blue kettle was the fastest.\nOur editors chose every product independently. When you buy through links on this page, we may earn a comm",
            "The blue kettle was the fastest.",
        ),
        Example(
            "Der blaue Kocher war der schnellste.\nMit * markierte Links sind Affiliate-Links: Bei einem Kauf erhalten wir eine Provision.\n",
            "Der blaue Kocher war der schnellste.\n",
            "de",
        ),
    )
    lookalikes = (
        LookAlike(
            "The study found that most shops pay a commission to the sites that link to their products.",
            "an article about affiliate marketing",
        ),
        LookAlike('Many pages say "we may earn a commission from links", he wrote.', "a quotation"),
        LookAlike(
            'State it above the first link, in words like these: "We get a commission when you buy through our links."',
            "a guide that quotes one",
        ),
        LookAlike(
            "The agent takes a commission of three per cent on every sale.",
            "a commission, but nobody discloses",
        ),
        LookAlike(
            "Prices were correct in April and are reviewed every spring by the council.", "a price list"
        ),
    )
