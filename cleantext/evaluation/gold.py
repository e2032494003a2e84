"""Texts with what they should become: pairs, or lines with labels."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from cleantext.errors import InputError
from cleantext.io.text import decode, read_named


class Gold(msgspec.Struct, frozen=True):
    """A text with noise, what it should become, and where it is from."""

    noisy: str
    clean: str
    name: str
    lang: str = ""


class _Line(msgspec.Struct):
    text: str
    noise: bool = False


class _Entry(msgspec.Struct):
    noisy: str | None = None
    gold: str | None = None
    lines: list[_Line] | None = None
    id: str | int | None = None
    lang: str = ""


_FORM = (
    'a line wants {"noisy": "...", "gold": "..."} or {"lines": [{"text": "...", "noise": true}, ...]}, '
    'and may have "id" and "lang"'
)


def read_gold(path: str) -> Iterator[Gold]:
    """The texts in a file of JSON lines. Raises `InputError` with the line of what is none."""
    try:
        text = decode(read_named(path)).text
    except InputError as e:
        raise InputError(f"{path}: {e}") from e
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            entry = msgspec.json.decode(line.encode("utf-8", "surrogatepass"), type=_Entry)
        except (msgspec.MsgspecError, UnicodeError) as e:
            raise InputError(f"{path}:{number}: {e}: {_FORM}") from e
        name = f"{path}:{number}" if entry.id is None else str(entry.id)
        if entry.noisy is not None and entry.gold is not None:
            yield Gold(entry.noisy, entry.gold, name, entry.lang)
        elif entry.lines is not None:
            noisy = "".join(part.text + "\n" for part in entry.lines)
            clean = "".join(part.text + "\n" for part in entry.lines if not part.noise)
            yield Gold(noisy, clean, name, entry.lang)
        else:
            raise InputError(f"{path}:{number}: {_FORM}")
