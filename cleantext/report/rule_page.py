"""The page of a rule as plain text, made of what the rule says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cleantext.report.visible import terminal_lines

if TYPE_CHECKING:
    from cleantext.rules import Rule


def rule_page(rule: Rule) -> str:
    """What a rule finds, why, and what it leaves alone, with its examples and look-alikes."""
    return "\n".join(_lines(rule))


def _lines(rule: Rule) -> Iterator[str]:
    how = "acts by itself" if rule.safe else "only flags, unless --select names its code"
    yield f"{rule.code} {rule.name}"
    yield f"family {rule.family} · {how}"
    yield ""
    yield rule.doc.rstrip()
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
