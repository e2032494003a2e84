"""What a shell completes: paths, and the names of rules."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem


def paths(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Whatever the shell itself completes as a path."""
    return [CompletionItem(incomplete, type="file")]


def rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Codes, names and families; of several after commas the last one is completed."""
    from cleantext.rules import all_rules

    before, comma, last = incomplete.rpartition(",")
    words = {word for rule in all_rules() for word in (rule.code, rule.name, rule.family)}
    return [CompletionItem(before + comma + word) for word in sorted(words) if word.startswith(last)]
