"""The profile of a corpus: which lines repeat on the pages of each site, counted in SQL.

Pages become rows of a Parquet table (`lines.py`); one query, written in what DuckDB and Spark have
in common, counts them. DuckDB runs inside this process and puts on the disk what doesn't fit.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from cleantext.corpus.lines import lines_of, page_key
from cleantext.errors import InputError
from cleantext.extras import need
from cleantext.io.text import reason_of

#: Version of the table's form, kept in its metadata.
SCHEMA_VERSION = 1

#: Rows that are written at a time.
_BATCH = 50_000

#: Lines that are counted at a time, those of some sites: so many need no disk in the usual memory.
_AT_ONCE = 1_500_000

#: The query over a table ``lines``; every value is whole or a text, so that all engines give the same.
SQL = """
WITH pages AS (
    SELECT site, COUNT(*) AS site_pages
    FROM (SELECT DISTINCT site, page FROM lines) AS p
    GROUP BY site
),
once AS (
    SELECT site, 'exact' AS kind, exact AS line, page,
           MAX(times) AS times, MAX(edge) AS edge, MIN(first) AS first, MIN(last) AS last,
           MIN(sample) AS sample, MIN(exact) AS low, MAX(exact) AS high
    FROM lines
    GROUP BY site, exact, page
    UNION ALL
    SELECT site, 'near' AS kind, near AS line, page,
           SUM(times) AS times, SUM(edge) AS edge, MIN(first) AS first, MIN(last) AS last,
           MIN(sample) AS sample, MIN(exact) AS low, MAX(exact) AS high
    FROM lines
    WHERE near <> 0
    GROUP BY site, near, page
),
counted AS (
    SELECT site, kind, line, COUNT(*) AS pages, SUM(times) AS times, SUM(edge) AS edge,
           MIN(first) AS first_min, MAX(first) AS first_max, MIN(last) AS last_min, MAX(last) AS last_max,
           MIN(sample) AS example, MAX(sample) AS other_example, MIN(low) AS low, MAX(high) AS high
    FROM once
    GROUP BY site, kind, line
    HAVING COUNT(*) >= 2
)
SELECT counted.site AS site, kind, line,
       CAST(pages AS BIGINT) AS pages, CAST(site_pages AS BIGINT) AS site_pages,
       CAST(times AS BIGINT) AS times, CAST(edge AS BIGINT) AS edge,
       CAST(first_min AS BIGINT) AS first_min, CAST(first_max AS BIGINT) AS first_max,
       CAST(last_min AS BIGINT) AS last_min, CAST(last_max AS BIGINT) AS last_max,
       example, other_example
FROM counted JOIN pages ON counted.site = pages.site
WHERE site_pages >= 3 AND (kind = 'exact' OR low <> high)
ORDER BY site, kind, line
"""


class Page(msgspec.Struct, frozen=True):
    """A page to count: its site and its text."""

    site: str
    text: str


class Row(msgspec.Struct, frozen=True):
    """A line of a profile.

    kind        ``exact``, or ``near`` for lines that differ in digits and names only
    line        the hash of the line
    pages       pages of the site with it, of `site_pages`; copies of a page count once
    times, edge how often it stands there, and how often before the first paragraph or after the last
    first, last the least and most lines before it and after it
    """

    site: str
    kind: str
    line: int
    pages: int
    site_pages: int
    times: int
    edge: int
    first_min: int
    first_max: int
    last_min: int
    last_max: int
    example: str
    other_example: str

    @property
    def share(self) -> float:
        """The share of the site's pages that have it."""
        return self.pages / self.site_pages


def lines_schema() -> Any:
    """The columns of the table of lines."""
    pa = need("pyarrow")
    number = pa.int64()
    return pa.schema(
        [
            pa.field("site", pa.string(), nullable=False),
            *(
                pa.field(n, number, nullable=False)
                for n in ("page", "exact", "near", "times", "edge", "first", "last")
            ),
            pa.field("sample", pa.string(), nullable=False),
        ]
    )


