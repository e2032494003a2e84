"""Paths as reports for other programs name them: with ``/`` on every system."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote

from cleantext.report.visible import one_line


def slashed(path: str, kind: type[PurePath] = PurePath) -> str:
    """The path with ``/``, and without a leading ``./``; `kind` is the system whose path it is."""
    return kind(path).as_posix()


def uri(path: str, kind: type[PurePath] = PurePath) -> str:
    """A relative path as a relative URI, an absolute one as a ``file`` URI."""
    pure = kind(path)
    if pure.is_absolute():
        return pure.as_uri()
    return quote(pure.as_posix().encode("utf-8", "surrogateescape"))


def patch_name(path: str, kind: type[PurePath] = PurePath) -> str:
    """The path as the header of a diff names it, for ``patch`` and git to find the file.

    A name with blanks is followed by a tab, one with controls, quotes or bytes that aren't UTF-8 is
    quoted as in C.
    """
    name = kind(path).as_posix()
    if one_line(name) == name and not set(name) & {'"', "\\"}:
        return f"{name}\t" if " " in name else name
    escapes = {ord("\n"): "\\n", ord("\t"): "\\t", ord('"'): '\\"', ord("\\"): "\\\\"}
    data = name.encode("utf-8", "surrogateescape")
    return '"' + "".join(escapes.get(b) or (chr(b) if 32 <= b < 127 else f"\\{b:03o}") for b in data) + '"'
