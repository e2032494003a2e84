"""URLs of S3, on a server of this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleantext.config import Config
from cleantext.errors import InputError, OutputError
from cleantext.run.folder import run_folder
from cleantext.run.plan import plan
from tests.cli.process import ENVIRONMENT
from tests.fake import FakeCleaner
from tests.io.formats import CLEANED, MAKE, TEXTS, pack, rows, unpack

s3fs = pytest.importorskip("s3fs", reason="needs s3fs")
moto = pytest.importorskip("moto.server", reason="needs moto")


RUN = """
import sys
from cleantext.config import Config
from cleantext.run.folder import run_folder
from cleantext.run.plan import plan
from tests.fake import FakeCleaner

if __name__ == "__main__":
    source, out = sys.argv[1:]
    run_folder(source, out, plan(source), FakeCleaner(), Config(), jobs=2)
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = moto.ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    for name, value in {
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "XDG_STATE_HOME": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    files = s3fs.S3FileSystem()
    if not files.exists("bucket"):
        files.mkdir("bucket")
    return files


@pytest.mark.parametrize("jobs", [0, 2])
def test_from_and_to_s3(bucket: Any, tmp_path: Path, jobs: int) -> None:
    root = f"bucket/crawl{jobs}"
    bucket.pipe_file(f"{root}/in/a.jsonl.gz", pack(MAKE["jsonl"](TEXTS), "gz"))
    bucket.pipe_file(f"{root}/in/deep/b.txt", TEXTS[0].encode())
    bucket.pipe_file(f"{root}/in/c.png", b"\x89PNG")
    source, out = f"s3://{root}/in", f"s3://{root}/out"
    if jobs:  # of its own, for processes that serve this one already know no server
        script = tmp_path / "run_it.py"
        script.write_text(RUN)
        subprocess.run(
            [sys.executable, str(script), source, out],
            check=True,
            env={**os.environ, "PYTHONPATH": ENVIRONMENT["PYTHONPATH"]},
        )
    else:
        run_folder(source, out, plan(source), FakeCleaner(), Config(), jobs=0)
    got = rows("jsonl", unpack(bucket.cat_file(f"{root}/out/a.jsonl.gz"), "gz"))
    assert [r["text"] for r in got] == CLEANED
    assert bucket.cat_file(f"{root}/out/deep/b.txt").decode() == CLEANED[0]
    numbers = json.loads(bucket.cat_file(f"{root}/out/summary.json"))
    assert (numbers["in"], numbers["failed"], len(numbers["skipped"])) == (len(TEXTS) + 1, 0, 1)
    with pytest.raises(OutputError, match="--overwrite"):
        run_folder(source, out, plan(source), FakeCleaner(), Config(), jobs=jobs)


def test_pattern_on_s3(bucket: Any) -> None:
    for i in range(3):
        bucket.pipe_file(f"bucket/many/part-{i}.jsonl", MAKE["jsonl"](TEXTS))
    source = "s3://bucket/many/part-[01].jsonl"
    assert [d.place for d in plan(source).documents] == ["part-0.jsonl", "part-1.jsonl"]


def test_what_is_not_there_is_told(bucket: Any) -> None:
    with pytest.raises(InputError, match="no such file"):
        plan("s3://bucket/nothing/*.jsonl")
