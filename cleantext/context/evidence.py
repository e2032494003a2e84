"""Says in a sentence for a person what speaks against a group of lines."""

from __future__ import annotations

import numpy as np

from cleantext.context.features import NAMES, SHORT, Lines

_COLUMN = {name: i for i, name in enumerate(NAMES)}


def reason(lines: Lines, first: int, last: int) -> str:
    """The evidence on the lines `first` to `last`, numbers into `lines`."""
    n = last - first + 1
    part = slice(first, last + 1)
    short = int((lines.tokens[part] < SHORT).sum())
    open_end = int((~lines.ended[part]).sum())
    facts = [where(lines, first, last)]
    if n == 1:
        words = int(lines.tokens[first])
        what = "a line without words" if words == 0 else f"a line of {words} word{'s' if words > 1 else ''}"
        if open_end:
            facts.append("without an end mark")
        run = _run(lines, first)
        if run > 2:
            facts.append(f"one of {run} short lines in a row")
    else:
        what = f"{n} lines in a row"
        if short:
            facts.append("all of them short" if short == n else f"{short} of them short")
        if open_end:
            facts.append(("none with an end mark") if open_end == n else f"{open_end} without an end mark")
    again = int((lines.repeats[part] > 1).sum())
    if again:
        facts.append("which the text repeats" if n == 1 else f"{again} that the text repeats")
    labelled = int((lines.features[part, _COLUMN["label"]] > 0).sum()) + int(
        (lines.features[part, _COLUMN["weak_label"]] > 0).sum()
    )
    if labelled:
        facts.append("worded like a label")
    digits = float(lines.features[part, _COLUMN["digit_words"]].mean())
    if digits > 0.5:
        facts.append("mostly numbers")
    return f"{what} {facts[0]}" + "".join(f", {f}" for f in facts[1:])


def where(lines: Lines, first: int, last: int) -> str:
    """Where the lines stand beside running text."""
    big = np.flatnonzero(lines.big)
    if len(big) == 0:
        return "in a text without a paragraph"
    if last < big[0]:
        return "before the first paragraph"
    if first > big[-1]:
        return "after the last paragraph"
    if lines.big[first : last + 1].any():
        return "with running text unlike its surroundings"
    return "between paragraphs"


def _run(lines: Lines, at: int) -> int:
    """How many short lines in a row there are around a line."""
    short = lines.tokens < SHORT
    if not short[at]:
        return 1
    first = last = at
    while first > 0 and short[first - 1]:
        first -= 1
    while last + 1 < len(short) and short[last + 1]:
        last += 1
    return last - first + 1
