"""CT309: tags or categories of the page."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.label import LabelRule


class TagList(LabelRule):
    """Finds lists of tags, topics and categories: "Tags: bridges, Oslo", "Filed under Europe, Travel".

    They file the page and don't belong to its text. A label with a list behind it is sure as a line or
    glued to the end of a paragraph.

    Leaves alone: sentences that list things, keywords of a scientific abstract inside a paragraph, hashtags
    in a sentence.

    Source: blog systems and news sites.
    """

    code = "CT309"
    name = "tags"
    family = "tag-list"
    what = "tags or categories of the page"
    examples = (
        Example(
            "The bridge opens in May.\nTags: bridges, Oslo, rivers\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "The bridge opens in May.Filed under: Europe, Travel\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "Die Brücke öffnet im Mai.\nSchlagworte: Brücken, Oslo\n",
            "Die Brücke öffnet im Mai.\n",
        ),
    )
    lookalikes = (
        LookAlike("Tags were tied to each sack: rice, beans, salt.", "a sentence"),
        LookAlike("Topics included rain, debt and marriage.", "a sentence"),
        LookAlike("She used #oslo in every tweet of that summer.", "a hashtag in a sentence"),
    )
