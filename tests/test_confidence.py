"""The curve of confidences: `python -m benchmarks confidence`."""

import json
from pathlib import Path

import pytest

from benchmarks.confidence import main, measure, table
from cleantext import Cleaner
from cleantext.evaluation.gold import Gold

NOISY = "The bridge opens in May, the mayor said.\nAdvertisement\nIt was shut for a year.\n"
CLEAN = NOISY.replace("Advertisement\n", "")


def test_a_right_finding_and_a_wrong_one_are_told_apart() -> None:
    right = measure([Gold(NOISY, CLEAN, "a")], Cleaner())
    wrong = measure([Gold(NOISY, NOISY, "b")], Cleaner())
    assert [r.right for r in right.rules.values()] == [1]
    assert [r.right for r in wrong.rules.values()] == [0]
    assert right.error < 0.2 < 0.7 < wrong.error


def test_both_together_are_half_right() -> None:
    curve = measure([Gold(NOISY, CLEAN, "a"), Gold(NOISY, NOISY, "b")], Cleaner())
    row = next(iter(curve.rules.values()))
    assert (row.findings, row.right) == (2, 1)
    assert row.gap > 0.3  # too sure
    assert "50.0" in table(curve)


def test_flags_count_too() -> None:
    """Below the threshold as well it should be as sure as it is right."""
    curve = measure([Gold(NOISY, CLEAN, "a")], Cleaner(thresholds={"CT106": 0.99}))
    assert sum(r.findings for r in curve.steps.values()) == 1


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"noisy": NOISY, "gold": CLEAN}) + "\n", encoding="utf-8")
    assert main(["--gold", str(gold), "--json", str(tmp_path / "out.json")]) == 0
    assert "CT106" in capsys.readouterr().out
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["rules"]["CT106"]["right"] == 1
