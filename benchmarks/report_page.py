"""How long report.html of 50,000 documents takes to open in headless Chromium. ``python -m benchmarks report``.

Needs playwright and a Chromium: ``pip install '.[browser]'``. The time is from the call that opens the
file to the list and the first document being drawn, in a new tab.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from cleantext import Cleaner
from cleantext.config import Config
from cleantext.report.html import ShownDocument, render_page
from cleantext.report.jsonl import DocumentRecord
from cleantext.report.summary import Summary, Totals
from cleantext.run.work import CleansText

DOCUMENTS = 50_000
_TEXT = "A line of the text before the noise.\nThey meet on Marcus EriksonTuesday, number {}.\nAnd a line after it.\n"


def page_of(documents: Mapping[str, str], cleaner: CleansText) -> str:
    """The report of a run over texts by path."""
    totals = Totals()
    shown = []
    for path, text in documents.items():
        report = cleaner.clean(text).report
        totals.add(DocumentRecord(path=path, status="cleaned", report=report))
        shown.append(ShownDocument(path, text, report))
    return render_page(Summary("0", Config(), "utf-8", totals), shown, len(shown))


def fifty_thousand() -> str:
    """The report of so many documents with a finding each."""
    documents = {f"folder {n % 100}/document {n}.txt": _TEXT.format(n) for n in range(DOCUMENTS)}
    return page_of(documents, Cleaner(select=("CT101",)))


def chromium() -> str | None:
    """Where Chromium is: as the environment says, or on the path."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks report", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args(arguments)
    from playwright.sync_api import expect, sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder, "report.html")
        path.write_text(fifty_thousand(), encoding="utf-8")
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        opened, searched = [], []
        for _ in range(given.rounds):
            page = browser.new_page()
            began = time.perf_counter()
            page.goto(path.as_uri())
            page.wait_for_selector("html[data-ready]")
            opened.append(time.perf_counter() - began)
            began = time.perf_counter()
            page.fill("#search", f"document {DOCUMENTS - 1}")
            expect(page.locator(".row")).to_have_count(1)
            searched.append(time.perf_counter() - began)
            page.close()
        print(
            f"{DOCUMENTS:,} documents, {path.stat().st_size / 1e6:.1f} MB, {browser.browser_type.name} {browser.version}: "
            f"opens in {statistics.median(opened):.2f} s (at most {max(opened):.2f}), "
            f"finds one by its path in {statistics.median(searched):.2f} s"
        )
        browser.close()
    return 0
