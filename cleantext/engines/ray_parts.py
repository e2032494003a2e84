"""Ray: the parts of a run as tasks, on this machine or on the cluster that ``RAY_ADDRESS`` names."""

from __future__ import annotations

import os
import pickle
from concurrent.futures import Future
from typing import Any

from cleantext.engines.spread import RETRIES, run_key, work
from cleantext.extras import need
from cleantext.run.pool import Part, Works
from cleantext.run.work import Outcome


class RayParts:
    """Does parts as tasks of Ray, which tries one again whose worker died."""

    def __init__(self, worker: Works, jobs: int | None = None) -> None:
        ray = self._ray = need("ray")
        self._started = not ray.is_initialized()
        if self._started:
            os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
            # The number of processes is the cluster's, where there is one.
            here = {} if os.environ.get("RAY_ADDRESS") else {"num_cpus": jobs, "include_dashboard": False}
            ray.init(configure_logging=False, log_to_driver=False, **here)
        self.width = max(1, int(ray.cluster_resources().get("CPU", 1)))
        self._key = run_key()
        self._worker = ray.put(pickle.dumps(worker))
        self._task = ray.remote(max_retries=RETRIES)(_task)
        self._tasks: dict[Future[Outcome | Exception], Any] = {}

    def submit(self, part: Part) -> Future[Outcome | Exception]:
        """Begin with a part."""
        # In a list, so that a task fetches it only where it isn't kept.
        task = self._task.remote(self._key, [self._worker], part)
        future: Future[Outcome | Exception] = task.future()
        self._tasks[future] = task
        future.add_done_callback(lambda done: self._tasks.pop(done, None))
        return future

    def cancel(self, future: Future[Outcome | Exception]) -> None:
        """End the worker of a part."""
        if (task := self._tasks.get(future)) is not None:
            self._ray.cancel(task, force=True)

    def close(self) -> None:
        """End Ray, if it was started here."""
        if self._started:
            self._ray.shutdown()


def _task(key: str, worker: list[Any], part: Part) -> Outcome | Exception:
    def load() -> Works:
        loaded: Works = pickle.loads(need("ray").get(worker[0]))
        return loaded

    return work(key, load, part)
