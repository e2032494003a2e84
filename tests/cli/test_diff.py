import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cleantext.cli.diff import _for_terminal
from tests.cli.conftest import Cli
from tests.cli.process import on_terminal
from tests.cli.test_fix import Translator
from tests.golden import same_as_golden

pytestmark = pytest.mark.usefixtures("fake")

TEXT = (
    "".join(f"line {i}\n" for i in range(1, 20))
    + "[[whole\nlines]]\na {{bad|good}} word\n((flag))\nend [[x]]"
)


def test_diff_is_unified(cli: Cli) -> None:
    Path("a.txt").write_text(TEXT)
    result = cli("diff", "a.txt")
    assert result.exit_code == 1
    assert same_as_golden("diff.txt", result.stdout_bytes)


@pytest.mark.skipif(not shutil.which("patch"), reason="patch is not installed")
def test_patch_understands_it(cli: Cli) -> None:
    Path("a.txt").write_text(TEXT)
    Path("a.diff").write_bytes(cli("diff", "a.txt").stdout_bytes)
    cli("fix", "-", stdin=TEXT.encode())
    subprocess.run(["patch", "-s", "a.txt", "a.diff"], check=True)
    assert Path("a.txt").read_bytes() == cli("fix", "-", stdin=TEXT.encode()).stdout_bytes


#: Name of a file, its bytes, and options: what `patch` and git must make of it without being told the name.
PATCHED = {
    "blanks": ("sub dir/a b.txt", TEXT.encode(), ()),
    "controls": ('a"\t\n.txt', TEXT.encode(), ()),
    "letters": ("ä.txt", TEXT.encode(), ()),
    "crlf": ("a.txt", TEXT.replace("\n", "\r\n").encode(), ()),
    "bom": ("a.txt", "\ufeff[[x]] first\nsecond\n".encode(), ()),
    "bom-line": ("a.txt", "\ufeff[[x]]\nsecond\n".encode(), ()),
    "latin-1": ("a.txt", "é [[x]]\nà côté\n".encode("latin-1"), ("--encoding", "latin-1")),
    "shift-jis": ("a.txt", "表示\n能[[x]]\n".encode("shift_jis"), ("--encoding", "shift_jis")),
}


@pytest.mark.parametrize("tool", ["patch", "git"])
@pytest.mark.parametrize("case", PATCHED)
def test_every_file_can_be_patched(cli: Cli, case: str, tool: str) -> None:
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed")
    name, data, options = PATCHED[case]
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    diff = cli("diff", name, *options).stdout_bytes
    assert cli("fix", name, "-q", *options).exit_code == 1
    fixed = path.read_bytes()
    path.write_bytes(data)
    command = ["patch", "-s", "-p0"] if tool == "patch" else ["git", "apply", "-p0", "-"]
    done = subprocess.run(command, input=diff, capture_output=True, check=False)
    assert done.returncode == 0, (done.stdout, done.stderr, diff)
    assert path.read_bytes() == fixed != data


def test_what_the_encoding_lacks_is_an_error(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleantext.cli.diff.make_cleaner", lambda config: Translator())
    Path("a.txt").write_bytes(b"caf\xe9")
    result = cli("diff", "a.txt", "--encoding", "latin-1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "U+4E2D, which iso8859-1 can't write" in result.stderr


def test_utf_16_is_shown_in_utf_8(cli: Cli) -> None:
    Path("a.txt").write_bytes("é [[x]].\n".encode("utf-16"))
    assert cli("diff", "a.txt").stdout == "--- a.txt\n+++ a.txt\n@@ -1 +1 @@\n-é [[x]].\n+é .\n"


def test_exit_status(cli: Cli) -> None:
    Path("clean.txt").write_text("clean ((flag))\n")
    Path("noisy.txt").write_text("[[noisy]]")
    assert (cli("diff", "clean.txt").exit_code, cli("diff", "clean.txt").output) == (0, "")
    assert cli("diff", "clean.txt", "noisy.txt").exit_code == 1
    assert cli("diff", "noisy.txt", "none.txt").exit_code == 2


def test_pipe_gets_bytes_without_colour(cli: Cli) -> None:
    assert cli("diff", "-", stdin=b"a\x1b\0 [[b]]\r\n").stdout_bytes == (
        b"--- -\n+++ -\n@@ -1 +1 @@\n-a\x1b\0 [[b]]\r\n+a\x1b\0 \r\n"
    )


def test_terminal_gets_colour_and_no_control_characters() -> None:
    assert _for_terminal("-a\x1b[2J\n", True, header=False) == "\x1b[31m-a\\x1b[2J\n\x1b[0m"
    assert _for_terminal("-a\x1b[2J\n", False, header=False) == "-a\\x1b[2J\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_no_color_is_respected_on_a_terminal(here: Path, no_color: str, coloured: bool) -> None:
    Path("a.txt").write_text("They meet on Marcus EriksonTuesday, kicking off a tour.\n")
    done, shown = on_terminal("diff", "a.txt", stream="stdout", NO_COLOR=no_color)
    assert done.returncode == 1
    assert b"They meet on Tuesday" in shown
    assert (b"\x1b[" in shown) == coloured
