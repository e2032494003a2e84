"""Every key changes something: the text that comes out, with it and without it."""

from pathlib import Path

import pytest

from cleantext.cleaner import Cleaner
from cleantext.settings.keys import KEYS
from cleantext.settings.sources import Sources

DATE = "They meet on Marcus EriksonTuesday, kicking off a tour.\n"
CREDIT = "The bridge opens in May.\nPhoto: Ana Lima/AFP\nIt was shut.\n"
GERMAN = (
    "The man and the woman were in the house, and it was late in the day when they left it for the town.\n"
    * 2
    + "Sie treffen sich am Marcus EriksonDienstag im Rathaus der Stadt.\n"
)
HALF = "One line of the text stands here.\nOrder no. 12\n"
OWN = """
[[rules]]
code = "MY001"
name = "order"
finds = "Finds order numbers."
patterns = ['^Order no\\. \\d+$']
confidence = 0.85
matches = ["Order no. 1"]
"""

#: Key -> settings without it, settings with it, and a text for which they differ.
CASES = {
    "extend": ("", 'extend = "base.toml"', DATE),
    "mode": ('rules-files = ["own.toml"]', 'mode = "conservative"\nrules-files = ["own.toml"]', HALF),
    "select": ("", 'select = ["CT102"]', DATE),
    "extend-select": ('select = ["CT102"]', 'select = ["CT102"]\nextend-select = ["date-intrusion"]', DATE),
    "ignore": ("", 'ignore = ["CT1"]', DATE),
    "modes": ('rules-files = ["own.toml"]', 'rules-files = ["own.toml"]\nmodes.order = "conservative"', HALF),
    "thresholds": ("", "thresholds = { date-intrusion = 1 }", DATE),
    "unsafe-edits": (
        'extend-unsafe = []\nrules-files = ["flags.toml"]',
        'unsafe-edits = true\nrules-files = ["flags.toml"]',
        HALF,
    ),
    "extend-safe": (
        'rules-files = ["flags.toml"]',
        'extend-safe = ["MY"]\nrules-files = ["flags.toml"]',
        HALF,
    ),
    "extend-unsafe": ("", 'extend-unsafe = ["CT101"]', DATE),
    "protect": ("", 'protect = ["Marcus Erikson"]', DATE),
    "protect-patterns": ("", "protect-patterns = ['Marcus Eri\\w+']", DATE),
    "protect-files": ("", 'protect-files = ["names.txt"]', DATE),
    "budget": ("", "budget = 0.01", DATE),
    "lang": ("", 'lang = "de"', GERMAN),
    "languages": ("", 'languages = ["de"]', DATE),
    "rules-files": ("", 'rules-files = ["own.toml"]', HALF),
    "reviews": ("", 'reviews = ["review.toml"]', DATE),
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
    Path("review.toml").write_text(
        '[[findings]]\nverdict = "wrong"\nrule = "CT101"\ntext = "Marcus Erikson"\n'
    )
    Path("names.txt").write_text("Somebody\r\nMarcus Erikson\r\n")
    Path("own.toml").write_text(OWN)
    Path("flags.toml").write_text(OWN + "only-flags = true\n")
    without, with_it, text = CASES[name]
    results = []
    for settings in (without, with_it):
        Path("cleantext.toml").write_text(settings)
        results.append(Cleaner(Sources({}).at().config()).clean(text).text)
    assert results[0] != results[1]


def test_every_key_has_a_test() -> None:
    assert {key.name for key in KEYS} == CASES.keys() | ELSEWHERE.keys()


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
