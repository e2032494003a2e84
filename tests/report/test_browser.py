"""The HTML report in a real browser: Chromium without a window, driven by playwright."""

from __future__ import annotations

import os
import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.report_page import fifty_thousand, page_of
from cleantext.config import Config
from cleantext.finding import Finding, Report
from cleantext.report.html import ShownDocument, render_page
from cleantext.report.jsonl import DocumentRecord
from cleantext.report.summary import Omission, Summary, Totals
from cleantext.review import load_review
from tests.fake import FakeCleaner
from tests.report.test_html import HOSTILE

playwright = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not installed: pip install '.[browser]'"
)
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens a report; fails the test when the page logs an error or asks for anything."""
    errors: list[str] = []
    contexts = []

    def open_page(html: str, init: str = "", **options: Any) -> Any:
        path = tmp_path / "report.html"
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(**{"viewport": {"width": 1200, "height": 900}} | options)
        contexts.append(context)
        page = context.new_page()
        if init:
            page.add_init_script(init)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: message.type == "error" and errors.append(message.text))
        page.on("dialog", lambda dialog: errors.append(dialog.message))
        page.on("request", lambda r: r.url.startswith(("file:", "blob:")) or errors.append(r.url))
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def report_of(documents: dict[str, str]) -> str:
    return page_of(documents, FakeCleaner())


DOCUMENTS = {
    "a.txt": "Before [[gone]] {{bad|good}} ((doubtful)) after\n",
    "b.txt": "only ((flagged)) here, with a heron\n",
    "sub/c.txt": "[[one]] and [[two]] and " + "word " * 500 + "[[three]]",
}


def rows(page: Any) -> list[str]:
    return page.locator("#rows .row b").all_inner_texts()


def test_a_document_is_shown_with_its_findings(show: Open) -> None:
    page = show(report_of(DOCUMENTS))
    page.locator(".row", has_text="a.txt").click()
    assert page.inner_text("#title") == "a.txt"
    assert page.locator("#text del").all_inner_texts() == ["[[gone]]", "{{bad|good}}"]
    assert page.locator("#text ins").all_inner_texts() == ["good"]
    assert page.locator("#text mark").all_inner_texts() == ["((doubtful))"]
    assert page.inner_text("#text").strip() == "Before [[gone]] {{bad|good}}good ((doubtful)) after"
    assert "line-through" in page.evaluate(
        "getComputedStyle(document.querySelector('#text del')).textDecoration"
    )


def test_hover_and_keys_give_reasons(show: Open) -> None:
    page = show(report_of(DOCUMENTS))
    page.locator(".row", has_text="a.txt").click()
    page.hover("#text mark")
    assert "CT903 byline · flagged, left alone · confidence 0.55" in page.inner_text("#tip")
    page.keyboard.press("n")
    assert "CT901 share-bar · removed · confidence 0.97" in page.inner_text("#tip")
    assert "it stands in square brackets" in page.inner_text("#tip")
    page.keyboard.press("n")
    assert "CT902" in page.inner_text("#tip")
    page.keyboard.press("p")
    page.keyboard.press("p")
    assert "CT903" in page.inner_text("#tip")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith(
        "CT903 byline, flagged"
    )


def test_next_and_previous_document(show: Open) -> None:
    page = show(report_of(DOCUMENTS))
    titles = [page.inner_text("#title")]
    for _ in range(2):
        page.keyboard.press("j")
        playwright.expect(page.locator("#title")).not_to_have_text(titles[-1])
        titles.append(page.inner_text("#title"))
    assert sorted(titles) == sorted(DOCUMENTS)
    page.keyboard.press("k")
    playwright.expect(page.locator("#title")).to_have_text(titles[1])


def test_arrows_go_through_the_list(show: Open) -> None:
    page = show(report_of(DOCUMENTS))
    page.select_option("#sort", "path")
    page.locator(".row", has_text="a.txt").click()
    page.focus("#list")
    page.keyboard.press("ArrowDown")
    playwright.expect(page.locator("#title")).to_have_text("b.txt")
    page.keyboard.press("ArrowUp")
    playwright.expect(page.locator("#title")).to_have_text("a.txt")
    page.keyboard.press("ArrowUp")  # there is none above
    playwright.expect(page.locator("#title")).to_have_text("a.txt")


def test_only_what_went(show: Open) -> None:
    page = show(report_of(DOCUMENTS))
    page.locator(".row", has_text="a.txt").click()
    page.keyboard.press("o")
    assert page.inner_text("#text").split() == ["[[gone]]", "{{bad|good}}", "good", "((doubtful))"]
    page.keyboard.press("o")
    assert "Before" in page.inner_text("#text")


def test_search_filter_and_sort(show: Open) -> None:
    page = show(report_of(DOCUMENTS))
    page.select_option("#sort", "path")
    assert rows(page) == ["a.txt", "b.txt", "sub/c.txt"]
    page.select_option("#sort", "edits")
    assert rows(page) == ["sub/c.txt", "a.txt", "b.txt"]
    page.select_option("#what", "flags")
    assert sorted(rows(page)) == ["a.txt", "b.txt"]
    assert page.inner_text("#count") == "2 of 3 documents"
    page.select_option("#what", "")
    page.select_option("#family", "encoding")
    assert rows(page) == ["a.txt"]
    page.select_option("#family", "")
    page.select_option("#rule", "CT903")
    assert sorted(rows(page)) == ["a.txt", "b.txt"]
    page.select_option("#rule", "")
    page.keyboard.press("/")
    page.keyboard.type("SUB")
    playwright.expect(page.locator(".row")).to_have_count(1)
    assert rows(page) == ["sub/c.txt"]
    page.fill("#search", "heron")
    playwright.expect(page.locator(".row")).to_have_count(0)
    page.check("#texts")
    playwright.expect(page.locator(".row")).to_have_count(1)
    assert rows(page) == ["b.txt"]
    for found, count in (("before [[gone]] {{", 1), ("good", 1), ("parts", 0), ("0.9", 0), ("findings", 0)):
        page.fill("#search", found)  # texts are searched, not how they are kept
        playwright.expect(page.locator("#busy")).to_have_text("")
        playwright.expect(page.locator(".row")).to_have_count(count)
    page.fill("#search", "")
    page.locator("[data-filter='family:encoding']").click()
    playwright.expect(page.locator(".row")).to_have_count(1)


def test_review_is_saved_kept_and_read(show: Open, tmp_path: Path) -> None:
    hostile = 'quote " back \\ tab\t <b> \x07 \u202e'
    page = show(report_of({"a.txt": f"x [[{hostile}]] ((ok))", 'p"\\\n.txt': "[[other]]"}))
    page.locator(".row", has_text="a.txt").click()
    assert not page.is_visible("#save")
    page.keyboard.press("n")
    page.keyboard.press("w")
    assert page.locator("#text del.wrong").count() == 1
    page.keyboard.press("n")
    page.click("#is-right")
    page.locator(".row", has_text='p"').click()
    playwright.expect(page.locator("#title")).not_to_have_text("a.txt")
    page.keyboard.press("n")
    page.keyboard.press("r")
    page.keyboard.press("r")  # taken back
    page.keyboard.press("w")
    with page.expect_download() as download:
        page.click("#save")
    assert download.value.suggested_filename == "review.toml"
    path = tmp_path / "review.toml"
    download.value.save_as(path)
    tomllib.loads(path.read_text(encoding="utf-8"))
    got = {(r.verdict, r.rule, r.path, r.text) for r in load_review(str(path))}
    assert got == {
        ("wrong", "CT901", "a.txt", f"[[{hostile}]]"),
        ("right", "CT903", "a.txt", "((ok))"),
        ("wrong", "CT901", 'p"\\\n.txt', "[[other]]"),
    }
    page.select_option("#what", "reviewed")
    playwright.expect(page.locator(".row")).to_have_count(2)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.inner_text("#save") == "Save review.toml (3)"


def test_hostile_markup_stays_text(show: Open) -> None:
    finding = Finding("CT901", HOSTILE, 0, len(HOSTILE), HOSTILE, HOSTILE, "replace", 0.9, HOSTILE)
    report = Report((finding,), chars_in=len(HOSTILE), chars_out=len(HOSTILE))
    totals = Totals()
    totals.add(DocumentRecord(path=HOSTILE, status="cleaned", report=report))
    summary = Summary("9.9", Config(lang=HOSTILE), "utf-8", totals, (Omission(HOSTILE, HOSTILE),))
    page = show(render_page(summary, [ShownDocument(HOSTILE, HOSTILE * 2, report)], 1))
    page.keyboard.press("n")
    assert "<script>alert(1)</script>" in page.inner_text("#text del")
    assert "<script>alert(1)</script>" in page.inner_text("#tip")
    assert "⟨U+202E⟩" in page.inner_text("#text del")
    assert page.locator("img").count() == 0
    assert page.locator("b b, #viewer script").count() == 0


def test_light_and_dark(show: Open) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = show(report_of(DOCUMENTS))
    dark = show(report_of(DOCUMENTS), color_scheme="dark")
    assert light.evaluate(ground) == "rgb(251, 250, 247)"
    assert dark.evaluate(ground) == "rgb(22, 24, 28)"
    dark.keyboard.press("d")
    assert dark.evaluate(ground) == "rgb(251, 250, 247)"
    light.click("#theme")
    assert light.evaluate(ground) == "rgb(22, 24, 28)"


def test_phone(show: Open) -> None:
    page = show(report_of(DOCUMENTS), viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not page.is_visible("#viewer")
    page.locator(".row", has_text="a.txt").tap()
    page.locator("#text del").first.wait_for()
    assert page.is_visible("#viewer")
    page.locator("#text del").first.tap()
    assert "CT901" in page.inner_text("#tip")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.click("#back")
    assert page.is_visible("#list")


def test_print_has_the_document_and_no_controls(show: Open) -> None:
    page = show(report_of(DOCUMENTS), color_scheme="dark")
    page.emulate_media(media="print")
    assert page.is_visible("#text")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 250, 247)"
    for control in ("#list", "#search", "#theme", "#next"):
        assert not page.is_visible(control)


def test_fifty_thousand_documents_are_unpacked_as_needed(show: Open) -> None:
    """What opening takes doesn't grow with the documents; `python -m benchmarks report` has the time."""
    page = show(fifty_thousand(), init="""
        window.unpacked = 0;
        const Real = DecompressionStream;
        window.DecompressionStream = class extends Real {
          constructor(...all) { super(...all); window.unpacked += 1; }
        };""")  # fmt: skip
    assert page.inner_text("#count") == "50,000 documents"
    assert page.locator(".row").count() < 100
    assert page.evaluate("window.unpacked") == 2  # the index, and the document in view
    page.evaluate("document.getElementById('list').scrollTop = 46 * 40000")
    page.wait_for_timeout(100)
    page.locator(".row").nth(10).click()
    page.wait_for_selector("#text del")
    assert page.evaluate("window.unpacked") == 3
    page.fill("#search", "document 49999")
    playwright.expect(page.locator(".row")).to_have_count(1)
