"""The rules: found by walking this package and by the entry point ``cleantext.rules``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib.metadata import entry_points

from cleantext.config import did_you_mean
from cleantext.errors import ConfigError, RuleError
from cleantext.finding import FAMILIES
from cleantext.rules.base import Candidate, Example, Hit, LookAlike, Rule

__all__ = ["Candidate", "Example", "Hit", "LookAlike", "Rule", "all_rules", "find_rule", "select_rules"]


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
    classes += [point.load() for point in entry_points(group="cleantext.rules")]
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


def find_rule(word: str) -> Rule:
    """The rule with this code or name. Raises `ConfigError` with the nearest one otherwise."""
    for rule in all_rules():
        if word.lower() in (rule.code.lower(), rule.name):
            return rule
    known = [k for r in all_rules() for k in (r.code, r.name)]
    raise ConfigError(f"no rule {word!r}: {did_you_mean(word, known)}")


def select_rules(select: Iterable[str], ignore: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that `select` names, all if it is empty, without those that `ignore` names.

    A word is a code, the beginning of codes, a rule's name or a family. Raises `ConfigError` for a
    word that names nothing.
    """
    rules = all_rules()
    chosen = [_named(w) for w in select]
    left_out = [_named(w) for w in ignore]
    wanted = {r.code for group in chosen for r in group} if chosen else {r.code for r in rules}
    unwanted = {r.code for group in left_out for r in group}
    return tuple(r for r in rules if r.code in wanted and r.code not in unwanted)


def _named(word: str) -> list[Rule]:
    rules = [r for r in all_rules() if r.code.startswith(word.upper()) or word in (r.name, r.family)]
    if not rules or not word:
        known = [k for r in all_rules() for k in (r.code, r.name, r.family)]
        raise ConfigError(f"unknown rule {word!r}: {did_you_mean(word, known)}")
    return rules
