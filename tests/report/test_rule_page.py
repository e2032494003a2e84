from types import SimpleNamespace

import pytest

from cleantext.report.rule_page import rule_page
from cleantext.rules import Rule, all_rules
from tests.golden import same_as_golden


def test_page_of_a_made_up_rule() -> None:
    rule = SimpleNamespace(
        code="CT999",
        name="made-up",
        family="byline",
        safe=False,
        doc="Finds made-up things.\n\nThey are noise because a test says so.",
        examples=[
            SimpleNamespace(before="one\n[[two]]\n\nthree", after="one\n\nthree", lang="en"),
            SimpleNamespace(before="[[alles]]", after="", lang="de"),
        ],
        lookalikes=[SimpleNamespace(text="[two]\x07", why="single brackets")],
    )
    assert same_as_golden("explain.txt", rule_page(rule).encode() + b"\n")  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_page_of_every_rule_holds_what_the_rule_says(rule: Rule) -> None:
    page = rule_page(rule)
    assert page.startswith(f"{rule.code} {rule.name}\n")
    assert " ".join(rule.doc.split()) in " ".join(page.split())
    assert page.count("  before (") == len(rule.examples)
    assert all(lookalike.why in page for lookalike in rule.lookalikes)
