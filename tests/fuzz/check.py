"""What must hold for any text: each function gives None, or says what doesn't hold."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable

import cleantext
from cleantext.cleaner import Cleaner
from cleantext.compose import apply
from cleantext.finding import CleanResult

#: What a text may take: seconds, and seconds a code point. Far above what is usual, for the machine may be busy.
_MOST, _MOST_EACH = 2.0, 0.0005

MODES: dict[str, dict[str, object]] = {
    "balanced": {},
    "aggressive": {"mode": "aggressive", "budget": 1.0, "unsafe_edits": True},
    "conservative": {"mode": "conservative", "protect": ("Otto",), "protect_patterns": (r"\d{4}-\d\d",)},
}


def contract(cleaner: Cleaner, text: str, lang: str | None = None) -> tuple[str | None, CleanResult | None]:
    """Cleans; restores; cleans again; looks at the findings; takes the time."""
    started = time.process_time()
    try:
        result = cleaner.clean(text, lang)
    except Exception:
        return f"raised: {traceback.format_exc(limit=-3)}", None
    took = time.process_time() - started
    if took > _MOST + _MOST_EACH * len(text):  # once more: some of that was compiling what is used first here
        started = time.process_time()
        cleaner.clean(text, lang)
        took = time.process_time() - started
    if took > _MOST + _MOST_EACH * len(text):
        return f"time: {took:.1f} s for {len(text)} code points", result
    findings = result.report.findings
    if not findings:
        return (None if result.text == text else "changed without a finding"), result
    if cleantext.restore(result.text, result.report) != text:
        return "restore: another text", result
    at = 0
    order = (-1, 0)
    for f in findings:
        if not 0 <= f.start < f.end <= len(text):
            return f"range: {f}", result
        if f.text != text[f.start : f.end]:
            return f"text: {f}", result
        if not (0 <= f.confidence <= 1 and f.reason and f.family in cleantext.finding.FAMILIES):
            return f"fields: {f}", result
        if (f.start, f.end) < order:
            return f"order: {f}", result
        order = (f.start, f.end)
        if f.action != "flag":
            if f.start < at:
                return f"overlap: {f}", result
            at = f.end
    if apply(text, [f for f in findings if f.action != "flag"]) != result.text:
        return "edits: they don't give the cleaned text", result
    if result.text != text:
        again = cleaner.clean(result.text, lang)
        if again.text != result.text:
            return (
                f"twice: {[(f.rule, f.text, f.replacement) for f in again.report.findings if f.action != 'flag'][:3]}",
                result,
            )
    return None, result


def report_comes_back(result: CleanResult, text: str) -> str | None:
    """The report as JSON and back."""
    again = cleantext.Report.from_json(result.report.to_json())
    if again != result.report:
        apart = [
            pair for pair in zip(result.report.findings, again.findings, strict=False) if pair[0] != pair[1]
        ]
        return f"report: it isn't the same after a way through JSON: {apart[:2] or (result.report, again)}"
    return None if cleantext.restore(result.text, again) == text else "report: restores another text"


def with_engine(name: str, run: Callable[[], CleanResult]) -> CleanResult:
    """`run` with a scan engine."""
    before = os.environ.get("CLEANTEXT_ENGINE")
    os.environ["CLEANTEXT_ENGINE"] = name
    try:
        return run()
    finally:
        if before is None:
            del os.environ["CLEANTEXT_ENGINE"]
        else:
            os.environ["CLEANTEXT_ENGINE"] = before


def engines(settings: dict[str, object], text: str) -> str | None:
    """Both engines find the same."""
    cleaner = Cleaner(**settings)
    one, other = (with_engine(name, lambda: cleaner.clean(text)) for name in ("native", "portable"))
    if one == other:
        return None
    apart = set(one.report.findings) ^ set(other.report.findings)
    return f"engines: {sorted((f.rule, f.start, f.end, f.action) for f in apart)[:4]}"
