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


def rule_page(rule: Rule) -> str:
    """What a rule finds, why, and what it leaves alone, with its examples and look-alikes."""
    return "\n".join(_lines(rule))


def _lines(rule: Rule) -> Iterator[str]:
    how = "acts by itself" if rule.safe else "only flags, unless --select names its code"
    yield f"{rule.code} {rule.name}"
    yield f"family {rule.family} · {how}"
    yield ""
    yield rule.doc.rstrip()
    if found := measured(rule):
        yield ""
        yield from textwrap.wrap(found, 100)
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


def _quoted(title: str, text: str) -> Iterator[str]:
    yield f"  {title}:"
    lines = terminal_lines(text).split("\n")
    for line in lines if lines != [""] else ["(nothing)"]:
        yield f"    {line}".rstrip()
