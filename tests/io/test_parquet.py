import datetime
import decimal
import io
from pathlib import Path
from typing import Any

import pytest

from cleantext.config import Config
from cleantext.io import parquet
from cleantext.io.records import Fields
from cleantext.run.folder import run_folder
from cleantext.run.plan import plan
from cleantext.run.work import Options
from tests.fake import FakeCleaner

pa = pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def run(folder: Path, data: bytes, fields: Fields | None = None) -> dict[str, Any]:
    (folder / "in").mkdir()
    (folder / "in/a.parquet").write_bytes(data)
    source = str(folder / "in")
    options = Options(fields=fields or Fields())
    return run_folder(
        source, str(folder / "out"), plan(source), FakeCleaner(), Config(), options=options
    ).as_mapping()


def written(table: Any, **settings: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **settings)
    return out.getvalue()


def many_types() -> Any:
    day = datetime.date(2024, 5, 1)
    text = pa.array(["[[a]]b", None, "c"])
    return pa.table(
        {
            "i8": pa.array([1, None, 3], pa.int8()),
            "u64": pa.array([2**64 - 1, 0, None], pa.uint64()),
            "f16": pa.array([1.5, None, 2.5], pa.float16()),
            "text": text,
            "large": text.cast(pa.large_string()),
            "view": text.cast(pa.string_view()),
            "dict": text.dictionary_encode(),
            "binary": pa.array([b"\xff", None, b""], pa.binary()),
            "fixed": pa.array([b"ab", None, b"cd"], pa.binary(2)),
            "decimal": pa.array([decimal.Decimal("1.50"), None, None], pa.decimal128(10, 2)),
            "date": pa.array([day, None, day]),
            "time": pa.array([1, None, 3], pa.time64("us")),
            "ts": pa.array([1, None, 3], pa.timestamp("us", "Europe/Berlin")),
            "duration": pa.array([1, None, 3], pa.duration("ms")),
            "list": pa.array([[1, None], None, []], pa.list_(pa.int16())),
            "map": pa.array([[("a", 1)], None, []], pa.map_(pa.string(), pa.int32())),
            "struct": pa.array([{"t": "[[a]]b", "n": 1}, None, {"t": None, "n": 2}]),
            "null": pa.nulls(3),
            "bool": pa.array([True, None, False]),
        },
        metadata={"who": "me", "pandas": "{}"},
    )


def test_types_values_groups_codecs_and_metadata_stay(tmp_path: Path) -> None:
    table = pa.concat_tables([many_types()] * 4).combine_chunks()
    codecs = dict.fromkeys(table.schema.names, "none") | {"text": "zstd", "i8": "gzip"}
    before = written(
        table, row_group_size=5, compression=codecs, use_dictionary=["large", "i8"], version="2.4"
    )
    run(tmp_path, before, Fields(text=("text", "large", "view", "dict", "struct.t")))
    one, other = pq.ParquetFile(io.BytesIO(before)), pq.ParquetFile(tmp_path / "out/a.parquet")
    assert other.schema_arrow.equals(one.schema_arrow, check_metadata=True)
    assert other.schema.equals(one.schema)
    assert other.metadata.metadata.keys() == one.metadata.metadata.keys()
    assert [other.metadata.row_group(i).num_rows for i in range(3)] == [5, 5, 2]
    for i in range(one.metadata.num_columns):
        a, b = one.metadata.row_group(0).column(i), other.metadata.row_group(0).column(i)
        assert (a.path_in_schema, a.compression, a.has_dictionary_page) == (
            b.path_in_schema,
            b.compression,
            b.has_dictionary_page,
        )
    texts = ("text", "large", "view", "dict", "struct")
    assert other.read().drop_columns(texts).equals(one.read().drop_columns(texts))
    for name in texts[:-1]:
        assert other.read()[name].to_pylist() == ["b", None, "c"] * 4
    assert other.read()["struct"].to_pylist() == [{"t": "b", "n": 1}, None, {"t": None, "n": 2}] * 4


def test_file_of_another_writer_keeps_its_physical_types(tmp_path: Path) -> None:
    table = pa.table({"text": ["[[a]]b"], "t": pa.array([1], pa.timestamp("ns"))})
    before = written(table, use_deprecated_int96_timestamps=True, store_schema=False)
    run(tmp_path, before)
    one, other = pq.ParquetFile(io.BytesIO(before)), pq.ParquetFile(tmp_path / "out/a.parquet")
    assert other.schema.equals(one.schema)
    assert other.schema.column(1).physical_type == "INT96"
    assert b"ARROW:schema" not in (other.metadata.metadata or {})


