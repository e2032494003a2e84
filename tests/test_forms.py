"""The compiled walk along forms: it finds what its twin in Python finds."""

from __future__ import annotations

import random
from functools import cache

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext.compiled import extension
from cleantext.document import fold
from cleantext.lexicon import languages, matcher, pack
from cleantext.lexicon.form import Group, Node, Slot, Text, parse

compiled = pytest.mark.skipif(extension("forms") is None, reason="the extension module isn't in use here")

_FILLINGS = {
    "name": ("Ana Lima", "J. Castell", "이서연", "María del Carmen Ruiz", "ana"),
    "date": ("3 May 2024", "May 3, 2024", "03.05.2024", "2024年5月3日", "Maybe"),
    "time": ("10:15", "10.15 a.m."),
    "site": ("The Ledger", "example.com", "日报"),
    "title": ("The geese came back", ""),
    "n": ("12", "1,204", "3.4k"),
    "net": ("Facebook", "X", "微信"),
    "cats": ("News > Sport",),
    "w": ("Verein",),
    "some": ("the city of Rome", ""),
    "agency": ("Reuters", "dpa"),
    "role": ("Editor",),
    "year": ("2024",),
    "tz": ("GMT", ""),
    "sep": ("|",),
}


@cache
def _forms() -> list[str]:
    found = {
        form
        for code in languages()
        for lists in pack(code).get("labels", {}).values()
        for forms in lists.values()
        for form in forms
    }
    return sorted(found)


def _said(nodes: tuple[Node, ...], rng: random.Random) -> str:
    out = []
    for node in nodes:
        if isinstance(node, Text):
            out.append(node.text)
        elif isinstance(node, Slot):
            out.append(rng.choice(_FILLINGS[node.name]))
        elif isinstance(node, Group):
            out.append(_said(rng.choice(node.options), rng))
    return "".join(out)


@compiled
@settings(deadline=None)
@given(
    st.integers(0, 1 << 30),
    st.sampled_from(["", "The geese left.", "Las ocas volvieron, ", "湖面", "«", " \t", "\u3000•", "x"]),
    st.sampled_from(["", ".", "The ice was thin", " the ice", "冰很薄", "\n", " | 10:15", "\u200bx"]),
    st.sampled_from([str, str.upper, str.title, str.capitalize]),
)
def test_the_twins_agree(seed: int, before: str, after: str, case: object) -> None:
    rng = random.Random(seed)
    assert callable(case)
    for form in rng.sample(_forms(), 12):
        said = case(_said(parse(form), rng))
        if rng.random() < 0.3:
            said = said[: rng.randrange(len(said) + 1)] + rng.choice(["", " ", "x"]) + said[len(said) // 2 :]
        text = before + said + after
        folded = fold(text)
        for at in {0, len(before), rng.randrange(len(text) + 1)}:
            stop = rng.choice([len(text), rng.randrange(at, len(text) + 1)])
            where = (form, text, at, stop)
            args = (form, text, folded, at, stop)
            assert matcher.match_at(*args) == matcher.walk_at(*args), where
            assert matcher.match_inside(*args) == matcher.walk_inside(*args), where
            if stop > at:
                end, back = rng.randrange(at + 1, stop + 1), rng.choice([3, 20, 260])
                around = (form, text, folded, at, end, stop, back)
                assert matcher.match_around(*around) == matcher.walk_around(*around), (*where, end, back)


@compiled
@settings(deadline=None)
@given(st.text("ab .|•\t\n«»'\"()中ไÄä1٣é\u0301\u200b\u3000\x1c", max_size=30), st.integers(0, 1 << 30))
def test_the_twins_agree_on_any_text(text: str, seed: int) -> None:
    rng = random.Random(seed)
    folded = fold(text)
    for form in (
        "(a|ab|) b",
        "{name} a",
        "a{some} b",
        "(a|b)(b|) (a|)",
        "{title}",
        "{n} a",
        "ä é",
        "{some} a {some}",
    ):
        at = rng.randrange(len(text) + 1)
        stop = rng.randrange(at, len(text) + 1)
        args = (form, text, folded, at, stop)
        assert matcher.match_at(*args) == matcher.walk_at(*args)
        assert matcher.match_inside(*args) == matcher.walk_inside(*args)
        if stop > at:
            around = (form, text, folded, at, rng.randrange(at + 1, stop + 1), stop, rng.choice([1, 5, 260]))
            assert matcher.match_around(*around) == matcher.walk_around(*around)


@compiled
def test_what_a_character_is() -> None:
    tables = matcher._build_tables()
    index = memoryview(tables.index).cast("H")
    for bit, source in enumerate(matcher._CLASSES):
        pattern = regex.compile(source)
        for c in [*range(0x3100), *range(0x3100, 0x110000, 97)]:
            found = tables.pages[index[c >> 8] * 256 + (c & 255)] >> bit & 1
            assert found == (pattern.match(chr(c)) is not None), (hex(c), source)


@compiled
def test_errors_are_raised() -> None:
    forms = extension("forms")
    assert forms is not None
    form = forms.Form
    tables = matcher._tables()

    def broken(_name: str) -> None:
        raise RuntimeError("no such slot")

    asks = form((("name", False, 0),), (), broken, tables.pages, tables.index)
    with pytest.raises(RuntimeError, match="no such slot"):
        asks.match_at("Ana", "ana", 0, 3)
    for at, stop in ((-1, 3), (2, 1), (0, 4)):
        with pytest.raises(ValueError, match="offsets"):
            asks.match_at("Ana", "ana", at, stop)
    with pytest.raises(ValueError, match="offsets"):
        asks.match_at("Ana", "an", 0, 2)
    with pytest.raises(ValueError, match="index"):
        form((), (), broken, b"", b"")
    with pytest.raises(ValueError, match="outside"):
        form((), (), broken, b"", tables.index)
    for parts in ((3,), (("a",),), (((3,), True),), ((("a", "b"), True),)):
        with pytest.raises(TypeError):
            form(parts, (), broken, tables.pages, tables.index)
