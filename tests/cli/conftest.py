from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cleantext.cli import main
from tests.fake import FakeCleaner

Cli = Callable[..., Result]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def cli(here: Path) -> Cli:
    """The command line, called in an empty folder."""

    def call(*args: str, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(main, args, input=stdin, prog_name="cleantext")

    return call


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands clean with `FakeCleaner`."""
    for command in ("check", "diff", "fix", "run"):
        monkeypatch.setattr(f"cleantext.cli.{command}.make_cleaner", lambda config: FakeCleaner())
