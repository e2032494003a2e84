"""The noise that started the project, whole."""

from __future__ import annotations

import cleantext

CONTENT = (
    "Beijing — The president of a neighbouring country will arrive in Beijing on {}Tuesday, kicking off a three-day "
    "trip in which he will meet his counterpart.\n"
    "It also follows claims that the sides have denied. The visit was announced last week.\n"
)
ROWS = (
    "2025-04-28 15:34834 view\n2025-04-28 15:192932 view\n2025-04-28 15:161035 view\n"
    "2025-04-28 14:252836 view\n2025-04-28 14:032176 view\n2025-04-28 13:422063 view\n"
)
TEASER = (
    "SEOUL, Dec 12 - South Korean President Yoon Suk-yeol's switch from contrition to defiance on Thursda\n"
)
DISCLAIMERS = (
    "We independently selected these deals and products because we love them, and we think you might like\n"
    "We independently selected these products because we love them, and we think you might like them at t"
)


def test_article() -> None:
    noisy = CONTENT.format("Marcus Erikson") + ROWS + TEASER + DISCLAIMERS
    result = cleantext.clean(noisy)
    assert result.text.rstrip("\n") == CONTENT.format("").rstrip("\n")
    assert {f.family for f in result.report.edits} == {
        "date-intrusion",
        "view-rows",
        "truncated-teaser",
        "affiliate-disclaimer",
    }
    assert cleantext.restore(result.text, result.report) == noisy
    assert not cleantext.clean(result.text).report.edits


def test_each_piece_alone() -> None:
    for piece in (ROWS, TEASER, DISCLAIMERS):
        noisy = CONTENT.format("") + piece
        assert cleantext.clean(noisy).text.rstrip("\n") == CONTENT.format("").rstrip("\n")
