"""HTML: pages become their main text, which `cleantext.extract` finds and cleans.

The page itself can't be put back from that, so the text gets a name of its own beside it.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import cleantext
from cleantext.errors import InputError

if TYPE_CHECKING:
    from cleantext.html import CleansText

#: What the name of a page's text ends with, after the whole name of the page.
TEXT_SUFFIX = ".txt"


def available() -> bool:
    """Whether the packages that take text out of HTML are installed."""
    return all(find_spec(name) is not None for name in ("trafilatura", "resiliparse"))


def extracted(page: bytes, url: str | None = None, cleaner: CleansText | None = None) -> Any:
    """The main text of a page, with a report as a `CleanResult` has it. Raises `InputError`."""
    if not available():
        raise InputError(
            "it is HTML: extract its text first, or install the extra, as in `pip install 'cleantext-toolkit[html]'`"
        )
    return cleantext.extract(page, url=url, cleaner=cleaner)
