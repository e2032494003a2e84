"""Cleaning many texts: in order, lazily, in one process or in several, with progress."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, Any

from cleantext.errors import ConfigError
from cleantext.finding import CleanResult

if TYPE_CHECKING:
    from cleantext.cleaner import Cleaner

#: Called with how many texts are done.
Progress = Callable[[int], object]

#: Code points that go to a process at once, about, and texts at most.
_CHUNK, _CHUNK_TEXTS = 200_000, 500

_cleaner: Cleaner | None = None


def clean_many(
    texts: Iterable[str],
    *,
    jobs: int = 1,
    progress: bool | Progress = False,
    cleaner: Cleaner | None = None,
    **settings: Any,
) -> Iterator[CleanResult]:
    """The result for each text, in order, as they are asked for.

    texts     any iterable; no more of it is read ahead than keeps `jobs` processes busy
    jobs      processes; with more than one, a script needs the usual ``if __name__ == "__main__":``
    progress  True for a bar on standard error, or a function that is called with how many are done
    cleaner   what to clean with; or settings by name, as `Cleaner` takes them

    >>> [result.text for result in clean_many(["One.", "Two."])]
    ['One.', 'Two.']
    """
    from cleantext.cleaner import Cleaner

    if cleaner is not None and settings:
        raise ConfigError("give a Cleaner or settings by name, not both")
    if jobs < 1:
        raise ConfigError(f"jobs is {jobs}: give 1 or more")
    chosen = cleaner or Cleaner(**settings)
    results = map(chosen.clean, texts) if jobs == 1 else _in_processes(texts, chosen, jobs)
    return _told(results, progress, len(texts) if isinstance(texts, Sized) else None)


def _told(
    results: Iterable[CleanResult], progress: bool | Progress, total: int | None
) -> Iterator[CleanResult]:
    if progress is False:
        yield from results
        return
    with contextlib.ExitStack() as stack:
        tell = stack.enter_context(_bar(total)) if progress is True else progress
        for done, result in enumerate(results, 1):
            tell(done)
            yield result


@contextlib.contextmanager
def _bar(total: int | None) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("cleaning", total=total)
        yield lambda done: bar.update(task, completed=done)


def _in_processes(texts: Iterable[str], cleaner: Cleaner, jobs: int) -> Iterator[CleanResult]:
    waiting: deque[Future[list[CleanResult]]] = deque()
    chunks = _chunks(iter(texts))
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(cleaner,)) as pool:
        try:
            for chunk in chunks:
                waiting.append(pool.submit(_clean, chunk))
                if len(waiting) >= 2 * jobs:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _chunks(texts: Iterator[str]) -> Iterator[list[str]]:
    while chunk := list(islice(texts, 1)):
        size = len(chunk[0])
        for text in texts:
            chunk.append(text)
            size += len(text)
            if size >= _CHUNK or len(chunk) >= _CHUNK_TEXTS:
                break
        yield chunk


def _begin(cleaner: Cleaner) -> None:
    global _cleaner
    _cleaner = cleaner


def _clean(chunk: Sequence[str]) -> list[CleanResult]:
    assert _cleaner is not None
    return [_cleaner.clean(text) for text in chunk]
