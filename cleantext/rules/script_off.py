"""CT126: what a page says to browsers without scripts."""

from __future__ import annotations

from cleantext.rules.base import Example, LookAlike
from cleantext.rules.label import LabelRule


class ScriptOff(LabelRule):
    """Finds what a page says to browsers without scripts or frames: "Please enable JavaScript", "Your browser does not support …".

    A page holds it for the rare browser that needs it; an extractor that runs no scripts gets it every
    time. It goes as a line, and as a sentence at the beginning or the end of a paragraph.

    Leaves alone: sentences about scripts and browsers that ask the reader for nothing.

    Source: the `noscript` elements of news sites, shops and forums.
    """

    code = "CT126"
    name = "script-off"
    family = "code-leftover"
    what = "a message to browsers without scripts"
    headlines = 0
    examples = (
        Example(
            "The geese left.\nJavaScript is turned off in this browser. Please enable JavaScript to see the geese.\n",
            "The geese left.\n",
        ),
        Example(
            "Die Gänse gingen.\nBitte aktivieren Sie JavaScript, um fortzufahren.", "Die Gänse gingen.", "de"
        ),
    )
    lookalikes = (
        LookAlike(
            "JavaScript is a language that every browser has understood since 1996.", "a sentence about it"
        ),
        LookAlike("The council turned the scripts off, and the browser on the kiosk went blank.", "a report"),
    )
