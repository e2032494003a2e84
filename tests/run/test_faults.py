"""What can go wrong under a run: after each fault no input has changed, nothing is half written under its
final name, the report accounts for every document, and the same command finishes."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleantext.config import Config
from cleantext.errors import CleantextError, OutputError
from cleantext.io import records
from cleantext.run import pool
from cleantext.run.folder import Limits, run_folder
from cleantext.run.plan import OUTPUTS, plan
from cleantext.run.pool import CRASHED
from tests.cli.process import ENVIRONMENT
from tests.fake import FakeCleaner
from tests.io.formats import MAKE, TEXTS, pack
from tests.run.test_resume import read_all

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")

RUN = """
import sys
from cleantext.config import Config
from cleantext.run.folder import run_folder
from cleantext.run.plan import plan
from tests.fake import FakeCleaner

if __name__ == "__main__":
    source, out, jobs = sys.argv[1:]
    run_folder(source, out, plan(source), FakeCleaner(), Config(), jobs=int(jobs))
"""


def corpus(folder: Path, count: int = 30) -> Path:
    folder.mkdir(parents=True)
    for i in range(count):
        (folder / f"a{i:03}.txt").write_text(f"[[noise]]{i}" + "x" * 2000)
    (folder / "b.jsonl.gz").write_bytes(pack(MAKE["jsonl"](TEXTS * 20), "gz"))
    (folder / "c.csv").write_bytes(MAKE["csv"](TEXTS * 20))
    return folder


def run(source: Path, out: Path, **options: Any) -> dict[str, Any]:
    return run_folder(
        str(source), str(out), plan(str(source)), FakeCleaner(), Config(), **options
    ).as_mapping()


def finished(out: Path) -> dict[str, bytes]:
    """What is in `out` under its final name."""
    return {name: data for name, data in read_all(out).items() if not name.startswith(".cleantext-run/")}


def accounts(out: Path) -> dict[str, str | None]:
    """The failed documents and why, after making sure that the numbers and the lines agree."""
    numbers = json.loads((out / "summary.json").read_bytes())
    lines = [json.loads(line) for line in (out / "report.jsonl").read_bytes().splitlines()]
    assert numbers["in"] == numbers["cleaned"] + numbers["unchanged"] + numbers["failed"] == len(lines)
    failed = {line["path"]: line["reason"] for line in lines if line["status"] == "failed"}
    assert {f["path"].partition("#")[0] for f in numbers["failures"]} == set(failed)
    return failed


def ends_as_if_nothing_was(source: Path, out: Path, before: dict[str, bytes], whole: Path) -> None:
    """After a fault: inputs, what is there already, and the run given again."""
    run(source, whole)
    wanted = read_all(whole)
    there = finished(out)
    assert {name: wanted.get(name) for name in there} == there, "half written, or something else"
    if out.exists() and not (out / "summary.json").exists():
        run(source, out)
    assert finished(out) == wanted
    assert read_all(source) == before
    accounts(out)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 100 kB, where this process may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=100k", "cleantext-test", str(place)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("may not mount a file system here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


def remount(place: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(place)], check=True, capture_output=True)


@pytest.mark.parametrize("jobs", [0, 2])
def test_disk_that_is_full(tmp_path: Path, small_disk: Path, jobs: int) -> None:
    source, out = corpus(tmp_path / "in", 80), small_disk / "out"
    before = read_all(source)
    with pytest.raises(OutputError, match="no space left on device"):
        run(source, out, jobs=jobs)
    assert not set(OUTPUTS) & set(os.listdir(out))
    remount(small_disk, "size=20m")
    ends_as_if_nothing_was(source, out, before, tmp_path / "whole")


def test_disk_that_is_read_only(tmp_path: Path, small_disk: Path) -> None:
    source, out = corpus(tmp_path / "in"), small_disk / "out"
    before = read_all(source)
    remount(small_disk, "size=20m,ro")
    with pytest.raises(OutputError, match="read-only"):
        run(source, out)
    assert not out.exists()
    remount(small_disk, "rw")
    run(source, out)
    ends_as_if_nothing_was(source, out, before, tmp_path / "whole")


def test_permission_that_is_lost_in_the_middle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The superuser has every permission, so the system's answer is made here."""
    source, out = corpus(tmp_path / "in"), tmp_path / "out"
    before = read_all(source)
    real = os.replace

    def replace(one: str, other: str) -> None:
        if "a01" in other:
            raise PermissionError(13, "Permission denied", other)
        real(one, other)

    monkeypatch.setattr(os, "replace", replace)
    run(source, out)
    failed = accounts(out)
    assert set(failed) == {f"a01{i}.txt" for i in range(10)}
    assert all("permission denied" in str(reason).lower() for reason in failed.values())
    assert not [p for p in out.iterdir() if p.name.startswith("a01")]
    monkeypatch.undo()
    run(source, out, overwrite=True)
    ends_as_if_nothing_was(source, out, before, tmp_path / "whole")


