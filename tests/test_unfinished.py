"""Lines that were cut off, and lines that are whole without an end mark."""

from collections import Counter

import pytest

import cleantext
from cleantext.document import Document
from cleantext.unfinished import (
    Surroundings,
    begins_another,
    cells,
    features,
    is_dateline,
    is_item,
    model,
    score,
    seldom_ends,
)

NOWHERE = Surroundings(Counter(), 0.1, 1)
PROSE = (
    "The council met on Monday to talk about the harbour. It was a long evening, and nobody left before ten.\n"
    "The mayor said that the money would come from the fund for roads. Some members did not believe it.\n"
)


@pytest.mark.parametrize(
    ("word", "lang", "seldom"),
    [("thursda", "en", True), ("includin", "en", True), ("thursday", "en", False), ("house", "en", False)],
)
def test_endings(word: str, lang: str, seldom: bool) -> None:
    assert (seldom_ends(word, [lang]) >= 2) is seldom


def test_endings_of_unknown_languages_say_nothing() -> None:
    assert seldom_ends("thursda", None) == 0
    assert seldom_ends("thursda", ["xx"]) == 0


def test_one_language_that_allows_an_ending_is_enough() -> None:
    assert seldom_ends("casa", ["es", "en"]) <= seldom_ends("casa", ["en"])


def test_widths_count_wide_characters_twice() -> None:
    assert cells("abc") == 3
    assert cells("漢字") == 4


def test_datelines_and_items() -> None:
    assert is_dateline("OSLO (AFP) - The bank kept its rate")
    assert not is_dateline("The bank kept its rate")
    assert is_item("- one piano")
    assert not is_item("one piano")


def test_only_one_longer_word_counts() -> None:
    assert begins_another("thurs", Counter(["thursday", "monday"]))
    assert not begins_another("work", Counter(["worker", "working"]))


def test_every_feature_has_a_weight() -> None:
    """Features that the model doesn't know would be weighed with nothing, unseen."""
    doc = Document(PROSE + 'He said "the (boats, which came in on the 12 3456789 th\n- a\n')
    names = features(doc, 2, doc.line(2).strip(), NOWHERE)
    assert "open quote" in names
    assert "open bracket" in names
    assert set(names) <= set(model().weights)


def test_a_word_cut_short_is_likelier_than_a_whole_one() -> None:
    cut = (
        "A storm that formed over the weekend has moved north and is expected to reach the islands on Thursda"
    )
    whole = "A storm that formed over the weekend has moved north and is expected to reach the islands on Thursdays"
    odds = []
    for line in (cut, whole):
        doc = Document(PROSE + line + "\n" + PROSE)
        odds.append(score(features(doc, 2, line, NOWHERE)))
    assert odds[0] > odds[1] + 1


def test_lone_teaser_goes_and_a_heading_stays() -> None:
    teaser = (
        "Rates of illness have risen in the islands where the harbour was opened to ships from afar, includin"
    )
    assert cleantext.clean(PROSE + teaser + "\n" + PROSE).text == PROSE + PROSE
    heading = PROSE + "What the new harbour means for the people who live on the islands\n" + PROSE
    assert cleantext.clean(heading).text == heading


def test_prose_wrapped_at_a_width_stays() -> None:
    text = "The committee, which had met for the first time in the spring of that year, was dissolved befor\n"
    text += "it could publish anything. Nobody was surprised, least of all the members.\n"
    assert cleantext.clean(text).text == text
