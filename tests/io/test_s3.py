"""URLs of S3, on a server of this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
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
