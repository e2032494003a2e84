"""Writes `cleantext/context/classes.json`: the class of every code point, as run lengths.

The table is data, so that a newer Unicode in the interpreter changes no result.

    python -m training.build_classes
"""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

from cleantext.context.classes import CLASSES, LIMIT

TARGET = Path(__file__).parent.parent / "cleantext" / "context" / "classes.json"

_END = set(".!?…。！？؟।॥۔։።‼⁇⁈⁉．｡")
_COMMA = set(",;、，；،؛､")
_SEPARATOR = set("|/\\•·●○▪■□◆◇★☆▶►▸▹▼▲◄◀←→↑↓»«›‹¦‧∙⋅※｜／✓✔✕✖✗×✚➤➜➔")
_HYPHEN = set("-–—―‐‑‒−－~〜～")
_QUOTE = set("\"'‘’“”„‚‟‛`´「」『』＂＇")
# As in the benches: one token a character in scripts without spaces between words.
_DENSE = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
)


def class_of(code: int) -> str:
    """The class of a code point, as `CLASSES` names them."""
    c = chr(code)
    category = unicodedata.category(c)
    for chars, name in (
        ({"\n", "\u0085", "\u2028", "\u2029"}, "line"),
        (_END, "end"),
        (_COMMA, "comma"),
        ({":", "："}, "colon"),
        (_SEPARATOR, "separator"),
        (_HYPHEN, "hyphen"),
        (_QUOTE, "quote"),
    ):
        if c in chars:
            return name
    if c.isspace() or category in ("Zs", "Cc") or c in "\ufeff\u200b\u200c\u200d\u200e\u200f":
        return "space"
    if category[0] in "LM" or category in ("Nl",):
        if any(a <= code <= b for a, b in _DENSE):
            return "dense"
        return {"Ll": "lower", "Lu": "upper", "Lt": "upper"}.get(category, "letter")
    if category in ("Nd", "No"):
        return "digit"
    if category in ("Ps", "Pe", "Pi", "Pf"):
        return "bracket"
    if 0x1F000 <= code <= 0x1FAFF or 0x2600 <= code <= 0x27BF:
        return "emoji"
    return "symbol"


def main() -> None:
    """Writes the table."""
    runs: list[list[int]] = []
    for code in range(LIMIT):
        n = CLASSES.index(class_of(code))
        if runs and runs[-1][1] == n:
            runs[-1][0] += 1
        else:
            runs.append([1, n])
    data = {"unicode": unicodedata.unidata_version, "classes": CLASSES, "runs": runs}
    TARGET.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TARGET}: {len(runs)} runs, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
