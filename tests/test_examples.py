"""The examples of other tools: the GitHub Action's script, and a DVC stage run by the real dvc."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import ENVIRONMENT

ROOT = Path(__file__).parents[1]
NOISE = "They meet on Marcus EriksonTuesday, kicking off a tour.\n"
CLEAN = "They meet on Tuesday, kicking off a tour.\n"


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """One in which `cleantext` is this package, in an empty folder that is the current one."""
    programs = tmp_path / "programs"
    programs.mkdir()
    script = programs / "cleantext"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cleantext "$@"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return {**ENVIRONMENT, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}


def action(environment: dict[str, str], **inputs: str) -> subprocess.CompletedProcess[str]:
    given = {f"INPUT_{name.upper()}": value for name, value in inputs.items()}
    more = {"GITHUB_OUTPUT": "output", "GITHUB_STEP_SUMMARY": "summary"}
    return subprocess.run(
        ["bash", str(ROOT / "tools" / "action.sh")],
        env={**environment, **given, **more},
        capture_output=True,
        text=True,
        check=False,
    )


needs_bash = pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")


@needs_bash
def test_action_marks_noise_and_writes_sarif(environment: dict[str, str]) -> None:
    Path("a b").mkdir()
    Path("a b/noisy.txt").write_text(NOISE)
    Path("clean.txt").write_text(CLEAN)
    done = action(environment, paths="a b\nclean.txt\n", args="--mode aggressive", sarif="out.sarif")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::warning file=a b/noisy.txt,line=1,")
    assert json.loads(Path("out.sarif").read_text())["runs"][0]["results"][0]["ruleId"] == "CT101"
    assert Path("output").read_text() == "status=1\n"
    assert "CT101" in Path("summary").read_text()
    assert Path("a b/noisy.txt").read_text() == NOISE
    assert action(environment, paths="a b", fail="false").returncode == 0


@needs_bash
def test_action_on_clean_and_missing_files(environment: dict[str, str]) -> None:
    Path("clean.txt").write_text(CLEAN)
    assert action(environment).returncode == 0
    assert "nothing was found" in Path("summary").read_text()
    assert action(environment, paths="none.txt", fail="false").returncode == 2
    assert Path("output").read_text() == "status=0\nstatus=2\n"


@needs_bash
def test_action_runs_nothing_that_an_input_holds(environment: dict[str, str]) -> None:
    action(
        environment,
        paths="$(touch owned1)\n`touch owned2`;touch owned3",
        args="; touch owned4 $(touch owned5)",
    )
    assert sorted(os.listdir()) == ["output"]


def test_action_gives_the_script_all_of_its_inputs() -> None:
    text = (ROOT / "action.yml").read_text()
    inputs = re.findall(r"^  (\w+): \{ description", text, re.M)
    script = (ROOT / "tools" / "action.sh").read_text()
    for name in inputs:
        assert f"INPUT_{name.upper()}: ${{{{ inputs.{name} }}}}" in text
        assert f"INPUT_{name.upper()}" in script


def test_dvc_stage(environment: dict[str, str], tmp_path: Path) -> None:
    dvc = shutil.which("dvc") or shutil.which("dvc", path=str(Path(sys.executable).parent))
    if dvc is None:
        pytest.skip("dvc is not installed")
    shutil.copytree(ROOT / "examples" / "dvc", ".", dirs_exist_ok=True)
    # nothing of the person who runs the tests is read or written
    home = {name: str(tmp_path / name.lower()) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    site = {
        "DVC_SITE_CACHE_DIR": str(tmp_path / "site"),
        "DVC_NO_ANALYTICS": "1",
        "CLEANTEXT_CACHE_DIR": str(tmp_path / "cache"),
    }

    def run(*command: str) -> str:
        done = subprocess.run(
            command, env={**environment, **home, **site}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run(dvc, "init", "--no-scm", "-q")
    assert "Running stage 'clean'" in run(dvc, "repro")
    assert Path("clean/tour.txt").read_text() == CLEAN
    assert json.loads(Path("metrics.json").read_text())["cleaned"] == 1
    assert "didn't change, skipping" in run(dvc, "repro")
    Path("cleantext.toml").write_text('ignore = ["CT101"]\n')
    assert "Running stage 'clean'" in run(dvc, "repro")
    assert Path("clean/tour.txt").read_text() == NOISE
