"""Whether a text is a page at all: asked of every document, so without numpy and for next to nothing."""

from __future__ import annotations

from cleantext.document import Document

#: A text of fewer lines is no page; nor is one with fewer short lines.
LEAST_LINES = 6
LEAST_SHORT = 3
#: Characters of a line that is short without counting its words: generous, for it only saves work.
_SHORT_CHARS = 60
#: Longer texts are no pages either: books, logs, dumps.
LONGEST = 2_000_000


def abstains(doc: Document) -> bool:
    """Whether the text is too short, too long or too even to be judged. Costs next to nothing."""
    if len(doc.text) > LONGEST or doc.folded.count("\n") < LEAST_LINES - 1:
        return True
    short = lines = 0
    for line in doc.lines:
        if line and (len(line) <= _SHORT_CHARS or not line.isspace()):
            lines += 1
            short += len(line) <= _SHORT_CHARS
            if lines >= LEAST_LINES and short >= LEAST_SHORT:
                return False
    return True
