"""Help texts with the options in groups, none longer than a screen."""

from __future__ import annotations

import textwrap

import click

#: Title -> options, for those that several commands share; the others stand under "Options".
GROUPS = {
    "What to find": ("mode", "select", "extend_select", "ignore", "unsafe_edits", "rules_files", "lang"),
    "What to leave alone": ("protect", "protect_file", "reviews"),
    "Settings": ("config_file", "no_config", "encoding"),
    "Records": ("text_field", "id_field", "url_field", "lang_field", "annotate"),
}

#: Columns that option names take at most before their text goes to the next line.
_NAMES = 27

Rows = list[tuple[str, str]]


class Grouped(click.Command):
    """A command whose help has the shared options in groups, and its own first."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, options in self.groups(ctx).items():
            _write(formatter, title, [_record(option, ctx) for option in options])

    def groups(self, ctx: click.Context) -> dict[str, list[click.Option]]:
        """Title -> options that are shown, in order; no group is empty."""
        group_of = {name: title for title, names in GROUPS.items() for name in names}
        groups: dict[str, list[click.Option]] = {"Options": [], **{title: [] for title in GROUPS}}
        for parameter in self.get_params(ctx):
            if isinstance(parameter, click.Option) and not parameter.hidden:
                groups[group_of.get(parameter.name or "", "Options")].append(parameter)
        return {title: options for title, options in groups.items() if options}


class GroupedShort(Grouped):
    """One with so many options that the shared ones are only named, until ``--help-all`` asks for them.

    Of the text, the first paragraph and the last are shown.
    """

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        return [*super().get_params(ctx), _help_all()]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        paragraphs = (self.help or "").split("\n\n")
        whole = click.Command(self.name, help="\n\n".join((paragraphs[0], paragraphs[-1])))
        whole.format_help_text(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        groups = self.groups(ctx)
        _write(formatter, "Options", [_record(option, ctx) for option in groups.pop("Options")])
        widest = max(map(len, groups))
        with formatter.section("More, explained by --help-all"):
            for title, options in groups.items():
                formatter.write(_names(title.ljust(widest), options, formatter) + "\n")

    def whole_help(self, ctx: click.Context) -> str:
        """All of the text, and all options with theirs."""
        formatter = ctx.make_formatter()
        self.format_usage(ctx, formatter)
        super().format_help_text(ctx, formatter)
        super().format_options(ctx, formatter)
        return formatter.getvalue().rstrip("\n")


def _help_all() -> click.Option:
    def show(ctx: click.Context, option: click.Parameter, asked: bool) -> None:
        if asked and not ctx.resilient_parsing:
            assert isinstance(ctx.command, GroupedShort)
            click.echo(ctx.command.whole_help(ctx), color=ctx.color)
            ctx.exit()

    return click.Option(
        ["--help-all"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help="Explain all options, and the formats.",
    )


def _names(title: str, options: list[click.Option], formatter: click.HelpFormatter) -> str:
    """The options' long names behind the title; none is broken at its hyphens."""
    start = " " * formatter.current_indent + title + "  "
    names = "  ".join(max(option.opts, key=len) for option in options)
    return textwrap.fill(
        names,
        formatter.width,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_on_hyphens=False,
    )


def _record(option: click.Option, ctx: click.Context) -> tuple[str, str]:
    record = option.get_help_record(ctx)
    assert record is not None
    return record


def _write(formatter: click.HelpFormatter, title: str, rows: Rows) -> None:
    width = min(_NAMES, max(len(names) for names, _ in rows))
    with formatter.section(title):
        formatter.write_dl([(names.ljust(width), text) for names, text in rows], col_max=width)
