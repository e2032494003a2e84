"""SARIF 2.1.0, which code hosts and editors read.

Positions are in code points (``columnKind``). A finding that `fix` would act on is a warning and
carries the fix; a flag is a note. The fingerprint stays when lines move.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cleantext.finding import Finding
from cleantext.report.formats import Checked, fingerprint
from cleantext.report.jsonl import to_json
from cleantext.report.paths import uri
from cleantext.report.position import Lines
from cleantext.version import __version__

if TYPE_CHECKING:
    from cleantext.rules import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


class Output:
    """One log with one run; results are written as they come, rules at the end."""

    def __init__(self, rules: Callable[[], Sequence[Rule]]) -> None:
        self._known = rules
        self._rules: dict[str, int] = {}
        self._families: dict[str, str] = {}
        self._problems: list[dict[str, Any]] = []
        self._some = False

    def begin(self) -> Iterator[bytes]:
        yield b'{"$schema":"%s","version":"2.1.0","runs":[{"columnKind":"unicodeCodePoints","results":[' % (
            SCHEMA.encode()
        )

    def document(self, checked: Checked) -> Iterator[bytes]:
        if checked.problem is not None:
            self._problems.append(
                {
                    "level": "error",
                    "message": {"text": f"{checked.path}: {checked.problem}"},
                    "locations": [{"physicalLocation": {"artifactLocation": _artifact(checked.path)}}],
                }
            )
        lines = Lines(checked.text) if checked.report.findings else None
        for finding in checked.report.findings:
            assert lines is not None
            yield b",\n" if self._some else b"\n"
            yield to_json(self._result(finding, checked.path, lines))
            self._some = True

    def end(self) -> Iterator[bytes]:
        known = {rule.code: rule for rule in self._known()} if self._rules else {}
        driver = {
            "name": "cleantext",
            "version": __version__,
            "rules": [_descriptor(code, self._families[code], known.get(code)) for code in self._rules],
        }
        invocation: dict[str, Any] = {"executionSuccessful": not self._problems}
        if self._problems:
            invocation["toolExecutionNotifications"] = self._problems
        yield (
            b'\n],"tool":{"driver":'
            + to_json(driver)
            + b'},"invocations":['
            + to_json(invocation)
            + b"]}]}\n"
        )

    def _result(self, f: Finding, path: str, lines: Lines) -> dict[str, Any]:
        self._families.setdefault(f.rule, f.family)
        artifact = _artifact(path)
        region = _region(f, lines)
        result: dict[str, Any] = {
            "ruleId": f.rule,
            "ruleIndex": self._rules.setdefault(f.rule, len(self._rules)),
            "level": "note" if f.action == "flag" else "warning",
            "message": {"text": f.reason},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": artifact,
                        "region": {**region, "snippet": {"text": f.text}},
                    }
                }
            ],
            "partialFingerprints": {"cleantext/v1": fingerprint(f)},
            "rank": round(100 * f.confidence, 1),
            "properties": {"family": f.family, "action": f.action, "confidence": f.confidence},
        }
        if f.action != "flag":
            change: dict[str, Any] = {"deletedRegion": region}
            if f.replacement:
                change["insertedContent"] = {"text": f.replacement}
            result["fixes"] = [
                {
                    "description": {"text": "take it out" if f.action == "remove" else "put what was meant"},
                    "artifactChanges": [{"artifactLocation": artifact, "replacements": [change]}],
                }
            ]
        return result


def _region(f: Finding, lines: Lines) -> dict[str, int]:
    line, column = lines.at(f.start)
    end_line, end_column = lines.at(f.end)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": f.start,
        "charLength": f.end - f.start,
    }


def _artifact(path: str) -> dict[str, str]:
    return {"uri": uri(path)}


def _descriptor(code: str, family: str, rule: Rule | None) -> dict[str, Any]:
    """What the log says of a rule; of one that isn't known any more, its code and family."""
    described: dict[str, Any] = {"id": code, "properties": {"family": family}}
    if rule is not None:
        described |= {
            "name": rule.name,
            "shortDescription": {"text": rule.summary},
            "fullDescription": {"text": rule.doc},
            "defaultConfiguration": {"level": "warning" if rule.safe else "note"},
        }
    return described
