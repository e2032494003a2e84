import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.process import ENVIRONMENT, on_terminal
from tests.golden import same_as_golden


@pytest.fixture
def folder(here: Path, fake: None) -> None:
    Path("in/sub").mkdir(parents=True)
    Path("in/a.txt").write_bytes(b"Keep [[this goes]] {{bad|good}} ((flag))\r\n")
    Path("in/sub/b.txt").write_bytes(b"clean\n")
    Path("in/c.bin").write_bytes(b"\0")


@pytest.mark.usefixtures("folder")
def test_summary_at_the_end(cli: Cli) -> None:
    result = cli("run", "in", "out")
    assert (result.exit_code, result.stderr) == (0, "")
    assert same_as_golden("run.txt", result.stdout_bytes)


@pytest.mark.usefixtures("folder")
def test_summary_as_json_is_that_of_the_file(cli: Cli) -> None:
    result = cli("run", "in", "out", "--format", "json", "--jobs", "2")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == json.loads(Path("out/summary.json").read_bytes())


@pytest.mark.usefixtures("folder")
def test_quiet_prints_errors_only(cli: Cli) -> None:
    Path("in/bad.txt").write_bytes(b"\xff")
    result = cli("run", "in", "out", "--quiet")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("bad.txt: not valid UTF-8: byte 0xFF at byte offset 0")
    assert Path("out/a.txt").exists()


@pytest.mark.usefixtures("folder")
def test_single_file(cli: Cli) -> None:
    assert cli("run", "in/a.txt", "out").exit_code == 0
    assert sorted(os.listdir("out")) == ["a.txt", "report.html", "report.jsonl", "summary.json"]


