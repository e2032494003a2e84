"""What a person said of findings: ``review.toml``, as the HTML report saves it.

What was wrong is left alone from then on; right and wrong together give each rule's precision.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from cleantext.config import Reviewed, did_you_mean
from cleantext.errors import ConfigError
from cleantext.settings.toml import read_toml

#: Code points from which a text is told by a part of it as well.
_LONG = 12

_SURROGATES = re.compile("[\ud800-\udfff]")


def load_review(path: str) -> tuple[Reviewed, ...]:
    """The verdicts in a file. Raises `ConfigError` with file and line."""
    file = read_toml(path)
    for key in file.data:
        if key != "findings":
            raise ConfigError(f"{file.where((key,))}: unknown key {key!r}: {did_you_mean(key, ['findings'])}")
    result = []
    tables = file.data.get("findings", [])
    for number, table in enumerate(tables if isinstance(tables, list) else [tables]):
        place = ("findings", number)
        try:
            result.append(msgspec.convert(table, type=Reviewed, strict=True))
        except msgspec.ValidationError as e:
            raise ConfigError(f"{file.where(place)}: {e}: save the review from report.html again") from e
    return tuple(result)


def plain(text: str) -> str:
    """The text as verdicts hold it: blanks as one, and no lone surrogates, which TOML can't hold."""
    return " ".join(_SURROGATES.sub("\ufffd", text).split())


class Spared:
    """The texts that a review found wrongly taken."""

    def __init__(self, wrong: Iterable[Reviewed]) -> None:
        self._whole = set()
        self._parts: dict[str, list[str]] = {}
        self._begins: list[str] = []
        for reviewed in wrong:
            text = plain(reviewed.text)
            if reviewed.cut:
                self._begins.append(text)
            else:
                self._whole.add(text)
            self._parts.setdefault(reviewed.rule, []).append(text)

    def spares(self, rule: str, text: str) -> bool:
        """Whether `text`, which `rule` proposes to take, was found wrong to take.

        The same text is, for any rule; for the same rule also one that holds it or is a part of it,
        since what stands beside a piece of noise changes how much of it is taken at once.
        """
        text = plain(text)
        if text in self._whole or any(text.startswith(begin) for begin in self._begins):
            return True
        return any(
            (len(part) >= _LONG and part in text) or (len(text) >= _LONG and text in part)
            for part in self._parts.get(rule, ())
        )


@cache
def spared(reviewed: tuple[Reviewed, ...]) -> Spared:
    """What these verdicts spare."""
    return Spared(r for r in reviewed if r.verdict == "wrong")
