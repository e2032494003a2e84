"""``cleantext explain``: the page of a rule."""

from __future__ import annotations

import click

from cleantext.cli._complete import rules


@click.command("explain", short_help="Explain a rule.")
@click.argument("rule", shell_complete=rules, metavar="RULE")
def command(rule: str) -> None:
    """Explain RULE, a code such as CT101 or a name: what it finds, why, and what it leaves alone.

    Your own rules are known where the settings of this folder name their file.
    """
    from cleantext.report.rule_page import rule_page
    from cleantext.rules import find_rule
    from cleantext.selection import rules_of
    from cleantext.settings.sources import Sources

    click.echo(rule_page(find_rule(rule, rules_of(Sources({}).at().config()))))
