"""Pages: their bytes, their text, and what a run makes of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import cleantext
from cleantext import html as pages
from cleantext.cli import main
from cleantext.context import network
from cleantext.context.decide import view
from cleantext.context.merge import expectations, merged
from cleantext.context.opinion import Opinion
from cleantext.document import Document
from cleantext.errors import ExtraError
from cleantext.html import decode_html, extract
from cleantext.rules import find_rule
from tests.test_context import MENU, STORY, TEASERS


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>The last ferry</title>{head}</head><body>{body}</body></html>"


def items(lines: list[str], tag: str = "li") -> str:
    return "".join(f"<{tag}><a href='/x'>{line}</a></{tag}>" for line in lines)


PAGE = page(
    f"<nav><ul>{items(MENU)}</ul></nav><main><article><h1>The last ferry</h1>"
    + "".join(f"<p>{p}</p>" for p in STORY)
    + f"</article></main><div class='more'>{items(TEASERS, 'div')}</div><footer>{items(MENU, 'span')}</footer>"
)


@pytest.mark.parametrize(
    ("data", "header", "text", "encoding"),
    [
        ("Größe".encode(), None, "Größe", "utf-8"),
        ("\ufeffGröße".encode(), "text/html; charset=latin-1", "Größe", "utf-8"),
        ("\ufeffGröße".encode("utf-16-le"), None, "Größe", "utf-16-le"),
        (b"<meta charset='iso-8859-1'>\x93Gr\xf6\xdfe\x94", None, "“Größe”", "cp1252"),
        (b"<meta charset='utf-8'>Gr\xf6\xdfe", "text/html; charset=ISO-8859-1", "Größe", "cp1252"),
        ("<meta charset='gb2312'>朱镕基".encode("gb18030"), None, "朱镕基", "gb18030"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">Мост'.encode("cp1251"),
            None,
            "Мост",
            "cp1251",
        ),
        ('<?xml version="1.0" encoding="iso-8859-2"?>Łódź'.encode("iso-8859-2"), None, "Łódź", "iso8859-2"),
        ("<meta charset='utf-16'>Größe".encode(), None, "Größe", "utf-8"),
        ("<meta charset='no-such-thing'>Größe".encode(), None, "Größe", "utf-8"),
        (b"<meta charset='windows-1252'>" + "Größe ".encode() * 400 + b"\xff", None, "Größe", "cp1252"),
    ],
)
def test_bytes_are_read_as_browsers_do(data: bytes, header: str | None, text: str, encoding: str) -> None:
    found, name = decode_html(data, header)
    assert name == encoding
    if encoding != "cp1252" or "Größe".encode() not in data:
        assert text in found


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=30)))
@settings(max_examples=200, deadline=None)
def test_any_bytes_become_text(data: bytes, header: str | None) -> None:
    text, name = decode_html(data, header)
    assert isinstance(text, str)
    "".encode(name)


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(ExtraError, match=r"cleantext-toolkit\[html\]"):
        extract(PAGE)


def test_only_text_and_bytes_are_pages() -> None:
    with pytest.raises(TypeError, match="not int"):
        extract(3)  # type: ignore[arg-type]


@pytest.fixture
def extractors() -> None:
    pytest.importorskip("trafilatura")
    pytest.importorskip("resiliparse")


@pytest.mark.usefixtures("extractors")
class TestExtract:
    def test_the_story_is_taken_out_of_the_page(self) -> None:
        result = cleantext.extract(PAGE)
        assert all(p in result.text for p in STORY)
        assert not any(t in result.text for t in TEASERS)
        assert {p.source for p in result.parts} == {"trafilatura", "resiliparse", "page", "merged"}
        assert result.parts[0].source == result.source
        assert [p.score for p in result.parts] == sorted((p.score for p in result.parts), reverse=True)
        assert cleantext.restore(result.text, result.report) == result.extracted
        assert cleantext.extract(PAGE.encode()).encoding == "utf-8"

    @pytest.mark.parametrize("html", ["", "no markup", "<html>", "<p>" * 3000, "\x00<b>\ud800", page("")])
    def test_no_page_raises(self, html: str) -> None:
        assert isinstance(cleantext.extract(html).text, str)

    @given(
        st.lists(
            st.sampled_from(["<p>", "</p>", "<div>", "<table><tr>", "<td>", *STORY, *MENU, "&amp;"]),
            max_size=20,
        )
    )
    @settings(max_examples=20, deadline=None)
    def test_the_same_page_gives_the_same(self, parts: list[str]) -> None:
        html = page("".join(parts))
        assert cleantext.extract(html) == cleantext.extract(html)

    def test_long_pages_and_texts_are_not_judged(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pages, "judge_opinions", lambda *_: pytest.fail("judged"))
        monkeypatch.setattr(pages, "LONGEST_TEXT", 100)
        assert cleantext.extract(PAGE).source == "trafilatura"
        monkeypatch.setattr(pages, "LONGEST_PAGE", 100)
        result = cleantext.extract(PAGE)
        assert result.source == "resiliparse"
        assert all(p in result.text for p in STORY)

    def test_a_run_writes_the_text_of_pages(self, tmp_path: Path) -> None:
        source, out = tmp_path / "in", tmp_path / "out"
        source.mkdir()
        (source / "ferry.html").write_text(PAGE, encoding="utf-8")
        assert CliRunner().invoke(main, ["run", str(source), str(out)]).exit_code == 0
        assert (out / "ferry.html.txt").read_text(encoding="utf-8") == cleantext.extract(PAGE).text


def test_a_long_footer_costs_no_time() -> None:
    """Words that could be one site's name or several, with what can't be part of it behind them."""
    line = (
        "© Alder 2024 " + " ".join(f"{w} Terms Notes" for w in "Oak Elm Ash Fir Yew Bay Box".split()) + " ~"
    )
    footer = find_rule("CT304")._footer  # type: ignore[attr-defined]
    assert footer.fullmatch(line, timeout=60) is None
    assert footer.fullmatch(line[:-2], timeout=60)


def test_votes_follow_the_extractors() -> None:
    """Of two runs of lines that the model is unsure of, the one that both extractors have stays."""
    model = network.load()
    lines = [*MENU[:8], *STORY, *MENU[8:16]]
    page = view(Document("\n".join(lines)), model, 2.0)
    taken = view(Document("\n".join(STORY)), model, 2.0)
    even = np.full(len(lines), 0.5, dtype=np.float32)
    both = (Opinion(*taken), Opinion(*taken), Opinion(page[0], even, np.ones(len(lines), dtype=bool)))
    last, odds = merged(both, model.arrays)
    assert last.keep.tolist() == [s in STORY for s in lines]
    rows = expectations((*both, last), odds)
    assert rows.shape == (4, 7)
    assert rows[0, 0] > rows[2, 0]
    none = Opinion(None, even[:0], np.zeros(0, dtype=bool))
    assert merged((none, none, none), model.arrays)[0].lines is None
