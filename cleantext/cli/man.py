"""``cleantext man``: the manual page, made of the help texts."""

from __future__ import annotations

from collections.abc import Iterator

import click

from cleantext.version import __version__


@click.command("man", short_help="Print the manual page.", hidden=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Print the manual page, in the form that man reads: cleantext man | man -l -"""
    root = ctx.find_root()
    assert isinstance(root.command, click.Group)
    for line in _page(root.command):
        click.echo(line)


def _page(group: click.Group) -> Iterator[str]:
    yield f'.TH CLEANTEXT 1 "" "cleantext {__version__}" "User commands"'
    yield from _section("NAME", "cleantext \\- a linter for scraped text")
    yield ".SH SYNOPSIS"
    yield ".B cleantext"
    yield ".I COMMAND"
    yield "[OPTIONS] [ARGUMENTS]"
    yield from _section("DESCRIPTION", _safe(group.help or ""))
    yield ".SH COMMANDS"
    context = click.Context(group, info_name="cleantext")
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if found is None:
            continue
        inner = click.Context(found, info_name=name, parent=context)
        yield f".SS {_usage(found, inner)}"
        for paragraph in (found.help or "").split("\n\n"):
            yield _safe(" ".join(paragraph.replace("\b", "").split()))
            yield ".PP"
        for parameter in found.get_params(inner):
            record = parameter.get_help_record(inner)
            if record and record[1]:
                yield ".TP"
                yield f".B {_safe(record[0])}"
                yield _safe(record[1])
    yield from _section("EXIT STATUS", "0 clean, 1 noise found or text changed, 2 error.")
    yield from _section(
        "FILES", "cleantext.toml, or pyproject.toml with [tool.cleantext]: settings; the nearest holds."
    )
    yield from _section(
        "ENVIRONMENT",
        "NO_COLOR: no colours. CLEANTEXT_ENGINE: native or portable. CLEANTEXT_CACHE_DIR: where compiled rules are kept.",
    )


def _usage(found: click.Command, context: click.Context) -> str:
    return _safe(" ".join(["cleantext", context.info_name or "", *found.collect_usage_pieces(context)]))


def _section(title: str, text: str) -> Iterator[str]:
    yield f".SH {title}"
    yield text


def _safe(text: str) -> str:
    """Text without what troff takes for commands."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text.startswith((".", "'")) else text
