"""What ``cleantext check`` prints: one module a format, each with a class `Output`."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

import msgspec

from cleantext.finding import Finding, Report

if TYPE_CHECKING:
    from cleantext.rules import Rule

#: The formats and their modules.
FORMATS = {
    "text": "text",
    "json": "json",
    "jsonl": "json",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
}


class Checked(msgspec.Struct, frozen=True):
    """A document that was checked: its path, its text and what was found, or the problem with it."""

    path: str
    text: str = ""
    report: Report = Report()
    problem: str | None = None


class Writes(Protocol):
    """A format: pieces of text, or of bytes in UTF-8, before, for each and after all documents."""

    def begin(self) -> Iterator[str | bytes]: ...

    def document(self, checked: Checked) -> Iterator[str | bytes]: ...

    def end(self) -> Iterator[str | bytes]: ...


def output(form: str, rules: Callable[[], Sequence[Rule]]) -> Writes:
    """The output of that name, ready to begin; `rules` gives all rules there are, should it describe them."""
    module = importlib.import_module(f"{__name__}.{FORMATS[form]}")
    kind = getattr(module, "Lines" if form == "jsonl" else "Output")
    made: Writes = kind(rules) if form == "sarif" else kind()
    return made


def fingerprint(finding: Finding, *more: str) -> str:
    """What names this noise wherever it moves: a hash of the rule and of the text found, blanks aside."""
    return hash_of(finding.rule, " ".join(finding.text.split()), *more)


def hash_of(*parts: str) -> str:
    """32 hexadecimal digits."""
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:32]
