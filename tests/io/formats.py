"""Files of every format with the same texts, and readers of the formats' own libraries for them."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

#: Noisy and clean texts, and what `FakeCleaner` makes of them.
TEXTS = [
    "Keep [[this goes]]and this {{caf\u00c3\u00a9|caf\u00e9}} ((or not))",
    "clean",
    "",
    'quotes "here", commas, [[noise]]\nand a second\tline \u2028 \U0001f600',
    "[[all of it]]",
    "a/b \\ [[c]] \x7f",
]
CLEANED = [
    "Keep and this caf\u00e9 ((or not))",
    "clean",
    "",
    'quotes "here", commas, and a second\tline \u2028 \U0001f600',
    "",
    "a/b \\  \x7f",
]

#: Some without braces and odd blanks, of which extractors of pages have opinions of their own.
WEB_TEXTS = [
    "Keep [[this goes]]and this.",
    "It stays as it is.",
    "[[it goes]]There is more.",
    "So be it [[c]](d).",
]

Make = Callable[[list[str]], bytes]


def jsonl(texts: list[str]) -> bytes:
    """Lines in every manner in which JSON can be written."""
    out = []
    for i, text in enumerate(texts):
        record = {
            "id": i,
            "nested": {"a": [1, {"text": "[[x]]"}], "b": None},
            "text": text,
            "f": 1.50,
            "é": "ü",
        }
        manner: dict[str, Any] = [
            {"ensure_ascii": False},
            {"ensure_ascii": True},
            {"separators": (",", ":")},
        ][i % 3]
        line = json.dumps(record, **manner)
        out.append(
            line.replace("1.5", "1.50E+0").replace('"id": ', ' "id" :\t') + ("\r\n" if i % 2 else "\n")
        )
    return "".join(out).encode()


def delimited(delimiter: str) -> Make:
    def make(texts: list[str]) -> bytes:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow(["id", "title", "text", "n"])
        for i, text in enumerate(texts):
            writer.writerow([i, 'a "b", c', text, "1.50"])
        return out.getvalue().encode() + b'9,"x" ,plain [[noise]],"2"\n'.replace(b",", delimiter.encode())

    return make


def parquet(texts: list[str]) -> bytes:
    pa = pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    table = pa.table(
        {
            "id": pa.array(range(len(texts)), pa.uint32()),
            "text": pa.array(texts, pa.large_string()),
            "when": pa.array([i * 1000 for i in range(len(texts))], pa.timestamp("ms", "UTC")),
            "tags": pa.array([["a", None]] * len(texts), pa.list_(pa.string())),
            "kind": pa.array(["x"] * len(texts)).dictionary_encode(),
        }
    ).replace_schema_metadata({"made by": "a test"})
    out = io.BytesIO()
    pq.write_table(table, out, row_group_size=4, compression={"text": "zstd", "id": "snappy"})
    return out.getvalue()


def warc_record(kind: str, content: bytes, number: int, content_type: str, more: str = "") -> bytes:
    import base64
    import hashlib

    digest = base64.b32encode(hashlib.sha1(content).digest()).decode()
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/{number}\r\n"
        f"WARC-Date: 2024-05-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number:032}>\r\n"
        f"WARC-Block-Digest: sha1:{digest}\r\n{more}Content-Type: {content_type}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def wet(texts: list[str]) -> bytes:
    return b"".join(wet_records(texts))


def wet_records(texts: list[str]) -> list[bytes]:
    return [
        warc_record("warcinfo", b"software: a test\r\n", 999, "application/warc-fields"),
        *(
            warc_record(
                "conversion", t.encode(), i, "text/plain", "WARC-Identified-Content-Language: deu,eng\r\n"
            )
            for i, t in enumerate(texts)
        ),
    ]


#: Fields for a program, which look like noise and are none.
FRONT = "---\ntitle: '[[not noise]]'\ntags: [a, b]\n---\n"


def text(texts: list[str]) -> bytes:
    return "\n\n".join(texts).encode()


def markdown(texts: list[str]) -> bytes:
    return FRONT.encode() + b"# A *title*\n\n" + text(texts) + b"\n\n- a list\n"


#: What the paragraphs of a page begin with, so that they are long enough to be its text.
TOLD = [
    "It went on for a whole summer, and those who were there tell of it to this day, at length. ",
    "Nobody had asked the ferryman, who knew the river and its moods better than the engineers did. ",
    "The new bridge was opened by the mayor in a hat that she had borrowed from her neighbour. ",
    "What became of the boats is another matter: two of them lie in the reeds below the mill still. ",
    "A museum was talked of for years, and in the end the old toll house was taken for it. ",
    "On market days the road is full of carts again, and the baker sells out before the bell. ",
]


def html(texts: list[str]) -> bytes:
    """A page with the texts as paragraphs of an article, between what surrounds one."""
    from html import escape

    story = "".join(f"<p>{escape(TOLD[i % len(TOLD)] + t)}</p>" for i, t in enumerate(texts))
    return (
        "<!doctype html><html><head><meta charset='utf-8'><title>A story</title></head><body>"
        "<nav><ul><li><a href='/a'>Home</a></li><li><a href='/b'>News</a></li></ul></nav>"
        f"<main><article><h1>A story</h1>{story}</article></main><footer>Imprint</footer></body></html>"
    ).encode()


def warc(texts: list[str]) -> bytes:
    """Pages as a crawler stores them, among records of other kinds."""
    out = [warc_record("warcinfo", b"software: a test\r\n", 999, "application/warc-fields")]
    for i, t in enumerate(texts):
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        out += [
            warc_record("request", b"GET / HTTP/1.1\r\n\r\n", i, "application/http; msgtype=request"),
            warc_record("response", head + html([t, ""]), i, "application/http; msgtype=response"),
            warc_record(
                "response",
                b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG",
                i,
                "application/http",
            ),
            warc_record("metadata", b"fetchTimeMs: 7\r\n", i, "application/warc-fields"),
        ]
    return b"".join(out)


MAKE: dict[str, Make] = {
    "jsonl": jsonl,
    "csv": delimited(","),
    "tsv": delimited("\t"),
    "parquet": parquet,
    "wet": wet,
    "text": text,
    "markdown": markdown,
    "html": html,
    "warc": warc,
}

#: The formats whose results have the input's form and are many records.
RECORDS = ("csv", "jsonl", "parquet", "tsv", "wet")


def pack(data: bytes, packing: str) -> bytes:
    if packing == "gz":
        return gzip.compress(data)
    if packing == "zst":
        zstandard = pytest.importorskip("zstandard", reason="zstd needs zstandard")
        packed: bytes = zstandard.ZstdCompressor().compress(data)
        return packed
    return data


def unpack(data: bytes, packing: str) -> bytes:
    if packing == "gz":
        return gzip.decompress(data)
    if packing == "zst":
        import zstandard

        with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data), read_across_frames=True) as f:
            content: bytes = f.read()
            return content
    return data


def rows(form: str, data: bytes) -> list[dict[str, Any]]:
    """The records of a file, as the format's own library reads them."""
    if form == "jsonl":
        return [json.loads(line) for line in data.split(b"\n") if line.strip()]
    if form in ("csv", "tsv"):
        text = io.StringIO(data.decode(), newline="")
        return list(csv.DictReader(text, delimiter="," if form == "csv" else "\t"))
    if form == "parquet":
        import pyarrow.parquet as pq

        found: list[dict[str, Any]] = pq.read_table(io.BytesIO(data)).to_pylist()
        return found
    if form == "text":
        return [{"text": data.decode()}]
    if form == "markdown":
        front, _, content = data.decode().partition("\n---\n")
        return [{"front": front, "text": content}]
    archiveiterator = pytest.importorskip("warcio.archiveiterator", reason="WET is read with warcio")
    out = []
    for record in archiveiterator.ArchiveIterator(io.BytesIO(data), check_digests="raise"):
        content = record.content_stream().read()
        headers = {
            name: value
            for name, value in record.rec_headers.headers
            if name not in ("Content-Length", "WARC-Block-Digest")
        }
        if record.rec_type == "conversion":
            out.append({**headers, "text": content.decode()})
    return out
