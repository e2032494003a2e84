"""Pages of the site that are made when it is built: a page a rule, the command line, Python, changes.

mkdocs calls `on_files` (see mkdocs.yml). Nothing here is written into the sources.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import click

import cleantext
from cleantext.cli import main
from cleantext.cli._help import GroupedShort
from cleantext.report.rule_page import measured
from cleantext.rules import Rule, all_rules


def on_files(files: Any, config: Any) -> Any:
    """Add the made pages to the site's."""
    from mkdocs.structure.files import File

    made = {
        "rules/index.md": rule_table(),
        "reference/cli.md": command_line(),
        "reference/python.md": python(),
    }
    made["reference/changes.md"] = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    made |= {f"rules/{rule.code}.md": rule_page(rule) for rule in all_rules()}
    for name, content in made.items():
        files.append(File.generated(config, name, content=content))
    listing = files.get_file_from_path("rules.md")  # the same in one page, for readers of the repository
    if listing:
        files.remove(listing)
    return files


def fenced(text: str) -> str:
    """A text as a block, with a fence that isn't in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text.rstrip(chr(10))}\n{fence}"


def rule_table() -> str:
    rows = [
        f"| [{r.code}]({r.code}.md) | {r.name} | {r.family} | {'yes' if r.safe else 'flags'} | {escaped(r.summary)} |"
        for r in all_rules()
    ]
    return "\n".join(
        ["# Rules", "", "| code | name | family | acts | finds |", "| --- | --- | --- | --- | --- |", *rows]
    )


def escaped(text: str) -> str:
    """A text with nothing in it that Markdown takes for markup, but for code in backticks."""
    parts = re.split(r"(`[^`]+`)", text)
    return "".join(
        part if n % 2 else re.sub(r"([\\`*_{}\[\]<>|#!&])", r"\\\1", part) for n, part in enumerate(parts)
    )


def rule_page(rule: Rule) -> str:
    out = [f"# {rule.code} {rule.name}", ""]
    acts = "acts by itself" if rule.safe else "only flags, unless it is selected by its code"
    out += [f"Family **{rule.family}** · {acts}", ""]
    out += [escaped(paragraph) + "\n" for paragraph in (*rule.doc.split("\n\n"), measured(rule))]
    for number, example in enumerate(rule.examples):
        out += ["## Examples", ""] if number == 0 else []
        out += ["Before:", "", fenced(example.before), "", "After:", "", fenced(example.after or " "), ""]
    for number, look in enumerate(rule.lookalikes):
        out += ["## What looks alike and stays", ""] if number == 0 else []
        out += [escaped(look.why[:1].upper() + look.why[1:]) + ":", "", fenced(look.text), ""]
    out += [
        "## In settings",
        "",
        f'```toml\nignore = ["{rule.code}"]            # leave it out\n'
        f"thresholds = {{ {rule.code} = 0.95 }} # act on what is surer only\n```",
        "",
    ]
    return "\n".join(out)


def command_line() -> str:
    out = ["# Command line", "", fenced(help_of(main, "cleantext")), ""]
    context = click.Context(main, info_name="cleantext")
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        out += [f"## cleantext {name}", "", fenced(help_of(command, name, context)), ""]
    return "\n".join(out)


def help_of(command: click.Command, name: str, parent: click.Context | None = None) -> str:
    with click.Context(command, info_name=name, parent=parent, terminal_width=88) as context:
        return command.whole_help(context) if isinstance(command, GroupedShort) else command.get_help(context)


def python() -> str:
    out = ["# Python", "", "Everything below is in the package `cleantext`.", ""]
    for name in sorted(cleantext.__all__, key=str.lower):
        out += list(documented(name, getattr(cleantext, name)))
    return "\n".join(out)


def documented(name: str, value: Any) -> Iterator[str]:
    if name.startswith("__"):
        return
    yield f"## {name}"
    yield ""
    if not callable(value):
        yield fenced(repr(value))
        yield ""
        return
    signature = (
        "" if isinstance(value, type) and issubclass(value, Exception) else str(inspect.signature(value))
    )
    yield fenced(f"{name}{signature}".replace("cleantext.", ""))
    yield ""
    yield fenced(inspect.getdoc(value) or "")
    yield ""
    for attribute, member in vars(value).items() if isinstance(value, type) else ():
        if attribute.startswith("_") or not getattr(member, "__doc__", None):
            continue
        function = getattr(member, "fget", None) or getattr(member, "__func__", member)
        if not inspect.isfunction(function):
            continue
        yield f"### {name}.{attribute}"
        yield ""
        if not isinstance(member, property):
            yield fenced(f"{attribute}{inspect.signature(function)}".replace("cleantext.", ""))
            yield ""
        yield fenced(inspect.getdoc(function) or "")
        yield ""
