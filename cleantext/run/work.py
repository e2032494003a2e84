"""Cleaning a part of a run: some whole documents, or a block of a file with many records."""

from __future__ import annotations

import hashlib
import heapq
import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import msgspec

from cleantext.errors import CleantextError
from cleantext.finding import CleanResult, Finding, Report, restore
from cleantext.io import html
from cleantext.io.atomic import NoSpaceError
from cleantext.io.compress import Packing, pack, unpack
from cleantext.io.formats import FormatName, make_format, written_place
from cleantext.io.markdown import front_matter
from cleantext.io.records import Block, Change, Exact, Fields, Item
from cleantext.io.store import Store, read_input
from cleantext.io.text import Encoding, decode, encode
from cleantext.report.jsonl import DocumentRecord, from_json, to_line
from cleantext.report.summary import Totals
from cleantext.run.plan import OUTPUTS, Source

#: Documents that the HTML page can show: those with the largest share taken out, for there a
#: mistake does the most harm.
SHOWN = 50_000

#: Code points of a document that the page can show.
_SHOWN_TEXT = 200_000


# A host, for a folder of that name.
_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)*")


class CleansText(Protocol):
    """What a run needs of a cleaner."""

    def clean(self, text: str, lang: str | None = None, url: str | None = None) -> CleanResult:
        """The cleaned text and its report."""


class Options(msgspec.Struct, frozen=True):
    """How a run reads and writes.

    encoding  of files without a byte order mark
    named     the format of all files, whatever their names
    to        what WARC and WET become
    fields    of records
    dry       whether only the reports are written
    """

    encoding: str = "utf-8"
    named: FormatName | None = None
    to: str | None = None
    fields: Fields = Fields()
    dry: bool = False


class Documents(msgspec.Struct, frozen=True):
    """Files that are a document each; `file` is the number of the first. `data`: of the only one, if read."""

    file: int
    sources: tuple[Source, ...]
    data: bytes | None = None


class Piece(msgspec.Struct, frozen=True):
    """A block of a file with many records."""

    file: int
    number: int
    source: Source
    format: FormatName
    packing: Packing
    block: Block
    #: Bytes of the file, as it is stored, that were read so far.
    position: int = 0


class FileEnd(msgspec.Struct, frozen=True):
    """A file with many records was read to its end, or to where it can't be read any more."""

    file: int
    source: Source
    format: FormatName
    packing: Packing
    blocks: int
    records: int
    problem: str | None = None


Work = Documents | Piece


class View(msgspec.Struct, frozen=True):
    """A document with findings as the page shows it."""

    share: float
    path: str
    original: str
    report: Report


class Outcome(msgspec.Struct):
    """What became of a part.

    Lines for the report, numbers, bytes for the output, how many documents had findings, and those
    that the page may show.
    """

    lines: list[bytes]
    totals: Totals
    output: bytes = b""
    noisy: int = 0
    views: list[View] = []


class Largest:
    """The entries with the largest share, up to `SHOWN` of them; the earlier on a tie."""

    def __init__(self) -> None:
        self._size = SHOWN
        self._heap: list[tuple[float, int, Any]] = []
        self.seen = 0

    def wants(self, share: float) -> bool:
        """Whether an entry with that share would be taken."""
        return len(self._heap) < self._size or share > self._heap[0][0]

    def add(self, share: float, entry: Any) -> None:
        """Take an entry, if it is among the largest."""
        self.seen += 1
        item = (share, -self.seen, entry)  # the number is unique: entries are never compared
        if len(self._heap) < self._size:
            heapq.heappush(self._heap, item)
        else:
            heapq.heappushpop(self._heap, item)

    def entries(self) -> list[Any]:
        """The entries, the largest first."""
        return [entry for _, _, entry in sorted(self._heap, reverse=True)]

    def load(self, path: str, length: int) -> None:
        """Take what an earlier start had, as the lines of a file of views: where each line is."""
        with open(path, "rb") as views:
            while (offset := views.tell()) < length:
                line = views.readline()
                self.add(from_json(line, _Share).share, (offset, len(line)))


class _Share(msgspec.Struct):
    share: float


