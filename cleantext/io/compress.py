"""gzip and zstandard, read as a stream and written in pieces that stand for themselves.

Both formats allow whole compressed files one after the other. So each block of a run is packed
alone, in the process that cleaned it, and blocks are appended to one another: the file can be cut
at the end of any block and written on, which is what makes a run resumable.
"""

from __future__ import annotations

import gzip
import io
import os
import zlib
from typing import IO, Any, Literal

from cleantext.errors import ConfigError, InputError
from cleantext.extras import need

#: Megabytes that a whole packed file may come to; ``CLEANTEXT_MAX_UNPACKED`` sets another number.
MOST_UNPACKED = 1024

#: How a file is packed; the empty string where it isn't.
Packing = Literal["", "gz", "zst"]

SUFFIXES: dict[str, Packing] = {".gz": "gz", ".gzip": "gz", ".zst": "zst", ".zstd": "zst"}

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"

#: Compressed bytes that go to the zstandard decoder at a time; small, for there is no other bound
#: on how much comes out.
_BITE = 8192


def split_name(name: str) -> tuple[str, Packing]:
    """A file name without the suffix of its packing, and the packing: ``a.jsonl.gz`` → ``a.jsonl``, gz."""
    stem, dot, suffix = name.rpartition(".")
    packing = SUFFIXES.get(f".{suffix.lower()}", "") if dot and stem else ""
    return (stem, packing) if packing else (name, "")


def packing_of(head: bytes) -> Packing:
    """How a file that begins with `head` is packed."""
    if head.startswith(_GZIP):
        return "gz"
    return "zst" if head.startswith(_ZSTD) else ""


def unpacked(raw: IO[bytes], packing: Packing) -> IO[bytes]:
    """A stream of what is packed in `raw`. Reading raises `InputError` where it is damaged or cut."""
    if packing == "gz":
        return io.BufferedReader(_Gzip(raw), 1 << 18)
    if packing == "zst":
        return io.BufferedReader(_Zstd(raw), 1 << 18)
    return raw


def unpack(data: bytes) -> tuple[bytes, Packing]:
    """The content of a whole file, and how it was packed.

    Raises `InputError` where it is damaged, or far larger than it looks: a thousandth of the memory that
    it takes is enough to pack blanks.
    """
    packing = packing_of(data)
    if not packing:
        return data, ""
    most = most_unpacked()
    parts: list[bytes] = []
    size = 0
    stream = unpacked(io.BytesIO(data), packing)
    while part := stream.read(1 << 20):
        size += len(part)
        if size > most:
            raise InputError(
                f"it comes to more than {most >> 20} MB unpacked: raise CLEANTEXT_MAX_UNPACKED (megabytes) "
                "where that is meant"
            )
        parts.append(part)
    return b"".join(parts), packing


def most_unpacked() -> int:
    """Bytes that a packed file, or a packed line of records, may come to. Raises `ConfigError` for no number."""
    value = os.environ.get("CLEANTEXT_MAX_UNPACKED", "").strip()
    if not value:
        return MOST_UNPACKED << 20
    if not value.isdecimal() or not int(value):
        raise ConfigError(f"CLEANTEXT_MAX_UNPACKED={value} is no number of megabytes")
    return int(value) << 20


def pack(data: bytes, packing: Packing) -> bytes:
    """`data` as a packed file of its own; the same bytes for the same data."""
    if packing == "gz":
        packer = zlib.compressobj(6, zlib.DEFLATED, 31)  # writes neither a name nor the time
        return packer.compress(data) + packer.flush()
    if packing == "zst":
        packed: bytes = need("zstandard").ZstdCompressor(level=3, write_checksum=True).compress(data)
        return packed
    return data


class _Gzip(io.RawIOBase):
    """`gzip.GzipFile` with this package's errors."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._file = gzip.GzipFile(fileobj=raw, mode="rb")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            return self._file.readinto(buffer)
        except EOFError as e:
            raise InputError("the gzip data ends too early: the file was cut off") from e
        except (gzip.BadGzipFile, zlib.error) as e:
            raise InputError(f"the gzip data is damaged: {e}") from e


class _Zstd(io.RawIOBase):
    """Frames of zstandard one after the other; unlike the library's own stream it notices a cut."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._library = need("zstandard")
        self._raw = raw
        self._frame: Any = None
        self._packed = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            if not self._packed:
                self._packed = self._raw.read(_BITE)
            if not self._packed:
                if self._frame is not None:
                    raise InputError("the zstandard data ends too early: the file was cut off")
                return 0
            if self._frame is None:
                self._frame = self._library.ZstdDecompressor().decompressobj()
            try:
                self._ready = memoryview(self._frame.decompress(self._packed))
            except self._library.ZstdError as e:
                raise InputError(f"the zstandard data is damaged: {e}") from e
            self._packed = b""
            if self._frame.eof:
                self._packed, self._frame = self._frame.unused_data, None
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size
