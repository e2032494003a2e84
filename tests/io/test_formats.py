import gzip
from pathlib import Path

import pytest

from cleantext.io.formats import by_content, by_name, written_place
from cleantext.io.markdown import front_matter
from cleantext.run.plan import plan
from tests.io.formats import TEXTS, jsonl, wet


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.txt", "text"),
        ("a.MD.GZ", "markdown"),
        ("a.jsonl.zst", "jsonl"),
        ("CC-MAIN-1.warc.wet.gz", "wet"),
        ("CC-MAIN-1.warc.gz", "warc"),
        ("part-0.snappy.parquet", "parquet"),
        ("a.gz", None),
        ("a", None),
        ("a.png", None),
    ],
)
def test_by_name(name: str, form: str | None) -> None:
    assert by_name(name) == form


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (b"PAR1\x15\x04", "parquet"),
        (wet(TEXTS), "wet"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\n", "warc"),
        (jsonl(TEXTS), "jsonl"),
        (b'{"text": "' + b"a" * 70_000, "jsonl"),
        (b"<!-- x -->\n<!DOCTYPE html><p>", "html"),
        (b"{a text in braces}\n", "text"),
        (b"A text.\n", "text"),
        (b"\x89PNG\r\n\xff", None),
    ],
)
def test_by_content(head: bytes, form: str | None) -> None:
    assert by_content(head) == form


def test_files_without_suffix_are_looked_into(tmp_path: Path) -> None:
    (tmp_path / "rows").write_bytes(jsonl(TEXTS))
    (tmp_path / "packed.gz").write_bytes(gzip.compress(wet(TEXTS)))
    (tmp_path / "prose").write_bytes(b"Some text.")
    (tmp_path / "image.gz").write_bytes(gzip.compress(b"\x89PNG\xff"))
    found = plan(str(tmp_path))
    assert {d.place: d.format for d in found.documents} == {
        "rows": "jsonl",
        "packed.gz": "wet",
        "prose": "text",
    }
    assert [s.path for s in found.skipped] == ["image.gz"]


def test_results_that_are_another_format_get_another_name() -> None:
    assert written_place("a/b.warc.gz", "warc", None) == "a/b.warc.jsonl.gz"
    assert written_place("a.wet.zst", "wet", None) == "a.wet.zst"
    assert written_place("a.wet.zst", "wet", "parquet") == "a.wet.parquet"
    assert written_place("a.html.gz", "html", None) == "a.html.txt.gz"


@pytest.mark.parametrize(
    ("text", "front"),
    [
        ("---\ntitle: x\n---\nText", "---\ntitle: x\n---\n"),
        ("+++\r\ntitle = 1\r\n+++\r\nText", "+++\r\ntitle = 1\r\n+++\r\n"),
        ("---\nA sentence between rules.\n---\nText", ""),
        ("Text\n---\na: b\n---\n", ""),
        ("---\na: b\nText", ""),
    ],
)
def test_front_matter(text: str, front: str) -> None:
    assert text[: front_matter(text)] == front
