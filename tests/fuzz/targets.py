"""What else is read from strangers: pages, files of records, packed files, settings, rules, reports."""

from __future__ import annotations

import gzip
import io
import json
import os
import tempfile
import traceback
import warnings
from collections.abc import Callable
from random import Random

from cleantext.errors import CleantextError
from cleantext.io.compress import packing_of, unpacked
from cleantext.io.formats import FormatName, make_format
from cleantext.io.records import Change, Exact, Fields, Item

_MANY = 1 << 22


def _spoilt(data: bytes, chance: Random) -> bytes:
    """Bytes with a few of them changed, cut out, doubled or put in."""
    out = bytearray(data)
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        at = chance.randint(0, len(out))
        match chance.randrange(5):
            case 0:
                del out[at:]
            case 1:
                out[at : at + chance.randint(1, 9)] = b""
            case 2:
                out[at:at] = chance.choice(
                    (
                        b"\x00",
                        b"\xff\xfe",
                        b"\xf0\x9f",
                        b"\r",
                        b"\r\n",
                        b"\n",
                        b'"',
                        b"\\",
                        b",",
                        b"{",
                        b"}",
                        b"\\ud800",
                        b"\xc3(",
                        b"WARC/1.0\r\n",
                    )
                )
            case 3:
                out[at : at + 1] = bytes([chance.randrange(256)])
            case _:
                out[at:at] = out[at : at + 20]
    return bytes(out)


