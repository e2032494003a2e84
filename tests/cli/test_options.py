from pathlib import Path

import pytest

from cleantext.cli import check
from cleantext.config import Config
from tests.cli.conftest import Cli
from tests.fake import FakeCleaner


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Config]:
    """The settings that `check` makes a cleaner of."""
    configs: list[Config] = []

    def make(config: Config) -> FakeCleaner:
        configs.append(config)
        return FakeCleaner()

    monkeypatch.setattr(check, "make_cleaner", make)
    return configs


def test_options_become_settings(cli: Cli, seen: list[Config]) -> None:
    Path("keep.txt").write_bytes("Zürich\r\n\r\nTwo words\n".encode())
    options = "--mode conservative --select CT1,CT2 --select byline --ignore CT104 --lang de"
    result = cli("check", *options.split(), "--protect", "a b", "--protect-file", "keep.txt", "-", stdin=b"")
    assert result.exit_code == 0
    assert seen == [
        Config(
            mode="conservative",
            select=("CT1", "CT2", "byline"),
            ignore=("CT104",),
            lang="de",
            protect=("a b", "Zürich", "Two words"),
        )
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("any.toml", 'mode = "aggressive"\nbudget = 0.5\nprotect = ["a"]\n'),
        ("pyproject.toml", '[tool.cleantext]\nmode = "aggressive"\nbudget = 0.5\nprotect = ["a"]\n'),
    ],
)
def test_settings_come_from_a_file_and_options_win(
    cli: Cli, seen: list[Config], name: str, text: str
) -> None:
    Path(name).write_text(text)
    assert cli("check", "--config", name, "-", stdin=b"").exit_code == 0
    assert (
        cli("check", "--config", name, "--mode", "balanced", "--protect", "b", "-", stdin=b"").exit_code == 0
    )
    assert seen == [
        Config(mode="aggressive", budget=0.5, protect=("a",)),
        Config(mode="balanced", budget=0.5, protect=("a", "b")),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("mode = ", "set.toml is not TOML"),
        ('mod = "balanced"', "set.toml:1: unknown key 'mod': did you mean 'mode'?"),
        ("protect = 3", "set.toml:1: protect wants a list in brackets (texts), not a number"),
        ("protect = [3]", "set.toml:1: protect wants a text in quotes, not a number"),
        ("[tool.other]", "set.toml has no table [tool.cleantext]"),
        ('tool = "x"', "set.toml has no table [tool.cleantext]"),
        (None, "set.toml can't be read: no such file"),
    ],
)
def test_bad_settings_file_is_named(cli: Cli, text: str | None, says: str) -> None:
    if text is not None:
        Path("set.toml").write_text(text)
    for extra in ((), ("--protect", "x")):
        result = cli("check", "--config", "set.toml", *extra, "-", stdin=b"")
        assert result.exit_code == 2
        assert says in result.stderr


@pytest.mark.parametrize(
    ("option", "says"),
    [
        (("--encoding", "no-such"), "encoding 'no-such' is unknown"),
        (("--protect-file", "no-such"), "no-such: can't be read"),
        (("--protect", ""), "protect holds an empty text"),
        (("--select", "NOPE"), "'NOPE'"),
    ],
)
def test_bad_option_is_2(cli: Cli, option: tuple[str, str], says: str) -> None:
    result = cli("check", *option, "-", stdin=b"")
    assert result.exit_code == 2
    assert says in result.stderr


def test_no_config_looks_for_none(cli: Cli) -> None:
    Path("cleantext.toml").write_text('ignore = ["CT101"]')
    Path("a.txt").write_text("They meet on Marcus EriksonTuesday, kicking off a tour.\n")
    assert cli("check", "a.txt").exit_code == 0
    assert cli("check", "--no-config", "a.txt").exit_code == 1
    assert cli("check", "--no-config", "--config", "cleantext.toml", "a.txt").exit_code == 2
