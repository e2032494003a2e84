"""JSON Lines: an object a line. Only the strings that changed are written anew."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from typing import IO, Any

import msgspec

from cleantext.errors import InputError
from cleantext.io import json_span
from cleantext.io.records import ANNOTATION, Block, Editor, Fields, Item, line_blocks, text_of
from cleantext.report.jsonl import to_json

_MISSING = object()


class Jsonl:
    """JSON Lines, also called NDJSON, in UTF-8; blank lines, line ends and a byte order mark stay."""

    name = "jsonl"
    packs = True

    def blocks(self, stream: IO[bytes], fields: Fields) -> Iterator[Block]:
        """Blocks of lines. Where no text field is named, the first line decides on it."""
        names: tuple[str, ...] | None = None
        first = 0
        for data in line_blocks(stream):
            if first == 0 and data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
                raise InputError("JSON Lines in UTF-16: convert them to UTF-8")
            if names is None:
                names = _names(data, fields)
            count = sum(1 for line in data.split(b"\n") if line.strip(_BLANK))
            yield Block(first, count, data, {"text": list(names or ())})
            first += count

    def edit(self, block: Block, fields: Fields, editor: Editor) -> list[bytes]:
        """The lines with the texts that the editor gives."""
        names = tuple(block.extra["text"]) or fields.text
        wanted = block.wanted()
        out = []
        at = -1
        for line in _lines(block.data):
            body = line.strip(_BLANK)
            if not body:
                out.append(line)
                continue
            at += 1
            if wanted is None or at in wanted:
                out.append(_edit(line, body, block.first + at, names, fields, editor))
        return [b"".join(out)] if out else []

    def finish(self, part: str, finished: str) -> None:
        """Nothing is to be done: the part is the file."""


#: Blanks around an object, and the byte order mark, whose bytes begin no JSON.
_BLANK = b" \t\r\n" + codecs.BOM_UTF8


def decode_object(body: bytes) -> dict[str, Any]:
    """The object on a line. Raises `InputError`."""
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        try:  # NaN, escaped lone surrogates, huge numbers: no JSON to msgspec, but to Python
            value = json.loads(body)
        except (ValueError, RecursionError) as e:
            raise InputError(f"not JSON: {e}") from e
    if not isinstance(value, dict):
        raise InputError("not a JSON object")
    return value


def path_in(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The path that a field's name means in `record`: a key with that very name comes first."""
    return (name,) if name in record else _split(name)


def value_at(record: Any, path: tuple[str, ...]) -> Any:
    """The value at `path`, or None."""
    for name in path:
        record = record.get(name, _MISSING) if isinstance(record, Mapping) else _MISSING
        if record is _MISSING:
            return None
    return record


def look_up(record: Mapping[str, Any], name: str | None) -> str | None:
    """The field `name` as a string, or None."""
    return None if name is None else text_of(value_at(record, path_in(record, name)))


@lru_cache(maxsize=64)
def _split(name: str) -> tuple[str, ...]:
    return tuple(name.split("."))


def _names(data: bytes, fields: Fields) -> tuple[str, ...] | None:
    """The text fields, from the first line that can be read; None when this block has none."""
    if fields.text:
        return fields.text
    for line in _lines(data):
        body = line.strip(_BLANK)
        try:
            return fields.named(decode_object(body), "field") if body else None
        except InputError as e:
            if "--text-field" in str(e):
                raise
    return None


def _lines(data: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(data):
        end = data.find(b"\n", start) + 1 or len(data)
        yield data[start:end]
        start = end


def _edit(
    line: bytes, body: bytes, number: int, names: tuple[str, ...], fields: Fields, editor: Editor
) -> bytes:
    """The line with its texts edited, and with its annotation; as it was if it can't be read."""
    try:
        record = decode_object(body)
        if fields.adds and ANNOTATION in record:
            raise InputError(
                f"it has a field {ANNOTATION} already: leave out --annotate, or rename that field"
            )
    except InputError as e:
        editor.fail(number, str(e))
        return line
    identity, url, lang = (look_up(record, name) for name in (fields.id, fields.url, fields.lang))
    changed: list[tuple[int, int, bytes]] = []
    notes: list[dict[str, Any]] = []
    for name in names:
        path = path_in(record, name)
        text = value_at(record, path)
        if text is None:
            continue
        if not isinstance(text, str):
            editor.fail(number, f"field {name} is no string", identity)
            continue
        item = Item(number, name, text, identity, url, lang)
        change = editor.edit(item, partial(_exact, line, path, text))
        notes += change.findings
        if change.text != text:
            start, end = _span(line, path)
            changed.append((start, end, change.raw or json_span.string(change.text, line[start:end])))
    for start, end, token in sorted(changed, reverse=True):
        line = line[:start] + token + line[end:]
    if fields.adds:
        line = json_span.with_member(line, ANNOTATION, to_json(notes))
    elif fields.annotate == "drop" and (span := json_span.member_span(line, ANNOTATION)):
        line = line[: span[0]] + line[span[1] :]
    return line


def _exact(line: bytes, path: tuple[str, ...], text: str, new: str) -> bytes | None:
    start, end = _span(line, path)
    token = line[start:end]
    return None if json_span.string(text, json_span.string(new, token)) == token else token


def _span(line: bytes, path: tuple[str, ...]) -> tuple[int, int]:
    span = json_span.find(line, path)
    assert span is not None, "the parser found it"
    return span
