"""A text cut at its findings, for views that show the text with the findings in their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from cleantext.finding import Finding


class Segment(msgspec.Struct, frozen=True):
    """A stretch of the original: `finding` is what was found there, None where nothing was.

    `hidden` is how many code points of a long unchanged stretch were left out after `text`;
    such a stretch comes in two parts, and `hidden` stands on the first.
    """

    text: str
    finding: Finding | None = None
    hidden: int = 0


def segments(original: str, findings: Sequence[Finding]) -> Iterator[Segment]:
    """`original` in order, cut at the findings.

    Edits never overlap one another. A flag that overlaps an edit, or an earlier flag, keeps what
    is left of it, in several pieces where need be.
    """
    position = 0
    for start, end, finding in _apart(findings):
        if start > position:
            yield Segment(original[position:start])
        yield Segment(original[start:end], finding)
        position = end
    if position < len(original):
        yield Segment(original[position:])


def _apart(findings: Sequence[Finding]) -> Iterator[tuple[int, int, Finding]]:
    """Spans that don't overlap, in order; edits whole, flags where nothing else is."""
    edits = sorted((f for f in findings if f.action != "flag"), key=lambda f: f.start)
    flags = sorted((f for f in findings if f.action == "flag"), key=lambda f: (f.start, f.end))
    spans = [(f.start, f.end, f) for f in edits]
    covered = 0  # end of the flags so far
    first = 0  # edits before this one end before the flag begins
    for flag in flags:
        position = max(flag.start, covered)
        while first < len(edits) and edits[first].end <= position:
            first += 1
        over = first
        while over < len(edits) and edits[over].start < flag.end:
            if edits[over].start > position:
                spans.append((position, edits[over].start, flag))
            position = max(position, edits[over].end)
            over += 1
        if position < flag.end:
            spans.append((position, flag.end, flag))
        covered = max(covered, flag.end)
    spans.sort(key=lambda span: (span[0], span[1]))
    return iter(spans)


def elided(parts: Iterator[Segment], context: int) -> Iterator[Segment]:
    """`parts` with unchanged stretches cut to `context` code points beside each finding."""
    seen = False
    unchanged: Segment | None = None
    for part in parts:
        if part.finding is None:
            unchanged = part
            continue
        if unchanged is not None:
            yield from _shorten(unchanged, context if seen else 0, context)
        seen, unchanged = True, None
        yield part
    if unchanged is not None:
        yield from _shorten(unchanged, context if seen else 0, 0)


def _shorten(part: Segment, head: int, tail: int) -> Iterator[Segment]:
    """The first `head` and the last `tail` code points, out to the next white space."""
    text = part.text
    # a gap of a few words isn't worth the sign that stands for it
    if len(text) <= head + tail + 80:
        yield part
        return
    stop = _next_space(text, head) if head else 0
    begin = _previous_space(text, len(text) - tail) if tail else len(text)
    if begin - stop <= 40:
        yield part
        return
    yield Segment(text[:stop], hidden=begin - stop)
    if begin < len(text):
        yield Segment(text[begin:])


def _next_space(text: str, position: int, reach: int = 20) -> int:
    return next((i for i in range(position, min(position + reach, len(text))) if text[i].isspace()), position)


def _previous_space(text: str, position: int, reach: int = 20) -> int:
    return next((i for i in range(position, max(position - reach, 0), -1) if text[i - 1].isspace()), position)
