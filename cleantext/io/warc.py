"""WARC, and the WET files made of it: records with headers, each packed alone.

A WET file keeps its form: the texts of its ``conversion`` records change, with their lengths and
digests. A WARC file of responses holds pages, which `cleantext.extract` turns into texts; those go
to JSON Lines or Parquet, a row for each page.
"""

from __future__ import annotations

import base64
import contextlib
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from typing import IO, Any

import msgspec

from cleantext.errors import CleantextError, InputError
from cleantext.extras import need
from cleantext.io.arrow import annotation_field
from cleantext.io.parquet import frame, write_parquet
from cleantext.io.records import ANNOTATION, BLOCK, MOST_RECORD, Block, Editor, Fields, Item
from cleantext.report.jsonl import to_json

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"(?im)^(Content-Length:[ \t]*)(\d+)")
_DIGEST = re.compile(rb"(?im)^(WARC-(?:Block|Payload)-Digest:[ \t]*)(\w+):([A-Za-z0-9+/=]+)")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]*\r\n")
_MOST_HEAD = 1 << 20

#: Languages as Common Crawl names them (ISO 639-3), and as they are written elsewhere.
_LANGUAGES = dict(
    pair.split(":")
    for pair in (
        "ara:ar ces:cs dan:da deu:de ell:el eng:en fas:fa fra:fr ind:id ita:it jpn:ja kor:ko nld:nl nno:nn "
        "nob:nb nor:no pol:pl por:pt ron:ro rus:ru spa:es swe:sv tur:tr ukr:uk vie:vi zho:zh"
    ).split()
)


class Record(msgspec.Struct, frozen=True):
    """A record: its head up to the blank line and with it, its content, and what ends it."""

    head: bytes
    content: bytes
    tail: bytes

    def header(self, name: str) -> str | None:
        """The value of a header field."""
        m = re.search(rb"(?im)^" + re.escape(name.encode()) + rb":[ \t]*([^\r\n]*)", self.head)
        return m[1].strip().decode("utf-8", "replace") or None if m else None

    @property
    def kind(self) -> str:
        """The type of the record: ``response``, ``conversion``, …"""
        return (self.header("WARC-Type") or "").lower()


def records(stream: IO[bytes]) -> Iterator[Record]:
    """The records of an unpacked WARC file. Raises `InputError` where it is damaged."""
    data = gap = b""
    last: Record | None = None
    while True:
        # line ends between records, however many, belong to the one before, or to the first
        while True:
            rest = data.lstrip(b"\r\n")
            gap, data = gap + data[: len(data) - len(rest)], rest
            if data or not (data := stream.read(BLOCK)):
                break
        if last is not None:
            yield Record(last.head, last.content, last.tail + gap)
            last, gap = None, b""
        if not data:
            return
        while not (m := _HEAD_END.search(data)):
            more = stream.read(BLOCK)
            if not more or len(data) > _MOST_HEAD:
                raise InputError(
                    "it ends inside of a record's head" if not more else "a record has no end of its head"
                )
            data += more
        head, start = data[: m.end()], m.end()
        length = _LENGTH.search(head)
        if not head.startswith(b"WARC/") or length is None:
            raise InputError("a record doesn't begin as WARC records do: the file is damaged")
        size = int(length[2])
        if size > MOST_RECORD:
            raise InputError(f"a record has more than {MOST_RECORD >> 20} MB")
        pieces = [data]
        there = len(data)
        while there < start + size + 4 and (more := stream.read(max(BLOCK, start + size + 4 - there))):
            pieces.append(more)
            there += len(more)
        data = b"".join(pieces)
        if there < start + size:
            raise InputError("it ends inside of a record")
        content, data = data[start : start + size], data[start + size :]
        ends = re.match(rb"(?:\r?\n){0,2}", data)
        tail = ends[0] if ends else b""
        data = data[len(tail) :]
        last, gap = Record(gap + head, content, tail), b""


class Wet:
    """WET: texts in records of the type ``conversion``."""

    name = "wet"
    packs = True

    def blocks(self, stream: IO[bytes], fields: Fields) -> Iterator[Block]:
        """Blocks of records."""
        if fields.adds:
            raise InputError("WET has no place for --annotate: add --to jsonl or --to parquet")
        return _blocks(records(stream))

    def edit(self, block: Block, fields: Fields, editor: Editor) -> list[bytes]:
        """The records with the texts that the editor gives, each a piece of its own."""
        out = []
        for at, record in enumerate(_records_of(block)):
            if _is_kept(block, at, record):
                out.append(_edited(record, block.first + at, editor))
        return out

    def finish(self, part: str, finished: str) -> None:
        """Nothing is to be done: the part is the file."""


class Pages:
    """The texts of a WARC or WET file as rows of JSON Lines or Parquet."""

    def __init__(self, to: str) -> None:
        self.to = to
        self.name = f"warc-{to}"
        self.packs = to == "jsonl"

    def blocks(self, stream: IO[bytes], fields: Fields) -> Iterator[Block]:
        """Blocks of records."""
        return _blocks(records(stream))

    def edit(self, block: Block, fields: Fields, editor: Editor) -> list[bytes]:
        """A row for each text."""
        rows = []
        for at, record in enumerate(_records_of(block)):
            if _is_kept(block, at, record) and (row := _row(record, block.first + at, editor)):
                if not fields.adds:
                    del row[ANNOTATION]
                rows.append(row)
        if not rows:
            return []
        if self.to == "jsonl":
            return [b"".join(to_json(row) + b"\n" for row in rows)]
        return [frame(block.first, _batch(rows, fields))]

    def finish(self, part: str, finished: str) -> None:
        """Write the Parquet file; for JSON Lines the part is the file."""
        if self.to == "parquet":
            write_parquet(part, finished)