def line_batch(pages: Iterable[Page]) -> Any:
    """The lines of pages as a record batch. Pages without a site don't count."""
    pa = need("pyarrow")
    schema = lines_schema()
    rows = []
    for page in pages:
        if not page.site:
            continue
        key = page_key(page.text)
        for line in lines_of(page.text):
            sample = line.sample.encode("utf-8", "replace").decode()  # Arrow has no lone surrogates
            rows.append(
                (page.site, key, line.exact, line.near, line.times, line.edge, line.first, line.last, sample)
            )
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def write_lines(batches: Iterable[Any], path: str) -> int:
    """Write batches of lines as a Parquet table; gives how many lines there are."""
    pa, pq = need("pyarrow"), need("pyarrow.parquet")
    schema = lines_schema()
    count = waiting = 0
    held: list[Any] = []
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches:
            held.append(batch)
            waiting += batch.num_rows
            if waiting >= _BATCH:
                writer.write_table(pa.Table.from_batches(held, schema))
                held, count, waiting = [], count + waiting, 0
        writer.write_table(pa.Table.from_batches(held, schema))
    return count + waiting


def count_lines(lines: str, out: str, memory: str = "512MB", scratch: str | None = None) -> None:
    """Count a Parquet table of lines, or a pattern of several, into the profile `out`, with DuckDB."""
    duckdb = need("duckdb")
    with tempfile.TemporaryDirectory(prefix="cleantext-profile-", dir=scratch) as folder:
        connection = duckdb.connect(os.path.join(folder, "profile.db"))
        try:
            connection.execute(f"SET memory_limit = '{memory}'")
            connection.execute(f"SET temp_directory = {_quoted(folder)}")
            connection.execute("SET preserve_insertion_order = false")
            connection.execute("SET enable_progress_bar = false")
            table = f"read_parquet({_quoted(lines)})"
            (count,) = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()
            parts = count // _AT_ONCE + 1
            for part in range(parts):
                # No line is looked at together with those of another site.
                which = f"WHERE hash(site) % {parts} = {part}" if parts > 1 else ""
                connection.execute(f"CREATE OR REPLACE VIEW lines AS SELECT * FROM {table} {which}")
                make = "INSERT INTO counted_lines" if part else "CREATE TABLE counted_lines AS"
                connection.execute(f"{make} {SQL}")
            temporary = os.path.join(folder, "profile.parquet")
            connection.execute(
                f"COPY (SELECT * FROM counted_lines ORDER BY site, kind, line) TO {_quoted(temporary)} "
                "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20000, "
                f"KV_METADATA {{cleantext_profile: '{SCHEMA_VERSION}'}})"
            )
        except duckdb.Error as e:
            raise InputError(f"the lines can't be counted: {e}") from e
        finally:
            connection.close()
        _move(temporary, out)


def make_profile(batches: Iterable[Any], out: str, memory: str = "512MB") -> int:
    """Write the profile of batches of lines to `out`; gives the number of lines that were counted."""
    with tempfile.TemporaryDirectory(prefix="cleantext-lines-") as folder:
        lines = os.path.join(folder, "lines.parquet")
        count = write_lines(batches, lines)
        count_lines(lines, out, memory)
    return count


def read_rows(path: str, site: str | None = None) -> Iterator[Row]:
    """The rows of a profile, of all sites or of one. Raises `InputError`."""
    file = check(path)
    place = file.schema_arrow.get_field_index("site")
    for group in range(file.num_row_groups):
        about = file.metadata.row_group(group).column(place).statistics
        if (
            site is not None
            and about is not None
            and about.has_min_max
            and not about.min <= site <= about.max
        ):
            continue
        for row in file.read_row_group(group).to_pylist():
            if site is None or row["site"] == site:
                yield Row(**row)


def check(path: str) -> Any:
    """The profile at `path`, opened. Raises `InputError` when there is none."""
    pa, pq = need("pyarrow"), need("pyarrow.parquet")
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as e:
        text = reason_of(e) if isinstance(e, OSError) else str(e)
        raise InputError(f"the profile {path} can't be read: {text}") from e
    if file.schema_arrow.names != list(Row.__struct_fields__):
        raise InputError(f"{path} is no profile: make one with `cleantext profile IN --out {path}`")
    return file


def _move(source: str, target: str) -> None:
    with contextlib.suppress(OSError):
        os.replace(source, target)
        return
    shutil.copyfile(source, target)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
