import base64
import hashlib
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
from tests.report.pages import unpacked

VOID = {"meta", "br", "input"}
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
        if self._open[-1:] not in (["style"], ["script"]):
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
    (document,) = unpacked(page, "chunk-0")
    assert document["parts"] == ["Before ", [0], " ", [1], " ", [2], " after\n"]
    assert [f[2:7] for f in document["findings"]] == [
        [0, 0.97, "it stands in square brackets", "[[gone]]", ""],
        [1, 0.91, "it stands in braces, with what was meant", "{{bad|good}}", "good"],
        [2, 0.55, "it stands in round brackets", "((doubtful))", ""],
    ]


def test_index() -> None:
    english = "The man and the woman were in the house, and it was late in the day when they left it. "
    page = page_of(english + "[[a]] ((b))", "{{c|d}} [[e]]")
    index = unpacked(page, "index")
    assert index["paths"] == ["doc0", "doc1"]
    assert (index["edits"], index["flags"], index["langs"]) == ([1, 2], [1, 0], ["en", ""])
    names = [name for name, _, _ in index["names"]]
    assert [[names[r] for r in rules] for rules in index["rules"]] == [["CT901", "CT903"], ["CT901", "CT902"]]


def test_many_documents_come_in_chunks() -> None:
    page = page_of(*["[[noise]]"] * 250)
    index = unpacked(page, "index")
    assert (index["chunks"], index["each"], len(index["paths"])) == (3, 100, 250)
    assert [len(unpacked(page, f"chunk-{n}")) for n in range(3)] == [100, 100, 50]
    assert 'id="chunk-3"' not in page


def test_page_needs_nothing_else() -> None:
    page = page_of("a [[b]] c")
    assert not re.search(r"https?:|<link|@import|url\(| src=", page)
    assert "prefers-color-scheme: dark" in page
    assert 'name="viewport"' in page


def test_policy_lets_only_this_script_run() -> None:
    page = page_of("a [[b]] c")
    script = page[page.rindex("<script>") + 8 : page.rindex("</script>")]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'" in page
    assert not re.search("innerHTML|outerHTML|insertAdjacent|document.write|eval|DOMParser", script)


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
    assert parsed.tags.count("script") == 3  # one chunk, the index, the page's own
    assert "img" not in parsed.tags
    assert not [name for name, _ in parsed.attributes if name.startswith("on")]
    assert parsed.text.count("<script>alert(1)</script>") >= 6
    assert "\u202e" not in page


def test_any_text_can_be_written() -> None:
    text = "a\0\ud800\r\n[[\x1b\udfff]]"
    page = page_of(text, paths="\udcff\n")
    page.encode("utf-8")
    assert "\0" not in page
    (document,) = unpacked(page, "chunk-0")
    assert document["parts"][0] == "a\0\ud800\r\n"
    assert document["findings"][0][5] == "[[\x1b\udfff]]"


def test_long_unchanged_text_is_left_out() -> None:
    page = page_of("word " * 1000 + "[[b]]" + " word" * 1000)
    (document,) = unpacked(page, "chunk-0")
    assert [type(part) for part in document["parts"]] == [int, str, list, str, int]
    assert sum(part for part in document["parts"] if isinstance(part, int)) > 9000


def test_long_findings_are_shortened() -> None:
    (document,) = unpacked(page_of("[[" + "long " * 1000 + "]]"), "chunk-0")
    (part,) = document["parts"]
    assert len(part[1]) < 1300
    assert document["findings"][0][7] == 1
    assert len(document["findings"][0][5]) == html.MOST_REVIEWED


def test_page_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MOST_TEXT", 200)
    page = Page(page_of(*["[[noise]]"] * 10)).text
    assert "Shown are 3 of 10: those with the largest share taken out." in page
    monkeypatch.setattr(html, "MOST_FINDINGS", 5)
    (document,) = unpacked(page_of("[[noise]] " * 10), "chunk-0")
    assert document["parts"][-1] == -1


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
