"""Parts of a run spread over processes, outcomes in the order of the parts.

The order, and so the bytes of every report, doesn't depend on the number of processes. Each process
has a pipe of its own, so that it is known which one does what: one that dies or hangs is replaced,
and its part is done again without the document that was to blame.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

from cleantext.errors import CleantextError
from cleantext.run.plan import Plan
from cleantext.run.work import FileEnd, Outcome, Work

#: Parts under way or waiting for each process. Bounds the outcomes that are held in memory.
AHEAD = 3

#: Below this many bytes, and this many documents, starting processes costs more than it saves.
SMALL_BYTES, SMALL_DOCUMENTS = 4_000_000, 1_000

#: Processes that are started unasked, at most.
MOST_JOBS = 16

#: Seconds that one document may take when nothing else is said: far beyond any that comes to an end.
TIMEOUT = 600.0

#: Times that a document is tried whose process dies: the first time may have been chance, such as
#: memory that others used up.
TRIES = 2

#: Processes that may die one after the other before they have begun with a document.
_STILLBORN = 3

CRASHED = "the process that cleaned it died: out of memory, or a crash in native code"
HUNG = "cleaning it took more than {} s"

Part = Work | FileEnd


class Works(Protocol):
    """What processes do with a part; pickles. `Worker` cleans it."""

    def __call__(
        self, part: Work, skip: Mapping[int, str] | None = None, started: Callable[[int], object] = ...
    ) -> Outcome:
        """What became of the part."""


class Spread(Protocol):
    """What does parts in many places and gives their outcomes in order, as `outcomes` does."""

    def __call__(
        self, parts: Iterator[Part], worker: Works, jobs: int | None, timeout: float, /
    ) -> Generator[tuple[Part, Outcome | None], None, None]:
        """Every part with its outcome; the end of a file has none."""


def default_jobs(plan: Plan) -> int:
    """How many processes a run is worth; 0 when it is better done in this one."""
    size = sum(d.size for d in plan.documents)
    many = any(not d.whole for d in plan.documents)
    if size < SMALL_BYTES and len(plan.documents) < SMALL_DOCUMENTS:
        return 0
    return max(1, min(usable_cpus(), MOST_JOBS, size // 1_000_000 if many else -(-len(plan.documents) // 16)))


def outcomes(
    parts: Iterator[Part], worker: Works, jobs: int | None, timeout: float = TIMEOUT
) -> Generator[tuple[Part, Outcome | None], None, None]:
    """Every part with its outcome, in order, from `jobs` processes; from this one if that is 0.

    The end of a file has none: it is passed on in its place. Closing the iterator ends the work.
    Raises what `worker` raises.
    """
    if not jobs:
        for part in parts:
            yield part, None if isinstance(part, FileEnd) else worker(part)
        return
    pool = _Pool(worker, jobs, timeout)
    try:
        yield from pool.run(parts)
    finally:
        pool.close()


class _Job:
    """A part on its way, and what is known about its documents."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.outcome: Outcome | None = None
        self.done = isinstance(part, FileEnd)
        self.skip: dict[int, str] = {}
        self.deaths: dict[int, int] = {}


class _Process:
    """A worker process, its pipe, and the number of the document that it is at; -1: none."""

    def __init__(self, worker: Works) -> None:
        # Plain fork would copy locks that threads of this process may hold.
        methods = multiprocessing.get_all_start_methods()
        context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        self.at = context.RawValue(ctypes.c_longlong, -1)
        self.connection: Connection
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_main, args=(theirs, worker, self.at), daemon=True)
        self.process.start()
        theirs.close()
        self.job: _Job | None = None
        self.seen = (-1, 0.0)

    def give(self, job: _Job) -> None:
        self.job = job
        self.at.value = -1
        self.seen = (-1, time.monotonic())
        self.connection.send((job.part, job.skip))

    def stuck(self, timeout: float) -> bool:
        """Whether it has been at one document for longer than that."""
        at = self.at.value
        if at < 0 or at != self.seen[0]:
            self.seen = (at, time.monotonic())
            return False
        return time.monotonic() - self.seen[1] > timeout

    def end(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


class _Pool:
    def __init__(self, worker: Works, jobs: int, timeout: float) -> None:
        self._worker = worker
        self._jobs = jobs
        self._timeout = timeout
        self._processes: list[_Process] = []
        self._again: deque[_Job] = deque()
        self._stillborn = 0

    def run(self, parts: Iterator[Part]) -> Iterator[tuple[Part, Outcome | None]]:
        waiting: deque[_Job] = deque()
        more = True
        while True:
            while more and not self._again and len(waiting) < self._jobs * AHEAD and self._idle():
                part = next(parts, None)
                if part is None:
                    more = False
                    break
                job = _Job(part)
                waiting.append(job)
                if not job.done:
                    self._give(job)
            while self._again and self._idle():
                self._give(self._again.popleft())
            while waiting and waiting[0].done:
                job = waiting.popleft()
                yield job.part, job.outcome
            if not waiting and not more:
                return
            if any(p.job for p in self._processes):
                self._listen()

    def close(self) -> None:
        for process in self._processes:
            process.end()

    def _idle(self) -> bool:
        return len(self._processes) < self._jobs or any(p.job is None for p in self._processes)

    def _give(self, job: _Job) -> None:
        process = next((p for p in self._processes if p.job is None), None)
        if process is None:
            process = _Process(self._worker)
            self._processes.append(process)
        try:
            process.give(job)
        except OSError:  # it died while idle
            self._lost(process)

    def _listen(self) -> None:
        """Wait for a process to be done, to die, or to be at one document for too long."""
        busy = {p.connection: p for p in self._processes if p.job}
        for connection in wait(list(busy), timeout=min(1.0, self._timeout / 4)):
            process = busy[connection]  # type: ignore[index]
            try:
                outcome = process.connection.recv()
            except (EOFError, OSError):
                self._lost(process)
                continue
            if isinstance(outcome, BaseException):
                raise outcome
            assert process.job is not None
            process.job.outcome, process.job.done = outcome, True
            process.job = None
            self._stillborn = 0
        for process in [p for p in self._processes if p.job and p.stuck(self._timeout)]:
            assert process.job is not None
            process.job.skip[process.at.value] = HUNG.format(f"{self._timeout:g}")
            self._replace(process)

    def _lost(self, process: _Process) -> None:
        """A process died: find out which document it was at, and do the part again."""
        assert process.job is not None
        at = process.at.value
        if at < 0:
            self._stillborn += 1
            if self._stillborn >= _STILLBORN:
                raise CleantextError(
                    f"worker processes end before they have begun (exit code {process.process.exitcode}): "
                    "is there enough memory?"
                )
        else:
            deaths = process.job.deaths
            deaths[at] = deaths.get(at, 0) + 1
            if deaths[at] >= TRIES:
                process.job.skip[at] = CRASHED
        self._replace(process)

    def _replace(self, process: _Process) -> None:
        self._processes.remove(process)
        process.end()
        assert process.job is not None
        self._again.append(process.job)


def usable_cpus() -> int:
    """The CPUs that this process may use, which in a container are fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# --- in a worker process ------------------------------------------------------------------------


def _main(connection: Connection, worker: Works, at: Any) -> None:
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C reaches every process; the first one ends the others

    def started(number: int) -> None:
        at.value = number

    while True:
        try:
            part, skip = connection.recv()
        except (EOFError, OSError):  # the first process has ended, in whatever way
            return
        answer: Callable[..., Any] | Outcome | BaseException
        try:
            answer = worker(part, skip, started)
        except Exception as e:
            answer = e
        try:
            connection.send(answer)
        except OSError:
            return
