"""The extension modules say what the Python beside them says, and refuse what they can't take."""

from __future__ import annotations

import sys

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from cleantext import border, concepts, language
from cleantext.compiled import bitmap, extension
from cleantext.document import fold
from cleantext.lexicon import function_word_lists, pack
from cleantext.notices import best, bounds, model

words = extension("words")
built = pytest.mark.skipif(words is None, reason="the extension modules aren't built or not in force")

LANGS = ("en", "de", "fr", "pl", "tr", "zh", "th")
TERMS = [
    term.replace("*", "")
    for lang in LANGS
    for listed in pack(lang)["concepts"].values()
    for term in listed[:6]
]
FUNCTION = [w for ws in function_word_lists().values() for w in ws]
GLUE = st.sampled_from(
    [" ", "  ", "-", " - ", "'", "’", ", ", ". ", "\t", "", "\u200c", "。", "\u3000", "\ud800"]
)
TEXTS = st.lists(
    st.one_of(st.sampled_from(TERMS), st.sampled_from(FUNCTION), st.text(max_size=6), GLUE), max_size=60
).map("".join)


@built
@given(text=TEXTS, lang=st.sampled_from(LANGS), least=st.integers(0, 3), data=st.data())
def test_concepts(text: str, lang: str, least: int, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded)))
    stop = data.draw(st.integers(start, len(folded)))
    t = concepts.table(lang)
    enough = 0 if t.inner else least
    assert t.quick.find(folded, start, stop, enough) == concepts._find(t, folded, start, stop, least)


@built
def test_concepts_forgets_when_there_are_too_many_words() -> None:
    assert words is not None
    asked = []

    def unknown(word: str) -> tuple[object, ...]:
        asked.append(word)
        return ((word, ()),)

    terms = words.Terms(unknown, *concepts._bitmaps(), 3000)
    text = " ".join(f"w{n}" for n in range(1500))
    for _ in range(2):
        assert len(terms.find(text, 0, len(text), 1)[0]) == 1500
    assert len(asked) == 1500
    other = text.replace("w", "v")
    for _ in range(3):
        for each in (text, other, text.replace("w", "u")):
            assert terms.find(each, 0, len(each), 1)[1] == 1500
    assert len(asked) > 4500


@built
def test_concepts_leaves_a_sentence_without_end_to_python() -> None:
    t = concepts.table("en")
    text = "we earn " * 5000
    assert t.quick.find(text, 0, len(text), 1) is None
    assert concepts.expressed(text, 0, len(text), "en").words == 10_000
    word = "we " + "é" * 5000
    assert t.quick.find(word, 0, len(word), 1)[1] == 2


@built
@pytest.mark.parametrize("terms", [[("we", ())], (("we",),), (("we", [("x", True)]),), ("we",)])
def test_concepts_refuses_other_tables(terms: object) -> None:
    assert words is not None
    table = words.Terms(lambda word: terms, *concepts._bitmaps(), 10)
    with pytest.raises(TypeError):
        table.find("we do", 0, 5, 1)


@built
def test_concepts_passes_on_what_the_table_raises() -> None:
    assert words is not None

    def unknown(word: str) -> object:
        raise LookupError(word)

    with pytest.raises(LookupError, match="we"):
        words.Terms(unknown, *concepts._bitmaps(), 10).find("we do", 0, 5, 1)
    with pytest.raises(ValueError, match="bitmap"):
        words.Terms(unknown, b"", b"", 10)


@built
@given(TEXTS)
def test_function_words(text: str) -> None:
    counter = language._counter()
    assert counter is not None
    assert counter.count(fold(text)) == language._count(fold(text))


@built
def test_function_words_refuses_what_it_has_no_room_for() -> None:
    assert words is not None
    with pytest.raises(ValueError, match="languages"):
        words.FunctionWords({"a": (128,)}, "")
    with pytest.raises(TypeError):
        words.FunctionWords({"a": [1]}, "")
    with pytest.raises(ValueError, match="marks"):
        words.FunctionWords({}, "." * 65)


MARKS = st.sampled_from(
    [*'....!?…。！؟।"”’»)]（', "...", "U.S", " e.g", "z.B", " Mr", "3", "12", "A", "Ab", " a", "ß"]
)


@built
@given(st.lists(st.one_of(MARKS, GLUE, st.text(max_size=3)), max_size=40).map("".join), st.data())
def test_sentences(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    assert border.sentences(text, start, stop) == border._sentences(text, start, stop)


@built
@given(st.text(st.characters(min_codepoint=0x300, max_codepoint=0x30FF) | st.characters()))
def test_scripts(text: str) -> None:
    assert words is not None
    quick = words.in_ranges(text, language._STRIDE, language._BOUNDS)
    assert list(quick) == language._in_ranges(text[:: language._STRIDE])


def test_bitmap() -> None:
    bits = bitmap(r"[\p{Nd}]")
    digit = regex.compile(r"\p{Nd}")
    for c in (0, 0x30, 0x39, 0x3A, 0x660, 0x1D7CE, sys.maxunicode):
        assert bool(bits[c >> 3] >> (c & 7) & 1) == bool(digit.match(chr(c)))


@given(text=TEXTS, lang=st.sampled_from(LANGS))
def test_no_notice_is_likelier_than_its_bound(text: str, lang: str) -> None:
    this = concepts.expressed(fold(text), 0, len(text), lang)
    family, odds = best(text, this.spans, this.words)
    assert bounds().most(family, this.spans, this.words) >= odds - 1e-9


def test_every_feature_is_bounded() -> None:
    """A feature that the bounds don't know would make them too low."""
    from cleantext.notices import _EXCLUSIVE, _LIMITS

    bounded = {name for names in _EXCLUSIVE for name in names} | {f">{n}" for n in _LIMITS}
    bounded |= {"dense", "thin", "thinner"} | {f"{n} concepts" for n in (2, 3, 4, 5)}
    meant = set(pack("en")["concepts"])
    for name in model().weights:
        assert name in bounded or set(name.split("&")) <= meant, name
