from collections.abc import Iterator
from pathlib import Path

import pytest

from cleantext.io.atomic import NoSpaceError
from cleantext.io.store import Store
from cleantext.report.jsonl import DocumentRecord, from_line
from cleantext.run import pool
from cleantext.run.parts import Selection, all_parts
from cleantext.run.plan import Plan, Source, plan
from cleantext.run.pool import CRASHED, default_jobs, outcomes
from cleantext.run.work import Options, Worker
from tests.fake import FakeCleaner


def documents(folder: Path, texts: list[str]) -> Plan:
    folder.mkdir()
    for i, text in enumerate(texts):
        (folder / f"{i:03}.txt").write_text(text)
    return plan(str(folder))


def results(
    found: Plan, out: Path, jobs: int, *, chunk: int = 2, timeout: float = 30, cleaner: object = None
) -> list[DocumentRecord]:
    scratch = out / "scratch"
    scratch.mkdir(parents=True)
    worker = Worker(cleaner or FakeCleaner(), Store(str(out), str(scratch)), Options())  # type: ignore[arg-type]

    def lines() -> Iterator[bytes]:
        parts = all_parts(found, Options(), Selection(), chunk=chunk)
        for _, outcome in outcomes(parts, worker, jobs, timeout):
            assert outcome is not None
            yield from outcome.lines

    return [from_line(line) for line in lines()]


def test_order_and_lines_do_not_depend_on_the_number_of_processes(tmp_path: Path) -> None:
    found = documents(tmp_path / "in", [f"text {i} [[noise]]" * i for i in range(25)])
    none, one, two = (results(found, tmp_path / f"out{jobs}", jobs) for jobs in (0, 1, 2))
    assert none == one == two
    assert len(one) == 25


def test_document_that_kills_its_process_fails_alone(tmp_path: Path) -> None:
    texts = ["fine [[noise]]"] * 12
    texts[4] = texts[9] = "KILL"
    found = documents(tmp_path / "in", texts)
    records = results(found, tmp_path / "out", 2, chunk=3)
    assert [r.path for r in records] == [d.place for d in found.documents]
    assert [i for i, r in enumerate(records) if r.status == "failed"] == [4, 9]
    assert records[4].reason == CRASHED
    assert not (tmp_path / "out" / "004.txt").exists()
    assert (tmp_path / "out" / "005.txt").read_text() == "fine "


def test_process_that_dies_once_by_chance_fails_no_document(tmp_path: Path) -> None:
    found = documents(tmp_path / "in", ["fine [[noise]]", f"ONCE {tmp_path / 'flag'}", "fine"])
    records = results(found, tmp_path / "out", 1)
    assert [r.status for r in records] == ["cleaned", "unchanged", "unchanged"]
    assert (tmp_path / "flag").exists()


def test_document_that_hangs_fails_alone(tmp_path: Path) -> None:
    texts = ["fine [[noise]]"] * 6
    texts[3] = "SLEEP"
    found = documents(tmp_path / "in", texts)
    records = results(found, tmp_path / "out", 2, chunk=3, timeout=5)
    assert [i for i, r in enumerate(records) if r.status == "failed"] == [3]
    assert records[3].reason == "cleaning it took more than 5 s"
    assert (tmp_path / "out" / "005.txt").read_text() == "fine "


class FullDisk:
    def clean(self, text: str, lang: str | None = None, url: str | None = None) -> object:
        raise NoSpaceError("can't write here")


@pytest.mark.parametrize("jobs", [0, 2])
def test_full_disk_ends_the_run(tmp_path: Path, jobs: int) -> None:
    found = documents(tmp_path / "in", ["a"] * 40)
    with pytest.raises(NoSpaceError):
        results(found, tmp_path / "out", jobs, cleaner=FullDisk())


def test_parts_in_memory_are_bounded(tmp_path: Path) -> None:
    """However slowly results are taken, no more than a few parts are read ahead."""
    found = documents(tmp_path / "in", ["a"] * 60)
    (tmp_path / "out").mkdir()
    worker = Worker(FakeCleaner(), Store(str(tmp_path / "out"), str(tmp_path / "out")), Options())
    taken = 0

    def counted() -> Iterator[object]:
        nonlocal taken
        for part in all_parts(found, Options(), Selection(), chunk=1):
            taken += 1
            yield part

    for done, _ in enumerate(outcomes(counted(), worker, 2), 1):  # type: ignore[arg-type]
        assert taken <= done + 2 * pool.AHEAD


@pytest.mark.parametrize(
    ("count", "size", "form", "jobs"),
    [
        (3, 10, "text", 0),
        (2000, 10, "text", 4),
        (40, 1_000_000, "text", 3),
        (1, 100_000_000, "text", 1),
        (1, 100_000_000, "jsonl", 4),
    ],
)
def test_processes_are_started_where_they_pay(
    monkeypatch: pytest.MonkeyPatch, count: int, size: int, form: str, jobs: int
) -> None:
    monkeypatch.setattr(pool, "usable_cpus", lambda: 4)
    assert default_jobs(Plan([Source("a", "a", size, format=form)] * count, [])) == jobs  # type: ignore[arg-type]