class Worker:
    """Cleans parts of a run, and writes whole documents. Goes to worker processes, so it pickles."""

    def __init__(self, cleaner: CleansText, store: Store, options: Options) -> None:
        self.cleaner = cleaner
        self.store = store
        self.options = options
        # What isn't among the largest here can't be among the largest of all.
        self._largest = Largest()

    def __call__(
        self,
        part: Work,
        skip: Mapping[int, str] | None = None,
        started: Callable[[int], object] = lambda n: None,
    ) -> Outcome:
        """Clean a part. Whatever is wrong with a document ends up in its line of the report.

        `skip` are numbers of documents, counted in the part, that aren't tried, and why; `started`
        is called with the number of each before it is cleaned. Only a full disk is raised
        (`NoSpaceError`), for it ends the whole run.
        """
        editor = Cleaning(self, skip or {}, started)
        if isinstance(part, Documents):
            for source in part.sources:
                self._document(source, part.data, editor)
            return editor.outcome
        options = self.options
        editor.source = part.source
        editor.into = self._into(part.source.place, part.format)
        form = make_format(part.format, options.to, options.encoding)
        pieces = form.edit(part.block, options.fields, editor)
        if not options.dry:
            editor.outcome.output = b"".join(pack(p, part.packing) if form.packs else p for p in pieces)
        return editor.outcome

    def _into(self, place: str, form: FormatName) -> str | None:
        written = written_place(place, form, self.options.to)
        return None if written == place else written

    def _document(self, source: Source, data: bytes | None, editor: Cleaning) -> None:
        """Clean a file that is a document, and write the result."""
        into = self._into(source.place, source.format)
        editor.source, editor.into = source, into
        place = into or source.place
        number = editor.begin()
        try:
            if source.problem is not None:
                raise CleantextError(source.problem)
            if place.casefold() in OUTPUTS:
                raise CleantextError(f"the run writes its own {place}: rename the document")
            if number in editor.skip:
                raise CleantextError(editor.skip[number])
            editor.started(number)
            self._clean(source, place, read_input(source.path) if data is None else data, editor)
        except NoSpaceError:
            raise
        except Exception as e:  # not only ours: a bug in a rule, or no memory, is one document, not the run
            reason = str(e) if isinstance(e, CleantextError) else f"cleaning raised {type(e).__name__}: {e}"
            editor.add(
                DocumentRecord(path=source.place, status="failed", reason=self._removed(place, reason))
            )

    def _clean(self, source: Source, place: str, packed: bytes, editor: Cleaning) -> None:
        data, packing = unpack(packed)
        if source.format == "html":
            cleaner = for_path(self.cleaner, source.path)
            result = html.extracted(data, page_url(source.place), cleaner)
            encoding, original = Encoding(), restore(result.text, result.report)
        else:
            document = decode(data, self.options.encoding)
            encoding, original = document.encoding, document.text
            front = front_matter(original) if source.format == "markdown" else 0
            cleaner = for_path(self.cleaner, source.path)
            result = shifted(cleaner.clean(original[front:], url=page_url(source.place)), original[:front])
        cleaned = encode(result.text, encoding)
        changed = cleaned != data
        if not self.options.dry:
            self.store.write(place, pack(cleaned, packing) if changed else packed)
        record = DocumentRecord(
            path=source.place,
            status="cleaned" if changed else "unchanged",
            encoding=encoding.name,
            bom=encoding.bom,
            sha256_in=hashlib.sha256(data).hexdigest(),
            sha256_out=hashlib.sha256(cleaned).hexdigest(),
            report=result.report,
            into=editor.into,
        )
        editor.add(record, original)

    def _removed(self, place: str, reason: str) -> str:
        """Remove an earlier run's result, which would pass for this one's; gives the reason."""
        if place.casefold() in OUTPUTS or self.options.dry:
            return reason
        try:
            self.store.remove(place)
        except CleantextError:
            reason += f"; {self.store.path(place)} is an earlier run's and can't be removed"
        return reason

    def shows(self, share: float) -> bool:
        """Whether a document that lost this share may be shown on the page."""
        if not self._largest.wants(share):
            return False
        self._largest.add(share, None)
        return True


