"""CT303: the credit or the source of a picture."""

from __future__ import annotations

import regex

from cleantext.document import Document
from cleantext.lexicon.form import slot
from cleantext.rules.base import Example, LookAlike
from cleantext.rules.label import LabelRule


class PhotoCredit(LabelRule):
    """Finds credits of pictures: who took one, who sells it, where it comes from.

    A credit belongs to a picture that the text no longer has: "Photo: Ana Lima/AFP", "Getty Images",
    "Image source, PA". Names of agencies and the form `word: name` make it sure.

    Leaves alone: captions that describe ("Figure 3. Visitors a day"), sentences about photographs and
    agencies, acknowledgements.

    Source: style books of news agencies; captions of news sites.
    """

    code = "CT303"
    name = "photo-credit"
    family = "photo-credit"
    _SOLD = regex.compile(rf"{slot('agency')}|/|©|(?i:credit|courtesy|getty)|^\s*[(\[]")

    def context(self, doc: Document, line: int) -> float:
        """`Photo: Ana Lima` alone, without an agency, may be a caption of the text itself."""
        return 0.0 if self._SOLD.search(doc.line(line)) else -0.1

    never = frozenset({"start", "start-glued", "sentence"})
    what = "the credit or the source of a picture"
    examples = (
        Example(
            "The bridge opens in May.\nPhoto: Ana Lima/AFP\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "The bridge opens in May.\n(AP Photo/Ana Lima)\nIt was shut.\n",
            "The bridge opens in May.\nIt was shut.\n",
        ),
        Example(
            "Die Brücke öffnet im Mai.Foto: Ana Lima/dpa\n",
            "Die Brücke öffnet im Mai.\n",
        ),
    )
    lookalikes = (
        LookAlike("The photo was taken by Ana Lima on a Tuesday in May.", "a sentence"),
        LookAlike("Getty Images bought the archive in 1998.", "a sentence"),
        LookAlike("Figure 3. Visitors a day. Source: museum records.", "a caption that says something"),
    )
