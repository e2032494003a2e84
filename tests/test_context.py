"""The context model: what it takes, what it leaves, and what it promises."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleantext
from cleantext.cleaner import Cleaner
from cleantext.context import features, network, second, words
from cleantext.context.abstain import abstains
from cleantext.context.decide import judge, view
from cleantext.document import Document, fold
from cleantext.rules import all_rules, find_rule
from cleantext.rules.base import Candidate, Rule
from tests.strategies import PIECES

STORY = [
    "The ferry between the two islands ran for the last time on Sunday evening, and nearly everyone came.",
    "“My grandfather was its first engineer,” said the woman who sold tickets for the past thirty years.",
    "From now on a bridge carries the traffic, which had grown beyond what the old boat could manage.",
    "The council hasn't decided what will become of the pier, though a museum has asked for the ship itself.",
    "Anglers hope that it will stay, since the water there is deep and the mackerel come close in summer.",
]
TOWNS = (
    "Norwich Ipswich Colchester Lowestoft Felixstowe Cromer Sheringham Southwold Aldeburgh Diss Thetford Beccles "
    "Bungay Harleston Halesworth Framlingham Woodbridge Saxmundham Leiston Eye"
).split()
MENU = [f"{town} ({7 * i % 50})" for i, town in enumerate(TOWNS)]
TEASERS = [f"{town} ({3 * i % 40})" for i, town in enumerate(TOWNS)]
PAGE = "\n".join([*MENU, *STORY, *TEASERS]) + "\n"

pages = st.lists(
    st.one_of(st.sampled_from([*PIECES, *STORY, *MENU, *TEASERS, ""]), st.text(max_size=30)),
    min_size=6,
    max_size=50,
).map("\n".join)


def build(text: str) -> features.Lines | None:
    model = network.load()
    return features.build(text, fold(text), model.function, model.furniture, {})


def test_menus_and_teasers_go_and_the_story_stays() -> None:
    result = cleantext.clean(PAGE)
    kept = result.text.split("\n")
    assert all(line in kept for line in STORY)
    assert sum(line in kept for line in MENU + TEASERS) <= 4
    assert cleantext.restore(result.text, result.report) == PAGE
    found = [f for f in result.report.edits if f.rule == "CT801"]
    assert found
    assert all(re.search(r"\d+ lines in a row|a line ", f.reason) for f in found)
    assert any("before the first paragraph" in f.reason for f in found)
    assert any("after the last paragraph" in f.reason for f in found)


def test_a_page_of_which_hardly_anything_stays_is_cleaned() -> None:
    page = "\n".join([*MENU * 8, *STORY[:4], *MENU * 8]) + "\n"
    result = cleantext.clean(page)
    assert all(line in result.text for line in STORY[:4])
    assert len(result.text) < 0.1 * len(page)


def test_a_budget_that_the_caller_sets_holds_for_the_model_too() -> None:
    assert cleantext.Cleaner(budget=0.001).clean(PAGE).text == PAGE


def test_a_stricter_mode_takes_less_at_a_time() -> None:
    doc = Document(PAGE)
    rule = find_rule("page-furniture")
    limits = list(rule.limits.values())
    assert limits == sorted(limits, reverse=True)
    taken = []
    for limit in limits:
        taken.append(sum(c.end - c.start for c in rule.judge(doc, limit) if c.confidence >= limit))
    assert taken == sorted(taken)
    assert taken[0] > 0
    assert all(p in Cleaner(mode="aggressive").clean(PAGE).text for p in STORY)


KEPT = {
    "recipe": "Lentil soup\n\nFor the soup:\n200 g red lentils\n1 onion\n2 carrots\n1 l stock\nsalt\n\nPreparation\n\nChop the onion and the carrots and fry them in a little oil for five minutes.\nAdd lentils and stock, and let everything simmer for twenty minutes before you season it with salt.\n",
    "verse": "The boat lay long upon the sand\nAnd waited for the tide\n\nNo hand had come to push it out\nNo sail was at its side\n\nThe gulls went up, the gulls went down\nAs gulls have always done\n\nAnd then a child untied the rope\nAnd pushed, and it was gone\n",
    "dialogue": "Mara looked up from the letter that had come in the morning and shook her head slowly.\n“Well?”\n“No.”\n“Nothing at all?”\n“Nothing.”\n“And the money?”\n“Gone.”\nShe put the letter back into its envelope, and for a long time neither of them said a word.\n",
    "code": "To read a file line by line, open it first and then loop over it as in this example.\n\ndef count(path):\n    total = 0\n    with open(path) as f:\n        for line in f:\n            total += 1\n    return total\n\nThe file is closed when the block ends, even when something inside of it raises an error.\n",
    "table": "The table lists the length of each bridge that was measured by the survey in the past year.\n\nBridge | Length | Opened\nOld Pier | 120 m | 1911\nNorth Gate | 340 m | 1974\nRailway | 410 m | 1932\nHarbour | 95 m | 2003\n\nAll of them were measured between the abutments, so the approach roads are not counted.\n",
    "headings": "Getting there\n\nThe island is reached by ferry from the mainland, which takes about two hours in good weather.\n\nWhere to stay\n\nThere are three small hotels near the harbour, and a camping site behind the northern beach.\n\nWhat to see\n\nThe lighthouse is open on Sundays, and the view from its gallery is worth all of the stairs.\n",
}


@pytest.mark.parametrize("kind", KEPT)
def test_what_looks_like_furniture_stays(kind: str) -> None:
    assert cleantext.clean(KEPT[kind]).text == KEPT[kind]


def test_short_texts_are_not_judged_and_cost_no_numpy() -> None:
    code = (
        "import sys, cleantext; cleantext.clean('Home\\nNews\\nSport\\nA line.'); "
        "cleantext.clean('word ' * 5000); cleantext.clean('A long line of text that goes on for a while and says something.\\n' * 90); "
        "print('numpy' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "False"


@pytest.mark.parametrize("text", ["", "a", "\n" * 50, "Home\n" * 5, " " * 90 + "\n" * 9, STORY[0] + "\n"])
def test_abstains_below_six_lines(text: str) -> None:
    assert abstains(Document(text))


def test_weights_hold_no_objects_and_a_curve_that_rises() -> None:
    model = network.load()
    assert all(a.dtype != object for a in model.arrays.values())
    assert np.all(np.diff(model.arrays["curve.chance"]) >= 0)
    assert np.all(np.diff(model.arrays["curve.odds"]) > 0)
    assert len(features.NAMES) + 16 == model.arrays["first.weight"].shape[0]


@given(pages)
@settings(max_examples=150, deadline=None)
def test_any_page_comes_back_and_a_second_run_changes_nothing(text: str) -> None:
    for mode in ("balanced", "aggressive"):
        result = Cleaner(mode=mode).clean(text)
        assert cleantext.restore(result.text, result.report) == text
        assert Cleaner(mode=mode).clean(result.text).text == result.text


@given(st.lists(st.text(alphabet="ab Z9.,\t|", max_size=20), max_size=30).map("\n".join))
@settings(max_examples=200, deadline=None)
def test_arrays_count_what_a_loop_counts(text: str) -> None:
    lines = build(text)
    expected = [(i, line) for i, line in enumerate(text.split("\n")) if line.strip()]
    if not expected:
        assert lines is None
        return
    assert lines is not None
    assert lines.number.tolist() == [i for i, _ in expected]
    assert lines.tokens.tolist() == [len(re.findall(r"[a-zA-Z0-9]+", line)) for _, line in expected]
    assert lines.ended.tolist() == [line.rstrip()[-1] == "." for _, line in expected]
    column = lines.features[:, features.NAMES.index("s_digit")]
    shares = [len(re.findall("9", line)) / len(line.strip()) for _, line in expected]
    assert column == pytest.approx(np.array(shares), abs=1e-6)
    assert np.isfinite(lines.features).all()


@given(st.lists(st.text(min_size=1, max_size=12).map(lambda s: re.sub(r"[\W_]", "x", fold(s))), max_size=8))
def test_a_words_hash_is_the_same_wherever_it_stands(some: list[str]) -> None:
    some = [re.sub(r"[^a-z]", "y", s) for s in some]
    lines = build("lead\n" + "\n".join(some))
    assert lines is not None
    assert lines.hashes.words.tolist() == [words.hash_of(s) for s in ["lead", *some]]


def test_the_model_sees_a_line_with_its_surroundings() -> None:
    alone = judge(Document("\n".join([*STORY, MENU[5], *STORY, *STORY, "One", "Two"])), network.load())
    among = judge(Document("\n".join([*STORY, *MENU])), network.load())
    assert alone is not None
    assert among is not None
    at = len(STORY)
    assert among.chance[at + 5] > alone.chance[at] + 0.2
    assert alone.chance[:at].max() < 0.5


class _Nibbler(Rule):
    """Finds the last character, again and again: a late rule that doesn't settle."""

    code, name, family = "XX999", "nibbler", "page-furniture"
    late = True

    def judge(self, doc: Document, threshold: float) -> Iterator[Candidate]:
        if len(doc.text) > 3:
            yield Candidate(len(doc.text) - 1, len(doc.text), 1.0, "it nibbles")


