"""Markdown: its front matter is settings for a program, and no text."""

from __future__ import annotations

import re

# YAML between lines of three hyphens, TOML between lines of three plus signs, at the very beginning.
_FRONT = re.compile(r"(---|\+\+\+)[ \t]*\r?\n(?:(?!\1)[^\n]*\n)*?\1[ \t]*(?:\r?\n|\Z)")


def front_matter(text: str) -> int:
    """Code points of the front matter at the beginning of `text`; 0 where there is none."""
    m = _FRONT.match(text)
    # Between two rules there is prose: front matter has a key on its first line.
    return m.end() if m and re.match(r"\s*(?:[\w.-]+\s*[:=]|#|\[)", text[m.end(1) :]) else 0
