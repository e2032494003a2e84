"""Parquet: row groups, types, packing and metadata of the file stay; texts of columns change.

A Parquet file ends with its table of contents, so it can't be written on after an interruption.
Edited batches are kept as Arrow streams, which can, and become the Parquet file at the end, a row
group of the input being one of the output.
"""

from __future__ import annotations

import io
import itertools
import struct
from collections.abc import Iterator
from typing import IO, Any

import msgspec

from cleantext.errors import InputError
from cleantext.extras import need
from cleantext.io.arrow import annotated_schema, check_schema, edit_batch
from cleantext.io.records import BLOCK, Block, Editor, Fields

#: What stands before each batch in the part: its row group, and its length in bytes.
_FRAME = struct.Struct(">QQ")

#: In place of a row group: the writer's settings, and a batch that only tells the schema.
_SETTINGS, _NO_GROUP = 2**64 - 1, 2**64 - 2


class Parquet:
    """Parquet files."""

    name = "parquet"
    packs = False

    def blocks(self, stream: IO[bytes], fields: Fields) -> Iterator[Block]:
        """Batches of rows, none of which spans two row groups."""
        pa = need("pyarrow")
        file = _open(stream)
        try:
            names = list(check_schema(file.schema_arrow, fields))
            if file.num_row_groups:
                # Damage to what is said of a column is an error here; asked for by name, it ends the process.
                next(file.iter_batches(batch_size=1, row_groups=[0]), None)
            settings = _writer_settings(file, annotated_schema(file.schema_arrow, fields))
            # An empty batch, so that a file without rows keeps its schema too.
            yield Block(0, 0, _packed(_nothing(file.schema_arrow)), {"text": names, "settings": settings})
            first = 0
            for group in range(file.num_row_groups):
                about = file.metadata.row_group(group)
                size = max(1, about.num_rows * BLOCK // max(1, about.total_byte_size))
                for batch in file.iter_batches(batch_size=size, row_groups=[group]):
                    yield Block(first, batch.num_rows, _packed(batch), {"text": names, "group": group})
                    first += batch.num_rows
        except (pa.ArrowException, OSError, UnicodeDecodeError) as e:
            if isinstance(e, OSError) and e.errno is not None:  # the system's; the others are Arrow's own
                raise
            raise InputError(f"the Parquet file is damaged: {e}") from e

    def edit(self, block: Block, fields: Fields, editor: Editor) -> list[bytes]:
        """The batch with the texts that the editor gives, framed for the part."""
        batch = _unpacked(block.data)
        keep = None if block.keep is None else list(block.keep)
        batch = edit_batch(batch, tuple(block.extra["text"]), fields, editor, block.first, keep)
        if "settings" in block.extra:
            data = msgspec.json.encode(block.extra["settings"])
            return [_FRAME.pack(_SETTINGS, len(data)) + data, frame(_NO_GROUP, batch)]
        return [frame(block.extra["group"], batch)]

    def finish(self, part: str, finished: str) -> None:
        """Write the Parquet file, row group by row group."""
        write_parquet(part, finished)


def frame(group: int, batch: Any) -> bytes:
    """A batch as a piece of a part: for the row group with that number."""
    data = _packed(batch)
    return _FRAME.pack(group, len(data)) + data


def write_parquet(part: str, finished: str) -> None:
    """Write a Parquet file of the pieces in `part`. Raises `InputError` when there are none."""
    pa, pq = need("pyarrow"), need("pyarrow.parquet")
    settings: dict[str, Any] = {"compression": "zstd"}
    writer = None
    try:
        with open(part, "rb") as f:
            for group, pieces in itertools.groupby(_frames(f), key=lambda piece: piece[0]):
                if group == _SETTINGS:
                    settings = msgspec.json.decode(b"".join(data for _, data in pieces))
                    continue
                batches = [_unpacked(data) for _, data in pieces]
                if writer is None:
                    writer = pq.ParquetWriter(finished, batches[0].schema, **settings)
                table = pa.Table.from_batches(batches)
                if table.num_rows:
                    writer.write_table(table, row_group_size=table.num_rows)
    finally:
        if writer is not None:
            writer.close()
    if writer is None:
        raise InputError("it holds no text")


def _frames(part: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    while head := part.read(_FRAME.size):
        number, length = _FRAME.unpack(head)
        yield number, part.read(length)


def _open(stream: IO[bytes]) -> Any:
    pa, pq = need("pyarrow"), need("pyarrow.parquet")
    try:
        file = pq.ParquetFile(stream)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as e:
        raise InputError(f"the Parquet file is damaged: {e}") from e
    about = file.metadata
    for number in range(
        about.num_row_groups
    ):  # Arrow ends the process when it is asked for one that isn't there
        if about.row_group(number).num_columns != about.num_columns:
            raise InputError(f"the Parquet file is damaged: row group {number} has not all columns")
    return file


def _packed(batch: Any) -> bytes:
    pa = need("pyarrow")
    out = io.BytesIO()
    with pa.ipc.new_stream(out, batch.schema) as writer:
        writer.write_batch(batch)
    return out.getvalue()


def _nothing(schema: Any) -> Any:
    pa = need("pyarrow")
    return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)


def _unpacked(data: bytes) -> Any:
    return need("pyarrow").ipc.open_stream(data).read_next_batch()


def _writer_settings(file: Any, schema: Any) -> dict[str, Any]:
    """The settings that write a file like `file`. Raises `InputError` when a type would change."""
    pq = need("pyarrow.parquet")
    about = file.metadata
    columns = [about.row_group(0).column(i) for i in range(about.num_columns)] if about.num_row_groups else []
    physical = {file.schema.column(i).physical_type for i in range(len(file.schema.names))}
    settings: dict[str, Any] = {
        "version": about.format_version if about.format_version in ("1.0", "2.4", "2.6") else "2.6",
        "compression": {
            c.path_in_schema: c.compression.lower().replace("uncompressed", "none") for c in columns
        }
        or "snappy",
        "use_dictionary": [c.path_in_schema for c in columns if c.has_dictionary_page] or False,
        "write_statistics": [c.path_in_schema for c in columns if c.is_stats_set] or False,
        "store_schema": b"ARROW:schema" in (about.metadata or {}),
        "use_deprecated_int96_timestamps": "INT96" in physical,
        "store_decimal_as_integer": any(
            c.physical_type in ("INT32", "INT64") and c.logical_type.type == "DECIMAL" for c in _leaves(file)
        ),
    }
    if columns and schema.names != file.schema_arrow.names:  # the column of findings
        settings["compression"] = settings["compression"] | dict.fromkeys(_added(file, schema), "zstd")
    out = io.BytesIO()
    with pq.ParquetWriter(out, schema, **settings):
        pass
    out.seek(0)
    written = list(_leaves(pq.ParquetFile(out)))
    for before, after in zip(_leaves(file), written, strict=False):
        if _kind(before) != _kind(after):
            raise InputError(f"column {before.path} would change its type from {before} to {after}")
    return settings


def _leaves(file: Any) -> Iterator[Any]:
    return (file.schema.column(i) for i in range(len(file.schema.names)))


def _kind(column: Any) -> tuple[Any, ...]:
    return (
        column.path,
        column.physical_type,
        str(column.logical_type),
        column.max_definition_level,
        column.max_repetition_level,
    )


def _added(file: Any, schema: Any) -> list[str]:
    pq = need("pyarrow.parquet")
    out = io.BytesIO()
    with pq.ParquetWriter(out, schema):
        pass
    out.seek(0)
    before = {c.path for c in _leaves(file)}
    return [c.path for c in _leaves(pq.ParquetFile(out)) if c.path not in before]
