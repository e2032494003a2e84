"""``cleantext explain``: the page of a rule."""

from __future__ import annotations

import shutil
import sys

import click

from cleantext.cli._complete import rules


@click.command("explain", short_help="Explain a rule.")
@click.argument("rule", shell_complete=rules, metavar="RULE")
def command(rule: str) -> None:
    """Explain RULE: a code such as CT101, a name, a family, or the beginning of codes for all of those.

    The page says what the rule finds, why that is noise, what it leaves alone, and how often it was right. Your
    own rules are known where the settings of this folder name their file.
    """
    from cleantext.report.rule_page import rule_page
    from cleantext.rules import find_rule
    from cleantext.selection import fit, rules_of
    from cleantext.settings.sources import Sources

    rules = rules_of(Sources({}).at().config())
    found = [one for one in rules if fit(rule, one)] or [find_rule(rule, rules)]
    # as wide as is easily read, and no wider than the terminal; in a pipe it is always the same
    width = min(100, shutil.get_terminal_size().columns) if sys.stdout.isatty() else 100
    click.echo("\n\n".join(rule_page(one, max(30, width)) for one in found))
