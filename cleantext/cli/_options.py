"""The options that commands share, and the settings that they make."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar, get_args

import click

from cleantext.cli._complete import paths, rules
from cleantext.config import Config, Mode
from cleantext.io.records import Annotate, Fields, check_fields
from cleantext.run.work import CleansText
from cleantext.settings.layers import from_options
from cleantext.settings.sources import Sources

F = TypeVar("F", bound=Callable[..., Any])

_TEXT_FIELD: Callable[..., Any] = click.option(
    "--text-field", multiple=True, metavar="NAME", help="Field or column with text (repeatable); a.b goes in."
)
_URL_FIELD: Callable[..., Any] = click.option(
    "--url-field", metavar="NAME", help="Field with the record's URL."
)


class Settings(Sources):
    """What the shared options and the settings files come to."""

    def cleaner(self, make: Callable[[Config], CleansText], path: str) -> CleansText:
        """The cleaner for all files of `path`, a file or a folder."""
        layered = self.at(path)
        if not layered.by_path:
            return make(layered.config(path))
        from cleantext.run.by_path import ByPath

        return ByPath(layered)


def cleaning_options(command: F) -> Callable[..., Any]:
    """Add the shared options to a command, which gets them as one argument, `settings`."""

    @functools.wraps(command)
    def with_settings(
        mode: str | None,
        select: tuple[str, ...],
        extend_select: tuple[str, ...],
        ignore: tuple[str, ...],
        unsafe_edits: bool,
        lang: str | None,
        protect: tuple[str, ...],
        protect_file: tuple[str, ...],
        rules_files: tuple[str, ...],
        reviews: tuple[str, ...],
        config_file: str | None,
        no_config: bool,
        encoding: str | None = None,
        profile: str | None = None,
        **others: Any,
    ) -> Any:
        options = from_options(
            {
                "mode": mode,
                "select": _words(select),
                "extend-select": _words(extend_select),
                "ignore": _words(ignore),
                "unsafe-edits": unsafe_edits,
                "lang": lang,
                "protect": protect,
                "protect-files": protect_file,
                "rules-files": rules_files,
                "reviews": reviews,
                "profile": profile,
                "encoding": encoding,
            }
        )
        if no_config and config_file:
            raise click.UsageError("--config and --no-config exclude one another.")
        return command(settings=Settings(options, config_file, search=not no_config), **others)

    options = (
        click.option(
            "--mode",
            type=click.Choice(get_args(Mode)),
            metavar="MODE",
            help="How sure to be: conservative, balanced, aggressive.",
        ),
        click.option(
            "--select",
            multiple=True,
            shell_complete=rules,
            metavar="RULES",
            help="Use these rules or families only.",
        ),
        click.option(
            "--extend-select", multiple=True, shell_complete=rules, metavar="RULES", help="Use these besides."
        ),
        click.option(
            "--ignore", multiple=True, shell_complete=rules, metavar="RULES", help="Leave these out."
        ),
        click.option("--unsafe-edits", is_flag=True, help="Let rules act that otherwise only flag."),
        click.option("--lang", metavar="CODE", help="Language of the texts as a hint, such as de."),
        click.option("--protect", multiple=True, metavar="TEXT", help="Never touch this text (repeatable)."),
        click.option(
            "--protect-file",
            multiple=True,
            shell_complete=paths,
            metavar="FILE",
            help="Never touch these, one a line.",
        ),
        click.option(
            "--rules",
            "rules_files",
            multiple=True,
            shell_complete=paths,
            metavar="FILE",
            help="Use your own rules.",
        ),
        click.option(
            "--review",
            "reviews",
            multiple=True,
            shell_complete=paths,
            metavar="FILE",
            help="Leave alone what a review found wrong.",
        ),
        click.option(
            "--config",
            "config_file",
            shell_complete=paths,
            metavar="FILE",
            help="Settings instead of the nearest ones.",
        ),
        click.option("--no-config", is_flag=True, help="Look for no settings."),
    )
    decorated: Callable[..., Any] = with_settings
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


def encoding_option(command: F) -> F:
    """Add ``--encoding``, for commands that read files of texts."""
    return click.option("--encoding", metavar="NAME", help="Encoding without a byte order mark.  [utf-8]")(
        command
    )


def profile_option(command: F) -> F:
    """Add ``--profile``, for commands that know the URLs of texts."""
    return click.option(
        "--profile", shell_complete=paths, metavar="FILE", help="Lines that repeat on a site, from `profile`."
    )(command)


def pages_options(command: F) -> Callable[..., Any]:
    """Add the options that say where texts and URLs are; they come as one argument, `fields`."""

    @functools.wraps(command)
    def with_fields(text_field: tuple[str, ...], url_field: str | None, **others: Any) -> Any:
        return command(fields=check_fields(Fields(tuple(_words(text_field)), url=url_field)), **others)

    decorated: Callable[..., Any] = _TEXT_FIELD(_URL_FIELD(with_fields))
    return decorated


def records_options(command: F) -> Callable[..., Any]:
    """Add the options that say what the fields of records are; they come as one argument, `fields`."""

    @functools.wraps(command)
    def with_fields(
        text_field: tuple[str, ...],
        id_field: str | None,
        url_field: str | None,
        lang_field: str | None,
        annotate: Annotate | None,
        **others: Any,
    ) -> Any:
        fields = Fields(tuple(_words(text_field)), id_field, url_field, lang_field, annotate or "no")
        return command(fields=check_fields(fields), **others)

    options = (
        _TEXT_FIELD,
        click.option("--id-field", metavar="NAME", help="Field with a name for the record."),
        _URL_FIELD,
        click.option("--lang-field", metavar="NAME", help="Field with the record's language."),
        click.option(
            "--annotate",
            type=click.Choice(("beside", "instead")),
            help="Add the findings as a field, beside cleaning or instead of it.",
        ),
    )
    decorated: Callable[..., Any] = with_fields
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
        metavar="FORMAT",
        help=f"What to print: {', '.join(formats)}.",
    )


def make_cleaner(config: Config) -> CleansText:
    """The cleaner for these settings. Raises `ConfigError` for rules that don't exist."""
    from cleantext.cleaner import Cleaner

    return Cleaner(config)


def _words(values: tuple[str, ...]) -> tuple[str, ...]:
    """Option values with lists such as ``CT1,CT2`` taken apart."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())
