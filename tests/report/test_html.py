import re
from html.parser import HTMLParser

import pytest

from cleantext.config import Config
from cleantext.finding import Finding, Report
from cleantext.report import html
from cleantext.report.html import ShownDocument, render_page
from cleantext.report.jsonl import DocumentRecord
from cleantext.report.summary import Omission, Summary, Totals
from tests.fake import FakeCleaner

VOID = {"meta", "br"}
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;\u202e"


class Page(HTMLParser):
    """Tags, attributes and text of a page; asserts that elements are nested well."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] != ["style"]:
            self.text += data

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.attributes if key == name]


def page_of(*texts: str, failures: tuple[Omission, ...] = (), paths: str = "doc") -> str:
    totals = Totals()
    documents = []
    for i, text in enumerate(texts):
        report = FakeCleaner().clean(text).report
        totals.add(DocumentRecord(path=f"{paths}{i}", status="cleaned", report=report))
        documents.append(ShownDocument(f"{paths}{i}", text, report))
    return render_page(Summary("9.9", Config(), "utf-8", totals, failures), documents, len(documents))


def test_findings_stand_in_their_places() -> None:
    page = page_of("Before [[gone]] {{bad|good}} ((doubtful)) after\n")
    body = page[page.rindex('<div class="text" dir="auto">') :]
    assert re.search(r">Before <del [^>]*>\[\[gone\]\]</del> ", body)
    assert re.search(r"<del [^>]*>\{\{bad\|good\}\}</del><ins [^>]*>good</ins> ", body)
    assert re.search(r"<mark [^>]*>\(\(doubtful\)\)</mark> after\n</div>", body)


def test_hover_and_keyboard_give_rule_confidence_and_reason() -> None:
    parsed = Page(page_of("a [[b]] c"))
    tip = "CT901 share-bar · removed · confidence 0.97 · it stands in square brackets"
    assert parsed.values("data-tip") == [tip]
    assert parsed.values("tabindex") == ["0"]


def test_page_needs_nothing_else() -> None:
    page = page_of("a [[b]] c")
    assert not re.search(r"https?:|<script|<link|@import|url\(", page)
    assert "default-src 'none'" in page
    assert "prefers-color-scheme: dark" in page
    assert 'name="viewport"' in page


def test_hostile_markup_stays_text() -> None:
    finding = Finding("CT901", HOSTILE, 0, len(HOSTILE), HOSTILE, HOSTILE, "replace", 0.9, HOSTILE)
    report = Report((finding,), chars_in=len(HOSTILE), chars_out=len(HOSTILE))
    totals = Totals()
    totals.add(DocumentRecord(path=HOSTILE, status="cleaned", report=report))
    omissions = (Omission(HOSTILE, HOSTILE),)
    config = Config(select=(HOSTILE,), protect=(HOSTILE,), lang=HOSTILE)
    summary = Summary("9.9", config, "utf-8", totals, omissions, omissions)
    page = render_page(summary, [ShownDocument(HOSTILE, HOSTILE * 2, report)], 1)
    parsed = Page(page)
    assert not {"script", "img"} & set(parsed.tags)
    assert not [name for name, _ in parsed.attributes if name.startswith("on")]
    assert parsed.text.count("<script>alert(1)</script>") >= 8
    assert "\u202e" not in page


def test_any_text_can_be_written() -> None:
    page = page_of("a\0\ud800\r\n[[\x1b\udfff]]", paths="\udcff\n")
    page.encode("utf-8")
    assert "\0" not in page


def test_removed_line_end_can_be_seen() -> None:
    assert "[[b]]↵</del>\nc" in page_of("a\n[[b]]\nc\n")


def test_long_unchanged_text_is_left_out() -> None:
    page = page_of("word " * 1000 + "[[b]]" + " word" * 1000)
    assert page.count("characters unchanged") == 2
    assert len(page) < 20_000


def test_page_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MOST_TEXT", 500)
    page = Page(page_of(*["[[noise]]"] * 10)).text
    assert "Shown are 3 of 10: those with the largest share taken out." in page
    monkeypatch.setattr(html, "MOST_FINDINGS", 5)
    assert "the rest is not on this page" in page_of("[[noise]] " * 10)


def test_long_lists_end_with_how_many_more() -> None:
    page = page_of(failures=tuple(Omission(f"f{i}", "reason") for i in range(html.MOST_LISTED + 7)))
    assert "and 7 more in summary.json" in page
    assert "None: no document holds anything" in page


@pytest.mark.parametrize(
    ("share", "shown"), [(0.0, "0.0 %"), (0.0001, "&lt; 0.1 %"), (0.25, "25.0 %"), (1.0, "100.0 %")]
)
def test_a_little_is_not_shown_as_nothing(share: float, shown: str) -> None:
    totals = Totals(cleaned=1, chars_in=10_000, chars_out=round(10_000 * (1 - share)))
    page = render_page(Summary("9.9", Config(), "utf-8", totals), [], 0)
    assert f"<dd>{shown}</dd>" in page
