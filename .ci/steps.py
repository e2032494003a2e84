"""The steps of `.ci/run`: each starts when those that it waits for are done, and what it says comes when it ends.

Steps run beside each other, so that a machine with several cores isn't idle while one waits for the network;
the two commands of the README are in front, the others are nice to them. A step that fails stops none but those
that wait for it; the exit status is that of all. An interrupt ends every process that was started.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCRATCH = Path(tempfile.mkdtemp(prefix="cleantext-ci-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

#: An environment with the extras, beside the newcomer's, which has none.
VENV = SCRATCH / "venv"
PYTHON = VENV / "bin" / "python"
SKIPPED = SCRATCH / "skipped.txt"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

LINT = f"""
    {VENV}/bin/ruff check .
    {VENV}/bin/ruff format --check .
    {VENV}/bin/mypy
    {PYTHON} tools/check_lexicon.py
    {PYTHON} tools/build_calendar.py --check
    {PYTHON} tools/build_rule_table.py --check
    {PYTHON} tools/build_config_docs.py --check
    {VENV}/bin/mkdocs build --strict --quiet --site-dir {SCRATCH}/site
"""

CHROMIUM = f"""
    if ! command -v {" ".join(BROWSERS)} >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        timeout 60 apt-get -qq update &&
            DEBIAN_FRONTEND=noninteractive timeout 240 apt-get -qq install -y --no-install-recommends chromium
    fi >/dev/null 2>&1 || echo "Chromium can't be installed here"
"""

BROWSER = f"""
    if command -v {" ".join(BROWSERS)} >/dev/null; then
        {PYTHON} -m pytest -rs tests/report/test_browser.py
    else
        echo "no Chromium here: tests/report/test_browser.py is skipped"
    fi
