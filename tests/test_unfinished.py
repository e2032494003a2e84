"""Lines that were cut off, and lines that are whole without an end mark."""

import pytest

import cleantext
from cleantext.document import Document
from cleantext.unfinished import (
    Surroundings,
    cells,
    features,
    in_the_text,
    is_dateline,
    is_item,
    may_end,
    model,
    others_end,
    score,
    seldom_ends,
)

AMONG_PROSE = Surroundings(ended=10, open=0, short=0)
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
    assert in_the_text("he came on thursday, not on monday. thurs", "thurs")[1]
    assert not in_the_text("a worker is working at work", "work")[1]


def test_words_and_endings_of_the_text_itself() -> None:
    assert in_the_text("the boat left, and no boat came", "boat") == (True, False, False)
    # `tion` goes on in every word but the one in question
    assert in_the_text("stations, nations and rations, an illumitio", "illumitio") == (False, False, True)


def test_a_long_text_is_not_searched_to_its_end() -> None:
    """Each unfinished line would otherwise cost as much as the text is long."""
    assert in_the_text("an " * 1000 + "other " + "an " * 1000, "an")[0]


@pytest.mark.parametrize(
    ("word", "langs", "may"), [("the", {"en"}, False), ("the", {"fr"}, True), ("the", None, True)]
)
def test_function_words_count_in_their_language(word: str, langs: set[str] | None, may: bool) -> None:
    assert may_end(word, langs) is (may if langs else False)


@pytest.mark.parametrize(
    ("ended", "unended", "says"), [(0, 0, False), (3, 0, True), (3, 1, False), (9, 1, True), (8, 4, False)]
)
def test_a_line_says_something_where_the_others_end(ended: int, unended: int, says: bool) -> None:
    assert others_end(Surroundings(ended, unended, 0)) is says


def test_every_feature_has_a_weight() -> None:
    """Features that the model doesn't know would be weighed with nothing, unseen."""
    doc = Document(PROSE + 'He said "the (boats, which came in on the 12 3456789 th\n- a\n')
    names = features(doc, 2, doc.line(2).strip(), AMONG_PROSE)
    assert "open quote" in names
    assert "open bracket" in names
    assert set(names) <= set(model().line.single)


def test_a_word_cut_short_is_likelier_than_a_whole_one() -> None:
    cut = (
        "A storm that formed over the weekend has moved north and is expected to reach the islands on Thursda"
    )
    whole = "A storm that formed over the weekend has moved north and is expected to reach the islands on Thursdays"
    odds = []
    for line in (cut, whole):
        doc = Document(PROSE + line + "\n" + PROSE)
        odds.append(score(features(doc, 2, line, AMONG_PROSE)))
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
