import io
import json
from pathlib import Path
from typing import Any

import pytest

import cleantext
from cleantext.config import Config
from cleantext.errors import InputError
from cleantext.finding import CleanResult
from cleantext.io.warc import records
from cleantext.run.folder import run_folder
from cleantext.run.plan import plan
from cleantext.run.work import Options
from tests.fake import FakeCleaner
from tests.io.formats import TEXTS, pack, warc_record, wet, wet_records


def run(folder: Path, name: str, data: bytes, to: str | None = None) -> dict[str, Any]:
    (folder / "in").mkdir()
    (folder / "in" / name).write_bytes(data)
    source = str(folder / "in")
    numbers = run_folder(
        source, str(folder / "out"), plan(source), FakeCleaner(), Config(), options=Options(to=to)
    )
    return numbers.as_mapping()


def test_wet_in_gzip_has_a_member_for_each_record(tmp_path: Path) -> None:
    """As readers of WARC want it, which jump from record to record."""
    run(tmp_path, "a.warc.wet.gz", b"".join(pack(r, "gz") for r in wet_records(TEXTS)))
    archiveiterator = pytest.importorskip("warcio.archiveiterator", reason="WET is read with warcio")
    with open(tmp_path / "out/a.warc.wet.gz", "rb") as f:
        found = archiveiterator.ArchiveIterator(f, check_digests="raise")
        offsets = [found.get_record_offset() for _ in found]
    assert len(set(offsets)) == len(TEXTS) + 1


def test_fastwarc_reads_the_result(tmp_path: Path) -> None:
    warc = pytest.importorskip("fastwarc.warc", reason="needs fastwarc")
    run(tmp_path, "a.wet.gz", b"".join(pack(r, "gz") for r in wet_records(TEXTS)))
    with open(tmp_path / "out/a.wet.gz", "rb") as f:
        found = [(r.headers["WARC-Type"], r.verify_block_digest()) for r in warc.ArchiveIterator(f)]
    assert found == [("warcinfo", True)] + [("conversion", True)] * len(TEXTS)


@pytest.mark.parametrize("to", ["jsonl", "parquet"])
def test_wet_becomes_rows(tmp_path: Path, to: str) -> None:
    if to == "parquet":
        pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    run(tmp_path, "a.wet.gz", pack(wet(TEXTS), "gz"), to)
    if to == "jsonl":
        import gzip

        rows = [
            json.loads(line)
            for line in gzip.decompress((tmp_path / "out/a.wet.jsonl.gz").read_bytes()).splitlines()
        ]
    else:
        import pyarrow.parquet as pq

        rows = pq.read_table(tmp_path / "out/a.wet.parquet").to_pylist()
    assert [r["text"] for r in rows] == [FakeCleaner().clean(t).text for t in TEXTS]
    assert rows[0] | {"text": ""} == {
        "id": "<urn:uuid:00000000000000000000000000000000>",
        "url": "https://example.org/0",
        "date": "2024-05-01T00:00:00Z",
        "lang": "de",
        "text": "",
    }


def response(body: bytes, headers: str, number: int) -> bytes:
    http = f"HTTP/1.1 200 OK\r\n{headers}\r\n\r\n".encode() + body
    return warc_record("response", http, number, "application/http; msgtype=response")


PAGE = b"<!doctype html><html><body><p>Text [[noise]]</p></body></html>"


def test_warc_pages_become_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import gzip

    def extract(page: bytes, url: str | None = None, cleaner: object = None) -> CleanResult:
        assert page == PAGE
        return FakeCleaner().clean(f"{url} [[x]]")

    monkeypatch.setattr(cleantext, "extract", extract, raising=False)
    monkeypatch.setattr("cleantext.io.html.available", lambda: True)
    html = "Content-Type: text/html; charset=utf-8"
    chunked = b"%x\r\n%b\r\n%x;x=y\r\n%b\r\n0\r\n\r\n" % (10, PAGE[:10], len(PAGE) - 10, PAGE[10:])
    data = b"".join(
        [
            warc_record("warcinfo", b"", 99, "application/warc-fields"),
            response(PAGE, html, 0),
            warc_record("request", b"GET /", 0, "application/http; msgtype=request"),
            response(gzip.compress(PAGE), html + "\r\nContent-Encoding: gzip", 1),
            response(chunked, html + "\r\nTransfer-Encoding: chunked", 2),
            response(b"%PDF", "Content-Type: application/pdf", 3),
            warc_record("resource", PAGE, 4, "text/html"),
            warc_record("response", b"no http", 5, "application/http; msgtype=response"),
        ]
    )
    numbers = run(tmp_path, "a.warc.gz", pack(data, "gz"))
    rows = [
        json.loads(line)
        for line in gzip.decompress((tmp_path / "out/a.warc.jsonl.gz").read_bytes()).splitlines()
    ]
    assert [r["text"] for r in rows] == [f"https://example.org/{i} " for i in (0, 1, 2, 4)]
    assert (numbers["cleaned"], numbers["failed"]) == (4, 1)
    assert "no body" in numbers["failures"][0]["reason"]


@pytest.mark.parametrize("cut", [10, 100, -10, -3])
def test_file_that_was_cut_off_is_named_and_what_came_before_counts(tmp_path: Path, cut: int) -> None:
    data = wet(TEXTS)
    first, last = wet_records(TEXTS)[0], wet_records(TEXTS)[-1]
    end = len(data) + cut if cut < 0 else len(first) + cut
    numbers = run(tmp_path, "a.wet", data[:end])
    if cut == -3:  # only blank lines after the last record are missing
        assert (numbers["in"], numbers["failed"]) == (len(TEXTS), 0)
        return
    assert numbers["failures"][0]["reason"].startswith("it ends inside of a record")
    kept = (
        [r.content.decode() for r in records(io.BytesIO((tmp_path / "out/a.wet").read_bytes()))]
        if cut < 0
        else []
    )
    assert len(kept) == (len(TEXTS) if cut < 0 else 0)
    assert last.startswith(b"WARC/1.0")


def test_damage_is_no_endless_loop() -> None:
    for data in (
        b"WARC/1.0\r\n",
        b"x" * 10,
        b"WARC/1.0\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n",
    ):
        with pytest.raises(InputError):
            list(records(io.BytesIO(data)))


def test_line_ends_between_records_stay() -> None:
    one = b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 3\r\n\r\nabc"
    data = b"\r\n" + one + b"\r\n\r\n\r\n\n" + one + b"\n" + one + b"\r\n\r\n\n\n"
    found = list(records(io.BytesIO(data)))
    assert [r.content for r in found] == [b"abc"] * 3
    assert b"".join(r.head + r.content + r.tail for r in found) == data
