"""Every format, packed in every way, from and to every kind of place: texts cleaned, the rest untouched."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cleantext.config import Config
from cleantext.io.formats import written_place
from cleantext.io.records import Fields
from cleantext.run.folder import run_folder
from cleantext.run.plan import plan
from cleantext.run.restore import restore_folder
from cleantext.run.work import Options
from tests.fake import FakeCleaner
from tests.io.formats import CLEANED, MAKE, RECORDS, TEXTS, TOLD, WEB_TEXTS, pack, rows, unpack

PACKINGS = ["", "gz", "zst"]
PLACES = ["folder", "file", "glob", "stdin", "memory", "s3"]

#: The name's suffix for the formats that aren't called as their files are.
SUFFIX = {"text": "txt", "markdown": "md"}


def name_of(form: str, packing: str) -> str:
    return f"data.{SUFFIX.get(form, form)}" + (f".{packing}" if packing else "")


def run(source: str, out: str, jobs: int = 0, options: Options | None = None) -> dict[str, object]:
    summary = run_folder(source, out, plan(source), FakeCleaner(), Config(), jobs=jobs, options=options)
    return summary.as_mapping()


def expected(form: str, data: bytes) -> list[dict[str, object]]:
    before = rows(form, data)
    cleaner = FakeCleaner()
    return [{**row, "text": cleaner.clean(row["text"]).text} for row in before]


def through_stdin(
    monkeypatch: pytest.MonkeyPatch, data: bytes, form: str, to: str | None
) -> tuple[dict[str, object], bytes]:
    stdout = SimpleNamespace(buffer=io.BytesIO())
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    monkeypatch.setattr(sys, "stdout", stdout)
    named: Any = form if form in ("csv", "tsv", "markdown") else None  # what says nothing about itself
    options = Options(named=named, to=to)
    summary = run_folder("-", "-", plan("-", named=named), FakeCleaner(), Config(), options=options)
    return summary.as_mapping(), stdout.buffer.getvalue()


def through_url(
    files: Any, root: str, scheme: str, name: str, data: bytes, written: str, to: str | None
) -> tuple[dict[str, object], bytes]:
    files.pipe_file(f"{root}/in/sub/{name}", data)
    base = f"{scheme}{root}"
    numbers = run(f"{base}/in", f"{base}/out", options=Options(to=to))
    assert json.loads(files.cat_file(f"{root}/out/summary.json"))["in"] == numbers["in"]
    return numbers, files.cat_file(f"{root}/out/sub/{written}")


#: Formats with what they become, which is their own form for all but pages.
CASES = [(form, None) for form in sorted(RECORDS)] + [
    ("text", None),
    ("markdown", None),
    ("html", None),
    ("warc", None),
    ("warc", "parquet"),
    ("wet", "jsonl"),
    ("wet", "parquet"),
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize(("form", "to"), CASES)
def test_format_packing_and_place(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    form: str,
    to: str | None,
    packing: str,
    place: str,
) -> None:
    if form == "parquet" and packing:
        pytest.skip("Parquet is packed inside")
    if form in ("html", "warc"):
        pytest.importorskip("trafilatura", reason="pages need the extra html")
    if to == "parquet":
        pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    plain = MAKE[form](WEB_TEXTS if form in ("html", "warc") else TEXTS)
    data = pack(plain, packing)
    name = name_of(form, packing)
    written = written_place(name, form, to)  # type: ignore[arg-type]
    (tmp_path / "in/sub").mkdir(parents=True)
    (tmp_path / "in/sub" / name).write_bytes(data)
    out = tmp_path / "out"
    options = Options(to=to)
    if place == "folder":
        numbers = run(str(tmp_path / "in"), str(out), options=options)
        got = (out / "sub" / written).read_bytes()
    elif place == "file":
        numbers = run(str(tmp_path / "in/sub" / name), str(out), options=options)
        got = (out / written).read_bytes()
    elif place == "glob":
        numbers = run(str(tmp_path / "in/**/data.*"), str(out), options=options)
        got = (out / "sub" / written).read_bytes()
    elif place == "stdin":
        numbers, got = through_stdin(monkeypatch, data, form, to)
    elif place == "memory":
        fsspec = pytest.importorskip("fsspec", reason="URLs need fsspec")
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
        root = f"/{tmp_path.name}-{form}-{packing}"
        numbers, got = through_url(fsspec.filesystem("memory"), root, "memory:/", name, data, written, to)
    else:
        bucket = request.getfixturevalue("bucket")
        root = f"bucket/{tmp_path.name}-{form}-{packing}"
        numbers, got = through_url(bucket, root, "s3://", name, data, written, to)
    got = unpack(got, "" if to == "parquet" else packing)
    check(form, to, plain, got, numbers)


def check(form: str, to: str | None, plain: bytes, got: bytes, numbers: dict[str, object]) -> None:
    """What a run made of `plain`, read by the format's own library."""
    texts, web = ([FakeCleaner().clean(t).text for t in some] for some in (TEXTS, WEB_TEXTS))
    wanted = [(told + t).strip() for told, t in zip(TOLD, web, strict=False)]
    if form == "html":
        assert (numbers["in"], numbers["failed"]) == (1, 0)
        assert paragraphs(got.decode()) == wanted
        assert not {"Home", "News", "Imprint"} & set(got.decode().splitlines())
    elif form == "warc":
        assert (numbers["in"], numbers["failed"]) == (len(web), 0)
        found = rows(to or "jsonl", got)
        assert [row["url"] for row in found] == [f"https://example.org/{i}" for i in range(len(web))]
        assert {row["date"] for row in found} == {"2024-05-01T00:00:00Z"}
        assert [paragraphs(row["text"]) for row in found] == [
            [(TOLD[0] + t).strip(), TOLD[1].strip()] for t in web
        ]
    elif to is not None:
        assert (numbers["in"], numbers["failed"]) == (len(TEXTS), 0)
        assert [row["text"] for row in rows(to, got)] == texts
    else:
        count = len(rows(form, plain))
        assert (numbers["in"], numbers["failed"]) == (count, 0)
        assert rows(form, got) == expected(form, plain)
        if form in RECORDS:
            assert [row["text"] for row in rows(form, got)][: len(CLEANED)] == CLEANED


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a page's text."""
    return [line.strip() for line in text.splitlines() if line.startswith(tuple(t.strip() for t in TOLD))]


@pytest.mark.parametrize("annotate", ["no", "beside", "instead"])
@pytest.mark.parametrize("form", RECORDS)
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


@pytest.mark.parametrize("form", RECORDS)
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


@pytest.mark.parametrize("form", RECORDS)
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
