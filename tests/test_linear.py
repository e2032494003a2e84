"""Texts made to be slow take time in proportion to their length; all of them: `python -m benchmarks linear`."""

from __future__ import annotations

import time

import pytest

import cleantext
from cleantext.marks import Marks

CLEANER = cleantext.Cleaner(mode="aggressive", budget=1.0, unsafe_edits=True)


@pytest.mark.parametrize(
    "unit",
    [
        "<?php ", "<?php\n", "{{", "[a][/b]", "aa@abc_", "<a b", "%%a", "<script>", "<!-- ", '[[{"', "[a b='", "<b>x ",
        "window.a=1;x ", 'f(\\"); ', 'window.a=if(\\"', "[b]a ", "<select>\n\n",
    ],
)  # fmt: skip
def test_abuse_is_read_as_quickly_as_prose(unit: str) -> None:
    text = unit * 20_000
    started = time.process_time()
    result = CLEANER.clean(text)
    # seconds before they were read once; no measurement, but far from both
    assert time.process_time() - started < 8
    assert cleantext.restore(result.text, result.report) == text


def test_a_mark_is_searched_once() -> None:
    class Counting:
        asked = 0

        def search(self, text: str, at: int) -> None:
            self.asked += 1

    pattern = Counting()
    marks = Marks("a" * 50)
    assert [marks.next(pattern, at) for at in range(50)] == [None] * 50
    assert pattern.asked == 1
