"""`cleantext run --engine`: the bytes of a run here, whatever happens to the workers."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from cleantext.config import Config
from cleantext.engines import spread as module
from cleantext.engines.spread import in_order, spread, work
from cleantext.errors import OutputError
from cleantext.io import records
from cleantext.io.atomic import NoSpaceError
from cleantext.report.jsonl import from_line
from cleantext.run.folder import Limits, run_folder
from cleantext.run.plan import plan
from cleantext.run.pool import CRASHED, Part, Works
from cleantext.run.work import Outcome
from tests.cli.conftest import Cli
from tests.engines.conftest import START
from tests.fake import FakeCleaner
from tests.io.formats import MAKE, TEXTS, pack
from tests.run.test_resume import read_all

KILLER = "[[a]] KILL"


def corpus(folder: Path, flag: Path) -> Path:
    """Files of several formats, one of which brings a worker down the first time, in the middle."""
    folder.mkdir()
    for i in range(40):
        (folder / f"a{i:02}.txt").write_text(f"[[noise]]{i}")
    (folder / "a20.txt").write_text(f"ONCE {flag}")
    (folder / "a30.txt").write_text("RAISE")
    for form in ("csv", "jsonl", "wet"):
        (folder / f"b.{form}.gz").write_bytes(pack(MAKE[form](TEXTS * 30), "gz"))
    return folder


def run(source: Path, out: Path, **options: Any) -> None:
    run_folder(str(source), str(out), plan(str(source)), FakeCleaner(), Config(), **options)


@pytest.mark.parametrize("name", ["ray", "spark"])
def test_run_equals_the_one_here_though_workers_die(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, name: str
) -> None:
    request.getfixturevalue(name)
    monkeypatch.setattr(records, "BLOCK", 300)
    flag = tmp_path / "flag"
    source = corpus(tmp_path / "in", flag)
    (source / "c.txt").write_text(KILLER)
    flag.touch()
    run(source, tmp_path / "here", jobs=2)
    flag.unlink()
    run(source, tmp_path / "there", spread=spread(name))  # type: ignore[arg-type]
    assert flag.exists()
    assert read_all(tmp_path / "there") == read_all(tmp_path / "here")
    failed = [r for r in map(from_line, (tmp_path / "there/report.jsonl").open("rb")) if r.status == "failed"]
    assert [(r.path, r.reason == CRASHED) for r in failed] == [("a30.txt", False), ("c.txt", True)]


@pytest.mark.parametrize("name", ["ray", "spark"])
def test_command(cli: Cli, here: Path, request: pytest.FixtureRequest, name: str) -> None:
    request.getfixturevalue(name)
    Path("in").mkdir()
    for i in range(5):
        Path(f"in/{i}.txt").write_text("They meet on Marcus EriksonTuesday, kicking off a tour.\n")
    result = cli("run", "in", "there", "--engine", name)
    assert result.exit_code == 0, result.output
    assert cli("run", "in", "here").exit_code == 0
    assert read_all(here / "there") == read_all(here / "here")
    assert Path("there/4.txt").read_text() == "They meet on Tuesday, kicking off a tour.\n"


@pytest.mark.parametrize("name", ["ray", "spark"])
def test_engine_starts_and_ends_by_itself(tmp_path: Path, name: str) -> None:
    """In a process of its own, where nobody has started an engine."""
    START[name]()
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("They meet on Marcus EriksonTuesday, kicking off a tour.\n")
    done = START["command"]("run", "in", "out", "--engine", name, "--jobs", "1", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out/a.txt").read_text() == "They meet on Tuesday, kicking off a tour.\n"


class Here:
    """An engine of threads; parts with a text fail or hang as the text says."""

    width = 2

    def __init__(self, worker: Works) -> None:
        self._worker = pickle.dumps(worker)
        self._threads = ThreadPoolExecutor(2)
        self.cancelled = 0
        self.most = self.under_way = 0

    def submit(self, part: Part) -> Future[Outcome | Exception]:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        data = pickle.dumps(part)
        if b"HANGS" in data:
            return Future()
        return self._threads.submit(self._do, data)

    def _do(self, data: bytes) -> Outcome | Exception:
        if b"BREAKS" in data:
            raise RuntimeError("the engine gave up")
        return work("key", lambda: pickle.loads(self._worker), pickle.loads(data))

    def cancel(self, future: Future[Outcome | Exception]) -> None:
        self.cancelled += 1

    def close(self) -> None:
        self._threads.shutdown()


def threads(made: list[Here]) -> Any:
    def run(parts: Iterator[Part], worker: Works, jobs: int | None, timeout: float, /) -> Any:
        module._kept.clear()
        made.append(Here(worker))
        for part, outcome in in_order(parts, worker, made[-1], timeout):
            made[-1].under_way -= outcome is not None
            yield part, outcome
        made[-1].close()

    return run


def test_what_an_engine_gives_up_is_done_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.1)
    monkeypatch.setattr(records, "BLOCK", 100)
    source = tmp_path / "in"
    source.mkdir()
    texts = ["[[a]]b", "BREAKS [[a]]b", "HANGS [[a]]", "[[d]]"] * 3
    (source / "a.jsonl").write_text("".join(f'{{"text": "{text * 9}"}}\n' for text in texts))
    run(source, tmp_path / "here", jobs=0)
    made: list[Here] = []
    run(source, tmp_path / "there", spread=threads(made), limits=Limits(timeout=0.5))
    assert read_all(tmp_path / "there") == read_all(tmp_path / "here")
    assert made[0].cancelled >= 6  # and what took long by chance
    assert made[0].most <= Here.width * module.AHEAD


class Full:
    def clean(self, text: str, lang: str | None = None, url: str | None = None) -> object:
        raise NoSpaceError("can't write here")


def test_full_disk_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("a")
    with pytest.raises(NoSpaceError):
        run_folder(
            str(tmp_path / "in"),
            str(tmp_path / "out"),
            plan(str(tmp_path / "in")),
            Full(),  # type: ignore[arg-type]
            Config(),
            spread=threads([]),
        )


def test_places_that_only_this_process_sees_are_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("a")
    with pytest.raises(OutputError, match="a folder or a URL that all machines see"):
        run(tmp_path / "in", Path("-"), spread=threads([]))
