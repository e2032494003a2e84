"""Texts that fuzzing found: each broke a promise once (``python -m tests.fuzz``)."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from cleantext.cleaner import Cleaner
from tests.fuzz.check import MODES, contract
from tests.fuzz.targets import TARGETS

FOUND = sorted((Path(__file__).parent / "data" / "found").glob("*.json"))
CLEANERS = {mode: Cleaner(**settings) for mode, settings in MODES.items()}


@pytest.mark.parametrize("path", FOUND, ids=lambda p: p.stem)
def test_what_was_found_stays_mended(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    for cleaner in CLEANERS.values():
        why, _ = contract(cleaner, record["text"], record.get("lang"))
        assert why is None, why


@pytest.mark.parametrize("lang", ["xx", "yue", "", "-", "zh_CN", "\ud800", "en-US-x-" + "a" * 999])
def test_any_hint_is_taken(lang: str) -> None:
    text = "By Otto Edith\nd ADVERTISEMENT\nSubscribe to our newsletter.\nd ADVERTISEMENT关多久\n"
    assert contract(CLEANERS["balanced"], text, lang)[0] is None


@pytest.mark.parametrize("name", TARGETS)
def test_each_target_is_tried(name: str) -> None:
    chance = Random(7)
    texts = ["The bridge opens in May.\n", "By Otto \ud800 Edith,\r\n", '"Share"']
    for _ in range(3 if name == "pages" else 40):
        assert TARGETS[name][0](texts, chance) is None
