"""``cleantext completion``: what makes a shell complete commands and options."""

from __future__ import annotations

import click


@click.command("completion", short_help="Print what makes a shell complete commands.", hidden=True)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print a script that makes SHELL complete commands, options and files.

    For bash, put this line into ~/.bashrc: eval "$(cleantext completion bash)"
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    root = ctx.find_root()
    click.echo(found(root.command, {}, "cleantext", "_CLEANTEXT_COMPLETE").source())
