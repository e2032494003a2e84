"""How long report.html of 50,000 documents takes to open in headless Chromium. ``python -m benchmarks report``.

Needs playwright and a Chromium: ``pip install '.[browser]'``. The time is from the call that opens the
file to the list and the first document being drawn, in a new tab.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.markdown import put_between
from cleantext.config import Config
from cleantext.finding import CleanResult, Finding, Report
from cleantext.report.html import ShownDocument, render_page
from cleantext.report.jsonl import DocumentRecord
from cleantext.report.summary import Summary, Totals
from cleantext.run.work import CleansText

DOCUMENTS = 50_000
_NOISE = "They meet on Marcus EriksonTuesday, kicking off tour number {}.\n"


def page_of(documents: Mapping[str, str], cleaner: CleansText) -> str:
    """The report of a run over texts by path."""
    totals = Totals()
    shown = []
    for path, text in documents.items():
        report = cleaner.clean(text).report
        totals.add(DocumentRecord(path=path, status="cleaned", report=report))
        shown.append(ShownDocument(path, text, report))
    return render_page(Summary("0", Config(), "utf-8", totals), shown, len(shown))


def fifty_thousand(pieces: int = 1, words: int = 0) -> str:
    """The report of so many documents, each with so many findings between so many chance words."""
    chance = random.Random(7)
    vocabulary = ["".join(chance.choices("etaoinshrdlu", k=chance.randint(2, 9))) for _ in range(20_000)]
    documents = {}
    for n in range(DOCUMENTS):
        between = [" ".join(chance.choices(vocabulary, k=words)) + ".\n" for _ in range(pieces + 1)]
        text = "".join(part + _NOISE.format(n) for part in between[:-1]) + between[-1]
        documents[f"folder {n % 100}/document {n}.txt"] = text
    return page_of(documents, _Finder())


class _Finder:
    """Finds the noise that was put in, so that what takes time is the page and not the rules."""

    def clean(self, text: str, lang: str | None = None, url: str | None = None) -> CleanResult:
        found = [
            Finding(
                "CT101",
                "date-intrusion",
                m.start(),
                m.end(),
                m[0],
                "",
                "remove",
                0.96,
                "a stranger in a date",
            )
            for m in re.finditer("Marcus Erikson", text)
        ]
        cleaned = text.replace("Marcus Erikson", "")
        return CleanResult(cleaned, Report(tuple(found), chars_in=len(text), chars_out=len(cleaned)))


def chromium() -> str | None:
    """Where Chromium is: as the environment says, or on the path."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks report", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--findings", type=int, default=3, help="in each document")
    parser.add_argument("--words", type=int, default=120, help="between findings")
    parser.add_argument("--into", type=Path, help="a page that takes the sentence between its marks")
    given = parser.parse_args(arguments)
    from playwright.sync_api import expect, sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder, "report.html")
        path.write_text(fifty_thousand(given.findings, given.words), encoding="utf-8")
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        opened, searched = [], []
        for _ in range(given.rounds):
            page = browser.new_page()
            began = time.perf_counter()
            page.goto(path.as_uri())
            page.wait_for_selector("html[data-ready]")
            opened.append(time.perf_counter() - began)
            count = page.inner_text("#count")
            began = time.perf_counter()
            page.fill("#search", "document 4999.txt")
            expect(page.locator(".row")).to_have_count(1, timeout=60_000)
            searched.append(time.perf_counter() - began)
            page.close()
        told = (
            f"{DOCUMENTS:,} documents, {count} on the page, {path.stat().st_size / 1e6:.1f} MB, {browser.browser_type.name} {browser.version}: "
            f"opens in {statistics.median(opened):.2f} s (at most {max(opened):.2f}), "
            f"finds one by its path in {statistics.median(searched):.2f} s"
        )
        print(told)
        if given.into:
            put_between(given.into, "report", told)
        browser.close()
    return 0
