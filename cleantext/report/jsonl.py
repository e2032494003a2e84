"""The report of a run: one JSON line a document, from which every original can be restored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, Literal

import msgspec

from cleantext.errors import RestoreError
from cleantext.finding import Report

Status = Literal["cleaned", "unchanged", "failed"]


class DocumentRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one document.

    path                   relative to the run's input, with ``/``; a byte of a file name that is
                           not UTF-8 is the escape ``\\udcXX``
    status, reason         the reason is set for failed documents
    encoding, bom          how text becomes bytes again
    sha256_in, sha256_out  of the bytes read and of the bytes written
    report                 the findings; none for failed documents
    """

    path: str
    status: Status
    reason: str | None = None
    encoding: str | None = None
    bom: bool = False
    sha256_in: str | None = None
    sha256_out: str | None = None
    report: Report | None = None


def to_json(value: Any, indent: int | None = None) -> bytes:
    """`value`, of structs and plain values, as JSON in UTF-8, on one line unless `indent` is given.

    A lone surrogate, which UTF-8 can't hold, makes this value all ASCII with ``\\udXXX`` escapes.
    """
    try:
        data = msgspec.json.encode(value)
    except UnicodeEncodeError:
        separators = (",", ":") if indent is None else None
        return json.dumps(msgspec.to_builtins(value), indent=indent, separators=separators).encode("ascii")
    return data if indent is None else msgspec.json.format(data, indent=indent)


def to_line(record: DocumentRecord) -> bytes:
    """The record's line of ``report.jsonl``."""
    return to_json(record) + b"\n"


def from_line(line: bytes) -> DocumentRecord:
    """The record on a line. Raises `RestoreError` when there is none."""
    try:
        return msgspec.json.decode(line, type=DocumentRecord)
    except (msgspec.MsgspecError, UnicodeError):
        pass  # an escaped lone surrogate is beyond msgspec's decoder, not beyond json's
    try:
        return msgspec.convert(json.loads(line), type=DocumentRecord)
    except (ValueError, RecursionError, msgspec.MsgspecError) as e:
        raise RestoreError(f"not a record of a cleantext run: {e}") from e


def read_records(lines: IO[bytes], where: str) -> Iterator[DocumentRecord]:
    """The records of a ``report.jsonl``; `where` names it in the `RestoreError` for a bad line."""
    for number, line in enumerate(lines, 1):
        try:
            yield from_line(line)
        except RestoreError as e:
            raise RestoreError(f"{where}, line {number}: {e}") from e
