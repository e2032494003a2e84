"""Which format a file has: by its suffix, and by how it begins where that says more."""

from __future__ import annotations

import re
from typing import Literal, get_args

from cleantext.errors import ConfigError, InputError
from cleantext.io import html
from cleantext.io.compress import split_name
from cleantext.io.csv import Csv
from cleantext.io.jsonl import Jsonl
from cleantext.io.parquet import Parquet
from cleantext.io.records import Format
from cleantext.io.store import HEAD
from cleantext.io.text import looks_like_text
from cleantext.io.warc import Pages, Wet, holds_pages

#: The formats that ``--from`` takes. The first three are one document a file, the others many.
FormatName = Literal["text", "markdown", "html", "jsonl", "csv", "tsv", "parquet", "wet", "warc"]
FORMATS: tuple[FormatName, ...] = get_args(FormatName)
WHOLE: tuple[FormatName, ...] = ("text", "markdown", "html")

_BY_SUFFIX: dict[str, FormatName] = {
    ".txt": "text",
    ".text": "text",
    ".rst": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".wet": "wet",
    ".warc": "warc",
}
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.DOTALL | re.IGNORECASE)
_JSON_LINE = re.compile(rb'\s*\{[ \t]*(?:"[^"\\\n]*"[ \t]*:[^\n]*(?:\}\s*(?:\n|\Z)|[^\n]\Z)|\}[ \t\r]*\n)')


def by_name(name: str) -> FormatName | None:
    """The format that a file name says, its packing aside."""
    stem, _ = split_name(name)
    dot = stem.rfind(".")
    return _BY_SUFFIX.get(stem[dot:].lower()) if dot >= 0 else None


def suffix_of(name: str) -> str:
    """The suffix of a file name, with that of its packing."""
    stem, packing = split_name(name)
    dot = stem.rfind(".")
    inner = stem[dot:] if dot > 0 else ""
    return inner + (name[len(stem) :] if packing else "")


def by_content(head: bytes, encoding: str = "utf-8") -> FormatName | None:
    """The format of unpacked data that begins with `head`; None when it is nothing that is known."""
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc" if holds_pages(head) else "wet"
    if _HTML.match(head):
        return "html"
    if _JSON_LINE.match(head) and (
        head.find(b"\n") >= 0 or len(head) >= HEAD or head.rstrip().endswith(b"}")
    ):
        return "jsonl"
    return "text" if looks_like_text(head, encoding) else None


def settled(named: FormatName, head: bytes) -> FormatName:
    """The format of a file that is `named` by suffix and begins with `head`: signatures have the last word."""
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc" if holds_pages(head) else "wet"
    return named


def make_format(name: FormatName, to: str | None, encoding: str) -> Format:
    """What reads and writes files of many records. Raises `InputError` for what can't be written."""
    if name in ("warc", "wet"):
        if to is None and name == "wet":
            return Wet()
        return Pages(to or "jsonl")
    if to is not None and to != name:
        raise InputError(f"--to {to} is for WARC and WET: a {name} file keeps its form")
    if name == "jsonl":
        return Jsonl()
    if name == "parquet":
        return Parquet()
    if name in ("csv", "tsv"):
        return Csv(name, encoding)
    raise AssertionError(name)


def written_place(place: str, name: FormatName, to: str | None) -> str:
    """Where the result of a file goes: its own place, unless it becomes something else."""
    if name == "html":
        stem, packing = split_name(place)
        return f"{stem}{html.TEXT_SUFFIX}{place[len(stem) :] if packing else ''}"
    if name == "warc" or (name == "wet" and to is not None):
        stem, packing = split_name(place)
        if to == "parquet":
            return f"{stem}.parquet"
        return f"{stem}.jsonl{place[len(stem) :] if packing else ''}"
    return place


def check_to(to: str | None) -> str | None:
    """``--to``, when it can be meant. Raises `ConfigError`."""
    if to not in (None, "jsonl", "parquet"):
        raise ConfigError(f"--to {to} is unknown: give jsonl or parquet")
    return to
