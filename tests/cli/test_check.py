import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.golden import same_as_golden

NOISY = "One line.\r\nKeep [[this\ngoes \x1b[31m]] {{Ã©|é}}\n((perhaps)) 😀 [[" + "long " * 30 + "]]\n"


@pytest.fixture
def files(here: Path, fake: None) -> None:
    Path("in/sub").mkdir(parents=True)
    Path("in/noisy.txt").write_bytes(NOISY.encode())
    Path("in/clean.txt").write_bytes(b"Nothing here.\n")
    Path("in/sub/flag.md").write_bytes(b"((flags)) don't count\n")
    Path("in/page.html").write_bytes(b"<p>")


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("form", ["text", "json", "jsonl"])
def test_formats(cli: Cli, form: str) -> None:
    result = cli("check", "in", "--format", form)
    assert result.exit_code == 1
    assert (
        result.stderr
        == "1 file in a folder was not read, not being text by name: name them to have them read\n"
    )
    assert same_as_golden(f"check.{form}", result.stdout_bytes)


@pytest.mark.usefixtures("files")
def test_json_is_json(cli: Cli) -> None:
    documents = json.loads(cli("check", "in", "in/none.txt", "--format", "json").stdout)["documents"]
    assert [d["path"] for d in documents] == ["in/clean.txt", "in/noisy.txt", "in/sub/flag.md", "in/none.txt"]
    assert documents[-1]["problem"] == "can't be read: no such file or directory"
    assert (documents[1]["findings"][0]["line"], documents[1]["findings"][0]["column"]) == (2, 6)
    for line in cli("check", "in", "--format", "jsonl").stdout.splitlines():
        assert json.loads(line)["path"].startswith("in/")


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("paths", "status"),
    [
        (["in/clean.txt"], 0),
        (["in/sub/flag.md"], 0),
        (["in/clean.txt", "in/noisy.txt"], 1),
        (["in/none.txt"], 2),
        (["in/none.txt", "in/noisy.txt"], 2),
        (["in/noisy.txt", "in/none.txt"], 2),
    ],
)
def test_exit_status(cli: Cli, paths: list[str], status: int) -> None:
    assert cli("check", *paths).exit_code == status


@pytest.mark.usefixtures("fake")
def test_standard_input(cli: Cli) -> None:
    result = cli("check", "-", stdin=b"a [[b]]")
    assert result.exit_code == 1
    assert result.stdout.startswith("-:1:3: CT901 share-bar [0.97] ")


@pytest.mark.usefixtures("fake")
def test_bug_in_a_rule_is_one_document(cli: Cli) -> None:
    Path("a.txt").write_text("RAISE")
    Path("b.txt").write_text("[[b]]")
    result = cli("check", "a.txt", "b.txt")
    assert result.exit_code == 2
    assert result.stderr == "a.txt: cleaning raised ValueError: a rule has a bug\n"
    assert result.stdout.startswith("b.txt:1:1:")


@pytest.mark.usefixtures("fake")
def test_names_cannot_steer_the_terminal(cli: Cli) -> None:
    Path("a\x1b[31m\nb.txt").write_text("[[b]]")
    Path("-dash.txt").write_text("[[b]]")
    result = cli("check", "--", "a\x1b[31m\nb.txt", "-dash.txt", "no\x07pe")
    assert result.stdout.splitlines()[0].startswith(r"a\x1b[31m\nb.txt:1:1: CT901")
    assert result.stdout.splitlines()[1].startswith("-dash.txt:1:1:")
    assert result.stderr.startswith(r"no\x07pe: can't be read")


def test_nothing_is_changed(cli: Cli) -> None:
    data = b"They meet on Marcus EriksonTuesday, kicking off a tour.\r\n"
    Path("a.txt").write_bytes(data)
    assert cli("check", "a.txt").exit_code == 1
    assert Path("a.txt").read_bytes() == data


def test_what_fix_leaves_is_clean(cli: Cli) -> None:
    Path("a.txt").write_bytes(b"They meet on Marcus EriksonTuesday, kicking off a tour.\r\n")
    assert cli("fix", "a.txt").exit_code == 1
    assert Path("a.txt").read_bytes() == b"They meet on Tuesday, kicking off a tour.\r\n"
    assert cli("check", "a.txt").exit_code == 0
    assert cli("fix", "a.txt").exit_code == 0


def test_a_misspelt_path_gets_the_nearest(cli: Cli) -> None:
    Path("sub").mkdir()
    Path("sub/article.txt").write_text("")
    Path("rules.toml").write_text("")
    where = os.path.join("sub", "article.txt")
    said = f"can't be read: no such file or directory: did you mean {where!r}?"
    assert said in cli("check", "sub/artikle.txt").stderr
    assert said in cli("run", "sub/artikle.txt", "out").stderr
    assert "did you mean 'rules.toml'?" in cli("check", "--rules", "rule.toml", where).stderr
    assert "did you mean" not in cli("check", "sub/other.md", "no/folder.txt").stderr
