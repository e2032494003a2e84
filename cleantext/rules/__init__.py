"""The rules: found by walking this package and by the entry point ``cleantext.rules``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from cleantext.config import did_you_mean
from cleantext.errors import ConfigError, RuleError
from cleantext.finding import FAMILIES
from cleantext.rules.base import Candidate, Example, Gate, Hit, LookAlike, Rule

__all__ = ["Candidate", "Example", "Gate", "Hit", "LookAlike", "Rule", "all_rules", "find_rule"]


@cache
def all_rules() -> tuple[Rule, ...]:
    """One object of every rule, ordered by code.

    Raises `RuleError` when two rules share a code or a name, or one lacks what it must declare.
    """
    classes: list[type[Rule]] = []
    for info in pkgutil.iter_modules(__path__, __name__ + "."):
        module = importlib.import_module(info.name)
        classes += [
            c
            for c in vars(module).values()
            if isinstance(c, type) and issubclass(c, Rule) and c.__module__ == info.name and "code" in vars(c)
        ]
    classes += [_loaded(point) for point in entry_points(group="cleantext.rules")]
    rules = tuple(sorted((c() for c in classes), key=lambda r: r.code))
    seen: dict[str, str] = {}
    for rule in rules:
        if rule.family not in FAMILIES:
            raise RuleError(f"{rule.code}: family {rule.family!r}: {did_you_mean(rule.family, FAMILIES)}")
        for key in (rule.code, rule.name):
            if key in seen:
                raise RuleError(f"{key} is the code or name of two rules: {seen[key]} and {rule.code}")
            seen[key] = rule.code
    return rules


def _loaded(point: EntryPoint) -> type[Rule]:
    """The class that another package offers. Raises `RuleError` when it is none that can be used."""
    where = f"the rule {point.value} of {point.dist.name if point.dist else 'another package'}"
    try:
        rule = point.load()
    except Exception as e:
        raise RuleError(f"{where} can't be loaded: {type(e).__name__}: {e}: mend or uninstall it") from e
    if not (isinstance(rule, type) and issubclass(rule, Rule)):
        raise RuleError(f"{where} is no subclass of cleantext.rules.Rule: mend or uninstall it")
    for name in ("code", "name", "family"):
        if not isinstance(getattr(rule, name, None), str):
            raise RuleError(f"{where} has no {name}: mend or uninstall it")
    if rule.code.startswith("CT"):
        raise RuleError(
            f"{where} has the code {rule.code}, but CT is for cleantext's own: choose other letters"
        )
    return rule


def find_rule(word: str, rules: Sequence[Rule] = ()) -> Rule:
    """The rule with this code or name, of all or of `rules`.

    Raises `ConfigError` with the nearest one otherwise.
    """
    rules = rules or all_rules()
    for rule in rules:
        if word.lower() in (rule.code.lower(), rule.name):
            return rule
    known = [k for r in rules for k in (r.code, r.name, r.family)]
    raise ConfigError(f"no rule {word!r}: {did_you_mean(word, known)}")
