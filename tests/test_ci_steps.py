"""The runner of `.ci/run`: no failure is lost, what needs a step that failed isn't run, an interrupt ends all."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

STEPS = Path(__file__).parents[1] / ".ci" / "steps.py"
pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not STEPS.exists() or not shutil.which("bash"), reason="runs .ci/steps.py"
)


def script(folder: Path, *steps: str) -> list[str]:
    """A command that runs steps of our own in a folder."""
    (folder / ".ci").mkdir()
    shutil.copy(STEPS, folder / ".ci" / "steps.py")
    code = "import signal, sys; sys.path.insert(0, '.ci'); import steps; from steps import Step\n"
    code += f"steps.steps = lambda: [{', '.join(steps)}]\n"
    code += "for n in (signal.SIGINT, signal.SIGTERM): signal.signal(n, steps._ended)\n"
    code += "sys.exit(steps.main(sys.argv[1:]))"
    return [sys.executable, "-c", code]


def run(folder: Path, *steps: str, names: tuple[str, ...] = ()) -> tuple[int, str]:
    done = subprocess.run(
        [*script(folder, *steps), *names], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_all_well(tmp_path: Path) -> None:
    status, said = run(tmp_path, "Step('a', 'echo from a')", "Step('b', 'echo from b', ('a',))")
    assert status == 0, said
    assert said.index("a: ok") < said.index("\nfrom a") < said.index("b: ok") < said.index("\nfrom b")
    assert "all steps are ok" in said


@pytest.mark.parametrize(
    "bad", ["false", "false\\ntrue", "false | true", "exit 3", "echo $nothing", "kill -9 $$"]
)
def test_a_failure_is_told_and_stops_only_what_needs_it(tmp_path: Path, bad: str) -> None:
    status, said = run(
        tmp_path,
        f"Step('a', '{bad}')",
        "Step('b', 'echo from b', ('a',))",
        "Step('c', 'echo from c')",
        "Step('d', 'echo from d', ('b', 'c'))",
    )
    assert status == 1
    assert "a: FAILED" in said
    assert "b: NOT RUN" in said
    assert "d: NOT RUN" in said
    assert "\nfrom b" not in said
    assert "c: ok" in said
    assert "FAILED: a, b, d" in said


def test_what_ends_is_told_then_and_what_waits_for_it_begins(tmp_path: Path) -> None:
    """And not when a step before it in the list has ended, which waits for the last one here."""
    status, said = run(
        tmp_path,
        "Step('a', 'until [ -e done ]; do sleep 0.1; done')",
        "Step('b', 'echo from b')",
        "Step('c', 'touch done', ('b',))",
    )
    assert status == 0
    assert said.index("b: ok") < said.index("c: ok")


def test_names_bring_what_they_wait_for(tmp_path: Path) -> None:
    steps = ("Step('a', 'echo from a')", "Step('b', 'echo from b', ('a',))", "Step('c', 'echo from c')")
    status, said = run(tmp_path, *steps, names=("b",))
    assert status == 0, said
    assert "a: ok" in said
    assert "b: ok" in said
    assert "c: ok" not in said
    shutil.rmtree(tmp_path / ".ci")
    assert run(tmp_path, *steps, names=("x",))[0] == 1


def test_an_interrupt_ends_all(tmp_path: Path) -> None:
    command = script(tmp_path, "Step('a', 'echo $$ > pid; sleep 600 & sleep 600; true')")
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not ((tmp_path / "pid").exists() and (tmp_path / "pid").read_text()) and time.monotonic() < until:
        time.sleep(0.05)
    group = int((tmp_path / "pid").read_text())
    process.send_signal(signal.SIGINT)
    assert process.wait(60) != 0
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("something still runs")
