"""``cleantext config``: the settings in force, and where each comes from."""

from __future__ import annotations

import json
from typing import Any

import click

from cleantext.cli._complete import paths
from cleantext.cli._help import Grouped
from cleantext.cli._options import Settings, cleaning_options, encoding_option, format_option, profile_option


@click.command("config", cls=Grouped, short_help="Show the settings in force, and where from.")
@click.argument("path", shell_complete=paths, metavar="[PATH]", required=False)
@cleaning_options
@encoding_option
@profile_option
@format_option("text", "json")
def command(path: str | None, settings: Settings, form: str) -> None:
    """Show the settings that are in force for the file PATH, or in this folder.

    They come as TOML, each with the file and line that it was set on, the option, or "default". The
    settings file is the nearest cleantext.toml, or pyproject.toml with [tool.cleantext], of the
    folder of PATH and those above; where there is none, of the current folder.
    """
    from cleantext.settings.keys import KEYS, PATHS
    from cleantext.settings.layers import plain
    from cleantext.settings.toml import shown

    layered = settings.at(path)
    layered.config(path)  # says what is wrong
    values = layered.values(path)
    rows: list[tuple[str, Any, list[str]]] = []
    for key in KEYS:
        if key.name == "extend":
            continue
        items = values.get(key.name, ())
        origins = list(dict.fromkeys(item.origin for item in items)) or ["default"]
        value = plain(key, items) if items else key.default
        if items and key.name in PATHS:
            value = shown(value) if isinstance(value, str) else tuple(map(shown, value))
        rows.append((key.name, value, origins))
    file = settings.file(path)
    if form == "json":
        from cleantext.report.jsonl import to_json

        data = {name: {"value": value, "from": origins} for name, value, origins in rows}
        click.echo(to_json({"file": file, "settings": data}, indent=2))
        return
    from cleantext.report.visible import one_line

    click.echo(f"# {one_line(shown(file))}" if file else "# no settings file")
    lines = [
        (f"# {name} is not set" if value is None else f"{name} = {_toml(value)}", ", ".join(origins))
        for name, value, origins in rows
    ]
    width = min(44, max(len(line) for line, _ in lines))
    for line, origin in lines:
        click.echo(line if line.startswith("#") else f"{line.ljust(width)}  # {one_line(origin)}")


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{json.dumps(k, ensure_ascii=False)} = {_toml(v)}" for k, v in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str):  # JSON's escapes are TOML's, but for DEL, which TOML doesn't take as it is
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)
