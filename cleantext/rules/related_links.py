"""CT306: links to other articles."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.label import LabelRule


class RelatedLinks(LabelRule):
    """Finds links to other articles: "Read more: …", and lists of headlines below "Related articles".

    The headlines tell of other things than the text around them. With the heading go the headlines below
    it: lines with a capital and without an end mark, up to the next paragraph.

    Leaves alone: "see also" in a sentence or an encyclopedia's cross-reference inside a sentence, headings
    without headlines below them that could be a chapter's, bibliographies.

    Source: boxes of news sites and recommendation widgets.
    """

    code = "CT306"
    name = "related-links"
    family = "related-links"
    what = "links to other articles"
    examples = (
        Example(
            "The bridge opens in May.\nRelated articles\nA ferry sinks off Oslo\nWhy rivers flood\n\nIt was closed for a year.\n",
            "The bridge opens in May.\n\nIt was closed for a year.\n",
        ),
        Example(
            "The bridge opens in May.\nRead more: A ferry sinks off Oslo\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "Le pont ouvre en mai.\nÀ lire aussi : Un ferry coule à Oslo\n",
            "Le pont ouvre en mai.\n",
        ),
    )
    lookalikes = (
        LookAlike("Related to the king on his mother's side, he was well read.", "a sentence"),
        LookAlike("See also his letters to Anna, which are kinder.", "a sentence"),
        LookAlike("Further reading is given at the end of each chapter.", "a sentence"),
    )
