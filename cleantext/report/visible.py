"""Text made safe to show: what can't be seen, or would steer a terminal or a page, is spelt out."""

from __future__ import annotations

import unicodedata

#: Categories of characters that are invisible or act on what shows them: controls, formats such
#: as bidi marks, lone surrogates, unassigned ones, line and paragraph separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})

#: Joiners that scripts and emoji need to be shown as they are meant.
_JOINERS = frozenset("\u200c\u200d")

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def one_line(text: str, limit: int | None = None) -> str:
    """`text` on one line for a terminal, with escapes such as ``\\n`` and ``\\u202e``.

    Paths and messages need that too, for a file can have any name. With `limit`, at most about so
    many code points stay: the middle of a longer text goes.
    """
    if limit is not None and len(text) > limit:
        head = limit * 2 // 3
        text = f"{text[:head]} … {text[len(text) - (limit - head) :]}"
    if text.isprintable():
        return text
    return "".join(_escape(c) for c in text)


def terminal_lines(text: str) -> str:
    """`text` for a terminal with its line feeds and tabs kept."""
    return "".join(c if c in "\n\t" else _escape(c) for c in text)


def page_text(text: str) -> str:
    """`text` for a page that keeps white space, with pictures for controls and names for marks."""
    if text.isprintable():
        return text
    return "".join(_picture(c) for c in text.replace("\r\n", "\n"))


def _unseen(c: str) -> bool:
    return not c.isprintable() and c not in _JOINERS and unicodedata.category(c) in _UNSEEN


def _escape(c: str) -> str:
    if c in _SHORT:
        return _SHORT[c]
    if not _unseen(c):
        return c
    code = ord(c)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _picture(c: str) -> str:
    if c in "\n\t" or not _unseen(c):
        return c
    code = ord(c)
    if code < 0x20:
        return chr(0x2400 + code)
    return f"⟨U+{code:04X}⟩"
