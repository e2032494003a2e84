import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

pytestmark = pytest.mark.usefixtures("fake")

NOISE = "A line [[with noise]] in it.\n"


def test_only_new_noise_counts(cli: Cli) -> None:
    Path("a.txt").write_text(NOISE)
    result = cli("check", "a.txt", "--write-baseline", "known.json")
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "",
        "1 known piece of noise written to known.json\n",
    )
    assert cli("check", "a.txt").exit_code == 1
    assert cli("check", "a.txt", "--baseline", "known.json").output == ""
    # the same noise elsewhere, and moved, is known; other noise is new
    Path("b.txt").write_text("A line before.\n" + NOISE)
    assert cli("check", "b.txt", "--baseline", "known.json").exit_code == 0
    Path("b.txt").write_text("Another [[with other noise]].\n" + NOISE)
    result = cli("check", "b.txt", "--baseline", "known.json")
    assert result.exit_code == 1
    assert [line.split(":")[1] for line in result.stdout.splitlines()] == ["1"]


def test_key_in_the_settings(cli: Cli) -> None:
    Path("a.txt").write_text(NOISE)
    cli("check", "a.txt", "--write-baseline", "known.json")
    Path("cleantext.toml").write_text('baseline = "known.json"')
    assert cli("check", "a.txt").exit_code == 0


def test_file_is_stable(cli: Cli) -> None:
    Path("a.txt").write_text(NOISE + "Another [[with other noise]].\n")
    cli("check", "a.txt", "--write-baseline", "1.json")
    cli("check", "a.txt", "--write-baseline", "2.json")
    assert Path("1.json").read_bytes() == Path("2.json").read_bytes()
    assert len(json.loads(Path("1.json").read_text())["known"]["CT901"]) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            None,
            "the baseline known.json can't be read: no such file or directory: write it with --write-baseline",
        ),
        ("[]", "known.json is no baseline"),
        ("{", "known.json is no baseline"),
        ('{"cleantext-baseline": 99}', "known.json is a baseline of another version"),
        ('{"cleantext-baseline": 1, "known": []}', "known.json is no baseline"),
    ],
)
def test_what_is_no_baseline(cli: Cli, text: str | None, says: str) -> None:
    if text is not None:
        Path("known.json").write_text(text)
    result = cli("check", "-", "--baseline", "known.json", stdin=b"")
    assert result.exit_code == 2
    assert says in result.stderr
