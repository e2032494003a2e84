"""The rules there are, with those that users wrote."""

from __future__ import annotations

from functools import cache

from cleantext.errors import RuleError
from cleantext.ownrules.definition import OwnRule
from cleantext.rules import Rule, all_rules


@cache
def as_rules(own: tuple[OwnRule, ...]) -> tuple[Rule, ...]:
    """The package's rules and these, ordered by code.

    Raises `RuleError` when two share a code or a name.
    """
    from cleantext.ownrules.rule import make_rule

    seen = {word: "a rule of this package" for rule in all_rules() for word in (rule.code, rule.name)}
    for definition in own:
        for word in {definition.code, definition.name}:
            if word in seen:
                raise RuleError(f"{definition.origin}: {word} is taken by {seen[word]}: give another one")
            seen[word] = f"the rule at {definition.origin}"
    return tuple(sorted((*all_rules(), *map(make_rule, own)), key=lambda rule: rule.code))
