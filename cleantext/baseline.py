"""Noise that is known: a file of fingerprints, so that a check reports only what is new.

A fingerprint is the rule and a hash of the text that was found, blanks aside. It holds in whatever
document and place the noise stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

import msgspec

from cleantext.errors import ConfigError, InputError
from cleantext.finding import Finding, Report
from cleantext.io.atomic import write_atomically
from cleantext.io.text import read_bytes
from cleantext.report.formats import fingerprint

_SCHEMA = 1


class Baseline:
    """Fingerprints of findings, by rule."""

    def __init__(self, known: Iterable[tuple[str, str]] = ()) -> None:
        self._known = set(known)

    def __len__(self) -> int:
        return len(self._known)

    def add(self, findings: Iterable[Finding]) -> None:
        """Make findings known."""
        self._known.update((f.rule, fingerprint(f)) for f in findings)

    def new(self, report: Report) -> Report:
        """The report without the findings that are known."""
        left = tuple(f for f in report.findings if (f.rule, fingerprint(f)) not in self._known)
        return msgspec.structs.replace(report, findings=left)

    def write(self, path: str) -> None:
        """Write the file, in an order that keeps its changes small."""
        rules: dict[str, list[str]] = {}
        for rule, mark in sorted(self._known):
            rules.setdefault(rule, []).append(mark)
        text = json.dumps({"cleantext-baseline": _SCHEMA, "known": rules}, indent=1)
        write_atomically(path, text.encode("ascii") + b"\n")

    @classmethod
    def read(cls, path: str) -> Baseline:
        """The baseline in a file. Raises `ConfigError` when it is none."""
        try:
            data = json.loads(read_bytes(path))
            if data["cleantext-baseline"] != _SCHEMA:
                raise ConfigError(
                    f"{path} is a baseline of another version of cleantext: write it again with --write-baseline"
                )
            return cls((rule, mark) for rule, marks in data["known"].items() for mark in marks)
        except InputError as e:
            raise ConfigError(f"the baseline {path} {e}: write it with --write-baseline") from e
        except (ValueError, TypeError, KeyError, AttributeError) as e:
            raise ConfigError(f"{path} is no baseline: write it again with --write-baseline") from e
