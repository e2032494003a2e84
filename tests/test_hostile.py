"""Input from people who mean harm: each of it is refused, made harmless, or just text."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import time
from pathlib import Path

import pytest

import cleantext
from cleantext.cleaner import Cleaner
from cleantext.errors import ConfigError, InputError
from cleantext.io.compress import unpack
from cleantext.io.records import line_blocks
from cleantext.report.expect import jumps
from cleantext.report.visible import one_line
from tests.cli.process import python

NOISY = b"The bridge opens in May, and the road will be closed.\nShare on Facebook\n"


def run(*args: str | Path) -> tuple[int, str]:
    done = python("-m", "cleantext", *map(str, args))
    return done.returncode, done.stdout + done.stderr


def test_a_packed_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = gzip.compress(b" " * (5 << 20))
    assert len(unpack(bomb)[0]) == 5 << 20
    monkeypatch.setenv("CLEANTEXT_MAX_UNPACKED", "2")
    with pytest.raises(InputError, match="more than 2 MB unpacked"):
        unpack(bomb)
    with pytest.raises(InputError, match="more than 2 MB"):
        list(line_blocks(io.BytesIO(b" " * (5 << 20)), 1 << 20))
    monkeypatch.setenv("CLEANTEXT_MAX_UNPACKED", "much")
    with pytest.raises(ConfigError, match="no number of megabytes"):
        unpack(bomb)


def test_a_bomb_among_documents_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANTEXT_MAX_UNPACKED", "1")
    monkeypatch.setitem(
        __import__("tests.cli.process", fromlist=["x"]).ENVIRONMENT, "CLEANTEXT_MAX_UNPACKED", "1"
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(NOISY)
    (tmp_path / "in" / "bomb.txt.gz").write_bytes(gzip.compress(b" " * (3 << 20)))
    status, said = run("run", tmp_path / "in", tmp_path / "out", "--jobs", "1")
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert (status, summary["in"], summary["failed"], summary["cleaned"]) == (2, 2, 1, 1)
    assert "more than 1 MB unpacked" in said


def test_a_million_nested_tags_are_no_harm() -> None:
    pytest.importorskip("trafilatura")
    page = "<html><body>" + "<div>" * 1_000_000 + "<p>" + NOISY.decode() * 5
    started = time.process_time()
    assert isinstance(cleantext.extract(page).text, str)
    assert time.process_time() - started < 30


@pytest.mark.skipif(sys.platform == "win32", reason="such names can't be had there")
def test_names_are_names(tmp_path: Path) -> None:
    names = [
        "-rf",
        "--help.txt",
        "a\nb.txt",
        "\x1b[31mred.txt",
        "x..txt",
        "=cmd()|x.txt",
        "%s{0}.txt",
        " .txt",
    ]
    names = [n if n.endswith(".txt") else f"{n}.txt" for n in names]
    folder = tmp_path / "in"
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(NOISY)
    status, said = run("run", folder, tmp_path / "out", "--jobs", "1")
    assert status == 0
    assert "\x1b" not in said
    assert sorted(n for n in os.listdir(tmp_path / "out") if n.endswith(".txt")) == sorted(names)
    status, said = run("check", *(folder / n for n in names))
    assert status == 1
    assert "\x1b" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_out_of_the_input_are_not_followed_into_folders(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.txt").write_bytes(NOISY)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_bytes(NOISY)
    os.symlink(tmp_path / "secret", folder / "away")
    os.symlink(folder, folder / "round")
    status, _ = run("run", folder, tmp_path / "out", "--jobs", "1")
    assert status == 0
    assert not (tmp_path / "out" / "away" / "key.txt").exists()
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["in"] == 1
    assert (tmp_path / "secret" / "key.txt").read_bytes() == NOISY


def test_records_with_ids_like_paths_write_nowhere_else(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    rows = [{"id": i, "text": NOISY.decode()} for i in ("../../x", "/etc/passwd", "-rf", "a\nb", "\x1b[2J")]
    (folder / "rows.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    body = NOISY
    head = (
        b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: ../../../x\r\nWARC-Target-URI: file:///etc/../x\r\n"
        b"Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(body)
    )
    (folder / "a.warc.wet").write_bytes(head + body + b"\r\n\r\n")
    status, said = run("run", folder, tmp_path / "deep" / "out", "--id-field", "id", "--jobs", "1")
    assert status == 0, said
    assert "\x1b" not in said
    made = {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file()}
    assert all(m.startswith(("in", os.path.join("deep", "out"))) for m in made)
    assert not (tmp_path / "x").exists()


def test_what_would_steer_a_terminal_is_spelt_out() -> None:
    for hostile in ("\x1b[2J", "\x9b31m", "\x07", "\r", "\u202e", "\x00", "\x7f", "\ud800"):
        assert hostile not in one_line(f"a{hostile}b")


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1"])
def test_cells_come_out_as_they_came_in(tmp_path: Path, text: str) -> None:
    """A formula that was in the input stays what it was, and none is made of noise that goes before it."""
    result = cleantext.clean(f"Share on Facebook\n{text}")
    assert cleantext.restore(result.text, result.report) == f"Share on Facebook\n{text}"
    source = tmp_path / "a.csv"
    source.write_bytes(f'id,text\r\n1,"{text}"\r\n'.encode())
    status, said = run("run", source, tmp_path / "out", "--jobs", "1")
    assert status == 0, said
    assert next((tmp_path / "out").rglob("*.csv")).read_bytes() == source.read_bytes()


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*)*x", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_patterns_that_explode_elsewhere_take_no_time(pattern: str) -> None:
    cleaner = Cleaner(protect_patterns=(pattern,))
    started = time.process_time()
    cleaner.clean("a" * 50_000 + "!\nShare on Facebook\n")
    assert time.process_time() - started < 10


@pytest.mark.parametrize("pattern", [r"(?=a)", r"(a)\1", "a{100000}", "(" * 5_000])
def test_patterns_that_cannot_be_linear_are_refused(pattern: str) -> None:
    with pytest.raises(ConfigError):
        Cleaner(protect_patterns=(pattern,))


def test_settings_that_name_other_files_show_nothing_of_them(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hunter2 is the password\n")
    (tmp_path / "cleantext.toml").write_text(f'rules-files = ["{secret.as_posix()}"]\n')
    (tmp_path / "a.txt").write_bytes(NOISY)
    status, said = run("check", tmp_path / "a.txt")
    assert status == 2
    assert "hunter2" not in said


def summary(share: float, **rules: int) -> dict[str, object]:
    return {
        "chars_in": 100_000,
        "removed_share": share,
        "rules": {code: {"chars_removed": n} for code, n in rules.items()},
    }


def test_a_jump_names_the_rule() -> None:
    before = summary(0.02, CT301=1_500, CT302=500)
    assert jumps(before, before) == []
    assert jumps(summary(0.03, CT301=2_000, CT302=1_000), before) == []
    found = jumps(summary(0.12, CT301=1_500, CT302=10_500), before)
    assert [f.split(" took")[0] for f in found] == ["the run", "CT302"]
    assert "10.50%" in found[1]


def test_a_run_that_removes_far_more_than_an_earlier_one_fails(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(NOISY)
    earlier = tmp_path / "summary.json"
    assert run("run", tmp_path / "in", tmp_path / "one", "--jobs", "1")[0] == 0
    same = tmp_path / "one" / "summary.json"
    assert run("run", tmp_path / "in", tmp_path / "two", "--jobs", "1", "--expect", same)[0] == 0
    numbers = json.loads(same.read_text())
    numbers["removed_share"] = 0.001
    numbers["rules"] = {}
    earlier.write_text(json.dumps(numbers))
    status, said = run("run", tmp_path / "in", tmp_path / "three", "--jobs", "1", "--expect", earlier)
    assert status == 2
    assert "CT301 took out" in said
    assert (tmp_path / "three" / "report.html").exists()
    earlier.write_text("[]")
    status, said = run("run", tmp_path / "in", tmp_path / "four", "--expect", earlier)
    assert (status, "is no summary.json" in said) == (2, True)


def test_a_jump_stops_a_run_before_a_file_of_records_has_its_name(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    row = json.dumps({"text": NOISY.decode()}) + "\n"
    (tmp_path / "in" / "a.jsonl").write_text(row * 50)
    (tmp_path / "in" / "b.jsonl").write_text(row * 50)
    earlier = tmp_path / "summary.json"
    earlier.write_text(json.dumps(summary(0.08, CT301=8_000)))
    command = ["run", tmp_path / "in", tmp_path / "out", "--jobs", "1"]
    status, said = run(*command, "--expect", earlier)
    assert status == 2
    assert "CT301 took out" in said
    assert "stopped before" in said
    assert [n for n in os.listdir(tmp_path / "out") if not n.startswith(".")] == [
        "a.jsonl"
    ]  # half could be much
    assert run(*command, "--expect", earlier)[0] == 2
    assert not (tmp_path / "out" / "b.jsonl").exists()
    assert run(*command)[0] == 0
    assert sorted(os.listdir(tmp_path / "out")) == [
        "a.jsonl",
        "b.jsonl",
        "report.html",
        "report.jsonl",
        "summary.json",
    ]
    earlier.write_text(json.dumps(summary(0.001, CT301=100)))
    assert run("run", tmp_path / "in", tmp_path / "more", "--jobs", "1", "--expect", earlier)[0] == 2
    assert not (tmp_path / "more" / "a.jsonl").exists()
