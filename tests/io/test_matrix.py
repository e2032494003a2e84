"""Every format, packed in every way, from and to every kind of place: texts cleaned, the rest untouched."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from cleantext.config import Config
from cleantext.io.records import Fields
from cleantext.run.folder import run_folder
from cleantext.run.plan import plan
from cleantext.run.restore import restore_folder
from cleantext.run.work import Options
from tests.fake import FakeCleaner
from tests.io.formats import CLEANED, MAKE, TEXTS, pack, rows, unpack

FORMATS = sorted(MAKE)
PACKINGS = ["", "gz", "zst"]
PLACES = ["folder", "file", "glob", "stdin", "memory"]


def name_of(form: str, packing: str) -> str:
    return f"data.{form}" + (f".{packing}" if packing else "")


def run(source: str, out: str, jobs: int = 0, options: Options | None = None) -> dict[str, object]:
    summary = run_folder(source, out, plan(source), FakeCleaner(), Config(), jobs=jobs, options=options)
    return summary.as_mapping()


def expected(form: str, data: bytes) -> list[dict[str, object]]:
    before = rows(form, data)
    cleaner = FakeCleaner()
    return [{**row, "text": cleaner.clean(row["text"]).text} for row in before]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("form", FORMATS)
def test_format_packing_and_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, packing: str, place: str
) -> None:
    if form == "parquet" and packing:
        pytest.skip("Parquet is packed inside")
    plain = MAKE[form](TEXTS)
    data = pack(plain, packing)
    name = name_of(form, packing)
    (tmp_path / "in/sub").mkdir(parents=True)
    (tmp_path / "in/sub" / name).write_bytes(data)
    out = tmp_path / "out"
    if place == "folder":
        numbers = run(str(tmp_path / "in"), str(out))
        written = (out / "sub" / name).read_bytes()
    elif place == "file":
        numbers = run(str(tmp_path / "in/sub" / name), str(out))
        written = (out / name).read_bytes()
    elif place == "glob":
        numbers = run(str(tmp_path / "in/**/data.*"), str(out))
        written = (out / "sub" / name).read_bytes()
    elif place == "stdin":
        stdout = SimpleNamespace(buffer=io.BytesIO())
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        monkeypatch.setattr(sys, "stdout", stdout)
        named = form if form in ("csv", "tsv") else None  # what says nothing about itself
        found = plan("-", named=named)  # type: ignore[arg-type]
        options = Options(named=named)  # type: ignore[arg-type]
        numbers = run_folder("-", "-", found, FakeCleaner(), Config(), options=options).as_mapping()
        written = stdout.buffer.getvalue()
    else:
        fsspec = pytest.importorskip("fsspec", reason="URLs need fsspec")
        memory = fsspec.filesystem("memory")
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
        root = f"/{tmp_path.name}-{form}-{packing}"
        memory.pipe_file(f"{root}/in/sub/{name}", data)
        numbers = run(f"memory:/{root}/in", f"memory:/{root}/out")
        written = memory.cat_file(f"{root}/out/sub/{name}")
        assert json.loads(memory.cat_file(f"{root}/out/summary.json"))["in"] == numbers["in"]
    count = len(rows(form, plain))
    assert (numbers["in"], numbers["failed"]) == (count, 0)
    got = unpack(written, packing)
    assert rows(form, got) == expected(form, plain)
    assert [row["text"] for row in rows(form, got)][: len(CLEANED)] == CLEANED


@pytest.mark.parametrize("annotate", ["no", "beside", "instead"])
@pytest.mark.parametrize("form", FORMATS)
def test_originals_come_back(tmp_path: Path, form: str, annotate: str) -> None:
    if form == "wet" and annotate != "no":
        pytest.skip("WET has no place for findings")
    data = MAKE[form](TEXTS)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name_of(form, "")).write_bytes(data)
    (tmp_path / "in" / name_of(form, "gz" if form != "parquet" else "")).write_bytes(
        pack(data, "gz" if form != "parquet" else "")
    )
    run(str(tmp_path / "in"), str(tmp_path / "out"), options=Options(fields=Fields(annotate=annotate)))  # type: ignore[arg-type]
    result = restore_folder(str(tmp_path / "out"), str(tmp_path / "back"))
    assert (result.failures, result.never_cleaned) == ([], 0)
    back = (tmp_path / "back" / name_of(form, "")).read_bytes()
    if form == "parquet":
        assert rows(form, back) == rows(form, data)
    else:
        assert back == data
        assert unpack((tmp_path / "back" / name_of(form, "gz")).read_bytes(), "gz") == data


@pytest.mark.parametrize("form", FORMATS)
def test_what_has_no_noise_comes_out_byte_for_byte(tmp_path: Path, form: str) -> None:
    texts = [t.replace("[[", "[").replace("{{", "{").replace("((", "(") for t in TEXTS]
    data = MAKE[form](texts).replace(b"plain [[noise]]", b"plain")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name_of(form, "")).write_bytes(data)
    numbers = run(str(tmp_path / "in"), str(tmp_path / "out"))
    assert numbers["cleaned"] == 0
    if form == "parquet":
        assert rows(form, (tmp_path / "out" / name_of(form, "")).read_bytes()) == rows(form, data)
    else:
        assert (tmp_path / "out" / name_of(form, "")).read_bytes() == data


@pytest.mark.parametrize("form", FORMATS)
def test_blocks_and_processes_change_no_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """One block, blocks of a few records, and those in two processes."""
    from cleantext.io import csv, parquet, records, warc

    data = MAKE[form](TEXTS * 40)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name_of(form, "")).write_bytes(data)
    run(str(tmp_path / "in"), str(tmp_path / "one"))
    for module in (csv, parquet, records, warc):
        monkeypatch.setattr(module, "BLOCK", 300)
    run(str(tmp_path / "in"), str(tmp_path / "many"))
    run(str(tmp_path / "in"), str(tmp_path / "two"), jobs=2)
    for name in (name_of(form, ""), "report.jsonl", "summary.json", "report.html"):
        one, many, two = ((tmp_path / out / name).read_bytes() for out in ("one", "many", "two"))
        assert one == many == two
