"""``cleantext test-rules``: whether own rules do what their examples say."""

from __future__ import annotations

import click

from cleantext.cli._complete import paths
from cleantext.cli._errors import Exit, complain
from cleantext.report.visible import one_line


@click.command("test-rules", short_help="Try your own rules on their examples.")
@click.argument("files", nargs=-1, shell_complete=paths, metavar="[FILE]...")
@click.option("--quiet", "-q", is_flag=True, help="Print what failed only.")
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], quiet: bool) -> None:
    """Try the rules in FILEs, or those of the settings, on the examples that they bring.

    Each rule is tried alone: it must find something in its `matches`, nothing in its `stays`, and
    make `before` into `after`; restoring must give the text back, and a second cleaning change
    nothing.

    Exit status: 0 all is well, 1 an example failed, 2 a rule is malformed.
    """
    from cleantext.errors import ConfigError
    from cleantext.ownrules.load import load_rules
    from cleantext.ownrules.registry import as_rules
    from cleantext.ownrules.testing import check_rules
    from cleantext.settings.sources import Sources

    rules = [rule for file in files for rule in load_rules(file)] or Sources({}).at().config().own_rules
    if not rules:
        raise ConfigError(
            "there are no rules: name a file with [[rules]], or set rules-files in the settings"
        )
    as_rules(tuple(rules))  # their codes and names differ
    failed = 0
    for outcome in check_rules(rules):
        rule = outcome.rule
        for failure in outcome.failures:
            complain(f"{rule.origin}: {rule.code} {rule.name}: {failure}")
        failed += bool(outcome.failures)
        if not quiet and not outcome.failures:
            examples = "1 example" if outcome.examples == 1 else f"{outcome.examples} examples"
            click.echo(one_line(f"{rule.code} {rule.name}: {examples} as they should be"))
    if failed:
        complain(f"{failed} of {len(rules)} rules fail their examples: mend the patterns or the examples")
    ctx.exit(Exit.NOISE if failed else Exit.CLEAN)
