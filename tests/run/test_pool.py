from pathlib import Path

import pytest

from cleantext.io.atomic import NoSpaceError
from cleantext.run import pool
from cleantext.run.plan import Plan, Source, plan
from cleantext.run.pool import CRASHED, default_jobs, outcomes
from cleantext.run.work import Worker
from tests.fake import FakeCleaner


def documents(folder: Path, texts: list[str]) -> Plan:
    folder.mkdir()
    for i, text in enumerate(texts):
        (folder / f"{i:03}.txt").write_text(text)
    return plan(str(folder))


def test_order_and_lines_do_not_depend_on_the_number_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "CHUNK", 2)
    found = documents(tmp_path / "in", [f"text {i} [[noise]]" * i for i in range(25)])
    one, two = (
        [o.line for o in outcomes(found.documents, Worker(FakeCleaner(), str(tmp_path / f"out{jobs}")), jobs)]
        for jobs in (1, 2)
    )
    assert one == two
    assert len(one) == 25


def test_document_that_kills_its_process_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "CHUNK", 3)
    texts = ["fine [[noise]]"] * 12
    texts[4] = "KILL"
    texts[9] = "KILL"
    found = documents(tmp_path / "in", texts)
    results = list(outcomes(found.documents, Worker(FakeCleaner(), str(tmp_path / "out")), 2))
    assert [o.record.path for o in results] == [d.place for d in found.documents]
    assert [i for i, o in enumerate(results) if o.record.status == "failed"] == [4, 9]
    assert results[4].record.reason == CRASHED
    assert not (tmp_path / "out" / "004.txt").exists()
    assert (tmp_path / "out" / "005.txt").read_text() == "fine "


class FullDisk:
    def clean(self, text: str) -> object:
        raise NoSpaceError("can't write here")


def test_full_disk_ends_the_run(tmp_path: Path) -> None:
    found = documents(tmp_path / "in", ["a"] * 40)
    with pytest.raises(NoSpaceError):
        list(outcomes(found.documents, Worker(FullDisk(), str(tmp_path / "out")), 2))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "size", "jobs"),
    [(3, 10, 1), (2000, 10, 4), (40, 1_000_000, 3), (1, 100_000_000, 1)],
)
def test_processes_are_started_where_they_pay(
    monkeypatch: pytest.MonkeyPatch, count: int, size: int, jobs: int
) -> None:
    monkeypatch.setattr(pool, "_usable_cpus", lambda: 4)
    assert default_jobs(Plan([Source("a", "a", size)] * count, [])) == jobs