class Cleaning:
    """The editor of a run: cleans texts, and takes note of what became of them."""

    def __init__(self, worker: Worker, skip: Mapping[int, str], started: Callable[[int], object]) -> None:
        self._worker = worker
        self._documents = 0
        self._instead = worker.options.fields.annotate == "instead"
        self.skip = skip
        self.started = started
        self.source = Source("", "")
        self.into: str | None = None
        self.outcome = Outcome([], Totals(), views=[])

    def begin(self) -> int:
        """The number of the document that begins, counted in the part."""
        self._documents += 1
        return self._documents - 1

    def edit(self, item: Item, exact: Exact) -> Change:
        """The text, cleaned."""
        number = self.begin()
        if number in self.skip:
            self.fail(item.number, self.skip[number], item.id)
            return Change(item.text)
        self.started(number)
        try:
            cleaner = for_path(self._worker.cleaner, self.source.path)
            result = cleaner.clean(item.text, lang=item.lang, url=item.url)
            notes = _notes(item.field, result.report) if self._worker.options.fields.adds else []
            if self._instead:
                result = CleanResult(item.text, _all_flags(result.report))
            raw = exact(result.text) if result.text != item.text else None
        except Exception as e:  # a bug in a rule, or no memory: one document, not the run
            self.fail(item.number, f"cleaning raised {type(e).__name__}: {e}", item.id)
            return Change(item.text)
        self._add(item.number, item.field, item.id, item.text, result, raw)
        return Change(result.text, notes)

    def extract(self, number: int, page: bytes, identity: str | None, url: str | None) -> Change:
        """The main text of a page, cleaned."""
        at = self.begin()
        if at in self.skip:
            raise CleantextError(self.skip[at])
        self.started(at)
        result = html.extracted(page, url, for_path(self._worker.cleaner, self.source.path))
        self._add(number, None, identity, restore(result.text, result.report), result, None)
        return Change(result.text, _notes(None, result.report))

    def fail(self, number: int, reason: str, identity: str | None = None) -> None:
        """Take note of a record that can't be read."""
        place = self.source.place
        self.add(
            DocumentRecord(
                path=place, status="failed", reason=reason, record=number, id=identity, into=self.into
            )
        )

    def add(self, record: DocumentRecord, original: str = "") -> None:
        """Take note of a document."""
        self.outcome.totals.add(record)
        self.outcome.lines.append(to_line(record))
        report = record.report
        if report is None or not report.findings:
            return
        self.outcome.noisy += 1
        share = max(0, report.chars_in - report.chars_out) / report.chars_in if report.chars_in else 0.0
        if self._worker.shows(share):
            self.outcome.views.append(_view(share, record, original))

    def _add(
        self,
        number: int,
        field: str | None,
        identity: str | None,
        text: str,
        result: CleanResult,
        raw: bytes | None,
    ) -> None:
        before, after = (
            hashlib.sha256(t.encode("utf-8", "surrogatepass")).hexdigest() for t in (text, result.text)
        )
        self.add(
            DocumentRecord(
                path=self.source.place,
                status="unchanged" if result.text == text else "cleaned",
                sha256_in=before,
                sha256_out=after,
                report=result.report,
                record=number,
                field=field,
                id=identity,
                raw=raw,
                into=self.into,
            ),
            text,
        )


def shifted(result: CleanResult, head: str) -> CleanResult:
    """The result for a text with `head` before the one that was cleaned."""
    if not head:
        return result
    by = len(head)
    replace = msgspec.structs.replace
    report = replace(
        result.report,
        findings=tuple(replace(f, start=f.start + by, end=f.end + by) for f in result.report.findings),
        chars_in=result.report.chars_in + by,
        chars_out=result.report.chars_out + by,
    )
    return CleanResult(head + result.text, report)


def _view(share: float, record: DocumentRecord, original: str) -> View:
    report = record.report
    assert report is not None
    if len(original) > _SHOWN_TEXT:
        findings = tuple(f for f in report.findings if f.end <= _SHOWN_TEXT)
        report = msgspec.structs.replace(report, findings=findings)
        original = original[:_SHOWN_TEXT]
    return View(share, record.label, original, report)


def _notes(field: str | None, report: Report) -> list[dict[str, Any]]:
    return [{"field": field, **msgspec.to_builtins(f)} for f in report.findings]


def _all_flags(report: Report) -> Report:
    """The report of a text that was left as it is."""
    findings: tuple[Finding, ...] = tuple(
        msgspec.structs.replace(f, action="flag", replacement=f.text) for f in report.findings
    )
    return msgspec.structs.replace(report, findings=findings, chars_out=report.chars_in)


def for_path(cleaner: CleansText, path: str) -> CleansText:
    """What cleans the file at `path`: `cleaner`, or the one that it has for that."""
    at: Any = getattr(cleaner, "at", None)
    chosen: CleansText = at(path) if at else cleaner
    return chosen


def page_url(place: str) -> str | None:
    """The URL that a file's place stands for: its first folder is the site, as mirrors have it."""
    site, slash, _ = place.partition("/")
    return f"file://{site.lower()}/{place}" if slash and _SITE.fullmatch(site) else None
