"""The table of docs/reliability.md is that of `tests.trust`, and each of its commands finds something to run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.trust.load import flat
from tests.trust.rows import ROWS

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r.name)
def test_row_is_in_the_table(row: object) -> None:
    name, short, full, _, settings = row  # type: ignore[misc]
    command = "".join(f"{k}={v} " for k, v in settings) + f"python -m {full or short}"
    lines = [line for line in PAGE.splitlines() if line.startswith(f"| {name} |")]
    assert len(lines) == 1
    assert f"`{command}`" in lines[0], command
    assert re.search(r"\d", lines[0].replace(command, "")), "how often?"


def test_tests_that_the_table_names_are_there() -> None:
    named = [shlex.split(c) for row in ROWS for c in (row.short, row.full) if c.startswith("pytest ")]
    for command in named:
        files = [word for word in command if word.startswith("tests/")]
        assert files
        for file in files:
            assert (ROOT / file).exists(), file
    texts = {row.short for row in ROWS if " -k " in row.short}
    for text in texts:
        files = [w for w in shlex.split(text) if w.startswith("tests/")]
        said = "".join((ROOT / f).read_text(encoding="utf-8") for f in files)
        for word in re.findall(r"\w+", shlex.split(text)[-1]):
            assert word == "or" or re.search(rf"def test_\w*{word}", said), text


def test_one_command_lists_and_runs_them() -> None:
    command = [sys.executable, "-m", "tests.trust"]
    listed = subprocess.run(
        [*command, "--list", "--full"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert all(f"{row.name}: " in listed.stdout for row in ROWS)
    ran = subprocess.run([*command, "clock"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    assert "clock: ok" in ran.stdout
    assert subprocess.run([*command, "x"], cwd=ROOT, capture_output=True, check=False).returncode == 2


def test_memory_that_grows_is_seen() -> None:
    steady = [(float(t), 200.0 + t % 3) for t in range(600)]
    assert not flat(steady)["grew"]
    assert flat([(t, m + t / 10) for t, m in steady])["grew"]
    late = [(t, m if t < 595 else 900.0) for t, m in steady]  # the reports that a run writes at its end
    assert not flat(late)["grew"]
    assert flat([]) == flat([(0.0, 0.0)])
