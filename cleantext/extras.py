"""Distributions that only some uses need: imported where they are used, and named when they are missing."""

from __future__ import annotations

import importlib
from typing import Any

from cleantext.errors import ExtraError

#: Import name of what an extra brings, by the extra's name, as far as the two differ.
_EXTRA_OF = {
    "pyarrow": "parquet",
    "zstandard": "zstd",
    "brotli": "warc",
    "pyspark": "spark",
}


def need(module: str) -> Any:
    """The module, imported. Raises `ExtraError`, with the command that installs it."""
    try:
        return importlib.import_module(module)
    except ImportError as e:
        top = module.partition(".")[0]
        if e.name is not None and e.name.partition(".")[0] != top:
            raise  # it is there, and something that it needs is broken
        raise ExtraError(
            f"this needs {top}, which is not installed: pip install "
            f"'cleantext-toolkit[{_EXTRA_OF.get(top, top)}]'"
        ) from e
