"""Help texts with the options in groups."""

from __future__ import annotations

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


class Grouped(click.Command):
    """A command whose help has the shared options in groups, and its own first."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        group_of = {name: title for title, names in GROUPS.items() for name in names}
        rows: dict[str, list[tuple[str, str]]] = {"Options": [], **{title: [] for title in GROUPS}}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record and isinstance(parameter, click.Option):
                rows[group_of.get(parameter.name or "", "Options")].append(record)
        width = min(_NAMES, max(len(names) for records in rows.values() for names, _ in records))
        for title, records in rows.items():
            if records:
                with formatter.section(title):
                    formatter.write_dl([(names.ljust(width), text) for names, text in records], col_max=width)
