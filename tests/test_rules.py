"""Every rule's examples and look-alikes, as they stand in its file."""

from __future__ import annotations

import pytest

import cleantext
from cleantext.config import Config
from cleantext.finding import FAMILIES
from cleantext.rules import Rule, all_rules, find_rule
from cleantext.selection import selected

# tests/corpus/ has those that need a profile
EXAMPLES = [(r, e) for r in all_rules() if not r.needs_profile for e in r.examples]
LOOKALIKES = [(r, x) for r in all_rules() for x in r.lookalikes]


@pytest.mark.parametrize(
    ("rule", "example"), EXAMPLES, ids=[f"{r.code}-{i}" for i, (r, _) in enumerate(EXAMPLES)]
)
def test_example(rule: Rule, example: object) -> None:
    result = cleantext.clean(example.before)
    assert result.text == example.after, result.report.findings
    assert rule.family in {f.family for f in result.report.edits}
    assert cleantext.restore(result.text, result.report) == example.before
    assert cleantext.clean(result.text).text == result.text


@pytest.mark.parametrize(
    ("rule", "look"), LOOKALIKES, ids=[f"{r.code}-{i}" for i, (r, _) in enumerate(LOOKALIKES)]
)
def test_lookalike_stays(rule: Rule, look: object) -> None:
    result = cleantext.clean(look.text)
    assert result.text == look.text, (look.why, result.report.findings)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda r: r.code)
def test_rule_explains_itself(rule: Rule) -> None:
    assert rule.family in FAMILIES
    assert rule.summary.startswith("Finds ")
    assert rule.summary.endswith((".", ":")) or "\n" in rule.doc
    assert "Leaves alone" in rule.doc
    assert "Source" in rule.doc
    assert len(rule.examples) >= 2
    assert len(rule.lookalikes) >= 2
    assert find_rule(rule.code) is rule
    assert find_rule(rule.name) is rule


def test_selection_by_prefix_name_and_family() -> None:
    assert {r.code for r in selected(Config(select=("CT101", "view-rows")))} == {"CT101", "CT102"}
    assert all(r.code.startswith("CT3") for r in selected(Config(select=("CT3",))))
    assert "CT103" not in {r.code for r in selected(Config(ignore=("cut-teaser",)))}


def test_unknown_rule_names_the_nearest() -> None:
    with pytest.raises(cleantext.ConfigError, match="did you mean 'cut-teaser'"):
        cleantext.Cleaner(select=("cut-teasr",))
