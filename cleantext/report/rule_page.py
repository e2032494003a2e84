"""The page of a rule as plain text, made of what the rule says of itself."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from cleantext.report.visible import terminal_lines

if TYPE_CHECKING:
    from cleantext.rules import Rule


#: The file of what `python -m benchmarks rules --write` measured.
FIGURES = "rule_figures.json"


def measured(rule: Rule) -> str:
    """How often the rule's edits were right, and on what texts that was seen; nothing for foreign rules."""
    if not rule.code.startswith("CT"):
        return ""
    figures = _figures()
    where = (
        f"{figures['texts']:,} texts in {figures['languages']} languages ({figures['note']}; "
        f"version {figures['version']}, {figures['month']})"
    )
    seen = figures["rules"].get(rule.code)
    if seen is None:
        return f"Measured: no edit in {where}."
    edits, right = seen["edits"], seen["right"]
    return f"Measured: {right:,} of {edits:,} edits were right ({_share(right, edits)}), in {where}."


@cache
def _figures() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        files("cleantext.report").joinpath(FIGURES).read_text(encoding="utf-8")
    )
    return found


def _share(part: int, whole: int) -> str:
    """In per cent; only what is all is 100."""
    return "100 %" if part == whole else f"{min(99.9, 100 * part / whole):.1f} %"


def rule_page(rule: Rule, width: int = 100) -> str:
    """What a rule finds, why, and what it leaves alone, with its examples and look-alikes.

    Paragraphs are wrapped at `width` columns; examples stay as they are.
    """
    return "\n".join(_lines(rule, width))


def _lines(rule: Rule, width: int) -> Iterator[str]:
    how = "acts by itself" if rule.safe else "only flags, unless --select names its code"
    yield f"{rule.code} {rule.name}"
    yield f"family {rule.family} · {how}"
    for paragraph in (*rule.doc.rstrip().split("\n\n"), measured(rule)):
        if paragraph:
            yield ""
            yield from _wrapped(paragraph, width)
    if rule.examples:
        yield ""
        yield "Examples"
    for example in rule.examples:
        yield ""
        yield from _quoted(f"before ({example.lang})", example.before)
        yield from _quoted("after", example.after)
    if rule.lookalikes:
        yield ""
        yield "What looks alike and stays"
    for lookalike in rule.lookalikes:
        yield ""
        yield from _quoted(lookalike.why, lookalike.text)


def _wrapped(paragraph: str, width: int) -> list[str]:
    """The paragraph in lines of that width; one with lines of its own, such as a list, as it is."""
    lines = paragraph.split("\n")
    if any(line[:1] in " -*" for line in lines):
        return lines
    return textwrap.wrap(" ".join(lines), width, break_on_hyphens=False, break_long_words=False)


def _quoted(title: str, text: str) -> Iterator[str]:
    yield f"  {title}:"
    lines = terminal_lines(text).split("\n")
    for line in lines if lines != [""] else ["(nothing)"]:
        yield f"    {line}".rstrip()