@pytest.mark.usefixtures("folder")
def test_run_and_restore_go_round(cli: Cli) -> None:
    assert cli("run", "in", "out").exit_code == 0
    result = cli("restore", "out", "back")
    assert (result.exit_code, result.output) == (0, "2 documents restored into back\n")
    for name in ("a.txt", "sub/b.txt"):
        assert Path("back", name).read_bytes() == Path("in", name).read_bytes()
    assert cli("restore", "out", "back").exit_code == 2
    Path("out/a.txt").write_text("edited")
    result = cli("restore", "out", "back", "--overwrite")
    assert result.exit_code == 2
    assert result.stderr.startswith("a.txt: the cleaned text was edited since the run")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("in", "in"), "is the same as"),
        (("in", "in/sub"), "lies inside"),
        (("in/sub", "in"), "holds"),
        (("none", "out"), "none can't be read: no such file"),
        (("in", "in2"), "in2 is not a folder"),
        (("in", "full"), "exists: give another folder, or --overwrite"),
        (("in", "out", "--jobs", "0"), "Invalid value for '--jobs'"),
    ],
)
def test_misuse_is_refused_before_anything_is_written(cli: Cli, args: tuple[str, ...], says: str) -> None:
    Path("in2").write_bytes(b"a file")
    Path("full").mkdir()
    Path("full/summary.json").write_bytes(b"{}")
    before = sorted(str(p) for p in Path().rglob("*"))
    result = cli("run", *args)
    assert result.exit_code == 2
    assert says in result.stderr
    assert sorted(str(p) for p in Path().rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_is_for_terminals_and_on_standard_error(here: Path) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_bytes(b"Some text.\n")
    done, shown = on_terminal("run", "in", "out", stream="stderr", TERM="xterm")
    assert done.returncode == 0
    assert b"1 documents" in shown
    assert b"\x1b" not in done.stdout


SLOW = """
import signal

import cleantext.cli.run
from tests.fake import FakeCleaner

if __name__ == "__main__":
    # a job in the background inherits that Ctrl-C is ignored
    signal.signal(signal.SIGINT, signal.default_int_handler)
    cleantext.cli.run.make_cleaner = lambda config: FakeCleaner()
    cleantext.cli.main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal to a process group")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_is_one_message_and_no_partial_file(here: Path, jobs: str) -> None:
    Path("in").mkdir()
    for i in range(40):
        Path(f"in/{i:02}.txt").write_bytes(b"SLEEP" if i > 20 else b"[[a]]b")
    Path("slow.py").write_text(SLOW)
    process = subprocess.Popen(
        [sys.executable, "slow.py", "run", "in", "out", "--jobs", jobs],
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
        start_new_session=True,
    )
    deadline = time.monotonic() + 120
    while not Path("out/20.txt").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    stderr = process.communicate(timeout=120)[1].decode()
    assert process.returncode == 130
    assert "Traceback" not in stderr
    assert stderr.endswith("Interrupted: no file was left half written.\n")
    assert set(os.listdir("out")) <= {".cleantext-run", *(f"{i:02}.txt" for i in range(40))}


@pytest.fixture
def rows(here: Path, fake: None) -> None:
    Path("in").mkdir()
    lines = ['{"id": "x1", "body": "Keep [[this goes]]", "lang": "de"}', '{"id": "x2", "body": "clean"}']
    Path("in/pages.jsonl").write_text("\n".join(lines) + "\n")


@pytest.mark.usefixtures("rows")
def test_records_are_cleaned_in_their_field(cli: Cli) -> None:
    result = cli("run", "in", "out", "--text-field", "body", "--id-field", "id", "--lang-field", "lang")
    assert (result.exit_code, result.stderr) == (0, "")
    assert Path("out/pages.jsonl").read_text().splitlines() == [
        '{"id": "x1", "body": "Keep ", "lang": "de"}',
        '{"id": "x2", "body": "clean"}',
    ]
    assert json.loads(Path("out/report.jsonl").read_text().splitlines()[0])["id"] == "x1"
    assert cli("restore", "out", "back").output == "2 documents restored into back\n"
    assert Path("back/pages.jsonl").read_bytes() == Path("in/pages.jsonl").read_bytes()


@pytest.mark.usefixtures("rows")
def test_standard_input_to_standard_output(cli: Cli) -> None:
    result = cli("run", "-", "-", "--text-field", "body", stdin=Path("in/pages.jsonl").read_bytes())
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == '{"id": "x1", "body": "Keep ", "lang": "de"}'
    assert result.stderr.startswith("2 documents in: 1 cleaned, 1 unchanged, 0 failed")
    assert sorted(os.listdir()) == ["in"]


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("in", "out"), "pages.jsonl: no field is named text or content or raw_content: name the one"),
        (("in", "-", "--from", "text", "--shard", "2/2"), "standard output takes the result of one file"),
        (("in", "out", "--limit", "1", "--sample", "1"), "can't be had together"),
        (("in", "out", "--shard", "3/2"), "out of range"),
        (("in", "out", "--shard", "a"), "write 1/8 for the first of eight"),
        (("in", "out", "--text-field", "a..b"), "has an empty part"),
        (("in/*.nothing", "out"), "there is no such file"),
        pytest.param(
            ("nope://x/y", "out"),
            "nope://x/y" if importlib.util.find_spec("fsspec") else "this needs fsspec",
            id="unknown-protocol",
        ),
    ],
)
def test_misuse_of_record_options_is_told(cli: Cli, args: tuple[str, ...], says: str) -> None:
    result = cli("run", *args)
    assert result.exit_code == 2
    assert says in result.stderr


@pytest.mark.usefixtures("rows")
def test_interrupted_run_goes_on(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from cleantext.run import folder

    def broken(*args: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(folder, "render_page", broken)
        result = cli("run", "in", "out", "--text-field", "body")
    assert result.exit_code == 130
    assert "give the same command again to go on" in result.stderr
    assert not Path("out/report.html").exists()
    assert cli("run", "in", "out", "--text-field", "body").exit_code == 0
    assert sorted(os.listdir("out")) == ["pages.jsonl", "report.html", "report.jsonl", "summary.json"]
