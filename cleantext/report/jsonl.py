"""The report of a run: one JSON line a document, from which every original can be restored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, Literal, TypeVar

import msgspec

from cleantext import jsontext
from cleantext.errors import RestoreError
from cleantext.finding import Report

T = TypeVar("T")
Status = Literal["cleaned", "unchanged", "failed"]


class DocumentRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one document.

    path                   relative to the run's input, with ``/``; a byte of a file name that is
                           not UTF-8 is the escape ``\\udcXX``
    status, reason         the reason is set for failed documents
    encoding, bom          how text becomes bytes again
    sha256_in, sha256_out  of the bytes read and of the bytes written, before packing; of a record's
                           text, of its UTF-8
    report                 the findings; none for failed documents
    record, field, id      of a file with many records: the number of the record, from 0, the field
                           with the text, and what the record is called
    raw                    how the text was written in the file, where that can't be told any more
    into                   where the result is, if not at `path`: then `path` can't be restored
    """

    path: str
    status: Status
    reason: str | None = None
    encoding: str | None = None
    bom: bool = False
    sha256_in: str | None = None
    sha256_out: str | None = None
    report: Report | None = None
    record: int | None = None
    field: str | None = None
    id: str | None = None
    raw: bytes | None = None
    into: str | None = None

    @property
    def label(self) -> str:
        """What a person calls it: the path, and the number of the record."""
        return self.path if self.record is None else f"{self.path}#{self.record}"


def to_json(value: Any, indent: int | None = None) -> bytes:
    """`value`, of structs and plain values, as JSON in UTF-8, on one line unless `indent` is given.

    A lone surrogate, which UTF-8 can't hold, is an escape, ``\\udXXX``.
    """
    return jsontext.encode(value, indent)


def to_line(record: DocumentRecord) -> bytes:
    """The record's line of ``report.jsonl``."""
    return to_json(record) + b"\n"


def from_json(data: bytes, kind: type[T]) -> T:
    """The value that `to_json` wrote. Raises `ValueError` or `RecursionError` when there is none."""
    return jsontext.decode(data, kind)


def from_line(line: bytes) -> DocumentRecord:
    """The record on a line. Raises `RestoreError` when there is none."""
    try:
        return from_json(line, DocumentRecord)
    except (ValueError, RecursionError) as e:
        raise RestoreError(f"not a record of a cleantext run: {e}") from e


def read_records(lines: IO[bytes], where: str) -> Iterator[DocumentRecord]:
    """The records of a ``report.jsonl``; `where` names it in the `RestoreError` for a bad line."""
    for number, line in enumerate(lines, 1):
        try:
            yield from_line(line)
        except RestoreError as e:
            raise RestoreError(f"{where}, line {number}: {e}") from e
