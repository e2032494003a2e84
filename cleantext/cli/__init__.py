"""The command line: one module a command, loaded when it is called."""

from __future__ import annotations

import importlib

import click

from cleantext.cli._errors import reporting
from cleantext.version import __version__

#: The commands in the order of the help text, and the modules whose `command` each is.
COMMANDS = {
    "run": "run",
    "restore": "restore",
    "check": "check",
    "fix": "fix",
    "diff": "diff",
    "profile": "profile",
    "rules": "rules",
    "explain": "explain",
    "config": "config",
    "test-rules": "try_rules",
    "eval": "evaluate",
    "completion": "completion",
    "man": "man",
}


class _Commands(click.Group):
    """Commands that are imported when they are asked for, so that each starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"cleantext.cli.{COMMANDS[cmd_name]}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        with reporting(ctx):
            return super().invoke(ctx)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0 clean, 1 noise found or text changed, 2 error. More: cleantext COMMAND --help.",
)
@click.version_option(__version__, message="cleantext %(version)s")
def main() -> None:
    """Find the noise that scraping leaves in text, and take it out so that it can be put back."""
