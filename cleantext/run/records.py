"""Putting back the originals of the records of a file."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets

import msgspec

from cleantext.errors import InputError, RestoreError
from cleantext.finding import restore
from cleantext.io.compress import pack
from cleantext.io.formats import by_name, make_format
from cleantext.io.records import Change, Exact, Item
from cleantext.io.store import Store
from cleantext.io.text import reason_of
from cleantext.report.jsonl import DocumentRecord
from cleantext.run.parts import opened
from cleantext.run.work import Options


class _Restoring:
    """The editor that undoes what a run did, given the lines of its report in order."""

    def __init__(self, records: list[DocumentRecord]) -> None:
        self._records = records
        self._next = 0

    def edit(self, item: Item, exact: Exact) -> Change:
        record = self._record()
        if record.status == "failed":
            return Change(item.text)
        if record.field != item.field or record.report is None:
            raise RestoreError(
                f"record {record.record} of the report is not in the file: the file was edited"
            )
        if hashlib.sha256(item.text.encode("utf-8", "surrogatepass")).hexdigest() != record.sha256_out:
            raise RestoreError(f"record {record.record} was edited since the run: run again on the source")
        return Change(restore(item.text, record.report), raw=record.raw)

    def extract(self, number: int, page: bytes, identity: str | None, url: str | None) -> Change:
        raise RestoreError("a page is no result of a run")

    def fail(self, number: int, reason: str, identity: str | None = None) -> None:
        self._record()

    def _record(self) -> DocumentRecord:
        if self._next >= len(self._records):
            raise RestoreError("the file has more records than the report: it was edited")
        self._next += 1
        return self._records[self._next - 1]

    def end(self) -> None:
        if self._next != len(self._records):
            raise RestoreError("the file has fewer records than the report: it was edited")


def restore_records(
    path: str, place: str, records: list[DocumentRecord], options: Options, store: Store
) -> None:
    """Write the file at `path`, a result of a run, with its original texts to `place` in `store`.

    Raises `RestoreError` when the file isn't as the run wrote it.
    """
    editor = _Restoring(records)
    temporary = os.path.join(store.scratch, f".cleantext-{secrets.token_hex(8)}.tmp")
    finished = f"{temporary}.done"
    form_name = options.named or by_name(place)
    if form_name is None:
        raise RestoreError("its name doesn't tell its format: it is not restored")
    fields = msgspec.structs.replace(options.fields, annotate="drop" if options.fields.adds else "no")
    try:
        with open(path, "rb") as raw, open(temporary, "wb") as out:
            stream, form_name, packing = opened(raw, form_name)
            form = make_format(form_name, None, options.encoding)
            for block in form.blocks(stream, fields):
                for piece in form.edit(block, fields, editor):
                    out.write(pack(piece, packing) if form.packs else piece)
            editor.end()
        if form.packs:
            store.take(temporary, place)
        else:
            form.finish(temporary, finished)
            store.take(finished, place)
    except InputError as e:
        raise RestoreError(str(e)) from e
    except OSError as e:
        raise RestoreError(f"can't be read: {reason_of(e)}") from e
    finally:
        for name in (temporary, finished):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name)
