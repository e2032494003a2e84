"""Which rules are in force, and from which confidence each acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from cleantext.config import THRESHOLDS, Config, did_you_mean
from cleantext.errors import ConfigError
from cleantext.rules import Rule, all_rules

T = TypeVar("T")

#: The threshold of a rule that only flags.
NEVER = 2.0


def rules_of(config: Config) -> tuple[Rule, ...]:
    """All rules there are: the package's, other packages', and the user's."""
    if not config.own_rules:
        return all_rules()
    from cleantext.ownrules.registry import as_rules

    return as_rules(config.own_rules)


def fit(selector: str, rule: Rule) -> float:
    """How specifically `selector` names `rule`: 0 when it doesn't, more for a code than for its beginning."""
    code = selector.upper()
    if code == rule.code.upper() or selector == rule.name:
        return 100.0
    if selector == rule.family:
        return 50.0
    return float(len(code)) if code and rule.code.upper().startswith(code) else 0.0


def check_selector(selector: str, rules: Sequence[Rule]) -> None:
    """Raise `ConfigError`, with the nearest there is, when `selector` names no rule."""
    if not any(fit(selector, rule) for rule in rules):
        known = [word for rule in rules for word in (rule.code, rule.name, rule.family)]
        raise ConfigError(f"unknown rule {selector!r}: {did_you_mean(selector, known)}")


def selected(config: Config) -> tuple[Rule, ...]:
    """The rules in force. Raises `ConfigError` for a selector that names nothing."""
    rules = rules_of(config)
    words = (*config.select, *config.extend_select, *config.ignore, *config.modes, *config.thresholds)
    for word in (*words, *config.extend_safe, *config.extend_unsafe):
        check_selector(word, rules)
    return tuple(rule for rule in rules if _wanted(rule, config))


def _wanted(rule: Rule, config: Config) -> bool:
    select = max(_best(config.select, rule) if config.select else 0.5, _best(config.extend_select, rule))
    return select > _best(config.ignore, rule)


def _best(selectors: Iterable[str], rule: Rule) -> float:
    return max((fit(word, rule) for word in selectors), default=0.0)


def threshold(rule: Rule, config: Config) -> float:
    """The confidence from which findings of `rule` are acted on."""
    own = _by_rule(config.thresholds, rule)
    mode = _by_rule(config.modes, rule)
    chosen = mode if mode is not None else config.mode
    value = own if own is not None else rule.limits.get(chosen, THRESHOLDS[chosen])
    if _best(config.extend_unsafe, rule) > _best(config.extend_safe, rule):
        return NEVER
    if rule.safe or config.unsafe_edits or _best(config.extend_safe, rule):
        return value
    asked = (*config.select, *config.extend_select, *config.thresholds)
    return value if any(fit(word, rule) >= 50 for word in asked if word != rule.family) else NEVER


def _by_rule(table: Mapping[str, T], rule: Rule) -> T | None:
    """The entry of the selector that names `rule` most specifically."""
    word = max(table, key=lambda w: fit(w, rule), default=None)
    return table[word] if word is not None and fit(word, rule) else None
