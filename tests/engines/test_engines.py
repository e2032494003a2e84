"""Real engines on this machine give what a run gives, also when a worker dies."""

from __future__ import annotations

import importlib.util
import json
import pickle
from pathlib import Path
from typing import Any

import pytest

import cleantext
from cleantext.cleaner import Cleaner
from cleantext.config import Config
from cleantext.corpus.lines import site_of
from cleantext.engines.batch import CleanBatch
from cleantext.run.folder import run_folder
from cleantext.run.plan import plan
from tests.corpus.sites import pages
from tests.fake import FakeCleaner

pa = pytest.importorskip("pyarrow", reason="engines need pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

NOISE = "They meet on Marcus EriksonTuesday, kicking off a tour.\n2025-04-28 15:34834 view\n2025-04-28 15:192932 view\n"


def missing(module: str) -> bool:
    return importlib.util.find_spec(module) is None


def table(rows: int = 60) -> Any:
    texts = [[f"{NOISE}Line {i}.\n", f"Clean line {i}.\n", None][i % 3] for i in range(rows)]
    return pa.table({"id": range(rows), "text": texts, "n": pa.array([{"a": i} for i in range(rows)])})


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What a run on this machine makes of the table."""
    folder = tmp_path_factory.mktemp("local")
    (folder / "in").mkdir()
    pq.write_table(table(), folder / "in/a.parquet")
    source = str(folder / "in")
    run_folder(source, str(folder / "out"), plan(source), Cleaner(), Config())
    return pq.read_table(folder / "out/a.parquet")


def test_batch_and_table_equal_the_run(local: Any) -> None:
    clean = pickle.loads(pickle.dumps(CleanBatch()))
    assert clean(table()).equals(local)
    got = pa.Table.from_batches([clean(b) for b in table().to_batches(max_chunksize=7)])
    assert got.equals(local)
    assert (clean.totals.cleaned, clean.totals.unchanged, clean.totals.failed) == (40, 40, 0)
    assert clean(table().slice(0, 0)).schema.equals(local.schema)


def test_batch_options() -> None:
    clean = CleanBatch(text="n.t", annotate="instead", mode="conservative")
    data = pa.table({"n": [{"t": NOISE, "a": 1}]})
    got = clean(data)
    assert got["n"].equals(data["n"])
    assert {f["rule"] for f in got["cleantext_findings"][0].as_py()} == {"CT101", "CT102"}
    with pytest.raises(cleantext.InputError, match="--text-field"):
        CleanBatch()(pa.table({"a": ["x"]}))
    broken = CleanBatch(cleaner=FakeCleaner())
    assert broken(pa.table({"text": ["RAISE", "[[a]]b"]}))["text"].to_pylist() == ["RAISE", "b"]
    assert broken.totals.failed == 1


@pytest.mark.skipif(missing("datatrove"), reason="needs datatrove")
def test_datatrove(local: Any) -> None:
    from datatrove.data import Document

    from cleantext.engines.datatrove_step import CleanText

    rows = [row for row in table().to_pylist() if row["text"] is not None]
    documents = [Document(text=row["text"], id=str(row["id"]), metadata={"language": "en"}) for row in rows]
    step = CleanText(annotate=True)
    got = list(step.run(documents))
    assert [d.text for d in got] == [t for t in local["text"].to_pylist() if t is not None]
    assert got[0].metadata["cleantext_findings"][0]["rule"] == "CT101"
    stats = step.stats.to_dict()["stats"]
    assert (stats["cleaned"], stats["unchanged"], stats["removed-view-rows"]) == (20, 20, 20)


@pytest.mark.skipif(missing("datasets"), reason="needs datasets")
@pytest.mark.parametrize("processes", [None, 2])
def test_datasets(local: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int | None) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    import datasets

    from cleantext.engines.hf_datasets import clean_dataset

    dataset = datasets.Dataset(table())
    got = clean_dataset(dataset, batch_size=9, processes=processes)
    assert got.features == dataset.features
    assert got.to_list() == local.to_pylist()


def test_ray(local: Any, ray: Any) -> None:
    from cleantext.engines.ray_data import clean_dataset

    got = clean_dataset(ray.data.from_arrow(table()), batch_size=7).take_all()
    assert sorted(got, key=lambda row: row["id"]) == local.to_pylist()


def test_ray_when_a_worker_dies(tmp_path: Path, ray: Any) -> None:
    from cleantext.engines.ray_data import clean_dataset

    data = pa.table({"id": range(4), "text": ["[[a]]b", f"ONCE {tmp_path / 'flag'}", "[[a]]c", "d"]})
    got = clean_dataset(ray.data.from_arrow(data), batch_size=2, cleaner=FakeCleaner()).take_all()
    assert [row["text"] for row in sorted(got, key=lambda row: row["id"])] == [
        "b",
        f"ONCE {tmp_path / 'flag'}",
        "c",
        "d",
    ]
    assert (tmp_path / "flag").exists()


def rows_of(frame: Any) -> list[dict[str, Any]]:
    return [row.asDict(recursive=True) for row in frame.collect()]


def test_spark(local: Any, spark: Any, tmp_path: Path) -> None:
    from cleantext.engines.spark import clean_dataframe

    pq.write_table(table(), tmp_path / "a.parquet")
    frame = spark.read.parquet(str(tmp_path / "a.parquet")).repartition(3)
    got = clean_dataframe(frame)
    assert got.schema == frame.schema
    assert sorted(rows_of(got), key=lambda row: row["id"]) == local.to_pylist()
    noted = clean_dataframe(frame, annotate="beside").where("id = 0").collect()[0]
    assert noted["cleantext_findings"][0]["rule"] == "CT101"


def test_spark_when_a_worker_dies(spark: Any, tmp_path: Path) -> None:
    from cleantext.engines.spark import clean_dataframe

    texts = ["[[a]]b", f"ONCE {tmp_path / 'flag'}", "[[a]]c", "d"]
    frame = spark.createDataFrame(list(enumerate(texts)), "id bigint, text string")
    got = sorted(rows_of(clean_dataframe(frame, cleaner=FakeCleaner())), key=lambda row: row["id"])
    assert [row["text"] for row in got] == ["b", texts[1], "c", "d"]
    assert (tmp_path / "flag").exists()


def test_profile_of_spark_equals_that_of_duckdb(spark: Any, tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="needs duckdb")
    from cleantext.corpus.profile import Page, line_batch, make_profile, read_rows
    from cleantext.engines.spark import count_lines, lines_dataframe

    some = pages(count=25)
    make_profile([line_batch(Page(site_of(url), page) for url, page, _ in some)], str(tmp_path / "p.parquet"))
    frame = spark.createDataFrame([(url, page) for url, page, _ in some], "url string, text string")
    got = rows_of(count_lines(lines_dataframe(frame, text="text", url="url")))
    wanted = [
        {n: getattr(row, n) for n in row.__struct_fields__} for row in read_rows(str(tmp_path / "p.parquet"))
    ]
    assert json.dumps(got) == json.dumps(wanted)
    assert len(got) > 30
