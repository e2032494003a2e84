"""Text documents as bytes: decoding them, and encoding them so that every byte can come back.

Line ends, byte order marks and encodings stay as they were: a document that cleaning doesn't
change is written byte for byte as it was read.
"""

from __future__ import annotations

import codecs
import difflib
import os

import msgspec

from cleantext.errors import ConfigError, InputError

#: Byte order marks and their encodings. UTF-32 stands first: its little-endian mark begins with
#: that of UTF-16.
BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: Encodings that map text to bytes one to one, so that what was decoded encodes to the same bytes.
_EXACT = frozenset(name for _, name in BOMS)

#: How files of well-known binary formats begin.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file such as WebP or WAV"),
    (b"\x1f\x8b", "gzip data: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "zstd data: unpack it first"),
    (b"BZh", "bzip2 data: unpack it first"),
    (b"\xfd7zXZ", "xz data: unpack it first"),
    (b"PK\x03\x04", "a zip archive or an office document: export it as text first"),
    (b"%PDF-", "a PDF document: extract its text first"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7fELF", "a program"),
)


class Encoding(msgspec.Struct, frozen=True):
    """What it takes to turn a document's text back into its bytes."""

    name: str = "utf-8"
    bom: bool = False


class TextDocument(msgspec.Struct, frozen=True):
    """The text of a document, without its byte order mark, and how it was encoded."""

    text: str
    encoding: Encoding


def check_encoding(name: str) -> str:
    """The normal spelling of an encoding's name. Raises `ConfigError` for one that Python lacks."""
    try:
        "".encode(name)  # refuses what is no text encoding, such as "hex", too
        normal = codecs.lookup(name).name
    except (LookupError, ValueError) as e:
        raise ConfigError(
            f"encoding {name!r} is unknown: give a name such as windows-1252, iso-8859-2 or shift_jis"
        ) from e
    return "utf-8" if normal == "utf-8-sig" else normal


def read_bytes(path: str) -> bytes:
    """The bytes of a file. Raises `InputError` with a reason that doesn't repeat the path."""
    try:
        with open(path, "rb") as f:
            return f.read()
    except (OSError, ValueError) as e:  # ValueError: a NUL in the path
        raise InputError(f"can't be read: {reason_of(e)}") from e


def read_named(path: str) -> bytes:
    """The same for a file that a person named: where there is none, the nearest name there is."""
    try:
        return read_bytes(path)
    except InputError as e:
        raise InputError(f"{e}{near(path, e.__cause__)}") from e


def near(path: str, error: BaseException | None) -> str:
    """For a file that isn't there, the one beside it of nearly the same name, as the end of a message."""
    if not isinstance(error, FileNotFoundError):
        return ""
    folder, name = os.path.split(path)
    try:
        found = difflib.get_close_matches(name, os.listdir(folder or "."), n=1, cutoff=0.8)
    except (OSError, ValueError):
        return ""
    return f": did you mean {os.path.join(folder, found[0])!r}?" if found else ""


def reason_of(error: OSError | ValueError) -> str:
    """The reason that an error of the operating system gives, without the path and the number."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text[:1].lower() + text[1:]


def decode(data: bytes, encoding: str = "utf-8") -> TextDocument:
    """The text of `data`, read as its byte order mark says and else as `encoding`.

    Raises `InputError` where the bytes are not text in that encoding, or where the text wouldn't
    give the same bytes again. NUL characters in valid UTF-8 are text.
    """
    bom, name = next(((mark, n) for mark, n in BOMS if data.startswith(mark)), (b"", encoding))
    if name != "utf-8" and not bom:
        refuse_binary(data, name)
    try:
        text = data[len(bom) :].decode(name)
    except UnicodeDecodeError as e:
        refuse_binary(data, name)
        raise InputError(_undecodable(data, len(bom) + e.start, name)) from e
    if name not in _EXACT and not _encodes_to(text, name, data):
        raise InputError(
            f"reading it as {name} loses the exact bytes, so that they couldn't be restored: "
            "convert it to UTF-8 first"
        )
    return TextDocument(text, Encoding(name, bool(bom)))


def decode_as(data: bytes, encoding: Encoding) -> str:
    """The text that `encode` wrote; byte order marks count only as far as `encoding` says.

    A cleaned text can begin with U+FEFF that was inside the original: that is no mark.
    """
    mark = _mark(encoding)
    if not data.startswith(mark):
        raise InputError(f"the byte order mark of {encoding.name} is gone")
    try:
        return data[len(mark) :].decode(encoding.name)
    except UnicodeDecodeError as e:
        raise InputError(_undecodable(data, len(mark) + e.start, encoding.name)) from e


def encode(text: str, encoding: Encoding) -> bytes:
    """The bytes of `text`. Raises `InputError` when the encoding can't hold it."""
    try:
        data = text.encode(encoding.name)
    except UnicodeEncodeError as e:
        raise InputError(
            f"the cleaned text holds U+{ord(text[e.start]):04X}, which {encoding.name} can't write: "
            "convert the document to UTF-8 first"
        ) from e
    if encoding.name not in _EXACT and not _decodes_to(data, encoding.name, text):
        raise InputError(
            f"the cleaned text doesn't survive {encoding.name}: convert the document to UTF-8 first"
        )
    return _mark(encoding) + data


def refuse_binary(data: bytes, encoding: str) -> None:
    """Raise `InputError` when `data`, which is not valid UTF-8, looks like no text at all."""
    if _valid_utf8(data):
        return
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"looks binary: {what}")
    # in UTF-16 and UTF-32 every second byte of plain text is NUL
    if b"\0" in data and b"\0" not in "a".encode(encoding):
        raise InputError("looks binary: NUL bytes, and not valid UTF-8; if it is UTF-16, pass --encoding")


def looks_like_text(head: bytes, encoding: str = "utf-8") -> bool:
    """Whether the first bytes of a file, cut anywhere, can begin a text in `encoding`."""
    name = next((n for mark, n in BOMS if head.startswith(mark)), encoding)
    decoder = codecs.getincrementaldecoder(name)()
    try:
        decoder.decode(head, final=False)
        if name != "utf-8":
            refuse_binary(head, name)
    except (UnicodeDecodeError, InputError):
        return False
    return True


def _mark(encoding: Encoding) -> bytes:
    return next((mark for mark, name in BOMS if name == encoding.name), b"") if encoding.bom else b""


def _valid_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _encodes_to(text: str, name: str, data: bytes) -> bool:
    try:
        return text.encode(name) == data
    except UnicodeEncodeError:
        return False


def _decodes_to(data: bytes, name: str, text: str) -> bool:
    try:
        return data.decode(name) == text
    except UnicodeDecodeError:
        return False


def _undecodable(data: bytes, offset: int, name: str) -> str:
    """Why decoding failed at byte `offset`, and what to do."""
    what = f"byte 0x{data[offset]:02X}" if offset < len(data) else "end of file"
    line = data.count(b"\n", 0, offset) + 1
    where = f"not valid {name.upper()}: {what} at byte offset {offset} (line {line})"
    if name != "utf-8":
        return f"{where}: name another encoding with --encoding, or convert it to UTF-8"
    return (
        f"{where}: convert it (such as `iconv -f WINDOWS-1252 -t UTF-8`) "
        "or name its encoding (such as `--encoding windows-1252`)"
    )