@pytest.mark.parametrize("jobs", [0, 2])
def test_files_that_change_and_go_under_the_run(tmp_path: Path, jobs: int) -> None:
    source, out = corpus(tmp_path / "in", 80), tmp_path / "out"
    found = plan(str(source))
    (source / "a050.txt").unlink()
    (source / "a060.txt").write_text("[[other]]text")
    (source / "c.csv").unlink()
    with open(source / "b.jsonl.gz", "r+b") as f:
        f.truncate(150)
    run_folder(str(source), str(out), found, FakeCleaner(), Config(), jobs=jobs)
    failed = accounts(out)
    assert {"a050.txt", "c.csv", "b.jsonl.gz"} == set(failed)
    assert "no such file" in str(failed["a050.txt"])
    assert "cut off" in str(failed["b.jsonl.gz"])
    assert (out / "a060.txt").read_text() == "text"
    assert not (out / "a050.txt").exists()


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst", "a.parquet", "a.wet", "a.wet.gz", "a.csv.gz"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.97])
def test_files_that_were_cut_off(tmp_path: Path, name: str, share: float) -> None:
    form, packing = name.split(".")[1], name.partition(".")[2].partition(".")[2]
    data = pack(MAKE[form](TEXTS * 200), packing)
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / name).write_bytes(data[: int(share * len(data))])
    (source / "b.txt").write_text("[[a]]b")
    before = read_all(source)
    run(source, out)
    assert name in accounts(out)
    assert (out / "b.txt").read_text() == "b"
    assert read_all(source) == before


@pytest.mark.parametrize("jobs", [1, 2])
def test_workers_that_somebody_kills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    monkeypatch.setattr(records, "BLOCK", 500)
    source, out = corpus(tmp_path / "in", 60), tmp_path / "out"
    before = read_all(source)
    started: list[Any] = []
    real = pool._Process.__init__

    def init(process: Any, worker: Any) -> None:
        real(process, worker)
        started.append(process.process)

    monkeypatch.setattr(pool._Process, "__init__", init)
    seen = killed = 0

    def kill(done: object) -> None:
        nonlocal seen, killed
        seen += 1
        alive = [p for p in started if p.exitcode is None]
        # So far apart that no document is under way at two of them: that would be its own fault.
        if killed < 3 and seen > (killed + 1) * 2 * pool.AHEAD and alive:
            killed += 1
            alive[-1].kill()
            alive[-1].join()

    run(source, out, jobs=jobs, on_progress=kill)
    assert killed == 3
    assert len(started) > jobs
    ends_as_if_nothing_was(source, out, before, tmp_path / "whole")


def test_error_of_the_caller_is_no_error_of_the_output(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in"), tmp_path / "out"
    before = read_all(source)

    def fail(done: object) -> None:
        raise BrokenPipeError("the caller's own")

    with pytest.raises(BrokenPipeError, match="own"):
        run(source, out, on_progress=fail)
    ends_as_if_nothing_was(source, out, before, tmp_path / "whole")


class Hungry(FakeCleaner):
    """Takes more memory than there is for a text that says so."""

    def clean(self, text: str, lang: str | None = None, url: str | None = None) -> Any:
        if text.startswith("LIMIT"):
            used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
            resource.setrlimit(
                resource.RLIMIT_AS, (used + 50_000_000, resource.getrlimit(resource.RLIMIT_AS)[1])
            )
        if "HUNGRY" in text:
            bytearray(400_000_000)
        return super().clean(text, lang, url)


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="reads /proc")
def test_worker_that_has_no_memory_left(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for i, text in enumerate(["LIMIT", "[[a]]b", "HUNGRY", "[[a]]c", "HUNGRY", "d"]):
        (source / f"{i}.txt").write_text(text)
    run_folder(str(source), str(out), plan(str(source)), Hungry(), Config(), jobs=1)
    failed = accounts(out)
    assert set(failed) == {"2.txt", "4.txt"}
    assert all("MemoryError" in str(r) or r == CRASHED for r in failed.values())
    assert (out / "3.txt").read_text() == "c"


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda s: s.name)
@pytest.mark.parametrize("jobs", [0, 2])
def test_signals(tmp_path: Path, sent: signal.Signals, jobs: int) -> None:
    source, out = corpus(tmp_path / "in", 400), tmp_path / "out"
    before = read_all(source)
    (tmp_path / "run_it.py").write_text(RUN)
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "run_it.py"), str(source), str(out), str(jobs)],
        env=ENVIRONMENT,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    deadline = time.monotonic() + 120
    while not (out / "a003.txt").exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    process.send_signal(sent)
    process.wait(timeout=120)
    deadline = time.monotonic() + 120  # workers end by themselves when their pipe does
    while time.monotonic() < deadline:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    else:
        pytest.fail("workers are left over")
    ends_as_if_nothing_was(source, out, before, tmp_path / "whole")


def test_clock_that_jumps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An hour back or a year on: nothing in the results knows the time of day."""
    source, out = corpus(tmp_path / "in"), tmp_path / "out"
    before = read_all(source)
    real, jumps = time.time, 0

    def jumping() -> float:
        nonlocal jumps
        jumps += 1
        return real() + (-3600 if jumps % 2 else 31_000_000)

    monkeypatch.setattr(time, "time", jumping)
    run(source, out, jobs=2, limits=Limits(timeout=20))
    monkeypatch.undo()
    ends_as_if_nothing_was(source, out, before, tmp_path / "whole")


def test_two_runs_on_one_folder(tmp_path: Path) -> None:
    """The second is told, and the first isn't disturbed."""
    source, out = corpus(tmp_path / "in"), tmp_path / "out"
    before = read_all(source)
    refused = 0

    def second(done: object) -> None:
        nonlocal refused
        for overwrite in (False, True):
            with pytest.raises(
                CleantextError, match=r"another run is writing to .*: wait until it has ended"
            ):
                run(source, out, overwrite=overwrite)
            refused += 1

    run(source, out, jobs=0, on_progress=second)
    assert refused > 2
    ends_as_if_nothing_was(source, out, before, tmp_path / "whole")
