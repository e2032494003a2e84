"""A run that is killed at any moment and given again ends with the bytes of one that was left alone.

``CLEANTEXT_KILLS`` is the number of runs that are killed, ``CLEANTEXT_KILL_MB`` the size of the corpus.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import shutil
import signal
import string
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import pytest

from cleantext.config import Config
from cleantext.errors import OutputError
from cleantext.io import records
from cleantext.run import folder
from cleantext.run.folder import Limits, TooManyFailuresError, run_folder
from cleantext.run.plan import OUTPUTS, plan
from cleantext.run.state import Progress
from tests.cli.process import ENVIRONMENT
from tests.fake import FakeCleaner
from tests.io.formats import MAKE, RECORDS, TEXTS, pack

KILLS = int(os.environ.get("CLEANTEXT_KILLS", "6"))
MEGABYTES = float(os.environ.get("CLEANTEXT_KILL_MB", "1"))

RUN = """
import re
import sys

import cleantext
from cleantext.config import Config
from cleantext.io import html
from cleantext.run import folder
from cleantext.run.folder import run_folder
from cleantext.run.plan import plan
from tests.fake import FakeCleaner
from cleantext.io import csv, parquet, records, warc


def extract(page, url=None, cleaner=None):
    return cleaner.clean(re.sub("<[^<>]*>", "", page.decode()))  # as good as any, and quick


cleantext.extract = extract
html.available = lambda: True

if __name__ == "__main__":
    source, out, jobs, commit = sys.argv[1:]
    folder.COMMIT_EVERY = float(commit)
    for module in (csv, parquet, records, warc):
        module.BLOCK = 1 << 14
    run_folder(source, out, plan(source), FakeCleaner(), Config(), jobs=int(jobs))
