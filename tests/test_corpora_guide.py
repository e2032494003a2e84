"""Every command of docs/corpora.md does what it says, on small files of the names that it uses."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.corpus.sites import pages as site_pages
from tests.engines.conftest import START
from tests.io.formats import pack, wet

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs/corpora.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL) for line in block.splitlines()]
NOISE = "Share on Facebook"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("guide")
    page = {
        "id": 7,
        "title": f"A bridge opens in May.\n{NOISE}",
        "doc": {"body": "Text.", "n": 1.0},
        "lang": "en",
    }
    line = json.dumps({**page, "url": "https://example.org/7"})
    (root / "pages.jsonl").write_text(f"{line}\n" * 3)
    (root / "table.csv").write_text(f'id,text\n1,"A bridge opens in May.\n{NOISE}"\n')
    (root / "crawl/deep").mkdir(parents=True)
    text = json.dumps({"text": page["title"]})
    for i in range(4):
        (root / f"crawl/deep/part-{i}.jsonl.gz").write_bytes(pack(f"{text}\n".encode() * 30, "gz"))
    (root / "crawl/part.wet.gz").write_bytes(pack(wet([str(page["title"])]), "gz"))
    (root / "crawl/one.txt").write_text(str(page["title"]))
    with open(root / "sites.jsonl", "w", encoding="utf-8") as f:
        for url, text, _ in site_pages():
            f.write(json.dumps({"url": url, "text": text}) + "\n")
    return root


def test_guide_has_commands() -> None:
    assert len(COMMANDS) > 10


def test_readme_has_commands_of_the_guide() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme[readme.index("## Corpora") : readme.index("## What it finds")]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    assert len(commands) > 10
    assert set(commands) <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_command(folder: Path, command: str) -> None:
    if "memory://" in command:
        pytest.importorskip("fsspec", reason="URLs need fsspec")
        (folder / "copy").mkdir(exist_ok=True)
        # what is in memory ends with the process: the same with a URL of files
        command = command.replace("memory://crawl", (folder / "crawl").as_uri())
        command = command.replace("memory://clean", (folder / "out-url").as_uri())
    if engine := re.search(r"--engine (\w+)", command):
        START[engine[1]]()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(folder / "state")}
    if "profile" in command or "--two-pass" in command:
        pytest.importorskip("duckdb", reason="profiles need duckdb")
    program = f"{shlex.quote(sys.executable)} -m cleantext "
    if shutil.which("bash") is None:
        pytest.skip("no bash")
    done = subprocess.run(
        ["bash", "-c", command.replace("cleantext ", program, 1)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    words = shlex.split(command)
    if "restore" in words:
        assert (folder / "back/one.txt").read_bytes() == (folder / "crawl/one.txt").read_bytes()
        return
    if "profile" in words:
        assert (folder / "profile.parquet").exists()
        assert ("show" not in words) or "pages" in done.stdout
        return
    if ">" in words:
        out = (folder / words[-1]).read_text()
        assert len(out.splitlines()) == 3
        assert NOISE not in out
        return
    [name] = [word for word in words if re.search(r"(?:^|/)out-", word)]
    out_folder = Path(name) if not name.startswith("file:") else folder / "out-url"
    numbers = json.loads((folder / out_folder / "summary.json").read_text())
    assert numbers["failed"] == 0
    assert sum(f["removed"] + f["flagged"] for f in numbers["families"].values()) > 0
