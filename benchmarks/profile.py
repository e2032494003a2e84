"""How a profile of so many lines counts: time, memory, bytes on disk. ``python -m benchmarks profile --lines 1e7``."""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

#: Lines of a page, of which about a third are furniture; pages of a site are spread as on the web,
#: few sites having most.
LINES, FURNITURE = 40, 13


def lines(count: int) -> Iterator[Any]:
    """Batches of made-up lines with the columns of `cleantext.corpus.profile.lines_schema`."""
    import numpy as np
    import pyarrow as pa

    from cleantext.corpus.profile import lines_schema

    chance = np.random.default_rng(8)
    pages = max(1, count // LINES)
    sites = max(1, pages // 30)
    size = 5_000
    for first in range(0, pages, size):
        number = np.arange(first, min(first + size, pages))
        site = (sites * chance.random(len(number)) ** 3).astype(np.int64)
        page = np.repeat(number, LINES)
        place = np.tile(np.arange(LINES), len(number))
        owner = np.repeat(site, LINES)
        furniture = place < FURNITURE
        exact = np.where(furniture, owner * 1000 + place, page * 1000 + place) + (1 << 40)
        near = np.where(place % 5 == 0, exact // 2, 0)
        text = np.char.add("a line of a page, of the length that lines have ", exact.astype(str))
        columns = [
            np.char.add(np.char.add("site", owner.astype(str)), ".example"),
            page,
            exact,
            near,
            np.ones_like(page),
            furniture.astype(np.int64),
            place,
            LINES - 1 - place,
            text,
        ]
        schema = lines_schema()
        arrays = [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks profile", description=__doc__)
    parser.add_argument("--lines", type=float, default=1e6)
    parser.add_argument("--memory", default="512MB", help="for DuckDB")
    given = parser.parse_args(arguments)
    from cleantext.corpus.profile import count_lines, read_rows, write_lines

    with tempfile.TemporaryDirectory() as folder:
        table, out = os.path.join(folder, "lines.parquet"), os.path.join(folder, "profile.parquet")
        count = write_lines(lines(int(given.lines)), table)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.monotonic()
        count_lines(table, out, given.memory, scratch=folder)
        took = time.monotonic() - started
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        rows = sum(1 for _ in read_rows(out))
        scale = 1 if sys.platform == "darwin" else 1024
        print(
            f"{count:,} lines, {os.path.getsize(table) / 1e6:,.0f} MB: {took:,.1f} s, "
            f"{count / took / 1e6:.2f} M lines/s, memory at most {most * scale / 1e6:,.0f} MB "
            f"({before * scale / 1e6:,.0f} before), {rows:,} rows in {os.path.getsize(out) / 1e6:,.1f} MB"
        )
    return 0
