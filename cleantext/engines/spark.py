"""Spark: ``clean_dataframe(df, text="body")``, and the profile of a corpus by the same SQL as DuckDB's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cleantext.corpus.profile import SQL
from cleantext.engines.batch import CleanBatch
from cleantext.extras import need
from cleantext.io.arrow import annotation_field


def clean_dataframe(frame: Any, **options: Any) -> Any:
    """The Spark data frame with its texts cleaned, by ``mapInArrow``; lazy, as Spark's transformations are.

    `options` are those of `CleanBatch`. Spark tries a task again whose worker died.
    """
    need("pyspark")
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.sql.types import StructType

    clean = CleanBatch(**options)
    schema = StructType(list(frame.schema.fields))
    if clean.fields.adds:
        found = from_arrow_schema(need("pyarrow").schema([annotation_field()]))
        schema = StructType([*schema.fields, *found.fields])

    def batches(incoming: Iterator[Any]) -> Iterator[Any]:
        return map(clean, incoming)

    return frame.mapInArrow(batches, schema)


def lines_dataframe(frame: Any, *, text: str, url: str) -> Any:
    """The lines of pages in the columns `text` and `url`, as the table that a profile is counted from."""
    need("pyspark")

    def batches(incoming: Iterator[Any]) -> Iterator[Any]:
        from cleantext.corpus.lines import site_of
        from cleantext.corpus.profile import Page, line_batch

        for batch in incoming:
            urls, texts = batch.column(url).to_pylist(), batch.column(text).to_pylist()
            yield line_batch(Page(site_of(u), t) for u, t in zip(urls, texts, strict=True) if t is not None)

    numbers = ", ".join(f"{n} bigint" for n in ("page", "exact", "near", "times", "edge", "first", "last"))
    return frame.select(url, text).mapInArrow(batches, f"site string, {numbers}, sample string")


def count_lines(lines: Any) -> Any:
    """The profile of a data frame of lines: row for row what DuckDB makes of it."""
    lines.createOrReplaceTempView("lines")
    return lines.sparkSession.sql(SQL)
