"""Where a closing mark comes next, found once however many openers ask for it."""

from __future__ import annotations

from typing import Any


class Marks:
    """The next match of patterns in one text.

    Rules that take something up to its closing mark ask at each opener; without a closing mark each
    would search to the end. Asked from left to right, all questions together cost one search of the text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[Any, tuple[int, Any]] = {}  # from where was searched, and what was found

    def next(self, pattern: Any, at: int) -> Any:
        """The first match of a compiled pattern that begins at `at` or later, or None."""
        known = self._known.get(pattern)
        if known is not None:
            asked, match = known
            if asked <= at and (match is None or match.start() >= at):
                return match
        match = pattern.search(self._text, at)
        self._known[pattern] = at, match
        return match
