"""Character sets as which UTF-8 gets read by mistake, and how that looks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import msgspec
import regex

from cleantext.document import fold

#: Character sets as which UTF-8 gets read, and how much one lone damaged character proves:
#: ``any`` (ask the word around it), ``mark`` (only quotes and dashes), ``no`` (only in a run).
SETS = (
    ("cp1252", "any"),
    ("cp1250", "any"),
    ("cp1254", "mark"),
    ("cp1257", "mark"),
    ("cp1251", "mark"),
    ("cp1253", "mark"),
    ("cp1255", "no"),
    ("cp1256", "no"),
    ("cp874", "no"),
    ("mac_roman", "mark"),
    ("cp437", "mark"),
    ("cp850", "mark"),
    ("cp866", "no"),
    ("koi8_r", "no"),
)


class CharacterSet(msgspec.Struct, frozen=True):
    """One wrong character set: its characters as bytes, and what UTF-8 looks like in it."""

    name: str
    lone: str
    bytes_of: dict[str, int]
    run: regex.Pattern[str]

    def decode(self, run: str) -> str | None:
        """What was meant by `run`; None when it isn't UTF-8 after all."""
        raw = bytes(self.bytes_of.get(c, 0xFF) for c in run)
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
        try:  # emoji of old databases: each half of a surrogate pair encoded by itself
            return raw.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            return None


def table_of(name: str) -> dict[int, str]:
    """Byte -> character, from 0x80; holes in a Windows set pass through as control characters."""
    out = {}
    for b in range(0x80, 0x100):
        c = bytes([b]).decode(name, "ignore")
        if c:
            out[b] = c
        elif (name.startswith("cp12") or name == "cp874") and b < 0xA0:
            out[b] = chr(b)
    return out


@cache
def character_sets() -> dict[str, CharacterSet]:
    """Name -> character set, compiled at the first use."""
    out = {}
    for name, lone in SETS:
        table = table_of(name)
        bytes_of = {c: b for b, c in table.items()}
        if name.startswith("cp125") or name == "cp874":
            bytes_of.update({chr(b): b for b in range(0x80, 0xA0) if chr(b) not in bytes_of})
        tail = "[" + "".join(regex.escape(c) for c, b in bytes_of.items() if b < 0xC0) + "]"

        def lead(first: int, last: int, bytes_of: dict[str, int] = bytes_of) -> str:
            found = "".join(regex.escape(c) for c, b in bytes_of.items() if first <= b <= last)
            return f"[{found}]" if found else r"[^\s\S]"

        blank = "|Ð (?=[ÐÑ])" if name == "cp1252" else ""  # its NBSP, now a blank
        run = f"(?:{lead(0xC2, 0xDF)}{tail}|{lead(0xE0, 0xEF)}{tail}{{2}}|{lead(0xF0, 0xF4)}{tail}{{3}}{blank})++"
        out[name] = CharacterSet(name, lone, {**bytes_of, " ": 0xA0}, regex.compile(run))
    return out


def pair(name: str) -> str:
    """A trigger for a lead and its tail, or two tails, in the folded text."""
    table = table_of(name)
    two = _any(fold(table[b]) for b in range(0xC2, 0xF5) if (b in table and table[b].isalpha()) or b == 0xD7)
    return two + tails(name)


def tails(name: str) -> str:
    """A trigger for what may follow a lead, in the folded text."""
    table = table_of(name)
    folded = {fold(table[b]) for b in range(0x80, 0xC0) if b in table}
    return _any(c for c in folded if c.strip() and c != "'")


def _any(chars: Iterable[str]) -> str:
    return "(?:" + "|".join(regex.escape(c, special_only=True) for c in sorted(set(chars))) + ")"