"""


def read_all(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A mixed corpus: files of all formats that this installation reads, and many small documents."""
    folder = tmp_path_factory.mktemp("corpus")
    chance = random.Random(21)
    forms = [f for f in RECORDS if f != "parquet" or importlib.util.find_spec("pyarrow")]
    packings = ["", "gz"] + (["zst"] if importlib.util.find_spec("zstandard") else [])
    names = [(f, p) for f in forms for p in packings if not (f == "parquet" and p)]
    size = int(MEGABYTES * 1_000_000 / (len(names) + 1))

    def filler(text: str, length: int) -> str:
        return "".join(chance.choices(string.ascii_lowercase + "  ", k=length)) + text  # doesn't pack well

    for form, packing in names:
        length = {"": 430, "gz": 700, "zst": 700}[packing]
        some = [filler(t, length) for _ in range(max(1, size // 2600)) for t in TEXTS]
        (folder / f"{form}.{form}{'.' + packing if packing else ''}").write_bytes(
            pack(MAKE[form](some), packing)
        )
    (folder / "some").mkdir()
    for i in range(min(1500, size // 1000)):
        (folder / f"some/{i:05}.{'md' if i % 3 else 'txt'}").write_text(
            filler(TEXTS[i % len(TEXTS)], 700), newline=""
        )
    web = [filler(TEXTS[i % 2], 3000) for i in range(min(200, size // 5000))]
    for i, text in enumerate(web):
        (folder / f"some/{i:05}.html").write_bytes(MAKE["html"]([text]))
    (folder / "pages.warc.gz").write_bytes(pack(MAKE["warc"](web), "gz"))
    (folder / "some/bad.txt").write_bytes(b"\xff")
    (folder / "broken.jsonl.gz").write_bytes(pack(MAKE["jsonl"](TEXTS * 50), "gz")[:-20])
    if "CLEANTEXT_KILL_MB" in os.environ:
        assert sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) >= MEGABYTES * 1e6
    return folder


def start(script: Path, corpus: Path, out: Path, jobs: int, commit: float) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(script), str(corpus), str(out), str(jobs), str(commit)]
    return subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE)


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_killed_anywhere_and_given_again_ends_with_the_same_bytes(tmp_path: Path, corpus: Path) -> None:
    """Every third run is killed more than once; a moment that comes too late is no kill and isn't counted."""
    script = tmp_path / "run_it.py"
    script.write_text(RUN)
    whole = tmp_path / "whole"
    took = {}
    for jobs in (2, 1, 0):
        shutil.rmtree(whole, ignore_errors=True)
        began = time.monotonic()
        process = start(script, corpus, whole, jobs, 1.0)
        assert process.wait() == 0, process.communicate()
        took[jobs] = time.monotonic() - began
    wanted = read_all(whole)
    chance = random.Random(8)
    killed = rounds = 0
    again: list[int] = []
    while killed < KILLS:
        rounds += 1
        assert rounds <= 20 * KILLS, "the moments come too late"
        out = tmp_path / f"out{rounds}"
        times = 0
        jobs, commit = chance.choice((0, 1, 2)), chance.choice((0.0, 0.05, 0.2))
        for _ in range((1, 1, 3)[rounds % 3]):
            process = start(script, corpus, out, jobs, commit)
            try:
                process.wait(timeout=chance.uniform(0.05, 1.0) * took[jobs])
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                if process.returncode == -signal.SIGKILL:
                    times += 1
            if process.returncode == 0:
                break
        killed += times
        again.append(times)
        print(f"run {rounds}: {jobs} processes, {times} kills, {killed} of {KILLS}", flush=True)
        while process.returncode != 0:
            process = start(script, corpus, out, jobs, commit)
            message = process.communicate()[1].decode()
            if (out / "summary.json").exists() and not (out / ".cleantext-run/state.json").exists():
                break  # it was killed after its last deed
            assert process.returncode == 0, message
        got = read_all(out)
        got = {name: data for name, data in got.items() if not name.startswith(".cleantext-run/")}
        assert got.keys() == wanted.keys()
        for name in wanted:
            assert got[name] == wanted[name], f"{name} of run {rounds}"
        shutil.rmtree(out)
    print(
        f"{killed} kills in {rounds} runs, {sum(n > 1 for n in again)} of them killed more than once",
        flush=True,
    )


class Stops:
    """A cleaner that lets a run stop after some documents, as a kill would."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, done: object) -> None:
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt


def interrupted(source: Path, out: Path, after: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_folder(
            str(source),
            str(out),
            plan(str(source)),
            FakeCleaner(),
            Config(),
            jobs=0,
            on_progress=Stops(after),
        )


def small(folder: Path) -> Path:
    folder.mkdir()
    for i in range(6):
        (folder / f"{i}.txt").write_text(f"[[noise]]{i}")
    (folder / "b.jsonl").write_bytes(MAKE["jsonl"](TEXTS))
    return folder


def test_stopped_after_any_commit_and_given_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a commit after each part, and before each result is put in place."""
    monkeypatch.setattr(folder, "COMMIT_EVERY", 0.0)
    monkeypatch.setattr(records, "BLOCK", 300)
    source = small(tmp_path / "in")
    (source / "c.jsonl.gz").write_bytes(pack(MAKE["jsonl"](TEXTS), "gz"))
    (source / "d.jsonl.gz").write_bytes(pack(b"", "gz"))
    real = Progress.commit
    left = commits = 0

    def commit(progress: Progress, *files: IO[bytes], sync: bool = True) -> None:
        nonlocal left, commits
        real(progress, *files, sync=sync)
        commits += 1
        left -= 1
        if left == 0:
            raise KeyboardInterrupt

    def run(out: Path) -> None:
        run_folder(str(source), str(out), plan(str(source)), FakeCleaner(), Config(), jobs=0)

    monkeypatch.setattr(Progress, "commit", commit)
    run(tmp_path / "whole")
    for after in range(1, commits + 1):
        out = tmp_path / f"out{after}"
        left = after
        with pytest.raises(KeyboardInterrupt):
            run(out)
        run(out)
        assert read_all(out) == read_all(tmp_path / "whole"), f"after commit {after}"


def test_other_input_or_settings_are_refused_and_overwrite_begins_anew(tmp_path: Path) -> None:
    source, out = small(tmp_path / "in"), tmp_path / "out"
    interrupted(source, out, 3)
    with pytest.raises(OutputError, match="interrupted, over another input, or with other settings"):
        run_folder(str(source), str(out), plan(str(source)), FakeCleaner(), Config(mode="aggressive"))
    (source / "0.txt").write_text("another")
    with pytest.raises(OutputError, match="--overwrite to begin anew"):
        run_folder(str(source), str(out), plan(str(source)), FakeCleaner(), Config())
    run_folder(str(source), str(out), plan(str(source)), FakeCleaner(), Config(), overwrite=True)
    assert (out / "0.txt").read_text() == "another"
    assert not (out / ".cleantext-run").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs flock")
def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    source, out = small(tmp_path / "in"), tmp_path / "out"

    def second(done: object) -> None:
        with pytest.raises(OutputError, match="another run is writing"):
            run_folder(str(source), str(out), plan(str(source)), FakeCleaner(), Config())

    run_folder(str(source), str(out), plan(str(source)), FakeCleaner(), Config(), jobs=0, on_progress=second)


def test_finished_run_is_not_taken_up_again(tmp_path: Path) -> None:
    source, out = small(tmp_path / "in"), tmp_path / "out"
    run_folder(str(source), str(out), plan(str(source)), FakeCleaner(), Config())
    with pytest.raises(OutputError, match="--overwrite"):
        run_folder(str(source), str(out), plan(str(source)), FakeCleaner(), Config())


def test_too_many_failures_stop_a_run_that_can_go_on(tmp_path: Path) -> None:
    source, out = small(tmp_path / "in"), tmp_path / "out"
    for i in (1, 2, 3):
        (source / f"{i}.txt").write_bytes(b"\xff")

    def run(most: int | None) -> None:
        limits = Limits(max_failures=most)
        run_folder(str(source), str(out), plan(str(source)), FakeCleaner(), Config(), jobs=0, limits=limits)

    with pytest.raises(TooManyFailuresError, match="2 documents failed, more than --max-failures 1"):
        run(1)
    assert not set(OUTPUTS) & set(os.listdir(out))
    run(None)
    numbers = json.loads((out / "summary.json").read_bytes())
    assert (numbers["failed"], numbers["in"]) == (3, 6 + len(TEXTS))
