"""Where a finding stands for a person: line and column."""

from __future__ import annotations

import bisect
import re


class Lines:
    """The lines of a text, for turning offsets in code points into lines and columns.

    Lines end at LF, CR LF or a lone CR, as editors see them.
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(m.end() for m in re.finditer(r"\r\n|\n|\r", text))]

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, the column in code points."""
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