def holds_pages(head: bytes) -> bool:
    """Whether a WARC file that begins with `head` holds pages and not texts, as WET does."""
    kinds = re.findall(rb"(?im)^WARC-Type:[ \t]*(\w+)", head)
    return next((kind.lower() != b"conversion" for kind in kinds if kind.lower() != b"warcinfo"), False)


def _blocks(found: Iterator[Record]) -> Iterator[Block]:
    waiting: list[bytes] = []
    size = first = 0
    try:
        for record in found:
            waiting.append(record.head + record.content + record.tail)
            size += len(waiting[-1])
            if size >= BLOCK:
                yield Block(first, len(waiting), b"".join(waiting))
                first += len(waiting)
                waiting, size = [], 0
    except CleantextError:
        if waiting:  # what came before the damage counts
            yield Block(first, len(waiting), b"".join(waiting))
        raise
    if waiting:
        yield Block(first, len(waiting), b"".join(waiting))


def _records_of(block: Block) -> Iterator[Record]:
    return records(io.BytesIO(block.data))


def _is_kept(block: Block, at: int, record: Record) -> bool:
    return block.keep is None or at in block.keep or record.kind == "warcinfo"


def _edited(record: Record, number: int, editor: Editor) -> bytes:
    data = record.head + record.content + record.tail
    if record.kind != "conversion" or "text/plain" not in (record.header("Content-Type") or "text/plain"):
        return data
    identity = record.header("WARC-Record-ID")
    try:
        text = record.content.decode("utf-8")
    except UnicodeDecodeError as e:
        editor.fail(number, f"not valid UTF-8 at byte {e.start} of the record", identity)
        return data

    def exact(new: str) -> bytes | None:
        changed = _with_content(record.head, new.encode("utf-8", "surrogatepass"))
        return None if _with_content(changed, record.content) == record.head else record.head

    change = editor.edit(Item(number, None, text, identity, *_hints(record)), exact)
    if change.text == text:
        return data
    content = change.text.encode("utf-8", "surrogatepass")
    return (change.raw or _with_content(record.head, content)) + content + record.tail


def _with_content(head: bytes, content: bytes) -> bytes:
    """The head for another content: with its length, and its digests where the method is known."""

    def digest(m: re.Match[bytes]) -> bytes:
        try:
            made = hashlib.new(m[2].decode().replace("-", ""), content).digest()
        except ValueError:
            return m[0]
        hexadecimal = len(m[3]) == 2 * len(made)
        text = made.hex().encode() if hexadecimal else base64.b32encode(made)
        return m[1] + m[2] + b":" + text

    head = _LENGTH.sub(lambda m: m[1] + str(len(content)).encode(), head, count=1)
    return _DIGEST.sub(digest, head)


def _hints(record: Record) -> tuple[str | None, str | None]:
    languages = record.header("WARC-Identified-Content-Language")
    first = languages.split(",")[0].strip() if languages else None
    return record.header("WARC-Target-URI"), _LANGUAGES.get(first, first) if first else None


def _row(record: Record, number: int, editor: Editor) -> dict[str, Any] | None:
    """The row for a record, or None for one that holds no text; one that fails has none either."""
    identity = record.header("WARC-Record-ID")
    url, lang = _hints(record)
    kind = (record.header("Content-Type") or "").lower()
    try:
        if record.kind == "conversion":
            text = record.content.decode("utf-8", "replace")
            change = editor.edit(Item(number, None, text, identity, url, lang), lambda new: None)
        elif record.kind == "response" and "application/http" in kind:
            kind, body = _response(record.content)
            if "html" not in kind:
                return None
            change = editor.extract(number, body, identity, url)
        elif record.kind == "resource" and "html" in kind:
            change = editor.extract(number, record.content, identity, url)
        else:
            return None
    except InputError as e:
        editor.fail(number, str(e), identity)
        return None
    return {
        "id": identity,
        "url": url,
        "date": record.header("WARC-Date"),
        "lang": lang,
        "text": change.text,
        ANNOTATION: change.findings,
    }


def _response(content: bytes) -> tuple[str, bytes]:
    """The content type of an HTTP response, and its body, unpacked."""
    m = _HEAD_END.search(content)
    if m is None:
        raise InputError("the HTTP response has no body")
    head, body = content[: m.start()], content[m.end() :]

    def header(name: bytes) -> str:
        found = re.search(rb"(?im)^" + name + rb":[ \t]*([^\r\n]*)", head)
        return found[1].decode("latin-1").lower() if found else ""

    if "chunked" in header(b"Transfer-Encoding"):
        body = _joined_chunks(body)
    packing = header(b"Content-Encoding").strip()
    with contextlib.suppress(OSError, EOFError, zlib.error):  # some archives unpack it and keep the header
        if packing in ("gzip", "x-gzip"):
            body = gzip.decompress(body)
        elif packing == "deflate":
            body = zlib.decompress(body)
    if packing == "br":
        brotli = need("brotli")
        with contextlib.suppress(brotli.error):
            body = brotli.decompress(body)
    return header(b"Content-Type"), body


def _joined_chunks(body: bytes) -> bytes:
    out: list[bytes] = []
    position = 0
    while m := _CHUNK.match(body, position):
        size = int(m[1], 16)
        if not size:
            return b"".join(out)
        out.append(body[m.end() : m.end() + size])
        position = m.end() + size + 2
    return b"".join(out) if out else body  # joined by the archive already


def _batch(rows: list[dict[str, Any]], fields: Fields) -> Any:
    pa = need("pyarrow")
    schema = pa.schema([(name, pa.string()) for name in ("id", "url", "date", "lang", "text")])
    if fields.adds:
        schema = schema.append(annotation_field())
    return pa.RecordBatch.from_pylist(rows, schema)
