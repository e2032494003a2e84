"""Every key changes something: the text that comes out, with it and without it."""

from pathlib import Path

import pytest

from cleantext.cleaner import Cleaner
from cleantext.settings.keys import KEYS
from cleantext.settings.sources import Sources
from tests.shown import DATE, GERMAN, ORDER, OWN, write_files

CREDIT = "The bridge opens in May.\nPhoto: Ana Lima/AFP\nIt was shut.\n"
HALF = "One line of the text stands here.\n" + ORDER

#: Key -> settings with it, settings without it, and a text for which they differ.
CASES = {
    "extend": ('extend = "base.toml"', "", DATE),
    "mode": ('mode = "conservative"\nrules-files = ["own.toml"]', 'rules-files = ["own.toml"]', HALF),
    "select": ('select = ["CT102"]', "", DATE),
    "extend-select": ('select = ["CT102"]\nextend-select = ["date-intrusion"]', 'select = ["CT102"]', DATE),
    "ignore": ('ignore = ["CT1"]', "", DATE),
    "modes": ('rules-files = ["own.toml"]\nmodes.order = "conservative"', 'rules-files = ["own.toml"]', HALF),
    "thresholds": ("thresholds = { date-intrusion = 1 }", "", DATE),
    "unsafe-edits": (
        'unsafe-edits = true\nrules-files = ["flags.toml"]',
        'extend-unsafe = []\nrules-files = ["flags.toml"]',
        HALF,
    ),
    "extend-safe": (
        'extend-safe = ["MY"]\nrules-files = ["flags.toml"]',
        'rules-files = ["flags.toml"]',
        HALF,
    ),
    "extend-unsafe": ('extend-unsafe = ["CT101"]', "", DATE),
    "protect": ('protect = ["Marcus Erikson"]', "", DATE),
    "protect-patterns": ("protect-patterns = ['Marcus Eri\\w+']", "", DATE),
    "protect-files": ('protect-files = ["names.txt"]', "", DATE),
    "budget": ("budget = 0.01", "", DATE),
    "lang": ('lang = "de"', "", GERMAN),
    "languages": ('languages = ["de"]', "", DATE),
    "rules-files": ('rules-files = ["own.toml"]', "", HALF),
    "reviews": ('reviews = ["review.toml"]', "", DATE),
}
ELSEWHERE = {
    "profile": "tests/corpus/test_profile.py",
    "encoding": "tests/cli/test_config.py",
    "baseline": "tests/cli/test_baseline.py",
}


@pytest.mark.parametrize("name", CASES)
def test_key_changes_the_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("base.toml").write_text('ignore = ["CT1"]')
    write_files()
    with_it, without, text = CASES[name]
    results = []
    for settings in (with_it, without):
        Path("cleantext.toml").write_text(settings)
        results.append(Cleaner(Sources({}).at().config()).clean(text).text)
    assert results[0] != results[1]


def test_every_key_has_a_test() -> None:
    assert {key.name for key in KEYS} == CASES.keys() | ELSEWHERE.keys()
    for name, path in ELSEWHERE.items():
        assert name in (Path(__file__).parents[2] / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_examples_are_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: object) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").mkdir()
    monkeypatch.chdir(tmp_path / "x")
    Path("../base.toml").write_text("")
    Path("names.txt").write_text("a")
    Path("review.toml").write_text("")
    Path("house-rules.toml").write_text(OWN)
    Path("cleantext.toml").write_text(f"{key.name} = {key.example}\n")  # type: ignore[attr-defined]
    Sources({}).at().config()
