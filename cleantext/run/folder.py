"""A run: from documents to cleaned ones with their reports, resumable wherever it stops."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import IO, Any

import msgspec
import platformdirs

from cleantext import __version__
from cleantext.config import Config
from cleantext.errors import CleantextError, InputError, OutputError
from cleantext.io.atomic import write_error
from cleantext.io.compress import pack
from cleantext.io.formats import make_format, written_place
from cleantext.io.store import STDIO, Store, is_url
from cleantext.report.expect import jumps
from cleantext.report.html import ShownDocument, render_page
from cleantext.report.jsonl import DocumentRecord, from_json, from_line, to_json, to_line
from cleantext.report.summary import Omission, Summary, Totals
from cleantext.run.parts import Selection, all_parts, sampled
from cleantext.run.plan import OUTPUTS, PAGE, REPORT, SUMMARY, Plan, refuse_overlap, refuse_overwriting
from cleantext.run.pool import TIMEOUT, Spread, default_jobs, outcomes
from cleantext.run.state import FOLDER, Progress, fingerprint
from cleantext.run.work import (
    CleansText,
    Documents,
    FileEnd,
    Largest,
    Options,
    Outcome,
    Piece,
    View,
    Worker,
)

#: Seconds between commits: what is lost at most when a run is killed.
COMMIT_EVERY = 1.0

_VIEWS = "views"

#: Bytes of a line of the report within which its status stands, unless the path is absurd.
_STATUS_WITHIN = 20_000


class TooManyFailuresError(CleantextError):
    """More documents failed than the caller put up with."""


class JumpedError(CleantextError):
    """The run takes out far more than the earlier one that it is compared with."""


class Limits(msgspec.Struct, frozen=True):
    """How much of the input a run takes on, and how much it puts up with.

    limit         the first so many documents
    sample        so many documents from anywhere, the same each time
    max_failures  failed documents beyond which the run stops
    timeout       seconds that one document may take; None: no process is started for it
    expect        the ``summary.json`` of an earlier run: it stops as soon as it takes out far more
    """

    limit: int | None = None
    sample: int | None = None
    max_failures: int | None = None
    timeout: float | None = None
    expect: dict[str, Any] | None = None


class Done(msgspec.Struct, frozen=True):
    """How far a run is: numbers of documents and findings, and bytes of input."""

    documents: int
    size: int
    findings: int


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
    options: Options | None = None,
    limits: Limits | None = None,
    on_progress: Callable[[Done], object] = lambda done: None,
    spread: Spread | None = None,
) -> Summary:
    """Clean the documents of `plan`, which was made of `source`, into `out`: a folder, a URL, or ``-``.

    `cleaner` is the one that `config` describes; `spread` does the parts instead of processes here
    (`cleantext.engines.spread`). A run that was interrupted goes on where it was, if
    the input and the settings are the same; `overwrite` begins anew. Raises `OutputError` when `out`
    can't be used or is full; whatever is wrong with a single document is in the summary instead.
    """
    options = options or Options(encoding=encoding)
    limits = limits or Limits()
    refuse_overlap(source, out)
    if spread is not None and not Store(out, "").shared:
        raise OutputError(
            f"workers elsewhere can't write to {out}: give a folder or a URL that all machines see"
        )
    if out == STDIO and len(plan.documents) != 1:
        raise OutputError("standard output takes the result of one file: give a folder to write to")
    with contextlib.ExitStack() as stack:
        scratch = _scratch(out, source, stack)
        store = Store(out, scratch)
        mark = fingerprint(
            __version__,
            config,
            options,
            limits.limit,
            limits.sample,
            source,
            plan.documents,
            _profile_stamp(config),
            getattr(cleaner, "identity", None),
        )
        there = not overwrite and Progress.is_there(scratch)
        if not there:
            places = () if options.dry else tuple(_places(plan, options))
            refuse_overwriting(store, () if overwrite else (*OUTPUTS, *places))
            if out != STDIO:
                _remove_reports(store)
        progress = Progress.begin(scratch, mark, anew=overwrite)
        stack.callback(progress.unlock)
        run = _Run(store, plan, options, limits, progress, Worker(cleaner, store, options), spread)
        return run(config, jobs, on_progress)


class _CallersError(Exception):
    """Carries an error of the caller's function past those of the output."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


