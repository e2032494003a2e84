"""HTML: pages become their main text, which `cleantext.extract` finds and cleans.

The page itself can't be put back from that, so the text gets a name of its own beside it.
"""

from __future__ import annotations

from typing import Any

import cleantext
from cleantext.errors import InputError

#: What the name of a page's text ends with, after the whole name of the page.
TEXT_SUFFIX = ".txt"


def available() -> bool:
    """Whether this version of the package extracts text from HTML."""
    return hasattr(cleantext, "extract")


def extracted(page: bytes, url: str | None = None) -> Any:
    """The main text of a page as a `CleanResult`. Raises `InputError`."""
    if not available():
        raise InputError("it is HTML: extract its text first")
    return cleantext.extract(page, url=url)
