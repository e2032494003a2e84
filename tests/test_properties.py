"""What must hold for any text at all."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleantext
from cleantext.document import Document, fold
from tests.strategies import texts

CLEANERS = {m: cleantext.Cleaner(mode=m) for m in ("conservative", "balanced", "aggressive")}


@settings(max_examples=300, deadline=None)
@given(text=texts, mode=st.sampled_from(sorted(CLEANERS)))
def test_contract(text: str, mode: str) -> None:
    cleaner = CLEANERS[mode]
    result = cleaner.clean(text)
    report = result.report
    assert cleantext.restore(result.text, report) == text
    assert cleaner.clean(result.text).text == result.text
    assert (report.chars_in, report.chars_out) == (len(text), len(result.text))
    at = 0
    for f in report.findings:
        assert 0 <= f.start < f.end <= len(text)
        assert f.text == text[f.start : f.end]
        assert 0 <= f.confidence <= 1
        assert f.reason
        if f.action != "flag":
            assert f.start >= at
            at = f.end
    assert [f.start for f in report.findings] == sorted(f.start for f in report.findings)


@settings(max_examples=100, deadline=None)
@given(text=texts)
def test_report_survives_json(text: str) -> None:
    result = cleantext.clean(text)
    again = cleantext.Report.from_json(result.report.to_json())
    assert again == result.report
    assert cleantext.restore(result.text, again) == text


@given(text=st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    doc = Document(text)
    assert sum(len(line) + 1 for line in doc.lines) == len(text) + 1


def test_turkish_and_greek_fold_to_one_place_each() -> None:
    assert fold("İSTANBUL ΟΔΟΣ") == "istanbul οδοσ"


def test_threads_and_pickles_give_the_same() -> None:
    noisy = "They meet on Marcus EriksonTuesday.\n2025-04-28 15:34834 view\n" * 3
    cleaner = cleantext.Cleaner(mode="aggressive")
    expected = cleaner.clean(noisy)
    with ThreadPoolExecutor(4) as pool:
        assert all(r == expected for r in pool.map(cleaner.clean, [noisy] * 16))
    assert pickle.loads(pickle.dumps(cleaner)).clean(noisy) == expected


def test_restore_refuses_what_does_not_belong() -> None:
    result = cleantext.clean("The bridge opens.\n2025-04-28 15:34834 view\n")
    with pytest.raises(cleantext.RestoreError, match="code points"):
        cleantext.restore(result.text + "x", result.report)


@pytest.mark.parametrize("wrong", [b"bytes", None, 3])
def test_only_text_is_cleaned(wrong: object) -> None:
    with pytest.raises(TypeError, match="wants a str"):
        cleantext.clean(wrong)


def test_protected_text_is_flagged() -> None:
    noisy = "They meet on Marcus EriksonTuesday."
    result = cleantext.Cleaner(protect=("Marcus Erikson",)).clean(noisy)
    assert result.text == noisy
    assert [f.action for f in result.report.findings] == ["flag"]
    assert "protected" in result.report.findings[0].reason


def test_budget_turns_everything_into_flags() -> None:
    noisy = "Yes.\n" + "2025-04-28 15:34834 view\n" * 9
    result = cleantext.Cleaner(budget=0.5).clean(noisy)
    assert result.text == noisy
    assert "budget" in result.report.findings[0].reason
    assert cleantext.Cleaner(budget=1.0).clean(noisy).text == "Yes.\n"


def test_thresholds_by_rule_and_family() -> None:
    noisy = "They meet on Marcus EriksonTuesday."
    for key in ("CT101", "date-intrusion"):
        assert cleantext.Cleaner(thresholds={key: 1.0}).clean(noisy).text == noisy


@pytest.mark.parametrize(
    ("settings_", "message"),
    [
        ({"mode": "balance"}, "did you mean 'balanced'"),
        ({"budget": 2}, "0 to 1"),
        ({"thresholds": {"CT101": 7.0}}, "0 to 1"),
        ({"protect": ("",)}, "empty"),
        ({"modus": "balanced"}, "modus"),
        ({"ignore": ("CT999",)}, "unknown rule"),
    ],
)
def test_wrong_settings_say_what_to_do(settings_: dict[str, object], message: str) -> None:
    with pytest.raises(cleantext.ConfigError, match=message):
        cleantext.Cleaner(**settings_)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n" * 100_000,
        "a" * 1_000_000,
        "…" * 100_000,
        "&amp;" * 20_000,
        "Tuesday" * 20_000,
        "🏳️‍🌈" * 20_000,
    ],
    ids=["empty", "blank-lines", "one-line", "ellipses", "entities", "dates", "emoji"],
)
def test_extreme_shapes_come_back(text: str) -> None:
    result = cleantext.clean(text)
    assert cleantext.restore(result.text, result.report) == text