class _Run:
    """The loop of a run, and what it holds open."""

    def __init__(
        self,
        store: Store,
        plan: Plan,
        options: Options,
        limits: Limits,
        progress: Progress,
        worker: Worker,
        spread: Spread | None = None,
    ) -> None:
        self._spread = spread
        self._store = store
        self._plan = plan
        self._options = options
        self._limits = limits
        self._progress = progress
        self._state = progress.state
        self._worker = worker
        self._largest = Largest()
        if self._state.views:
            self._largest.load(progress.path(_VIEWS), self._state.views)
        self._part: IO[bytes] | None = None
        self._everything = limits.limit is None and limits.sample is None
        self._findings = sum(c.edits + c.flagged for c in self._state.totals.by_family().values())
        self._sizes = [0]
        for source in plan.documents:
            self._sizes.append(self._sizes[-1] + source.size)

    def __call__(self, config: Config, jobs: int | None, on_progress: Callable[[Done], object]) -> Summary:
        state, progress = self._state, self._progress
        if not state.finished:
            self._put_in_place()
            try:
                with (
                    progress.open(REPORT, state.report) as self._report,
                    progress.open(_VIEWS, state.views) as self._views,
                ):
                    self._loop(jobs if self._spread else self._jobs(jobs), on_progress)
                    self._commit()
            except _CallersError as e:
                raise e.error from None
            except OSError as e:  # what is read has its own errors by now: the disk is full, or gone
                raise write_error(progress.folder, e) from e
            summary = self._summary(config)
            if self._store.root == STDIO:
                progress.end()
                return summary
            self._store.write(SUMMARY, to_json(summary.as_mapping(), indent=2) + b"\n")
            page = render_page(summary, self._shown(), state.noisy)
            self._store.write(PAGE, page.encode("utf-8"))
            state.finished = True
            progress.commit()
        else:
            summary = self._summary(config)
        if os.path.exists(progress.path(REPORT)):
            self._store.take(progress.path(REPORT), REPORT)
        progress.end()
        return summary

    def _jobs(self, jobs: int | None) -> int:
        if not self._store.shared and any(s.whole for s in self._plan.documents):
            return 0
        if jobs is not None:
            return jobs
        return default_jobs(self._plan) or (1 if self._limits.timeout else 0)

    def _loop(self, jobs: int | None, on_progress: Callable[[Done], object]) -> None:
        state, limits = self._state, self._limits
        selection = Selection(limits.limit)
        if limits.sample is not None:
            selection = sampled(self._plan, self._options, limits.sample)
        chunk = {} if jobs or self._spread else {"chunk": 1}
        parts = all_parts(self._plan, self._options, selection, (state.file, state.block), **chunk)
        last = time.monotonic()
        timeout = limits.timeout or TIMEOUT
        spread = self._spread or outcomes
        with contextlib.closing(spread(parts, self._worker, jobs, timeout)) as results:
            for part, outcome in results:
                if isinstance(part, FileEnd):
                    self._compare(part)
                    self._end_of(part)
                else:
                    assert outcome is not None
                    self._add(part, outcome)
                    if isinstance(part, Documents):
                        self._compare(part)
                try:
                    on_progress(Done(state.totals.documents, self._read(part), self._findings))
                except OSError as e:
                    raise _CallersError(e) from e
                if limits.max_failures is not None and state.totals.failed > limits.max_failures:
                    self._commit()
                    raise TooManyFailuresError(
                        f"{state.totals.failed} documents failed, more than --max-failures {limits.max_failures}: "
                        f"{self._failures()[-1].reason}; run it again with a higher number to go on"
                    )
                if time.monotonic() - last >= COMMIT_EVERY:
                    self._commit()
                    last = time.monotonic()

    def _compare(self, part: Documents | FileEnd) -> None:
        """Stop when so much is gone that the run will have taken out far more than the earlier one, even if
        nothing more goes: before the last file of records gets its name, and sooner when it is far too much."""
        totals, before = self._state.totals, self._limits.expect
        if before is None or not self._sizes[-1]:
            return
        if isinstance(part, Documents) and part.file + len(part.sources) == len(self._plan.documents):
            return  # all is in place by now: whoever looks at it wants the reports
        whole = totals.chars_in * self._sizes[-1] / max(1, self._read(part))
        removed = {code: {"chars_removed": count.chars_removed} for code, count in totals.by_rule().items()}
        share = (totals.chars_in - totals.chars_out) / max(1.0, whole)
        if jumped := jumps({"chars_in": whole, "removed_share": share, "rules": removed}, before):
            self._commit()
            raise JumpedError(
                f"--expect: {'; '.join(jumped)}: stopped before all of the result was in place; the command "
                "without --expect goes on, and --dry-run writes the reports only"
            )

    def _read(self, part: Documents | Piece | FileEnd) -> int:
        if isinstance(part, Piece):
            return self._sizes[part.file] + part.position
        return self._sizes[part.file + (len(part.sources) if isinstance(part, Documents) else 1)]

    def _add(self, part: Documents | Piece, outcome: Outcome) -> None:
        state = self._state
        self._write_lines(outcome)
        for view in outcome.views:
            if self._largest.wants(view.share):
                data = to_json(view) + b"\n"
                self._largest.add(view.share, (self._views.tell(), len(data)))
                self._views.write(data)
        state.noisy += outcome.noisy
        state.documents += len(outcome.lines)
        if isinstance(part, Documents):
            state.file, state.block, state.documents = part.file + len(part.sources), 0, 0
            return
        if outcome.output:
            if self._streams(part.format):
                self._store.write(part.source.place, outcome.output)
                state.part += len(outcome.output)
            else:
                if self._part is None:
                    self._part = self._progress.open(f"part-{part.file}", state.part)
                self._part.write(outcome.output)
        state.file, state.block = part.file, part.number + 1

    def _streams(self, form: Any) -> bool:
        """Whether blocks go to standard output as they come."""
        return self._store.root == STDIO and make_format(form, self._options.to, "utf-8").packs

    def _write_lines(self, outcome: Outcome) -> None:
        self._report.write(b"".join(outcome.lines))
        self._state.totals.merge(outcome.totals)
        self._findings += sum(c.edits + c.flagged for c in outcome.totals.by_family().values())

    def _end_of(self, end: FileEnd) -> None:
        """A file with many records is through: put its result in place."""
        state = self._state
        finished = None
        problem = end.problem
        if problem is None and end.records and not state.documents and self._everything:
            problem = "none of its records has a text: name the field with it by --text-field"
        if not self._options.dry and (problem is None or state.documents):
            try:
                finished = self._finished(end)  # also of a damaged file: what came before the damage counts
            except InputError as e:
                problem = problem or str(e)
        if self._part is not None:
            self._part.close()
            self._part = None
        if problem is not None:
            record = DocumentRecord(path=end.source.place, status="failed", reason=problem)
            outcome = Outcome([to_line(record)], Totals())
            outcome.totals.add(record)
            self._write_lines(outcome)
        state.file, state.block, state.part, state.documents = end.file + 1, 0, 0, 0
        if finished is not None:
            place = written_place(end.source.place, end.format, self._options.to)
            # Known before it happens: a kill in between must not leave a part that was moved away.
            state.placing = (finished, place)
            self._commit(sync=False)
            self._put_in_place()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._progress.path(f"part-{end.file}"))

    def _finished(self, end: FileEnd) -> str | None:
        """The name of the unfinished file that is the result of a file; None if it went out already."""
        form = make_format(end.format, self._options.to, self._options.encoding)
        if self._store.root == STDIO and form.packs:
            if not self._state.part:
                self._store.write(end.source.place, pack(b"", end.packing))
            return None
        name = f"part-{end.file}"
        # not open yet where an earlier start wrote all of it
        part = self._part or self._progress.open(name, self._state.part)
        if part.tell() == 0 and form.packs:
            part.write(pack(b"", end.packing))  # packed nothing is something
        part.close()
        self._part = None
        if form.packs:
            return name
        finished = f"finished-{end.file}"
        form.finish(self._progress.path(name), self._progress.path(finished))
        return finished

    def _put_in_place(self) -> None:
        """Move the result of a file to its place, if that isn't done yet."""
        if self._state.placing is None:
            return
        name, place = self._state.placing
        if os.path.exists(self._progress.path(name)):
            self._store.take(self._progress.path(name), place)
        self._state.placing = None

    def _commit(self, sync: bool = True) -> None:
        state = self._state
        state.report, state.views = self._report.tell(), self._views.tell()
        files = [self._report, self._views]
        if self._part is not None:
            state.part = self._part.tell()
            files.append(self._part)
        self._progress.commit(*files, sync=sync)

    def _failures(self) -> list[Omission]:
        """The documents that failed, read from the report, which may be too many to hold in between."""
        failures = []
        path = self._progress.path(REPORT)
        if self._state.totals.failed:
            with open(path if os.path.exists(path) else self._store.path(REPORT), "rb") as report:
                for line in report:
                    if b'"status":"failed"' in line[:_STATUS_WITHIN] or b'"status": "failed"' in line:
                        record = from_line(line)
                        failures.append(Omission(record.label, record.reason or ""))
        return failures

    def _summary(self, config: Config) -> Summary:
        return Summary(
            version=__version__,
            config=config,
            encoding=self._options.encoding,
            totals=self._state.totals,
            failures=tuple(self._failures()),
            skipped=tuple(self._plan.skipped),
            run={
                "format": self._options.named,
                "to": self._options.to,
                "dry_run": self._options.dry,
                "limit": self._limits.limit,
                "sample": self._limits.sample,
                "fields": msgspec.to_builtins(self._options.fields),
            },
        )

    def _shown(self) -> Iterator[ShownDocument]:
        """The documents for the page."""
        with open(self._progress.path(_VIEWS), "rb") as views:
            for offset, length in self._largest.entries():
                views.seek(offset)
                view = from_json(views.read(length), View)
                yield ShownDocument(view.path, view.original, view.report)


def _scratch(out: str, source: str, stack: contextlib.ExitStack) -> str:
    """The folder of this machine for what isn't finished."""
    if out == STDIO:
        return stack.enter_context(tempfile.TemporaryDirectory(prefix="cleantext-"))
    if is_url(out):
        return os.path.join(platformdirs.user_state_dir("cleantext"), "runs", fingerprint(out, source)[:32])
    return os.path.join(out, FOLDER)


def _profile_stamp(config: Config) -> object:
    if config.profile is None:
        return None
    from cleantext.corpus.site import stamp

    return stamp(config.profile)


def _places(plan: Plan, options: Options) -> Iterator[str]:
    for document in plan.documents:
        yield written_place(document.place, document.format, options.to)


def _remove_reports(store: Store) -> None:
    """Remove an earlier run's reports: what stands beside the documents always describes them."""
    for name in OUTPUTS:
        store.remove(name)
