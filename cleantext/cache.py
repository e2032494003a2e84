"""What is worked out once and kept on disk: compiled automata, and what derives from the lexicon.

Each file is whole or not there: written beside its place and renamed, with a digest of its content.
A cache that can't be read or written costs the next start its time, nothing else.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

_MAGIC = b"cleantext kept 1\n"
_DIGEST = 32


def cache_dir() -> Path:
    """Where things are kept: ``CLEANTEXT_CACHE_DIR`` or the user's cache folder."""
    given = os.environ.get("CLEANTEXT_CACHE_DIR")
    if given:
        return Path(given)
    from platformdirs import user_cache_path

    return user_cache_path("cleantext", appauthor=False)


def read(name: str) -> bytes | None:
    """What was kept under a file name; None when nothing is, or it is damaged."""
    try:
        kept = cache_dir().joinpath(name).read_bytes()
    except OSError:
        return None
    head = len(_MAGIC)
    digest, data = kept[head : head + _DIGEST], kept[head + _DIGEST :]
    if kept[:head] != _MAGIC or _digest(data) != digest:
        return None
    return data


def write(name: str, data: bytes) -> None:
    """Keeps `data`. Several processes may do so at once: the last rename wins, all are whole."""
    folder = cache_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(dir=folder, prefix=".partial-")
        try:
            with os.fdopen(handle, "wb") as f:
                f.write(_MAGIC + _digest(data) + data)
            os.replace(partial, folder / name)
        except BaseException:
            os.unlink(partial)
            raise
    except OSError:
        pass  # a read-only or full disk


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()
