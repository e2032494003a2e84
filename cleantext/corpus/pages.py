"""The pages of an input, read as a run reads them, turned into lines in as many processes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cleantext.corpus.lines import site_of
from cleantext.corpus.profile import Page, line_batch
from cleantext.errors import CleantextError
from cleantext.extras import need
from cleantext.finding import restore
from cleantext.io import html
from cleantext.io.compress import unpack
from cleantext.io.formats import make_format
from cleantext.io.records import Change, Exact, Item
from cleantext.io.store import read_input
from cleantext.io.text import decode
from cleantext.report.summary import Totals
from cleantext.run.parts import Selection, all_parts
from cleantext.run.plan import Plan
from cleantext.run.pool import TIMEOUT, Spread, default_jobs, outcomes
from cleantext.run.work import Documents, FileEnd, Options, Outcome, Work, page_url


def batches(
    plan: Plan, options: Options, jobs: int | None = None, spread: Spread | None = None
) -> Iterator[tuple[Any, int]]:
    """The lines of all pages as record batches, each with how many pages could not be read."""
    parts = all_parts(plan, options, Selection())
    if jobs is None and spread is None:
        jobs = default_jobs(plan)
    pa = need("pyarrow")
    with contextlib.closing((spread or outcomes)(parts, LinesWorker(options), jobs, TIMEOUT)) as results:
        for part, outcome in results:
            if isinstance(part, FileEnd):
                if part.problem is not None:
                    yield line_batch(()), 1
            elif outcome is not None:
                yield pa.ipc.open_stream(outcome.output).read_next_batch(), outcome.totals.failed


class LinesWorker:
    """Turns a part of the input into lines; stands where a run has its `Worker`."""

    def __init__(self, options: Options) -> None:
        self.options = options

    def __call__(
        self,
        part: Work,
        skip: Mapping[int, str] | None = None,
        started: Callable[[int], object] = lambda number: None,
    ) -> Outcome:
        """The lines of a part, as an Arrow stream."""
        collecting = _Collecting(skip or {}, started)
        if isinstance(part, Documents):
            for source in part.sources:
                try:
                    if source.problem is not None:
                        raise CleantextError(source.problem)
                    collecting.begin()
                    data = unpack(read_input(source.path) if part.data is None else part.data)[0]
                    url = page_url(source.place)
                    text = (
                        _extracted(data, url)
                        if source.format == "html"
                        else decode(data, self.options.encoding).text
                    )
                    collecting.pages.append(Page(site_of(url), text))
                except CleantextError:
                    collecting.failed += 1
        else:
            form = make_format(part.format, self.options.to, self.options.encoding)
            form.edit(part.block, self.options.fields, collecting)
        pa = need("pyarrow")
        sink = pa.BufferOutputStream()
        batch = line_batch(collecting.pages)
        with pa.ipc.new_stream(sink, batch.schema) as writer:
            writer.write_batch(batch)
        return Outcome([], Totals(failed=collecting.failed), sink.getvalue().to_pybytes())


def _extracted(page: bytes, url: str | None) -> str:
    result = html.extracted(page, url)
    return restore(result.text, result.report)


class _Collecting:
    """An editor that changes nothing and keeps the texts."""

    def __init__(self, skip: Mapping[int, str], started: Callable[[int], object]) -> None:
        self._skip = skip
        self._started = started
        self._number = -1
        self.pages: list[Page] = []
        self.failed = 0

    def begin(self) -> None:
        """A document begins. Raises `CleantextError` for one that brought its process down before."""
        self._number += 1
        if self._number in self._skip:
            raise CleantextError(self._skip[self._number])
        self._started(self._number)

    def edit(self, item: Item, exact: Exact) -> Change:
        try:
            self.begin()
            self.pages.append(Page(site_of(item.url), item.text))
        except CleantextError:
            self.failed += 1
        return Change(item.text)

    def extract(self, number: int, page: bytes, identity: str | None, url: str | None) -> Change:
        self.begin()
        text = _extracted(page, url)
        self.pages.append(Page(site_of(url), text))
        return Change(text)

    def fail(self, number: int, reason: str, identity: str | None = None) -> None:
        self.failed += 1
