"""``cleantext explain``: the page of a rule."""

from __future__ import annotations

import click


@click.command("explain", short_help="Explain a rule.")
@click.argument("rule", metavar="RULE")
def command(rule: str) -> None:
    """Explain RULE, a code such as CT101 or a name: what it finds, why, and what it leaves alone."""
    from cleantext.report.rule_page import rule_page
    from cleantext.rules import find_rule

    click.echo(rule_page(find_rule(rule)))
