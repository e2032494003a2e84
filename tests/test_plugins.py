"""Rules of other packages: the example, installed by pip, and entry points that can't be used."""

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleantext.errors import RuleError
from cleantext.rules import Rule, all_rules
from tests.installs import installs

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "cleantext-rule-example"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which the example package is installed."""
    target = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--disable-pip-version-check"]
    done = subprocess.run(
        [*pip, "--target", str(target), str(EXAMPLE)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{target}"}


def run(environment: dict[str, str], *args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *args],
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


@installs
def test_example_is_found_and_acts(installed: dict[str, str]) -> None:
    assert "EX001  podcast-player" in run(installed, "cleantext", "rules").stdout
    assert "What looks alike and stays" in run(installed, "cleantext", "explain", "EX001").stdout
    text = "The bridge opens in May.\nListen to this article 0:00 / 12:34\nIt was shut.\n"
    assert (
        run(installed, "cleantext", "fix", "--select", "EX", "-", stdin=text).stdout
        == "The bridge opens in May.\nIt was shut.\n"
    )
    only = run(installed, "cleantext", "fix", "--select", "EX", "--ignore", "EX001", "-", stdin=text)
    assert only.stdout == text


@installs
def test_example_passes_its_own_tests(installed: dict[str, str]) -> None:
    done = run(installed, "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, str(EXAMPLE / "tests"))
    assert done.returncode == 0, done.stdout
    assert "4 passed" in done.stdout


class Foreign(Rule):
    """Finds nothing."""

    code = "CT999"
    name = "foreign"
    family = "byline"


class Nameless(Rule):
    """Finds nothing."""

    code = "XX001"


NO_RULE = 3


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("no_such_module:Rule", "can't be loaded: ModuleNotFoundError"),
        ("tests.test_plugins:NO_RULE", "is no subclass of cleantext.rules.Rule"),
        ("tests.test_plugins:Foreign", "has the code CT999, but CT is for cleantext's own"),
        ("tests.test_plugins:Nameless", "has no name"),
    ],
)
def test_what_cant_be_used_is_named(monkeypatch: pytest.MonkeyPatch, value: str, says: str) -> None:
    point = importlib.metadata.EntryPoint("x", value, "cleantext.rules")
    monkeypatch.setattr("cleantext.rules.entry_points", lambda group: [point])
    with pytest.raises(RuleError, match=says.replace(".", r"\.")) as e:
        all_rules.__wrapped__()
    assert value in str(e.value)
