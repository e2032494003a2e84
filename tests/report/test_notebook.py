from html.parser import HTMLParser

import pytest

import cleantext
from cleantext.finding import CleanResult, Finding, Report
from cleantext.report.notebook import result_html
from tests.fake import FakeCleaner
from tests.report.test_html import HOSTILE


class Marks(HTMLParser):
    """Tags with their titles and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_what_notebooks_show() -> None:
    html = FakeCleaner().clean("Before [[gone]] {{bad|good}} ((doubtful)) after\n")._repr_html_()
    marks = Marks(html)
    assert [tag for tag, _ in marks.tags if tag in ("del", "ins")] == ["del", "del", "ins"]
    assert "Before [[gone]] {{bad|good}}good ((doubtful)) after" in marks.text
    assert marks.text.startswith("cleantext: 2 edits, 1 flag, 48 → ")
    titles = [attributes["title"] for _, attributes in marks.tags if "title" in attributes]
    assert titles[0] == "CT901 share-bar, confidence 0.97: it stands in square brackets"
    assert titles[-1] == "CT903 byline, confidence 0.55: it stands in round brackets"


def test_hostile_markup_stays_text() -> None:
    finding = Finding("CT901", HOSTILE, 0, len(HOSTILE), HOSTILE, HOSTILE + "x", "replace", 0.9, HOSTILE)
    report = Report((finding,), chars_in=len(HOSTILE) * 2, chars_out=len(HOSTILE) * 2 + 1)
    html = result_html(CleanResult(HOSTILE + "x" + HOSTILE, report))
    marks = Marks(html)
    assert {tag for tag, _ in marks.tags} <= {"div", "span", "del", "ins"}
    assert not [name for _, attributes in marks.tags for name in attributes if name.startswith("on")]
    assert marks.text.count("<script>alert(1)</script>") == 3


def test_long_results_end() -> None:
    html = FakeCleaner().clean("[[noise]] " * 1000)._repr_html_()
    assert "the rest is not shown" in html
    assert html.count("<del") <= 202


def test_dataframe() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    report = cleantext.clean("They meet on Marcus EriksonTuesday, kicking off a tour.").report
    frame = report.to_dataframe()
    assert list(frame.columns) == list(Finding.__struct_fields__)
    assert frame.loc[0, "rule"] == "CT101"
    assert frame.loc[0, "start"] == report.findings[0].start
    assert len(cleantext.clean("One.").report.to_dataframe()) == 0
    assert list(cleantext.clean("One.").report.to_dataframe().columns) == list(frame.columns)
