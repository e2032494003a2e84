"""Findings of a second pass, told in offsets of the original text.

Cleaning goes on until nothing more is found, so that cleaning twice changes nothing more. Each pass
sees the text that the pass before left; its findings are translated back here, so that the report
has one list of edits from the original to the final text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from cleantext.finding import Action, Finding


def apply(text: str, edits: list[Finding]) -> str:
    """The text with the edits made. They are ordered by start and don't overlap."""
    out: list[str] = []
    at = 0
    for f in edits:
        out.append(text[at : f.start])
        out.append(f.replacement)
        at = f.end
    out.append(text[at:])
    return "".join(out)


class Composition:
    """Edits from an original text to the present one, to which edits of the present one are added."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.edits: list[Finding] = []
        self._starts: list[int] = []  # where each edit's replacement begins in the present text
        self._stops: list[int] = []

    def add(self, later: list[Finding]) -> None:
        """Takes in the edits of one pass over the present text, ordered by start."""
        if not self.edits:
            self.edits = list(later)
        else:
            pieces: list[Finding] = []
            gone: set[int] = set()
            for f in later:
                self._place(f, pieces, gone)
            kept = [f for i, f in enumerate(self.edits) if i not in gone]
            self.edits = sorted(kept + pieces, key=lambda f: (f.start, f.end))
        self._index()

    def flags(self, later: list[Finding]) -> list[Finding]:
        """Flags on the present text, as flags on the original."""
        out = []
        for f in later:
            start, end = self._right(f.start), self._left(f.end)
            text = self.original[start:end]
            out.append(_moved(f, start, end, text))
        return [f for f in out if f.end > f.start]

    def _index(self) -> None:
        self._starts = []
        self._stops = []
        shift = 0
        for f in self.edits:
            self._starts.append(f.start + shift)
            shift += len(f.replacement) - (f.end - f.start)
            self._stops.append(f.end + shift)

    def _right(self, at: int) -> int:
        """The original offset of a start: past whatever was removed right there."""
        i = bisect_right(self._starts, at) - 1
        if i < 0:
            return at
        if self._stops[i] > at:  # inside of a replacement
            return self.edits[i].start
        return at - self._stops[i] + self.edits[i].end

    def _left(self, at: int) -> int:
        """The original offset of an end: before whatever was removed right there."""
        i = bisect_left(self._stops, at)
        if i < len(self.edits) and self._starts[i] < at:  # inside of a replacement
            return self.edits[i].end
        if i == 0:
            return at
        return at - self._stops[i - 1] + self.edits[i - 1].end

    def _place(self, f: Finding, pieces: list[Finding], gone: set[int]) -> None:
        first = bisect_left(self._stops, f.start)
        while first < len(self.edits) and self._stops[first] <= f.start:
            first += 1
        inside = []
        i = first
        while i < len(self.edits) and self._starts[i] < f.end:
            inside.append(i)
            i += 1
        start, end = self._right(f.start), self._left(f.end)
        replaced = [i for i in inside if self.edits[i].replacement]
        if replaced:
            # Part of what an earlier edit put there goes again: one edit stands for both.
            head, tail = self.edits[inside[0]], self.edits[inside[-1]]
            before = head.replacement[: max(0, f.start - self._starts[inside[0]])]
            after = tail.replacement[len(tail.replacement) - max(0, self._stops[inside[-1]] - f.end) :]
            if self._stops[inside[-1]] <= f.end:
                after = ""
            start, end = min(start, head.start), max(end, tail.end)
            gone.update(inside)
            text = before + f.replacement + after
            pieces.append(_moved(f, start, end, self.original[start:end], text))
            return
        # Earlier removals inside stay findings of their own; this one becomes the pieces between.
        replacement = f.replacement
        at = start
        for i in inside:
            if self.edits[i].start > at:
                pieces.append(
                    _moved(f, at, self.edits[i].start, self.original[at : self.edits[i].start], replacement)
                )
                replacement = ""
            at = self.edits[i].end
        if end > at or replacement:
            pieces.append(_moved(f, at, end, self.original[at:end], replacement))


def _moved(f: Finding, start: int, end: int, text: str, replacement: str | None = None) -> Finding:
    if f.action == "flag":
        return Finding(f.rule, f.family, start, end, text, text, "flag", f.confidence, f.reason)
    put = f.replacement if replacement is None else replacement
    action: Action = "replace" if put else "remove"
    return Finding(f.rule, f.family, start, end, text, put, action, f.confidence, f.reason)
