"""A run: from a folder of documents to a folder of cleaned ones with its reports."""

from __future__ import annotations

import contextlib
import heapq
import os
from collections.abc import Callable, Iterator

import msgspec

from cleantext import __version__
from cleantext.config import Config
from cleantext.errors import OutputError
from cleantext.finding import restore
from cleantext.io.atomic import atomic_writer, make_folder, write_atomically
from cleantext.io.text import Encoding, decode_as, read_bytes, reason_of
from cleantext.report.html import ShownDocument, render_page
from cleantext.report.jsonl import from_line, to_json
from cleantext.report.summary import Omission, Summary, Totals
from cleantext.run.plan import OUTPUTS, PAGE, REPORT, SUMMARY, Plan, refuse_overlap, refuse_overwriting
from cleantext.run.pool import default_jobs, outcomes
from cleantext.run.work import CleansText, Worker

#: Documents that the HTML page can show: those with the largest share taken out, for there a
#: mistake does the most harm.
SHOWN = 50_000


class Listed(msgspec.Struct, frozen=True):
    """A document with findings, and where its line begins in the report, in bytes."""

    place: str
    offset: int


class _Largest:
    """The documents with the largest share taken out, so many as are shown; the earlier on a tie."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._heap: list[tuple[float, int, Listed]] = []
        self.seen = 0

    def add(self, share: float, document: Listed) -> None:
        self.seen += 1
        entry = (share, -self.seen, document)  # the number is unique: documents are never compared
        if len(self._heap) < self._size:
            heapq.heappush(self._heap, entry)
        else:
            heapq.heappushpop(self._heap, entry)

    def documents(self) -> list[Listed]:
        return [document for _, _, document in sorted(self._heap, reverse=True)]


def run_folder(
    source: str,
    out: str,
    plan: Plan,
    cleaner: CleansText,
    config: Config,
    *,
    jobs: int | None = None,
    overwrite: bool = False,
    encoding: str = "utf-8",
    on_document: Callable[[], object] = lambda: None,
) -> Summary:
    """Clean the documents of `plan`, which was made of `source`, into the folder `out`.

    `cleaner` is the one that `config` describes; `on_document` is called after each document.
    Raises `OutputError` when `out` can't be used or is full; whatever is wrong with a single
    document is in the summary instead.
    """
    refuse_overlap(source, out)
    refuse_overwriting(out, () if overwrite else (*OUTPUTS, *(d.place for d in plan.documents)))
    make_folder(out)
    _remove_reports(out)
    totals = Totals()
    failures: list[Omission] = []
    shown = _Largest(SHOWN)
    worker = Worker(cleaner, out, encoding)
    with (
        atomic_writer(os.path.join(out, REPORT)) as report,
        contextlib.closing(outcomes(plan.documents, worker, jobs or default_jobs(plan))) as results,
    ):
        offset = 0
        for result in results:
            report.write(result.line)
            totals.merge(result.totals)
            if result.totals.rules:
                shown.add(result.totals.share, Listed(result.record.path, offset))
            if result.record.reason is not None:
                failures.append(Omission(result.record.path, result.record.reason))
            offset += len(result.line)
            on_document()
    summary = Summary(
        version=__version__,
        config=config,
        encoding=encoding,
        totals=totals,
        failures=tuple(failures),
        skipped=tuple(plan.skipped),
    )
    write_atomically(os.path.join(out, SUMMARY), to_json(summary.as_mapping(), indent=2) + b"\n")
    page = render_page(summary, _texts(out, shown.documents()), shown.seen)
    write_atomically(os.path.join(out, PAGE), page.encode("utf-8"))
    return summary


def _remove_reports(out: str) -> None:
    """Remove an earlier run's reports: what stands beside the documents always describes them."""
    for name in OUTPUTS:
        try:
            os.unlink(os.path.join(out, name))
        except FileNotFoundError:
            pass
        except OSError as e:
            raise OutputError(f"can't replace {os.path.join(out, name)}: {reason_of(e)}") from e


def _texts(out: str, documents: list[Listed]) -> Iterator[ShownDocument]:
    """The documents for the page, with their originals put together from output and report."""
    with open(os.path.join(out, REPORT), "rb") as report:
        for document in documents:
            report.seek(document.offset)
            record = from_line(report.readline())
            if record.report is None or record.encoding is None:
                continue
            data = read_bytes(os.path.join(out, document.place))
            cleaned = decode_as(data, Encoding(record.encoding, record.bom))
            yield ShownDocument(document.place, restore(cleaned, record.report), record.report)
