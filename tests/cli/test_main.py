import pkgutil
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

import cleantext.cli
from cleantext import __version__
from tests.cli.conftest import Cli
from tests.cli.process import ENVIRONMENT, python


def test_every_module_is_a_command_in_the_help(cli: Cli) -> None:
    modules = {m.name for m in pkgutil.iter_modules(cleantext.cli.__path__) if not m.name.startswith("_")}
    assert modules == set(cleantext.cli.COMMANDS.values())
    help_text = cli("--help").output
    hidden = {"completion", "man"}  # for once; docs/ci.md tells of them
    assert {n for n in cleantext.cli.COMMANDS if f"\n  {n} " not in help_text} == hidden


def test_help_fits_a_screen(cli: Cli) -> None:
    lines = cli("--help").output.splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("command", cleantext.cli.COMMANDS)
def test_help_of_a_command_tells_its_exit_status_or_prints_only(cli: Cli, command: str) -> None:
    result = cli(command, "--help")
    assert result.exit_code == 0
    assert "Exit status" in result.output or command in ("rules", "explain", "config", "completion", "man")


def test_version_as_a_module() -> None:
    result = python("-m", "cleantext", "--version")
    assert (result.returncode, result.stdout) == (0, f"cleantext {__version__}\n")


def test_version_and_help_load_nothing_heavy() -> None:
    code = (
        "import sys; from cleantext.cli import main; main(['--help'], standalone_mode=False); "
        "print(sorted({'rich', 'jinja2', 'hyperscan', 'regex', 'concurrent', 'cleantext.rules'} & set(sys.modules)))"
    )
    assert python("-c", code).stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "args", [(), ("no-such",), ("check",), ("check", "--mode", "brave", "a"), ("run", "a")]
)
def test_misuse_is_2(cli: Cli, args: tuple[str, ...]) -> None:
    result = cli(*args)
    assert result.exit_code == 2
    assert result.stdout == ""


def test_interruption_is_one_line(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(config: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cleantext.cli.check.make_cleaner", interrupted)
    result = cli("check", "a")
    assert (result.exit_code, result.stderr) == (130, "Interrupted: no file was left half written.\n")


def test_closed_pipe_is_no_traceback(here: Path) -> None:
    Path("a.txt").write_text("[[x]]\n")
    command = f"{sys.executable} -m cleantext rules | head -n 1"
    result = subprocess.run(command, shell=True, capture_output=True, text=True, env=ENVIRONMENT, check=False)
    assert result.stdout.startswith("code ")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["check", "fix", "diff", "run", "config", "eval"])
def test_help_has_options_in_groups(cli: Cli, command: str) -> None:
    text = cli(command, "--help-all" if command == "run" else "--help").output
    titles = ["Options:", "What to find:", "What to leave alone:", "Settings:"]
    assert [line for line in text.splitlines() if line in titles] == titles
    assert text.index("--mode MODE") > text.index("What to find:") > text.index("--help")


@pytest.mark.parametrize("command", cleantext.cli.COMMANDS)
def test_help_of_every_command_fits_a_screen(cli: Cli, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = cli(command, "--help").output.splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80


def test_what_a_short_help_only_names_is_explained_by_help_all(cli: Cli) -> None:
    short, whole = cli("run", "--help").output, cli("run", "--help-all").output
    assert "How sure to be" not in short
    assert "How sure to be" in whole
    assert "JSON Lines" in whole
    run = cleantext.cli.main.get_command(click.Context(cleantext.cli.main), "run")
    assert run is not None
    for parameter in run.params:
        if isinstance(parameter, click.Option):
            assert f" {max(parameter.opts, key=len)}" in short
            assert f" {max(parameter.opts, key=len)}" in whole


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script_names_the_command(cli: Cli, shell: str) -> None:
    script = cli("completion", shell).stdout
    assert "_CLEANTEXT_COMPLETE" in script
    assert shell in script


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
@pytest.mark.parametrize(
    ("words", "completions"),
    [
        ("cleantext che", {"check"}),
        ("cleantext check --stat", {"--statistics"}),
        ("cleantext check --mode c", {"conservative"}),
        ("cleantext check --ignore CT102,CT101", {"CT102,CT101"}),
        ("cleantext explain date-i", {"date-intrusion"}),
        ("cleantext check some/fi", {"some/fi"}),  # of the type "file": the shell's own completion
    ],
)
def test_bash_completes(words: str, completions: set[str]) -> None:
    environment = ENVIRONMENT | {
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
        "_CLEANTEXT_COMPLETE": "bash_complete",
    }
    code = "from cleantext.cli import main; main(prog_name='cleantext')"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert {line.partition(",")[2] for line in done.stdout.splitlines()} == completions


def test_manual_page_has_every_command_and_option(cli: Cli) -> None:
    page = cli("man").stdout
    assert page.startswith(".TH CLEANTEXT 1")
    for name in cleantext.cli.COMMANDS:
        assert f".SS cleantext {name}".replace("-", "\\-") in page
    assert ".B \\-\\-write\\-baseline FILE" in page
    if shutil.which("man"):
        done = subprocess.run(["man", "-l", "-"], input=page, capture_output=True, text=True, check=False)
        assert done.returncode == 0
        assert done.stderr == ""
        assert "--write-baseline" in done.stdout
