"""Patterns that users write: RE2, so that no pattern can take more than linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from cleantext.errors import ConfigError

#: Bytes of memory that one pattern may take compiled.
_MEMORY = 8 << 20

_SURROGATES = re.compile("[\ud800-\udfff]")


@cache
def compile_pattern(pattern: str) -> Any:
    """The compiled pattern. Raises `ConfigError` for one that RE2 doesn't take."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return re2.compile(pattern, options)
    except re2.error as e:
        reason = e.args[0].decode("utf-8", "replace") if isinstance(e.args[0], bytes) else str(e)
        hint = " (RE2 has no look-around and no back references)" if "(?" in reason or "\\" in reason else ""
        raise ConfigError(f"{pattern!r} is no RE2 pattern: {reason}{hint}") from e


def spans(pattern: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the pattern matches, in code points; empty matches aren't told."""
    # RE2 works on UTF-8, which has no lone surrogates; what stands for them is as long
    shown = _SURROGATES.sub("\ufffd", text)
    for match in compile_pattern(pattern).finditer(shown):
        start, end = match.span()
        if end > start:
            yield start, end
