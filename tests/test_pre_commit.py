"""The hooks, run by the real pre-commit, which installs this repository as it would for anybody."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.installs import installs

ROOT = Path(__file__).parents[1]
NOISE = "They meet on Marcus EriksonTuesday, kicking off a tour.\n"
CLEAN = "They meet on Tuesday, kicking off a tour.\n"


def git(*args: str, cwd: Path) -> None:
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", *args], cwd=cwd, check=True, capture_output=True
    )


def test_hooks_name_the_commands() -> None:
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert re.findall(r"id: (.+)", text) == ["cleantext-check", "cleantext-fix"]
    assert re.findall(r"entry: (.+)", text) == ["cleantext check", "cleantext fix"]
    files = re.findall(r"files: (.+)", text)
    for name, yes in {
        "a.txt": 1,
        "b/A.MD": 1,
        "a.rst": 1,
        "a.text": 1,
        "a.py": 0,
        "txt": 0,
        "a.txt.gz": 0,
    }.items():
        assert all(bool(re.search(pattern, name)) == bool(yes) for pattern in files)


@installs
def test_try_repo(tmp_path: Path) -> None:
    pytest.importorskip("pre_commit", reason="pre-commit is not installed: pip install '.[dev]'")
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    hooks = tmp_path / "hooks"  # what is in this folder now, committed or not
    hooks.mkdir()
    for name in (
        "cleantext",
        "pyproject.toml",
        "hatch_build.py",
        "README.md",
        "LICENSE",
        ".pre-commit-hooks.yaml",
    ):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, hooks / name, ignore=shutil.ignore_patterns("__pycache__", "*.so", "*.pyd")
            )
        else:
            shutil.copy(source, hooks / name)
    git("init", "-q", cwd=hooks)
    git("add", "-A", cwd=hooks)
    git("commit", "-q", "-m", "x", cwd=hooks)
    repo = tmp_path / "repo"
    repo.mkdir()
    git("init", "-q", cwd=repo)
    (repo / "noisy.txt").write_text(NOISE)
    (repo / "clean.md").write_text(CLEAN)
    (repo / "code.py").write_text(f"# {NOISE}")
    git("add", "-A", cwd=repo)
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home"), "PRE_COMMIT_COLOR": "never"}
    environment.pop("PYTHONPATH", None)

    def run(hook: str) -> subprocess.CompletedProcess[str]:
        command = [
            sys.executable,
            "-m",
            "pre_commit",
            "try-repo",
            str(hooks),
            hook,
            "--all-files",
            "--verbose",
        ]
        return subprocess.run(command, cwd=repo, env=environment, capture_output=True, text=True, check=False)

    checked = run("cleantext-check")
    assert checked.returncode == 1, checked.stdout + checked.stderr
    assert "noisy.txt:1:" in checked.stdout
    assert "exit code: 1" in checked.stdout
    assert "clean.md" not in checked.stdout
    assert "code.py" not in checked.stdout
    assert (repo / "noisy.txt").read_text() == NOISE
    fixed = run("cleantext-fix")
    assert fixed.returncode == 1
    assert "files were modified by this hook" in fixed.stdout
    assert (repo / "noisy.txt").read_text() == CLEAN
    assert NOISE in (repo / "code.py").read_text()
    git("add", "-A", cwd=repo)
    assert run("cleantext-check").returncode == 0
    assert run("cleantext-fix").returncode == 0
