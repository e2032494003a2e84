"""Documents spread over processes, outcomes in the order of the documents.

The order of the outcomes, and so the bytes of every report, doesn't depend on the number of
processes. A document that takes its process down with it is found, and the others go on.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import FrameType

from cleantext.run.plan import Plan, Source
from cleantext.run.work import Outcome, Worker, failed

#: Documents that go to a process at a time: enough that sending costs little, few enough that a
#: crash or Ctrl-C leaves little to redo.
CHUNK = 16

#: Chunks under way or waiting for each process. Bounds the outcomes that are held in memory.
AHEAD = 3

#: Below this many bytes, and this many documents, starting processes costs more than it saves.
SMALL_BYTES, SMALL_DOCUMENTS = 4_000_000, 1_000

#: Processes that are started unasked, at most.
MOST_JOBS = 16

CRASHED = "the process that cleaned it died: out of memory, or a crash in native code"

Chunk = tuple[Source, ...]


def default_jobs(plan: Plan) -> int:
    """How many processes a run is worth."""
    if plan.size < SMALL_BYTES and len(plan.documents) < SMALL_DOCUMENTS:
        return 1
    return max(1, min(_usable_cpus(), MOST_JOBS, -(-len(plan.documents) // CHUNK)))


def outcomes(documents: Iterable[Source], worker: Worker, jobs: int) -> Generator[Outcome, None, None]:
    """The outcome of every document, in order, from `jobs` processes; from this one if that is 1.

    Closing the iterator ends the work after the chunks under way. Raises what `worker` raises.
    """
    if jobs == 1:
        yield from map(worker, documents)
        return
    todo = _chunks(documents)
    under_way: deque[tuple[Chunk, Future[list[Outcome]]]] = deque()
    pool = _pool(worker, jobs)
    try:
        while True:
            for chunk in itertools.islice(todo, jobs * AHEAD - len(under_way)):
                under_way.append((chunk, _submit(pool, chunk)))
            if not under_way:
                return
            chunk, future = under_way.popleft()
            try:
                done = future.result()
            except BrokenProcessPool:
                # The culprit is in this chunk or in a later one, which will break the next pool
                # when it is run again; either way this chunk is settled, so that it comes to an end.
                pool.shutdown()
                yield from _one_by_one(chunk, worker)
                pool = _pool(worker, jobs)
                under_way = deque((c, f if _has_result(f) else _submit(pool, c)) for c, f in under_way)
            else:
                yield from done
    finally:
        pool.shutdown(cancel_futures=True)


def _one_by_one(chunk: Chunk, worker: Worker) -> Iterator[Outcome]:
    """Outcomes of documents of which one may kill its process: each alone in one."""
    pool = _pool(worker, 1)
    try:
        for source in chunk:
            try:
                done = _submit(pool, (source,)).result()
            except BrokenProcessPool:
                pool.shutdown()
                pool = _pool(worker, 1)
                done = [failed(source, CRASHED, os.path.join(worker.out, source.place))]
            yield from done
    finally:
        pool.shutdown(cancel_futures=True)


def _chunks(documents: Iterable[Source]) -> Iterator[Chunk]:
    rest = iter(documents)
    while chunk := tuple(itertools.islice(rest, CHUNK)):
        yield chunk


def _pool(worker: Worker, jobs: int) -> ProcessPoolExecutor:
    # Plain fork would copy locks that threads of this process may hold.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(worker,))


def _submit(pool: ProcessPoolExecutor, chunk: Chunk) -> Future[list[Outcome]]:
    try:
        return pool.submit(_work, chunk)
    except BrokenProcessPool as e:  # it broke between two chunks: found out when this one's turn comes
        future: Future[list[Outcome]] = Future()
        future.set_exception(e)
        return future


def _has_result(future: Future[list[Outcome]]) -> bool:
    return future.done() and not isinstance(future.exception(), BrokenProcessPool)


def _usable_cpus() -> int:
    """The CPUs that this process may use, which in a container are fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# --- in a worker process ------------------------------------------------------------------------

_worker: Worker | None = None
_busy = False


def _start(worker: Worker) -> None:
    global _worker
    _worker = worker
    signal.signal(signal.SIGINT, _interrupted)


def _interrupted(number: int, frame: FrameType | None) -> None:
    """Ctrl-C reaches every process: end a document cleanly, and don't complain when idle."""
    if _busy:
        raise KeyboardInterrupt


def _work(chunk: Chunk) -> list[Outcome]:
    global _busy
    assert _worker is not None, "a worker process was not started by _pool"
    _busy = True
    try:
        return [_worker(source) for source in chunk]
    finally:
        _busy = False
