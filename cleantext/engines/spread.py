"""A run's parts done by an engine, for ``cleantext run --engine``: outcomes in order, as from processes here.

The first process reads, splits and writes; an engine only does parts. What an engine can't bring to an
end, because a document kills or hangs its workers, is done in a process of this machine, where the
document is found and named.
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future
from typing import Any, Literal, Protocol

from cleantext.run.pool import AHEAD, TIMEOUT, Part, Spread, Works, outcomes
from cleantext.run.work import FileEnd, Outcome

#: The engines that ``--engine`` takes.
EngineName = Literal["ray", "spark"]

#: Times that an engine tries a part whose worker died.
RETRIES = 3

#: Seconds beside those of the documents that a part may take to be begun with.
PATIENCE = 300.0

#: Workers that an engine keeps for the run that it is at; one, for a run has one.
_kept: dict[str, Works] = {}


class Engine(Protocol):
    """Does parts somewhere else."""

    #: Parts that it does at the same time.
    width: int

    def submit(self, part: Part) -> Future[Outcome | Exception]:
        """Begin with a part. The result is an exception where the worker raised; it raises where workers die."""

    def cancel(self, future: Future[Outcome | Exception]) -> None:
        """Give up a part that takes too long."""

    def close(self) -> None:
        """Let the engine go, if it was started here."""


def spread(name: EngineName) -> Spread:
    """What does the work of `cleantext.run.pool.outcomes` with an engine. Raises `ExtraError` without it."""
    if name == "ray":
        from cleantext.engines.ray_parts import RayParts as Chosen
    else:
        from cleantext.engines.spark_parts import SparkParts as Chosen  # type: ignore[assignment]

    def run(
        parts: Iterator[Part], worker: Works, jobs: int | None, timeout: float, /
    ) -> Generator[tuple[Part, Outcome | None], None, None]:
        engine = Chosen(worker, jobs)
        try:
            yield from in_order(parts, worker, engine, timeout)
        finally:
            engine.close()

    return run


def in_order(
    parts: Iterator[Part], worker: Works, engine: Engine, timeout: float = TIMEOUT
) -> Generator[tuple[Part, Outcome | None], None, None]:
    """Every part with its outcome, in order; a bounded number of them is under way. Raises what `worker` raises."""
    waiting: deque[tuple[Part, Future[Outcome | Exception] | None]] = deque()
    more = True
    while True:
        while more and len(waiting) < engine.width * AHEAD:
            part = next(parts, None)
            if part is None:
                more = False
                break
            waiting.append((part, None if isinstance(part, FileEnd) else engine.submit(part)))
        if not waiting:
            return
        part, future = waiting.popleft()
        yield part, None if future is None else _outcome(part, future, worker, engine, timeout)


def _outcome(
    part: Part, future: Future[Outcome | Exception], worker: Works, engine: Engine, timeout: float
) -> Outcome:
    found: Outcome | Exception | None = None
    try:
        # Those before it and the start of workers count too, so only a limit far beyond says much.
        found = future.result(timeout=timeout * AHEAD + PATIENCE)
    except Exception:  # its workers died again and again, or it hangs
        with contextlib.suppress(Exception):
            engine.cancel(future)
    if isinstance(found, Exception):
        raise found
    if found is None:
        with contextlib.closing(outcomes(iter((part,)), worker, 1, timeout)) as here:
            found = next(outcome for _, outcome in here if outcome is not None)
    return found


def work(key: str, load: Callable[[], Works], part: Any) -> Outcome | Exception:
    """Do a part in a worker of an engine, which keeps what `load` gives for the run `key`."""
    try:
        worker = _kept.get(key)
        if worker is None:
            _kept.clear()
            worker = _kept[key] = load()
        return worker(part)
    except Exception as e:
        return e


def run_key() -> str:
    """A name for a run that no other has."""
    return os.urandom(16).hex()