@pytest.mark.parametrize("rows", [0, 1])
def test_small_tables(tmp_path: Path, rows: int) -> None:
    table = pa.table(
        {"text": pa.array(["[[a]]b"] * rows, pa.string()), "n": pa.array([1] * rows, pa.int32())}
    )
    numbers = run(tmp_path, written(table))
    got = pq.read_table(tmp_path / "out/a.parquet")
    assert got.schema.equals(table.schema)
    assert (got["text"].to_pylist(), numbers["in"], numbers["failed"]) == (["b"] * rows, rows, 0)


@pytest.mark.parametrize(
    ("table", "fields", "says"),
    [
        ({"body": ["a"]}, Fields(), "--text-field body"),
        ({"text": [1]}, Fields(), "column text holds int64, no text"),
        ({"a": ["x"]}, Fields(text=("b",)), "no column is named b"),
        ({"text": ["x"], "cleantext_findings": [1]}, Fields(annotate="beside"), "already"),
    ],
)
def test_table_that_cannot_be_cleaned_is_named(
    tmp_path: Path, table: dict[str, list[Any]], fields: Fields, says: str
) -> None:
    numbers = run(tmp_path, written(pa.table(table)), fields)
    assert (
        says in numbers["failures"][0].reason
        if not isinstance(numbers["failures"][0], dict)
        else (says in numbers["failures"][0]["reason"])
    )
    assert not (tmp_path / "out/a.parquet").exists()


def test_damaged_file_is_named(tmp_path: Path) -> None:
    numbers = run(tmp_path, written(pa.table({"text": ["a"] * 100}))[:-30])
    assert "damaged" in numbers["failures"][0]["reason"]


def test_bytes_that_are_no_utf8_stay(tmp_path: Path) -> None:
    bad = pa.array([b"[[a]]b", b"\xff[[a]]", None], pa.binary()).cast(pa.string(), safe=False)
    numbers = run(tmp_path, written(pa.table({"text": bad})))
    got = pq.read_table(tmp_path / "out/a.parquet")["text"].cast(pa.binary()).to_pylist()
    assert got == [b"b", b"\xff[[a]]", None]
    assert (numbers["cleaned"], numbers["failed"]) == (1, 1)


@pytest.mark.parametrize("how", ["beside", "instead"])
def test_annotation_is_the_last_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.setattr(parquet, "BLOCK", 50)
    table = pa.table({"text": ["[[a]]b", "c", None] * 9, "n": range(27)})
    run(tmp_path, written(table), Fields(annotate=how))  # type: ignore[arg-type]
    got = pq.read_table(tmp_path / "out/a.parquet")
    assert got.schema.names == ["text", "n", "cleantext_findings"]
    assert got["text"].to_pylist()[:3] == ["b" if how == "beside" else "[[a]]b", "c", None]
    found = got["cleantext_findings"].to_pylist()
    assert [len(f) for f in found[:3]] == [1, 0, 0]
    assert found[0][0]["rule"] == "CT901"


@pytest.mark.parametrize("spoil", ["page", "name"])
def test_file_with_damage_inside_is_named(tmp_path: Path, spoil: str) -> None:
    """Arrow tells of these as a system error, and as text that can't be decoded."""
    data = written(pa.table({"text": ["a" * 50] * 100, "column": ["b"] * 100}))
    if spoil == "page":
        at = data.index(b"PAR1") + 4
        data = data[:at] + bytes(40) + data[at + 40 :]
    else:
        data = data.replace(b"column", b"col\xe1mn")
    numbers = run(tmp_path, data)
    assert numbers["failed"] == 1
    assert "damaged" in numbers["failures"][0]["reason"]


def test_damage_that_ends_arrow_is_an_error_here(tmp_path: Path) -> None:
    """What is said of a column is damaged: Arrow throws in C++, where nothing catches it, when it is asked."""
    data = (Path(__file__).parents[1] / "data" / "found" / "ends-arrow.parquet").read_bytes()
    numbers = run(tmp_path, data)
    assert numbers["failed"] == 1
    assert "damaged" in numbers["failures"][0]["reason"]
