"""The options that commands share, and the settings that they make."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, get_args

import click
import msgspec

from cleantext.config import Config, Mode, from_mapping
from cleantext.errors import ConfigError, InputError
from cleantext.io.text import check_encoding, decode, read_bytes, reason_of
from cleantext.run.work import CleansText

F = TypeVar("F", bound=Callable[..., Any])


class Settings(msgspec.Struct, frozen=True):
    """What the shared options come to."""

    config: Config
    encoding: str


def cleaning_options(command: F) -> Callable[..., Any]:
    """Add the shared options to a command, which gets them as one argument, `settings`."""

    @functools.wraps(command)
    def with_settings(
        mode: str | None,
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        lang: str | None,
        protect: tuple[str, ...],
        protect_file: str | None,
        config_file: str | None,
        encoding: str,
        **others: Any,
    ) -> Any:
        base = from_mapping(read_config(config_file), config_file) if config_file else Config()
        given = {"mode": mode, "select": _words(select), "ignore": _words(ignore), "lang": lang}
        merged = msgspec.to_builtins(base) | {key: value for key, value in given.items() if value}
        # texts to protect add up: those of the file still need it
        merged["protect"] = [*base.protect, *protect, *(_protect_file(protect_file) if protect_file else ())]
        config = from_mapping(merged, "the options")
        return command(settings=Settings(config, check_encoding(encoding)), **others)

    options = (
        click.option(
            "--mode", type=click.Choice(get_args(Mode)), help="How sure to be.  [default: balanced]"
        ),
        click.option(
            "--select", multiple=True, metavar="RULES", help="Use these rules, families or codes only."
        ),
        click.option("--ignore", multiple=True, metavar="RULES", help="Leave these out."),
        click.option("--lang", metavar="CODE", help="Language of the texts as a hint, such as de."),
        click.option("--protect", multiple=True, metavar="TEXT", help="Never touch this text (repeatable)."),
        click.option("--protect-file", metavar="FILE", help="Never touch these texts, one a line."),
        click.option("--config", "config_file", metavar="FILE", help="Settings: TOML, or a pyproject.toml."),
        click.option(
            "--encoding",
            default="utf-8",
            metavar="NAME",
            help="Encoding of files without a byte order mark.  [default: utf-8]",
        ),
    )
    decorated: Callable[..., Any] = with_settings
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


def format_option(*formats: str) -> Callable[[F], F]:
    """Add ``--format`` with these choices, the first of which is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        help=f"What to print.  [default: {formats[0]}]",
    )


def make_cleaner(config: Config) -> CleansText:
    """The cleaner for these settings. Raises `ConfigError` for rules that don't exist."""
    from cleantext.cleaner import Cleaner

    return Cleaner(config)


def read_config(path: str) -> dict[str, Any]:
    """The settings in a TOML file: its top level, or ``[tool.cleantext]`` of a ``pyproject.toml``."""
    try:
        data: dict[str, Any] = tomllib.loads(read_bytes(path).decode("utf-8-sig"))
    except InputError as e:
        raise ConfigError(f"{path} {e}") from e
    except ValueError as e:  # not TOML, or not UTF-8
        raise ConfigError(f"{path} is not TOML: {reason_of(e)}") from e
    if "tool" not in data and Path(path).name != "pyproject.toml":
        return data
    tool = data.get("tool")
    table = tool.get("cleantext") if isinstance(tool, dict) else None
    if not isinstance(table, dict):
        raise ConfigError(f"{path} has no table [tool.cleantext]: add one")
    return table


def _protect_file(path: str) -> list[str]:
    try:
        text = decode(read_bytes(path)).text
    except InputError as e:
        raise ConfigError(f"{path}: {e}") from e
    return [line for line in (raw.removesuffix("\r") for raw in text.split("\n")) if line.strip()]


def _words(values: tuple[str, ...]) -> list[str]:
    """Option values with lists such as ``CT1,CT2`` taken apart."""
    return [word.strip() for value in values for word in value.split(",") if word.strip()]
