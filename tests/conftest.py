"""Hypothesis without limits of time, for a machine may be slow; and what was skipped, for a second run with more installed: written to the file that CLEANTEXT_SKIPPED names.

`.ci/run` runs the suite without extras, as a newcomer does, and then what that skipped with them. Left
out is what has a step of its own there.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

_ELSEWHERE = ("tests/report/test_browser.py", "tests/test_plugins.py", "tests/test_pre_commit.py")
_skipped: dict[str, None] = {}


def _note(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail") and not report.nodeid.startswith(_ELSEWHERE):
        _skipped[report.nodeid] = None


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _note(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    _note(report)


def pytest_sessionfinish() -> None:
    if name := os.environ.get("CLEANTEXT_SKIPPED"):
        Path(name).write_text("".join(f"{n}\n" for n in _skipped), encoding="utf-8")
