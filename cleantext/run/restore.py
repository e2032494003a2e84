"""Putting the originals of a run back from its output folder, byte for byte."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Iterable, Iterator

import msgspec

from cleantext.errors import CleantextError, RestoreError
from cleantext.finding import restore
from cleantext.io.atomic import NoSpaceError, make_folder, write_atomically
from cleantext.io.compress import Packing, pack, unpack
from cleantext.io.store import Store
from cleantext.io.text import Encoding, check_encoding, decode_as, encode, read_bytes, reason_of
from cleantext.report.jsonl import DocumentRecord, read_records
from cleantext.report.summary import Omission
from cleantext.run.plan import REPORT, SUMMARY, refuse_overlap, refuse_overwriting
from cleantext.run.records import restore_records
from cleantext.run.work import Options


class Restored(msgspec.Struct):
    """What became of a run's documents: how many are back, which are not, and how many the run
    itself had failed on, so that there is nothing of them to restore."""

    done: int = 0
    failures: list[Omission] = msgspec.field(default_factory=list)
    never_cleaned: int = 0


def restore_folder(out: str, dest: str, *, overwrite: bool = False) -> Restored:
    """Write the original of every document in `out`, a run's output, into `dest`.

    Records come back into files like those that the run read; where such a file was packed, what is
    in it is the same, and not the packing. Raises `RestoreError` when `out` has no report that can
    be read, and `OutputError` when `dest` can't be used; what is wrong with a single document is in
    the result.
    """
    refuse_overlap(out, dest)
    # read to the end first: a broken report, or a file in the way, is found before anything is written
    places = dict.fromkeys(r.path for r in _records(out) if r.status != "failed" and r.into is None)
    store = Store(dest, dest)
    refuse_overwriting(store, () if overwrite else places)
    make_folder(dest)
    result = Restored()
    options = _options(out)
    for path, group in itertools.groupby(_records(out), key=lambda r: r.path):
        records = list(_tell(group, result))
        if not records:
            continue
        try:
            if records[0].record is None:
                _restore(records[0], out, dest)
            else:
                restore_records(os.path.join(out, *_parts(path)), path, records, options, store)
        except NoSpaceError:
            raise
        except CleantextError as e:
            result.failures.append(Omission(path, str(e)))
        else:
            result.done += len(records)
    return result


def _tell(group: Iterable[DocumentRecord], result: Restored) -> Iterator[DocumentRecord]:
    """The records that there is something to restore of."""
    for record in group:
        if record.status == "failed" and record.record is None:
            result.never_cleaned += 1
        elif record.into is not None:
            if not result.failures or result.failures[-1].path != record.path:
                reason = f"the run made {record.into} of it, from which it can't be put back: it is in the input still"
                result.failures.append(Omission(record.path, reason))
        else:
            result.never_cleaned += record.status == "failed"
            yield record


def _options(out: str) -> Options:
    """How the run read records."""
    try:
        summary = msgspec.json.decode(read_bytes(os.path.join(out, SUMMARY)))
        run = summary["run"]
        given = {"encoding": summary["settings"]["encoding"], "named": run["format"], "fields": run["fields"]}
        return msgspec.convert(given, type=Options)
    except (CleantextError, msgspec.MsgspecError, KeyError, TypeError):
        return Options()


def _records(out: str) -> Iterator[DocumentRecord]:
    path = os.path.join(out, REPORT)
    try:
        with open(path, "rb") as lines:
            yield from read_records(lines, path)
    except OSError as e:
        raise RestoreError(
            f"{path} can't be read: {reason_of(e)}: give the folder that `cleantext run` wrote to"
        ) from e


def _parts(path: str) -> list[str]:
    parts = path.split("/")
    # the report may come from elsewhere: it must not name files outside the folders that were given
    if any(part in ("", ".", "..") or os.path.basename(part) != part for part in parts):
        raise RestoreError("the report gives it a path outside the folder: it is not restored")
    return parts


def _restore(record: DocumentRecord, out: str, dest: str) -> None:
    parts = _parts(record.path)
    if record.report is None or record.encoding is None:
        raise RestoreError("the report holds no findings for it: the record was cut or edited")
    written = read_bytes(os.path.join(out, *parts))
    # what is left of a text may begin as packed data do: the sum tells whether it is packed
    plain = hashlib.sha256(written).hexdigest() == record.sha256_out
    packing: Packing = ""
    data = written
    if not plain:
        data, packing = unpack(written)
    if hashlib.sha256(data).hexdigest() != record.sha256_out:
        raise RestoreError(
            "the cleaned text was edited since the run, so that the report doesn't fit it any more: "
            "put back the file as the run wrote it, or run again on the source"
        )
    encoding = Encoding(check_encoding(record.encoding), record.bom)
    original = encode(restore(decode_as(data, encoding), record.report), encoding)
    if hashlib.sha256(original).hexdigest() != record.sha256_in:
        raise RestoreError("the restored bytes are not those that the run read: the report was edited")
    target = os.path.join(dest, *parts)
    make_folder(os.path.dirname(target))
    write_atomically(target, pack(original, packing))