"""


@dataclass
class Step:
    """Lines for bash; the steps that must have gone well before; by how much it steps back behind others."""

    name: str
    lines: str
    after: tuple[str, ...] = ()
    nice: int = 5
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    took: float = 0.0
    status: int | None = None

    @property
    def log(self) -> Path:
        """Where what it says is kept until it ends."""
        return SCRATCH / f"{self.name}.log"

    def start(self) -> None:
        """In a process group of its own."""
        self.began = time.monotonic()
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                ["nice", "-n", str(self.nice), "bash", "-euxo", "pipefail", "-c", self.lines],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                env=ENVIRONMENT | self.environment,
                start_new_session=True,
            )

    def ended(self) -> bool:
        """Whether it has ended by now; tells how, and what it said."""
        if self.process is None or self.status is not None:
            return self.status is not None  # not begun, or told
        status = self.process.poll()
        if status is None:
            return False
        self.status, self.took = status, time.monotonic() - self.began
        how = "ok" if status == 0 else f"FAILED with {status}"
        print(f"\n=== {self.name}: {how} in {self.took:.0f} s", flush=True)
        with self.log.open("rb") as log:
            shutil.copyfileobj(log, sys.stdout.buffer)
        sys.stdout.flush()
        return True


def stop(running: list[Step]) -> None:
    """End what still runs, and what that has started: first politely, so that tests clean up."""
    processes = [step.process for step in running if step.process is not None and step.process.poll() is None]
    for sent, seconds in ((signal.SIGINT, 10.0), (signal.SIGKILL, 10.0)):
        until = time.monotonic() + seconds
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, sent)
        for process in processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, until - time.monotonic()))


#: Compiled files go elsewhere, so that none lies about, and none is made twice.
ENVIRONMENT = {
    **os.environ,
    "CLEANTEXT_CACHE_DIR": os.environ.get("CLEANTEXT_CACHE_DIR") or str(SCRATCH / "cache"),
    "PYTHONPYCACHEPREFIX": str(SCRATCH / "pycache"),
    "NO_MKDOCS_2_WARNING": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
}


def steps() -> list[Step]:
    """All of them, in the order in which they start when nothing holds them up."""
    commands = re.findall(
        r"^python3 -m venv .+", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    if len(commands) != 2:
        sys.exit("README.md must hold two commands that begin with: python3 -m venv")
    install, test = commands
    found = [
        Step("readme-run", install, nice=0),
        Step(
            "extras",
            f"python3 -m venv {VENV}\n{VENV}/bin/pip install -q --no-compile '.[dev,components,docs,browser,html]'",
        ),
        Step("chromium", CHROMIUM),
        Step("readme-test", test, ("readme-run",), 0, {"CLEANTEXT_SKIPPED": str(SKIPPED)}),
        Step("lint", LINT, ("readme-run", "extras")),
        # The short form of tests.trust, but for what the suite has.
        Step("fuzz", f"{PYTHON} -m tests.trust fuzzing", ("readme-run", "extras")),
        Step("builds", f"{PYTHON} -m tests.trust builds threads", ("readme-run", "extras")),
        Step("lowest", f"{PYTHON} -m tests.trust 'lowest versions'", ("readme-run", "extras")),
        Step("browser", BROWSER, ("readme-run", "extras", "chromium")),
        Step(
            "portable",
            f"{PYTHON} -m pytest tests/test_rules.py tests/test_engines.py",
            ("readme-run", "extras"),
            environment={"CLEANTEXT_ENGINE": "portable"},
        ),
        # Install packages from the registry: the example plugin, and the hooks by the real pre-commit.
        Step(
            "installs",
            f"{PYTHON} -m pytest -rs tests/test_plugins.py tests/test_pre_commit.py",
            ("readme-run", "extras"),
            environment={"CLEANTEXT_TEST_INSTALLS": "1"},
        ),
        Step("speed", f"{PYTHON} -m benchmarks speed --smoke", ("readme-run", "extras")),
        Step("guard", f"{PYTHON} -m benchmarks guard --documents 60 --rounds 5", ("readme-run", "extras")),
        # Once more what was skipped without the extras.
        Step(
            "skipped",
            f"test ! -s {SKIPPED} || {PYTHON} -m pytest -rs @{SKIPPED}",
            ("readme-test", "extras"),
            0,
        ),
    ]
    found += [Step(name, f".ci/{name}", ("readme-run",)) for name in ("engines", "uses")]
    return found


def main(names: list[str]) -> int:
    """Run them; with names only these and what they wait for."""
    began = time.monotonic()
    todo = steps()
    by_name = {step.name: step for step in todo}
    if unknown := set(names) - by_name.keys():
        sys.exit(f"no such step: {', '.join(sorted(unknown))}; there are: {', '.join(by_name)}")
    wanted = set(names or by_name)
    for step in reversed(todo):
        if step.name in wanted:
            wanted.update(step.after)
    todo = [step for step in todo if step.name in wanted]
    shutil.rmtree(ROOT / ".venv", ignore_errors=True)
    shutil.rmtree(ROOT / "out", ignore_errors=True)
    waiting = list(todo)
    try:
        while sum(step.ended() for step in todo) < len(todo):  # asks every one
            for step in list(waiting):
                before = [by_name[name] for name in step.after]
                if any(other.status or (other.status is None and other not in todo) for other in before):
                    waiting.remove(step)
                    step.status = -1
                    print(f"\n=== {step.name}: NOT RUN, for it needs {', '.join(step.after)}", flush=True)
                elif all(other.status == 0 for other in before):
                    waiting.remove(step)
                    step.start()
            time.sleep(0.2)
    finally:
        stop(todo)
    failed = [step.name for step in todo if step.status != 0]
    print(f"\n=== {time.monotonic() - began:.0f} s: " + ", ".join(f"{s.name} {s.took:.0f}" for s in todo))
    print(f"FAILED: {', '.join(failed)}" if failed else "all steps are ok")
    return 1 if failed else 0


def _ended(number: int, frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    # Set anew, for a shell that starts this in the background has it ignored, and so would the tests.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _ended)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("interrupted")
