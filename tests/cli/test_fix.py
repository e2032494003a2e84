import codecs
import os
import stat
from pathlib import Path

import pytest

from cleantext.finding import CleanResult, Finding, Report
from cleantext.io.atomic import NoSpaceError
from tests.cli.conftest import Cli

pytestmark = pytest.mark.usefixtures("fake")


def test_file_is_replaced_and_keeps_bytes_and_mode(cli: Cli) -> None:
    path = Path("a.txt")
    path.write_bytes(codecs.BOM_UTF8 + b"a [[b]]\r\n((c))\r")
    path.chmod(0o604)
    result = cli("fix", "a.txt")
    assert (result.exit_code, result.stdout) == (
        1,
        "a.txt: 1 edit, 5 fewer characters; 1 flagged, left alone\n",
    )
    assert path.read_bytes() == codecs.BOM_UTF8 + b"a \r\n((c))\r"
    assert stat.S_IMODE(path.stat().st_mode) == 0o604
    assert os.listdir() == ["a.txt"]


def test_clean_file_is_not_written(cli: Cli) -> None:
    Path("a.txt").write_bytes(b"a")
    before = Path("a.txt").stat()
    result = cli("fix", "a.txt")
    assert (result.exit_code, result.output) == (0, "")
    assert Path("a.txt").stat() == before


def test_unreadable_files_do_not_stop_the_others(cli: Cli) -> None:
    Path("latin.txt").write_bytes(b"\xe9")
    Path("b.txt").write_bytes(b"[[b]]")
    result = cli("fix", "latin.txt", "none.txt", "b.txt", "-q")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("latin.txt: not valid UTF-8: byte 0xE9 at byte offset 0")
    assert (Path("b.txt").read_bytes(), Path("latin.txt").read_bytes()) == (b"", b"\xe9")


def test_link_stays_a_link(cli: Cli) -> None:
    Path("real.txt").write_bytes(b"[[a]]b")
    Path("link.txt").symlink_to("real.txt")
    assert cli("fix", "link.txt").exit_code == 1
    assert Path("link.txt").is_symlink()
    assert Path("real.txt").read_bytes() == b"b"


def test_read_only_file_is_left_alone(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.txt").write_bytes(b"[[a]]")
    monkeypatch.setattr(os, "access", lambda *_: False)  # the superuser may write what is read-only
    result = cli("fix", "a.txt")
    assert (result.exit_code, result.stderr) == (
        2,
        "a.txt: is read-only: make it writable (chmod u+w), or use `run` to write elsewhere\n",
    )
    assert Path("a.txt").read_bytes() == b"[[a]]"


class Translator:
    def clean(self, text: str) -> CleanResult:
        finding = Finding("CT901", "encoding", 0, 1, text[0], "中", "replace", 1.0, "it is a test")
        return CleanResult("中" + text[1:], Report((finding,), chars_in=len(text), chars_out=len(text)))


def test_text_that_the_encoding_lacks_is_an_error(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleantext.cli.fix.make_cleaner", lambda config: Translator())
    Path("a.txt").write_bytes(b"caf\xe9")
    result = cli("fix", "a.txt", "--encoding", "cp1252")
    assert result.exit_code == 2
    assert result.stderr.startswith("a.txt: the cleaned text holds U+4E2D, which cp1252 can't write")
    assert Path("a.txt").read_bytes() == b"caf\xe9"


def test_folder_is_walked(cli: Cli) -> None:
    Path("in/sub").mkdir(parents=True)
    Path("in/sub/a.txt").write_bytes(b"[[a]]b")
    Path("in/a.html").write_bytes(b"[[a]]b")
    assert cli("fix", "in").exit_code == 1
    assert Path("in/sub/a.txt").read_bytes() == b"b"
    assert Path("in/a.html").read_bytes() == b"[[a]]b"


def test_standard_input_goes_to_standard_output(cli: Cli) -> None:
    result = cli("fix", "-", stdin=codecs.BOM_UTF8 + b"a\r\n[[b]]")
    assert (result.exit_code, result.stdout_bytes) == (1, codecs.BOM_UTF8 + b"a\r\n")
    result = cli("fix", "-", stdin=b"clean\n")
    assert (result.exit_code, result.stdout_bytes) == (0, b"clean\n")


def test_full_disk_is_told(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise NoSpaceError("can't write a.txt: no space left on device: make room")

    monkeypatch.setattr("cleantext.cli.fix.write_atomically", full)
    Path("a.txt").write_bytes(b"[[a]]")
    result = cli("fix", "a.txt")
    assert (result.exit_code, result.stderr) == (
        2,
        "Error: can't write a.txt: no space left on device: make room\n",
    )
