import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cleantext.cli.diff import _for_terminal
from tests.cli.conftest import Cli
from tests.cli.process import on_terminal
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
