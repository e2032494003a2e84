"""Every option of every command changes something: what is printed, the exit status, or what is written."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import click
import pytest

from cleantext.cli import COMMANDS, main
from cleantext.run import pool
from tests.cli.conftest import Cli
from tests.corpus.sites import pages
from tests.io.formats import wet
from tests.shown import DATE, GERMAN, ORDER, write_files

Words = tuple[str, ...]

TEXT = DATE + GERMAN + ORDER

#: How each command is called on the files of `files`.
CALLS: dict[str, Words] = {
    "run": ("run", "in", "out"),
    "check": ("check", "in/a.txt"),
    "fix": ("fix", "in/a.txt"),
    "diff": ("diff", "in/a.txt"),
    "eval": ("eval", "gold.jsonl"),
    "config": ("config",),
}

#: Option of all commands that clean -> words with it, words without it.
SHARED: dict[str, tuple[Words, Words]] = {
    "--mode": (("--mode", "conservative", "--rules", "own.toml"), ("--rules", "own.toml")),
    "--select": (("--select", "CT102"), ()),
    "--extend-select": (("--select", "CT102", "--extend-select", "CT101"), ("--select", "CT102")),
    "--ignore": (("--ignore", "CT101"), ()),
    "--unsafe-edits": (("--rules", "flags.toml", "--unsafe-edits"), ("--rules", "flags.toml")),
    "--lang": (("--lang", "de"), ()),
    "--protect": (("--protect", "Marcus"), ()),
    "--protect-file": (("--protect-file", "names.txt"), ()),
    "--rules": (("--rules", "own.toml"), ()),
    "--review": (("--review", "review.toml"), ()),
    "--config": (("--config", "other.toml"), ()),
    "--no-config": (("--no-config",), ("--config", "other.toml")),
    "--encoding": (("--encoding", "latin-1"), ()),
}

#: Command and option of its own -> the whole command with it, and without it.
OWN_OPTIONS: dict[tuple[str, str], tuple[Words, Words]] = {
    ("run", "--profile"): (
        ("run", "sites.jsonl", "out", "--url-field", "url", "--profile", "p.parquet"),
        ("run", "sites.jsonl", "out", "--url-field", "url"),
    ),
    ("run", "--text-field"): (("run", "a.jsonl", "out", "--text-field", "body"), ("run", "a.jsonl", "out")),
    ("run", "--id-field"): (("run", "b.jsonl", "out", "--id-field", "key"), ("run", "b.jsonl", "out")),
    ("run", "--url-field"): (
        ("run", "sites.jsonl", "out", "--profile", "p.parquet", "--url-field", "url"),
        ("run", "sites.jsonl", "out", "--profile", "p.parquet"),
    ),
    ("run", "--lang-field"): (("run", "b.jsonl", "out", "--lang-field", "lang"), ("run", "b.jsonl", "out")),
    ("run", "--annotate"): (("run", "b.jsonl", "out", "--annotate", "beside"), ("run", "b.jsonl", "out")),
    ("run", "--from"): (("run", "table.dat", "out", "--from", "csv"), ("run", "table.dat", "out")),
    ("run", "--to"): (("run", "a.wet", "out", "--to", "jsonl"), ("run", "a.wet", "out")),
    ("run", "--limit"): (("run", "in", "out", "--limit", "1"), ("run", "in", "out")),
    ("run", "--sample"): (("run", "in", "out", "--sample", "1"), ("run", "in", "out")),
    ("run", "--shard"): (("run", "in", "out", "--shard", "2/2"), ("run", "in", "out")),
    ("run", "--two-pass"): (
        ("run", "sites.jsonl", "out", "--url-field", "url", "--two-pass"),
        ("run", "sites.jsonl", "out", "--url-field", "url"),
    ),
    ("run", "--dry-run"): (("run", "in", "out", "--dry-run"), ("run", "in", "out")),
    ("run", "--max-failures"): (("run", "bad", "out", "--max-failures", "0"), ("run", "bad", "out")),
    ("run", "--format"): (("run", "in", "out", "--format", "json"), ("run", "in", "out")),
    ("run", "--overwrite"): (("run", "in", "full", "--overwrite"), ("run", "in", "full")),
    ("run", "--quiet"): (("run", "in", "out", "--quiet"), ("run", "in", "out")),
    ("config", "--profile"): (("config", "--profile", "p.parquet"), ("config",)),
    ("config", "--format"): (("config", "--format", "json"), ("config",)),
    ("restore", "--overwrite"): (("restore", "done", "full", "--overwrite"), ("restore", "done", "full")),
    ("restore", "--quiet"): (("restore", "done", "back", "--quiet"), ("restore", "done", "back")),
    ("check", "--format"): (("check", "in", "--format", "json"), ("check", "in")),
    ("check", "--output-file"): (("check", "in", "--output-file", "new"), ("check", "in")),
    ("check", "--statistics"): (("check", "in", "--statistics"), ("check", "in")),
    ("check", "--baseline"): (("check", "in", "--baseline", "base.json"), ("check", "in")),
    ("check", "--write-baseline"): (("check", "in", "--write-baseline", "new.json"), ("check", "in")),
    ("check", "--exit-zero"): (("check", "in", "--exit-zero"), ("check", "in")),
    ("check", "--quiet"): (("check", "in", "--quiet"), ("check", "in")),
    ("fix", "--quiet"): (("fix", "in/a.txt", "--quiet"), ("fix", "in/a.txt")),
    ("profile", "--out"): (
        ("profile", "sites.jsonl", "--url-field", "url", "--out", "new.parquet"),
        ("profile", "sites.jsonl", "--url-field", "url"),
    ),
    ("profile", "--text-field"): (
        ("profile", "sites2.jsonl", "--url-field", "url", "--text-field", "body", "--out", "new.parquet"),
        ("profile", "sites2.jsonl", "--url-field", "url", "--out", "new.parquet"),
    ),
    ("profile", "--url-field"): (
        ("profile", "sites.jsonl", "--url-field", "url", "--out", "new.parquet"),
        ("profile", "sites.jsonl", "--out", "new.parquet"),
    ),
    ("profile", "--from"): (
        ("profile", "table.dat", "--from", "csv", "--out", "new.parquet", "--url-field", "url"),
        ("profile", "table.dat", "--out", "new.parquet", "--url-field", "url"),
    ),
    ("profile", "--encoding"): (
        ("profile", "latin", "--encoding", "latin-1", "--out", "new.parquet"),
        ("profile", "latin", "--out", "new.parquet"),
    ),
    ("profile", "--memory"): (
        ("profile", "sites.jsonl", "--url-field", "url", "--memory", "100kB", "--out", "new.parquet"),
        ("profile", "sites.jsonl", "--url-field", "url", "--out", "new.parquet"),
    ),
    ("profile", "--overwrite"): (
        ("profile", "sites.jsonl", "--out", "p.parquet", "--overwrite"),
        ("profile", "sites.jsonl", "--out", "p.parquet"),
    ),
    ("profile", "--site"): (
        ("profile", "show", "p.parquet", "--site", "museum.example"),
        ("profile", "show", "p.parquet"),
    ),
    ("profile", "--min-confidence"): (
        ("profile", "show", "p.parquet", "--min-confidence", "0"),
        ("profile", "show", "p.parquet"),
    ),
    ("profile", "--format"): (
        ("profile", "show", "p.parquet", "--format", "json"),
        ("profile", "show", "p.parquet"),
    ),
    ("rules", "--format"): (("rules", "--format", "json"), ("rules",)),
    ("test-rules", "--quiet"): (("test-rules", "own.toml", "--quiet"), ("test-rules", "own.toml")),
    ("eval", "--compare"): (("eval", "gold.jsonl", "--compare", "other.toml"), ("eval", "gold.jsonl")),
    ("eval", "--worst"): (("eval", "gold.jsonl", "--worst", "0"), ("eval", "gold.jsonl")),
    ("eval", "--min-precision"): (
        ("eval", "clean.jsonl", "--min-precision", "0.9"),
        ("eval", "clean.jsonl"),
    ),
    ("eval", "--min-recall"): (
        ("eval", "gold.jsonl", "--ignore", "CT", "--min-recall", "0.9"),
        ("eval", "gold.jsonl", "--ignore", "CT"),
    ),
    ("eval", "--format"): (("eval", "gold.jsonl", "--format", "json"), ("eval", "gold.jsonl")),
}

#: What must change no byte of the results: tests below, and elsewhere.
BY_THEIR_OWN = {
    ("run", "--expect"): "tests/test_hostile.py",
    ("run", "--jobs"): "test_jobs",
    ("profile", "--jobs"): "test_jobs",
    ("run", "--timeout"): "test_timeout",
    ("run", "--engine"): "tests/engines/test_spread.py",
}


def options(command: str) -> list[str]:
    found = main.get_command(click.Context(main), command)
    assert found is not None
    return [max(p.opts, key=len) for p in found.params if isinstance(p, click.Option)]


ALL = [(command, option) for command in COMMANDS for option in options(command)]


def words_of(command: str, option: str) -> tuple[Words, Words]:
    if own := OWN_OPTIONS.get((command, option)):
        return own
    with_it, without = SHARED[option]
    call = ("run", "latin", "out") if (command, option) == ("run", "--encoding") else CALLS[command]
    if option == "--encoding" and command in ("check", "fix", "diff"):
        call = (command, "latin/a/1.txt")
    return (*call, *with_it), (*call, *without)


@pytest.fixture
def files(cli: Cli) -> Path:
    """Files on which every option shows."""
    Path("in").mkdir()
    Path("in/a.txt").write_text(TEXT)
    Path("in/b.txt").write_text(DATE)
    Path("bad").mkdir()
    Path("bad/a.txt").write_bytes(b"\xff\xfe\xfd")
    Path("bad/b.txt").write_bytes(b"caf\xe9")
    Path("latin/a").mkdir(parents=True)
    for i in range(4):
        Path(f"latin/a/{i}.txt").write_bytes(f"caf\xe9 {i}\nThe bar at the river\n{DATE}".encode("latin-1"))
    write_files()
    Path("cleantext.toml").write_text("thresholds = { newsletter-prompt = 0.9 }\nprotect = ['Dienstag']\n")
    gold = [
        {"noisy": TEXT, "gold": TEXT.replace("Marcus Erikson", "").replace("Order no. 12\n", ""), "lang": ""},
        {"noisy": "A b c.\n" + DATE, "gold": "A b c.\n"},
    ]
    Path("gold.jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in gold))
    # gold that leaves the noise: what is taken out counts as wrong
    Path("clean.jsonl").write_text(json.dumps({"noisy": DATE, "gold": DATE}) + "\n")
    Path("a.jsonl").write_text(json.dumps({"text": "x", "body": DATE}) + "\n")
    Path("b.jsonl").write_text(json.dumps({"text": TEXT, "key": "k1", "lang": "de"}) + "\n")
    Path("table.dat").write_text(
        "url,text\n"
        + "".join(f'http://m.example/{i},"Top\n{"A line of text. " * 9}{i}\n"\n' for i in range(4))
    )
    Path("a.wet").write_bytes(wet([DATE]))
    Path("full").mkdir()
    Path("full/a.txt").write_text("precious")
    for name, field in (("sites", "text"), ("sites2", "body")):
        lines = [json.dumps({"url": url, field: page}) + "\n" for url, page, _ in pages()]
        Path(f"{name}.jsonl").write_text("".join(lines))
    return Path.cwd()


def state(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    ("command", "option"), [pair for pair in ALL if pair not in BY_THEIR_OWN and pair[1] != "--help"]
)
def test_option_changes_something(
    cli: Cli, files: Path, tmp_path_factory: pytest.TempPathFactory, command: str, option: str
) -> None:
    import shutil

    with_it, without = words_of(command, option)
    if "profile" in " ".join((*with_it, *without)) or "--two-pass" in with_it:
        pytest.importorskip("duckdb", reason="profiles need duckdb")
        pytest.importorskip("pyarrow", reason="profiles need pyarrow")
        assert cli("profile", "sites.jsonl", "--url-field", "url", "--out", "p.parquet").exit_code == 0
    if command == "restore":
        assert cli("run", "in", "done").exit_code == 0
    if option == "--baseline":
        assert cli("check", "in", "--write-baseline", "base.json").exit_code == 0
    seen: list[Any] = []
    start = tmp_path_factory.mktemp("start") / "copy"
    shutil.copytree(files, start)
    for words in (with_it, without):
        for entry in list(files.iterdir()):
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        shutil.copytree(start, files, dirs_exist_ok=True)
        result = cli(*words)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "no such option" not in result.stderr.lower()
        # reports hold the settings, which of course differ: what comes of them must, too
        after = {n: d for n, d in state(files).items() if not n.endswith(("summary.json", "report.html"))}
        seen.append((result.exit_code, result.stdout, after))
    assert seen[0] != seen[1]


def test_every_option_is_here() -> None:
    for (command, option), (with_it, without) in OWN_OPTIONS.items():
        assert with_it[0] == without[0] == command
        assert option in with_it, f"{command} {option} is not tried"
        assert option not in without
    for option, (with_it, without) in SHARED.items():
        assert option in with_it, f"{option} is not tried"
        assert option not in without
    known = {*OWN_OPTIONS, *BY_THEIR_OWN, *((command, option) for command in CALLS for option in SHARED)}
    known.remove(("eval", "--encoding"))  # JSON has its own
    assert set(ALL) <= known
    assert known <= set(ALL), "options that are no more"
    root = Path(__file__).parents[2]
    for name in BY_THEIR_OWN.values():
        assert name in globals() or (root / name).exists()


@pytest.mark.parametrize("command", ["run", "profile"])
def test_jobs(cli: Cli, files: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    started: list[object] = []
    real = pool._Process.__init__

    def init(process: Any, worker: Any) -> None:
        started.append(worker)
        real(process, worker)

    monkeypatch.setattr(pool._Process, "__init__", init)
    if command == "profile":
        pytest.importorskip("duckdb", reason="profiles need duckdb")
    for i in range(40):
        Path(f"in/{i}.txt").write_text("a")
    words = ("run", "in", "out") if command == "run" else ("profile", "in", "--out", "new.parquet")
    assert cli(*words, "--jobs", "2").exit_code == 0
    assert len(started) == 2


@pytest.mark.usefixtures("fake")
def test_timeout(cli: Cli, files: Path) -> None:
    Path("in/a.txt").write_text("SLEEP")
    result = cli("run", "in", "out", "--timeout", "0.5")
    assert result.exit_code == 2
    assert "a.txt: cleaning it took more than 0.5 s" in result.stderr
    assert os.path.exists("out/b.txt")
