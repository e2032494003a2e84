"""Which files a pattern of paths means."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import cache
from pathlib import PurePath


def fits(path: str, patterns: Iterable[str], root: str, kind: type[PurePath] = PurePath) -> bool:
    """Whether the file at `path`, below the folder `root`, fits one of `patterns`.

    ``*`` and ``?`` stand for anything but ``/``, ``**`` for any folders. A pattern without ``/`` is
    of names, wherever they are; one that ends in ``/`` is of everything in a folder. Patterns have
    ``/`` on every system; `kind` is the one whose path it is.
    """
    try:
        place = kind(os.path.abspath(path)).relative_to(root).as_posix()
    except ValueError:  # not below it, or on another drive
        return False
    return any(_compiled(p).fullmatch(place) for p in patterns)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    if pattern.endswith("/"):
        pattern += "**"
    if "/" not in pattern:
        pattern = "**/" + pattern
    pattern = pattern.removeprefix("./").removeprefix("/")
    out = []
    for part in re.findall(r"\*\*/|\*\*|\*|\?|[^*?]+", pattern):
        kinds = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
        out.append(kinds.get(part) or re.escape(part))
    return re.compile("".join(out), re.DOTALL)
