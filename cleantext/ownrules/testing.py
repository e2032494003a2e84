"""Whether rules in TOML do what their examples say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from cleantext.cleaner import Cleaner
from cleantext.config import Config
from cleantext.finding import CleanResult, restore
from cleantext.ownrules.definition import OwnRule
from cleantext.report.visible import one_line

#: Code points of an example that a message quotes.
_QUOTED = 70


class Outcome(msgspec.Struct, frozen=True):
    """How a rule's examples went: how many there are, and what is wrong with those that failed."""

    rule: OwnRule
    examples: int
    failures: tuple[str, ...]


def check_rules(rules: Sequence[OwnRule]) -> Iterator[Outcome]:
    """Try every rule on its examples, alone and from its own confidence upwards."""
    for rule in rules:
        config = Config(
            select=(rule.code,), own_rules=(rule,), thresholds={rule.code: rule.confidence}, budget=1.0
        )
        cleaner = Cleaner(config)
        failures = tuple(_failures(rule, cleaner))
        yield Outcome(rule, len(rule.matches) + len(rule.stays) + len(rule.examples), failures)


def _failures(rule: OwnRule, cleaner: Cleaner) -> Iterator[str]:
    for text in rule.matches:
        result = cleaner.clean(text)
        if not result.report.findings:
            yield f"matches: finds nothing in {_quoted(text)}"
        yield from _unsound(text, result, cleaner)
    for text in rule.stays:
        result = cleaner.clean(text)
        for finding in result.report.findings:
            yield f"stays: finds {_quoted(finding.text)} in {_quoted(text)}"
    for example in rule.examples:
        result = cleaner.clean(example.before)
        if result.text != example.after:
            yield (
                f"examples: makes {_quoted(result.text)} of {_quoted(example.before)}, "
                f"not {_quoted(example.after)}"
            )
        yield from _unsound(example.before, result, cleaner)


def _unsound(text: str, result: CleanResult, cleaner: Cleaner) -> Iterator[str]:
    if restore(result.text, result.report) != text:
        yield f"restoring doesn't give back {_quoted(text)}"
    if cleaner.clean(result.text).text != result.text:
        yield f"cleaning twice changes more than once in {_quoted(text)}"


def _quoted(text: str) -> str:
    return f'"{one_line(text, _QUOTED)}"'
