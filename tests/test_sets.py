"""Sets of words in expressions: they match what a plain named set matches."""

from __future__ import annotations

import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext.lexicon.dates import LISTS
from cleantext.lexicon.form import slot
from cleantext.lexicon.sets import compile_sets
from cleantext.rules import pieces

# Letters that share capitals (i, ı; s, ſ; σ, ς; µ, μ), or whose capital is longer, and marks that mean something in a class.
_LETTERS = "abiısſσςµμßkx -]^[.\\&|~#1é中"
_WORDS = st.frozensets(st.text(_LETTERS, min_size=1, max_size=4), min_size=1, max_size=80)
_TEXT = st.text(_LETTERS + "AİISKΣΜẞ", max_size=6)


@settings(deadline=None)
@given(_WORDS, _TEXT, st.booleans())
def test_a_tree_matches_what_its_words_match(words: frozenset[str], text: str, ignore_case: bool) -> None:
    source = r"(?i:\L<words>)" if ignore_case else r"\L<words>"
    plain = regex.compile(source, words=sorted(words))
    cased, folded = ({}, {"words": words}) if ignore_case else ({"words": words}, {})
    tree = compile_sets(source, cased, folded)
    for candidate in (text, *words):
        expected = plain.match(candidate)
        found = tree.match(candidate)
        assert (found and found.span()) == (expected and expected.span()), candidate
        assert bool(tree.fullmatch(candidate)) == bool(plain.fullmatch(candidate)), candidate


def test_it_gives_back_shorter_words() -> None:
    words = [f"{a}{b}{c}" for a in "abc" for b in "def" for c in ("", "g", "gh")]
    tree = compile_sets(r"\L<words>h?x", {"words": words}, {})
    for word in words:
        assert tree.fullmatch(word + "x"), word
        assert tree.fullmatch(word + "hx"), word


def test_the_lexicons_own_sets() -> None:
    dates = compile_sets(slot("date"), LISTS, {})
    plain = regex.compile(slot("date"), ignore_unused=True, **LISTS)
    said = pieces.heads("byline", "name")
    callers = compile_sets(r"(?i:\L<said>)", {}, {"said": said})
    for name in LISTS["months"] | LISTS["weekdays"]:
        for date in (f"3 {name} 2024", f"{name} 3, 2024", name):
            assert bool(dates.fullmatch(date)) == bool(plain.fullmatch(date)), date
    for word in said:
        for shown in (word, word.title(), word.upper()):
            if len(shown) == len(word):
                assert callers.fullmatch(shown), shown