class _Editor:
    """Doubles nothing and keeps everything: each text as it is, or its beginning."""

    def __init__(self, cut: bool) -> None:
        self.cut = cut

    def edit(self, item: Item, exact: Exact) -> Change:
        new = item.text[: len(item.text) // 2] if self.cut else item.text
        return Change(new, raw=exact(new))

    def extract(self, number: int, page: bytes, identity: str | None, url: str | None) -> Change:
        return Change(page.decode("latin-1")[:20])

    def fail(self, number: int, reason: str, identity: str | None = None) -> None:
        assert reason


def _allowed(run: Callable[[], object]) -> str | None:
    """Only the package's own errors come out."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            run()
    except CleantextError as e:
        return None if str(e) else "an error without a message"
    except AssertionError as e:
        return f"assertion: {e}"
    except Exception:
        return f"raised: {traceback.format_exc(limit=-3)}"
    return None


def _records(texts: list[str], name: str, chance: Random) -> bytes:
    if name == "jsonl":
        ascii_ = chance.random() < 0.5
        lines = [
            json.dumps({"id": i, "text": t, "b": [1, {"c": None}]}, ensure_ascii=ascii_)
            for i, t in enumerate(texts)
        ]
        return "\n".join(lines).encode("utf-8", "surrogatepass")
    if name in ("csv", "tsv"):
        mark = "," if name == "csv" else "\t"
        cells = ['"' + t.replace('"', '""') + '"' for t in texts]
        rows = [f"id{mark}text{mark}url", *(f"{i}{mark}{c}{mark}x" for i, c in enumerate(cells))]
        return "\r\n".join(rows).encode("utf-8", "surrogatepass")
    out = []
    for i, text in enumerate(texts):
        body = text.encode("utf-8", "surrogatepass")
        kind = "conversion" if name == "wet" else "response"
        if name == "warc":
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>" + body
        out.append(
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{i}>\r\nWARC-Target-URI: https://a.example/../{i}\r\n"
            f"Content-Type: {'text/plain' if name == 'wet' else 'application/http'}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
            + b"\r\n\r\n"
        )
    return b"".join(out)


def readers(texts: list[str], chance: Random) -> str | None:
    """A file of records, spoilt: read, edited, and unchanged where nothing was edited."""
    name: FormatName = chance.choice(("jsonl", "csv", "tsv", "wet", "warc"))
    to = chance.choice((None, "jsonl")) if name == "wet" else None
    clean = chance.random() < 0.3
    data = _records(texts, name, chance)
    data = data if clean else _spoilt(data, chance)
    form = make_format(name, to, "utf-8")
    fields = Fields(text=("text",)) if name not in ("wet", "warc") and chance.random() < 0.5 else Fields()

    def run() -> None:
        for cut in (False, True):
            editor = _Editor(cut)
            blocks = list(form.blocks(io.BytesIO(data), fields))
            out = b"".join(piece for block in blocks for piece in form.edit(block, fields, editor))
            assert cut or to or name == "warc" or out == data, (
                f"{name}: unedited, but {out[:80]!r} for {data[:80]!r}"
            )

    return _allowed(run)


def parquet(texts: list[str], chance: Random) -> str | None:
    """A Parquet file, spoilt: read and edited, or refused; unedited, the same table comes out."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        return None
    plain = [t.encode("utf-8", "replace").decode() for t in texts]
    table = pa.table({"id": list(range(len(plain))), "text": plain, "b": [[1, None]] * len(plain)})
    packing = chance.choice(("none", "snappy", "zstd"))
    sink = io.BytesIO()
    pq.write_table(table, sink, compression=packing, row_group_size=chance.randint(1, 4))
    clean = chance.random() < 0.3
    data = sink.getvalue() if clean else _spoilt(sink.getvalue(), chance)
    form = make_format("parquet", None, "utf-8")

    def run() -> None:
        blocks = list(form.blocks(io.BytesIO(data), Fields()))
        with tempfile.TemporaryDirectory() as folder:
            part, finished = os.path.join(folder, "part"), os.path.join(folder, "a.parquet")
            with open(part, "wb") as f:
                for block in blocks:
                    f.writelines(form.edit(block, Fields(), _Editor(False)))
            form.finish(part, finished)
            assert not clean or pq.read_table(finished).equals(table), "parquet: unedited, but another table"

    return _allowed(run)


def packed(texts: list[str], chance: Random) -> str | None:
    """A packed file, spoilt: read to its end or refused."""
    data = "\n".join(texts).encode("utf-8", "replace")
    try:
        import zstandard
    except ImportError:
        data = gzip.compress(data, 1)
    else:
        data = gzip.compress(data, 1) if chance.random() < 0.5 else zstandard.compress(data)
    data = _spoilt(data, chance)

    def run() -> None:
        stream = unpacked(io.BytesIO(data), packing_of(data))
        assert len(stream.read(_MANY)) <= _MANY

    return _allowed(run)


def pages(texts: list[str], chance: Random) -> str | None:
    """HTML, as text and as bytes."""
    from cleantext import extract

    tags = ("p", "div", "li", "h2", "a", "span", "table", "script", "article", "pre", "b")
    out = ["<!DOCTYPE html><html><head><title>Hats</title></head><body>"]
    for text in texts * chance.randint(1, 3):
        tag = chance.choice(tags)
        out.append(f"<{tag}>{text}</{tag}>" if chance.random() < 0.8 else f"<{tag} a='{text}'>")
    page = "\n".join(out)
    if chance.random() < 0.5:
        return _allowed(lambda: extract(page, url="https://a.example/b"))
    return _allowed(lambda: extract(_spoilt(page.encode("utf-8", "surrogatepass"), chance)))


def settings(texts: list[str], chance: Random) -> str | None:
    """A settings file and a file of own rules."""
    from cleantext.ownrules.load import load_rules
    from cleantext.settings.files import load

    word = json.dumps(texts[0][:30]) if texts else '""'
    rules = (
        f'[[rules]]\ncode = "AB1"\nname = "ab"\nfinds = "Finds {chance.randint(0, 9)}."\nliterals = [{word}]\n'
        f"patterns = [{json.dumps(chance.choice(('^a+$', '(', 'a{{1,9999}}', '(?s).*x', word)))}]\nwhen = {{ after = 0.5, reach = 2 }}\n"
    )
    values = f'mode = "balanced"\nprotect = [{word}]\nbudget = 0.5\nextend = ["x.toml"]\n[[overrides]]\npaths = ["*.txt"]\nmode = "aggressive"\n'
    for text, run in ((rules, load_rules), (values, load)):
        data = _spoilt(text.encode("utf-8", "surrogatepass"), chance)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "cleantext.toml")
            with open(path, "wb") as f:
                f.write(data)
            found = _allowed(lambda path=path, run=run: run(path))  # type: ignore[misc]
        if found:
            return f"{run.__name__}: {found}"
    return None


def reports(texts: list[str], chance: Random) -> str | None:
    """Report lines and reports, spoilt, read back."""
    from cleantext import Report, clean, restore
    from cleantext.report.jsonl import read_records

    result = clean("\n".join(texts))
    data = _spoilt(
        result.report.to_json().encode("utf-8", "surrogatepass")
        if isinstance(result.report.to_json(), str)
        else result.report.to_json(),
        chance,
    )

    def run() -> None:
        report = Report.from_json(data)
        restore(result.text, report)

    return _allowed(run) or _allowed(
        lambda: list(read_records(io.BytesIO(data + b"\n" + data), "report.jsonl"))
    )


#: By name, with how often each has its turn beside the thousand of plain texts.
TARGETS: dict[str, tuple[Callable[[list[str], Random], str | None], int]] = {
    "readers": (readers, 400),
    "parquet": (parquet, 20),
    "packed": (packed, 100),
    "pages": (pages, 4),
    "settings": (settings, 30),
    "reports": (reports, 20),
}
