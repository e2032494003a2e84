"""Cleaning one document of a run, from its bytes to the bytes beside its original's name."""

from __future__ import annotations

import hashlib
import os
from typing import Any, Protocol

import msgspec

from cleantext.errors import CleantextError
from cleantext.finding import CleanResult
from cleantext.io.atomic import NoSpaceError, make_folder, write_atomically
from cleantext.io.text import decode, encode, read_bytes
from cleantext.report.jsonl import DocumentRecord, to_line
from cleantext.report.summary import Totals
from cleantext.run.plan import OUTPUTS, Source


class CleansText(Protocol):
    """What a run needs of a cleaner."""

    def clean(self, text: str) -> CleanResult:
        """The cleaned text and its report."""


class Outcome(msgspec.Struct, frozen=True):
    """What became of a document: its record, as the line for the report, and its numbers."""

    record: DocumentRecord
    line: bytes
    totals: Totals


class Worker(msgspec.Struct, frozen=True):
    """Cleans documents into the folder `out`. Goes to worker processes, so it pickles."""

    cleaner: CleansText
    out: str
    encoding: str = "utf-8"

    def __call__(self, source: Source) -> Outcome:
        """Clean one document. Whatever is wrong with it ends up in its record.

        Only a full disk is raised (`NoSpaceError`), for it ends the whole run.
        """
        target = os.path.join(self.out, source.place)
        try:
            if source.problem is not None:
                raise CleantextError(source.problem)
            if source.place.casefold() in OUTPUTS:
                raise CleantextError(f"the run writes its own {source.place}: rename the document")
            return self._clean(source, target)
        except NoSpaceError:
            raise
        except CleantextError as e:
            return failed(source, str(e), target)
        except Exception as e:  # a bug in a rule, or no memory: one document, not the run
            return failed(source, f"cleaning raised {type(e).__name__}: {e}", target)

    def _clean(self, source: Source, target: str) -> Outcome:
        data = read_bytes(source.path)
        document = decode(data, self.encoding)
        result = for_path(self.cleaner, source.path).clean(document.text)
        cleaned = encode(result.text, document.encoding)
        make_folder(os.path.dirname(target))
        write_atomically(target, cleaned)
        return _outcome(
            DocumentRecord(
                path=source.place,
                status="unchanged" if cleaned == data else "cleaned",
                encoding=document.encoding.name,
                bom=document.encoding.bom,
                sha256_in=hashlib.sha256(data).hexdigest(),
                sha256_out=hashlib.sha256(cleaned).hexdigest(),
                report=result.report,
            )
        )


def failed(source: Source, reason: str, target: str) -> Outcome:
    """The outcome of a document that wasn't cleaned, with nothing left of it in the output."""
    # With --overwrite an earlier run's result may stand there, and would pass for this one's.
    if source.place.casefold() not in OUTPUTS and os.path.isfile(target):
        try:
            os.unlink(target)
        except OSError:
            reason += f"; {target} is an earlier run's and can't be removed"
    return _outcome(DocumentRecord(path=source.place, status="failed", reason=reason))


def _outcome(record: DocumentRecord) -> Outcome:
    totals = Totals()
    totals.add(record)
    # The report travels as the finished line; as objects it would be sent twice.
    return Outcome(msgspec.structs.replace(record, report=None), to_line(record), totals)


def for_path(cleaner: CleansText, path: str) -> CleansText:
    """What cleans the file at `path`: `cleaner`, or the one that it has for that."""
    at: Any = getattr(cleaner, "at", None)
    chosen: CleansText = at(path) if at else cleaner
    return chosen
