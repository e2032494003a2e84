"""The commands that make the figures of the documentation run, and count what they say."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import rules, where
from benchmarks.compare import samples
from benchmarks.markdown import put_between
from cleantext.evaluation.gold import Gold
from cleantext.report.rule_page import _figures, measured
from cleantext.rules import Rule, all_rules, find_rule
from tests.cli.process import ENVIRONMENT

ROOT = Path(__file__).parents[1]
NOISY = "They meet on Marcus EriksonTuesday, kicking off a tour.\n"
CLEAN = "They meet on Tuesday, kicking off a tour.\n"


def benchmark(*words: str) -> str:
    command = [sys.executable, "-m", "benchmarks", *words]
    done = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    entries = [{"noisy": NOISY, "gold": CLEAN, "lang": "en"}, {"noisy": CLEAN, "gold": CLEAN, "lang": "en"}]
    path.write_text("".join(json.dumps(e) + "\n" for e in entries))
    return path


def test_figures_go_between_marks(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text("a\n<!-- x -->\nold\n<!-- end of x -->\nb\n")
    put_between(page, "x", "new")
    assert page.read_text() == "a\n<!-- x -->\n\nnew\n\n<!-- end of x -->\nb\n"
    with pytest.raises(SystemExit, match="no marks"):
        put_between(page, "y", "new")


def test_compare_counts_as_eval_does(gold: Path, tmp_path: Path) -> None:
    out = benchmark("compare", "--peers", str(tmp_path), "--gold", str(gold), "--source", "two.")
    assert out.startswith("2 texts in one language (en), 1 of them without noise: two.\n")
    (row,) = [line for line in out.splitlines() if line.startswith("| cleantext-toolkit")]
    assert row.startswith("| cleantext-toolkit | 100.0 % | 0.0 % | 100.0 % | 0.0 % |")


def test_where_sums_up_to_everything(gold: Path) -> None:
    out = benchmark("where", "--texts", f"mine={gold}")
    shares = [int(line.split("|")[2].split()[0]) for line in out.splitlines()[2:-2]]
    assert 90 <= sum(shares) <= 110  # each is rounded
    assert "| scan |" in out
    assert "**MB/s**" in out


def test_steps_are_timed_without_those_inside_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("benchmarks.where.time.thread_time", lambda: now)
    clock = where.Clock()

    def spend(seconds: float) -> None:
        nonlocal now
        now += seconds

    inner = clock.timed("inner", lambda: spend(2.0))

    def outer() -> None:
        spend(1.0)
        inner()
        spend(4.0)

    clock.timed("outer", outer)()
    assert dict(clock.steps) == {"outer": 5.0, "inner": 2.0}


def test_right_and_wrong_edits_are_counted_by_rule() -> None:
    counts = rules.measure([Gold(NOISY, CLEAN, "a"), Gold(NOISY, NOISY, "b"), Gold(CLEAN, CLEAN, "c")])
    assert counts == {"CT101": {"edits": 2, "right": 1}}


def test_samples_are_there_with_and_without_their_noise() -> None:
    texts = samples()
    assert sum(t.noisy != t.clean for t in texts) > 30
    assert sum(t.noisy == t.clean for t in texts) > 30


def test_kept_figures_are_of_rules_that_exist() -> None:
    assert set(_figures()["rules"]) <= {rule.code for rule in all_rules()}
    assert "edits were right" in measured(find_rule("CT101"))


class Foreign(Rule):
    """Finds nothing."""

    code = "XX001"


def test_rules_of_others_have_no_figures() -> None:
    assert measured(Foreign()) == ""
