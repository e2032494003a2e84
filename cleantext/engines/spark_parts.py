"""Spark: each part of a run as a job, several at a time, on this machine or where ``MASTER`` says."""

from __future__ import annotations

import os
import pickle
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from cleantext.engines.spread import RETRIES, run_key, work
from cleantext.errors import ConfigError
from cleantext.extras import need
from cleantext.run.pool import Part, Works, usable_cpus
from cleantext.run.work import Outcome


class SparkParts:
    """Does parts as jobs of one task, which Spark tries again when its worker died."""

    def __init__(self, worker: Works, jobs: int | None = None) -> None:
        sql = need("pyspark.sql")
        active = sql.SparkSession.getActiveSession()
        self._session = active or _start(sql, jobs)
        self._started = active is None
        self._context = self._session.sparkContext
        self.width = max(1, int(self._context.defaultParallelism))
        self._key = run_key()
        self._worker = self._context.broadcast(pickle.dumps(worker))
        self._threads = ThreadPoolExecutor(self.width + 1, thread_name_prefix="cleantext-spark")
        self._groups: dict[Future[Outcome | Exception], str] = {}

    def submit(self, part: Part) -> Future[Outcome | Exception]:
        """Begin with a part."""
        group = run_key()
        future = self._threads.submit(self._do, pickle.dumps(part), group)
        self._groups[future] = group
        future.add_done_callback(lambda done: self._groups.pop(done, None))
        return future

    def cancel(self, future: Future[Outcome | Exception]) -> None:
        """End the job of a part."""
        if (group := self._groups.get(future)) is not None:
            self._context.cancelJobGroup(group)

    def close(self) -> None:
        """End Spark, if it was started here."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        if self._started:
            self._session.stop()

    def _do(self, part: bytes, group: str) -> Outcome | Exception:
        key, worker = self._key, self._worker

        def task(data: bytes) -> bytes:
            return pickle.dumps(work(key, lambda: pickle.loads(worker.value), pickle.loads(data)))

        self._context.setJobGroup(group, "cleantext run", interruptOnCancel=True)
        (answer,) = self._context.parallelize([part], 1).map(task).collect()
        outcome: Outcome | Exception = pickle.loads(answer)
        return outcome


def _start(sql: Any, jobs: int | None) -> Any:
    # Workers have this interpreter and these packages, unless somebody says otherwise.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = sql.SparkSession.builder.appName("cleantext")
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    if not submitted and not os.environ.get("MASTER"):
        width = jobs or usable_cpus()
        builder = builder.master(f"local[{width},{RETRIES + 1}]").config("spark.ui.enabled", "false")
        builder = builder.config("spark.driver.host", "127.0.0.1")
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1")
    try:
        return builder.getOrCreate()
    except Exception as e:
        reason = str(e).strip().splitlines() or [type(e).__name__]
        raise ConfigError(
            f"Spark doesn't start: {reason[0]}: it needs a JDK, in the path or in JAVA_HOME"
        ) from e
