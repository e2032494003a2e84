import json
from pathlib import Path
from typing import Any

import pytest

from cleantext.config import Config
from cleantext.io import records
from cleantext.run.folder import Limits, run_folder
from cleantext.run.plan import plan, shard
from cleantext.run.work import Options
from tests.fake import FakeCleaner


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.jsonl").write_text("".join(f'{{"text":"[[x]]{name}{i}"}}\n' for i in range(100)))
    (folder / "c.csv").write_text("text\n" + "".join(f"[[x]]c{i}\n" for i in range(100)))
    for i in range(20):
        (folder / f"d{i:02}.txt").write_text(f"[[x]]d{i}")
    return folder


def run(
    source: Path, out: Path, limits: Limits, options: Options | None = None, jobs: int = 0
) -> dict[str, Any]:
    return run_folder(
        str(source),
        str(out),
        plan(str(source)),
        FakeCleaner(),
        Config(),
        limits=limits,
        options=options,
        jobs=jobs,
    ).as_mapping()


def texts(out: Path) -> list[str]:
    found = []
    for path in sorted(out.glob("[abcd]*")):
        lines = path.read_text().splitlines()
        if path.suffix == ".jsonl":
            lines = [json.loads(line)["text"] for line in lines]
        found += lines[1:] if path.suffix == ".csv" else lines
    return found


@pytest.mark.parametrize("block", [1 << 20, 100])
def test_limit_takes_the_first_documents(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(records, "BLOCK", block)
    numbers = run(source, tmp_path / "out", Limits(limit=130))
    assert numbers["in"] == 130
    assert texts(tmp_path / "out") == [f"a{i}" for i in range(100)] + [f"b{i}" for i in range(30)]


def test_sample_is_the_same_each_time_and_from_everywhere(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(source, tmp_path / "one", Limits(sample=60))
    monkeypatch.setattr(records, "BLOCK", 100)
    run(source, tmp_path / "two", Limits(sample=60), jobs=2)
    assert first["in"] == 60
    assert texts(tmp_path / "one") == texts(tmp_path / "two")
    assert {t[0] for t in texts(tmp_path / "one")} == set("abcd")
    assert run(source, tmp_path / "all", Limits(sample=5000))["in"] == 320


def test_dry_run_writes_reports_only(tmp_path: Path, source: Path) -> None:
    dry = run(source, tmp_path / "dry", Limits(), Options(dry=True))
    real = run(source, tmp_path / "real", Limits())
    assert sorted(p.name for p in (tmp_path / "dry").iterdir()) == [
        "report.html",
        "report.jsonl",
        "summary.json",
    ]
    for name in ("report.jsonl", "report.html"):
        assert (tmp_path / "dry" / name).read_bytes() == (tmp_path / "real" / name).read_bytes()
    assert (dry["cleaned"], dry["families"]) == (real["cleaned"], real["families"])


def test_shards_share_the_files(source: Path) -> None:
    whole = [d.place for d in plan(str(source)).documents]
    parts = [[d.place for d in shard(plan(str(source)), i, 3).documents] for i in (1, 2, 3)]
    assert sorted(place for part in parts for place in part) == whole
    assert all(parts)