def test_late_rules_that_do_not_settle_change_nothing() -> None:
    cleaner = Cleaner(ignore=tuple(r.code for r in all_rules() if r.late))
    cleaner._thresholds[_Nibbler.code] = 0.5
    program = cleaner._compiled()
    assert cleaner._settle(program, "a" * 100, None, None, [_Nibbler()]) is None
    done = cleaner._settle(program, "abcdefgh", None, None, [_Nibbler()])
    assert done is not None
    assert done[0] == "abc"
    assert "".join(f.text for f in done[1]) == "defgh"


def test_the_rule_can_be_left_out() -> None:
    assert find_rule("page-furniture").late
    result = Cleaner(ignore=("page-furniture",)).clean(PAGE)
    assert not any(f.rule == "CT801" for f in result.report.findings)


def test_products_in_blocks_are_products() -> None:
    chance = np.random.default_rng(7)
    x, weight = (chance.normal(size=s).astype(np.float32) for s in ((10_000, 32), (32, 16)))
    assert len(x) * weight.size > 4 * network._ALONE
    assert np.allclose(network._product(x, weight), x @ weight, atol=1e-5)


def test_a_page_of_few_lines_must_be_surer() -> None:
    assert second.doubt(8) == 1
    assert second.doubt(second.ENOUGH_LINES) == second.doubt(500) == 0
    assert second.doubt(1) > second.doubt(10) > second.doubt(15)


def test_the_second_look_weighs_a_line_by_its_page() -> None:
    """The same line at the same chance is likelier to go in a page that is mostly menus."""
    model = network.load()
    doc = Document("\n".join([*MENU, *STORY, *TEASERS, *MENU]))
    seen = view(doc, model, 0.5)[0]
    assert seen is not None
    found = []
    for others in (0.05, 0.9):
        chance = np.full(len(seen.number), others, dtype=np.float32)
        chance[2] = 0.5
        found.append(float(second.odds(seen, chance, model.arrays)[2]))
    assert found[0] < found[1]


def test_the_second_look_has_a_row_for_any_number_of_lines() -> None:
    model = network.load()
    for n in (1, 2, 3, 20):
        lines = view(Document("\n".join((MENU * 9)[:n])), model, 0.5)[0]
        assert lines is not None
        for value in (0.0, 0.5, 1.0):
            rows = second.rows(lines, np.full(len(lines.number), value, dtype=np.float32))
            assert rows.shape == (len(lines.number), 33)
            assert np.isfinite(rows).all()
