"""CSV and TSV: rows of fields. Only the fields that changed are written anew.

Python's ``csv`` reads the values but forgets how they were quoted, so the text is cut here: a field
that begins with a quotation mark goes on to the mark that closes it, with doubled ones inside, and
any other to the next delimiter, as ``csv`` reads them too.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import cache
from typing import IO, Any

import msgspec

from cleantext.errors import InputError
from cleantext.io.records import (
    ANNOTATION,
    BLOCK,
    MOST_RECORD,
    Block,
    Editor,
    Fields,
    Item,
)
from cleantext.report.jsonl import to_json

DELIMITERS = (",", "\t", ";", "|")


class _Patterns(msgspec.Struct, frozen=True):
    record: re.Pattern[bytes]
    field: re.Pattern[bytes]


@cache
def _patterns(delimiter: str) -> _Patterns:
    d = re.escape(delimiter.encode())
    # Possessive, so that a quotation mark that is never closed costs one look and not many.
    field = rb'(?:(?:\xef\xbb\xbf)?"[^"]*+(?:""[^"]*+)*+"[^%b\r\n]*+|(?!(?:\xef\xbb\xbf)?")[^%b\r\n]*+)' % (
        d,
        d,
    )
    return _Patterns(
        re.compile(rb"%b(?:%b%b)*+(?:\r\n|\n|\r|\Z)" % (field, d, field)),
        re.compile(rb"(%b)(%b|\r\n|\n|\r|\Z)" % (field, d)),
    )


class Csv:
    """Rows of fields with the names of the columns in the first one."""

    packs = True

    def __init__(self, name: str = "csv", encoding: str = "utf-8") -> None:
        self.name = name
        self.encoding = encoding

    def blocks(self, stream: IO[bytes], fields: Fields) -> Iterator[Block]:
        """Blocks of rows; the first begins with the names."""
        first = 0
        layout: dict[str, Any] = {}
        for data, rows in self._pieces(stream):
            if not layout:
                layout = self._layout(data, fields)
                yield Block(0, rows - 1, data, {**layout, "head": True})
                first = rows - 1
            else:
                yield Block(first, rows, data, layout)
                first += rows

    def edit(self, block: Block, fields: Fields, editor: Editor) -> list[bytes]:
        """The rows with the texts that the editor gives."""
        wanted = block.wanted()
        patterns = _patterns(block.extra["delimiter"])
        out = []
        at = -1
        head = block.extra.get("head", False)
        for m in patterns.record.finditer(block.data):
            row = m[0]
            if not row.strip(b"\r\n"):
                out.append(row)
            elif head:
                head = False
                out.append(self._head(row, block, fields))
            else:
                at += 1
                if wanted is None or at in wanted:
                    out.append(self._edit(row, block, block.first + at, fields, editor))
        return [b"".join(out)] if out else []

    def finish(self, part: str, finished: str) -> None:
        """Nothing is to be done: the part is the file."""

    def _pieces(self, stream: IO[bytes]) -> Iterator[tuple[bytes, int]]:
        """The file cut between rows, and how many rows that aren't blank each piece has."""
        patterns = None
        data = b""
        size = BLOCK
        while True:
            more = stream.read(size)
            data += more
            if patterns is None:
                if more and b"\n" not in data and b"\r" not in data:
                    continue  # the delimiter shows in the whole first line
                self._refuse(data)
                patterns = _patterns(self._delimiter(data))
            cut = rows = 0
            while cut < len(data) and (m := patterns.record.match(data, cut)):
                # The last row may go on, and the LF of a CR LF may be still to come.
                if m.end() == len(data) and more:
                    break
                cut = m.end()
                rows += bool(m[0].strip(b"\r\n"))
            if cut:
                yield data[:cut], rows
                data = data[cut:]
                size = BLOCK
            elif more:
                size = max(size, len(data))  # doubled, so that a long row is not looked at too often
            if len(data) > MOST_RECORD:
                raise InputError(
                    f"a row has more than {MOST_RECORD >> 20} MB: is a quotation mark not closed?"
                )
            if not more:
                if data:
                    raise InputError("a quotation mark that opens a field is never closed")
                return

    def _refuse(self, data: bytes) -> None:
        if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or b"\0" in data[:1000]:
            raise InputError("a table in UTF-16: convert it to UTF-8")

    def _delimiter(self, data: bytes) -> str:
        if self.name == "tsv":
            return "\t"
        line = re.sub(rb'"[^"]*"', b"", data.split(b"\n", 1)[0])
        # the first on a tie: a single column has none of them, and reads well with any
        return max(DELIMITERS, key=lambda d: line.count(d.encode()))

    def _layout(self, data: bytes, fields: Fields) -> dict[str, Any]:
        delimiter = self._delimiter(data)
        row = next(m[0] for m in _patterns(delimiter).record.finditer(data))
        try:
            columns = [self._value(raw) for _, _, raw in _cells(row.removeprefix(codecs.BOM_UTF8), delimiter)]
        except UnicodeDecodeError as e:
            raise InputError(
                f"the names of the columns are not {self.encoding}: name it with --encoding"
            ) from e
        names = fields.named(columns, "column")
        places = {}
        for key, wanted in {"id": fields.id, "url": fields.url, "lang": fields.lang}.items():
            places[key] = columns.index(wanted) if wanted in columns else None
        missing = [name for name in names if name not in columns]
        if missing:
            listed = ", ".join(columns[:20])
            raise InputError(
                f"no column is named {missing[0]}: name one with --text-field (there are: {listed})"
            )
        if fields.adds and ANNOTATION in columns:
            raise InputError(f"it has a column {ANNOTATION} already: leave out --annotate, or rename it")
        return {
            "delimiter": delimiter,
            "text": [[name, columns.index(name)] for name in names],
            "width": len(columns),
            **places,
        }

    def _head(self, row: bytes, block: Block, fields: Fields) -> bytes:
        if fields.annotate == "drop":
            return self._without_cell(row, block)
        return self._with_cell(row, block, 0, ANNOTATION.encode()) if fields.adds else row

    def _without_cell(self, row: bytes, block: Block) -> bytes:
        body = row.rstrip(b"\r\n")
        *_, (start, _, _) = _cells(row, block.extra["delimiter"])
        return row[: start - 1] + row[len(body) :]

    def _with_cell(self, row: bytes, block: Block, lacking: int, cell: bytes) -> bytes:
        body = row.rstrip(b"\r\n")
        delimiter: bytes = block.extra["delimiter"].encode()
        return body + delimiter * (1 + lacking) + cell + row[len(body) :]

    def _edit(self, row: bytes, block: Block, number: int, fields: Fields, editor: Editor) -> bytes:
        delimiter = block.extra["delimiter"]
        cells = list(_cells(row, delimiter))
        identity, url, lang = (self._hint(cells, block.extra[key]) for key in ("id", "url", "lang"))
        notes: list[dict[str, Any]] = []
        changed: list[tuple[int, int, bytes]] = []
        for name, column in block.extra["text"]:
            if column >= len(cells):
                continue
            start, end, raw = cells[column]
            try:
                text = self._value(raw)
            except UnicodeDecodeError as e:
                editor.fail(
                    number,
                    f"column {name} is not {self.encoding} at byte {e.start}: name it with --encoding",
                    identity,
                )
                continue

            def exact(new: str, raw: bytes = raw, text: str = text) -> bytes | None:
                return None if self._cell(text, self._cell(new, raw, delimiter), delimiter) == raw else raw

            try:
                change = editor.edit(Item(number, name, text, identity, url, lang), exact)
                notes += change.findings
                if change.text != text:
                    changed.append((start, end, change.raw or self._cell(change.text, raw, delimiter)))
            except UnicodeEncodeError as e:
                editor.fail(
                    number, f"column {name}: {self.encoding} can't hold what was meant: {e.reason}", identity
                )
        for start, end, token in sorted(changed, reverse=True):
            row = row[:start] + token + row[end:]
        if fields.annotate == "drop":
            return self._without_cell(row, block)
        if not fields.adds:
            return row
        cell = b'"' + to_json(notes).replace(b'"', b'""') + b'"'
        return self._with_cell(row, block, max(0, block.extra["width"] - len(cells)), cell)

    def _hint(self, cells: list[tuple[int, int, bytes]], column: int | None) -> str | None:
        if column is None or column >= len(cells):
            return None
        return cells[column][2].strip(b'"').decode(self.encoding, "replace") or None

    def _value(self, raw: bytes) -> str:
        if raw.startswith(b'"'):
            end = raw.rindex(b'"')
            raw = raw[1:end].replace(b'""', b'"') + raw[end + 1 :]
        return raw.decode(self.encoding)

    def _cell(self, text: str, like: bytes, delimiter: str) -> bytes:
        data = text.encode(self.encoding)
        special = (b'"', b"\r", b"\n", delimiter.encode())
        if like.startswith(b'"') or any(s in data for s in special):
            return b'"' + data.replace(b'"', b'""') + b'"'
        return data


def _cells(row: bytes, delimiter: str) -> Iterator[tuple[int, int, bytes]]:
    """The fields of a row: where each begins and ends, and its bytes as they stand there."""
    for m in _patterns(delimiter).field.finditer(row):
        yield m.start(1), m.end(1), m[1]
        if m[2] != delimiter.encode():
            return
