"""``cleantext profile``: counts the lines that repeat on the pages of each site."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from cleantext.cli._complete import paths
from cleantext.cli._errors import Exit, complain
from cleantext.cli._options import format_option, pages_options
from cleantext.errors import ConfigError
from cleantext.io.formats import FORMATS, FormatName
from cleantext.io.records import Fields
from cleantext.report.visible import one_line

if TYPE_CHECKING:
    from cleantext.run.pool import Spread

#: The word that stands for an action instead of an input.
_SHOW = "show"


@click.command("profile", short_help="Count the lines that repeat on each site.")
@click.argument("words", nargs=-1, required=True, shell_complete=paths, metavar="IN | show PROFILE")
@click.option(
    "--out", shell_complete=paths, metavar="FILE", help="Where the profile goes, such as profile.parquet."
)
@pages_options
@click.option("--from", "named", type=click.Choice(FORMATS), help="Format of the input.  [default: by name]")
@click.option(
    "--encoding", default="utf-8", metavar="NAME", help="Encoding without a byte order mark.  [utf-8]"
)
@click.option("--memory", default="512MB", metavar="SIZE", help="Memory for counting.  [default: 512MB]")
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="Processes.  [default: by the work there is]",
)
@click.option("--overwrite", is_flag=True, help="Replace the profile if there is one.")
@click.option("--site", metavar="HOST", help="With show: this site only.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.8,
    metavar="C",
    help="With show.  [default: 0.8]",
)
@format_option("text", "json")
@click.pass_context
def command(
    ctx: click.Context,
    words: tuple[str, ...],
    out: str | None,
    fields: Fields,
    named: FormatName | None,
    encoding: str,
    memory: str,
    jobs: int | None,
    overwrite: bool,
    site: str | None,
    min_confidence: float,
    form: str,
) -> None:
    """Count the lines that repeat on the pages of each site of IN, for `cleantext run --profile FILE`.

    A page's site is the host of its URL (--url-field), or of a file the first folder below IN. Needs
    the extra duckdb. `cleantext profile show FILE` lists what would go; the file beside it with the
    suffix .toml can protect lines and add some.

    Exit status: 0 all pages were read, 2 any failed.
    """
    if words[0] == _SHOW and len(words) == 2:
        _show(words[1], site, min_confidence, form)
        return
    if len(words) != 1:
        raise click.UsageError("give one input, or: show PROFILE")
    if out is None:
        raise click.UsageError("--out is missing: say where the profile goes, such as --out profile.parquet")
    failed = build(words[0], out, fields, named, encoding, memory, jobs, overwrite)
    ctx.exit(Exit.ERROR if failed else Exit.CLEAN)


def build(
    source: str,
    out: str,
    fields: Fields,
    named: FormatName | None = None,
    encoding: str = "utf-8",
    memory: str = "512MB",
    jobs: int | None = None,
    overwrite: bool = False,
    to: str | None = None,
    spread: Spread | None = None,
    quiet: bool = False,
) -> int:
    """Make a profile, and say so unless `quiet`; gives the number of pages that could not be read."""
    import os

    from cleantext.corpus.pages import batches
    from cleantext.corpus.profile import make_profile
    from cleantext.run.plan import plan
    from cleantext.run.work import Options

    if os.path.lexists(out) and not overwrite:
        raise ConfigError(f"{out} exists: give another file, or --overwrite to replace it")
    failed = 0

    def counted() -> object:
        nonlocal failed
        options = Options(encoding, named, to, fields)
        for batch, problems in batches(plan(source, encoding, named), options, jobs, spread):
            failed += problems
            yield batch

    lines = make_profile(counted(), out, memory)  # type: ignore[arg-type]
    if failed:
        complain(f"{failed:,} pages could not be read")
    if not quiet:
        click.echo(f"{lines:,} lines counted: {one_line(out)}", err=True)
    return failed


def _show(path: str, site: str | None, least: float, form: str) -> None:
    import os

    from cleantext.corpus.site import added_lines, edits_path, judged_rows
    from cleantext.report.jsonl import to_json

    for name, line in added_lines(path, site):
        if form == "json":
            sys.stdout.write(
                to_json({"site": name, "kind": "added", "example": line, "confidence": 1.0}).decode() + "\n"
            )
        else:
            click.echo(f"{name}: [1.00] listed in {os.path.basename(edits_path(path))}: {one_line(line, 80)}")
    for row, sure in judged_rows(path, site):
        if sure < least:
            continue
        if form == "json":
            found = {name: getattr(row, name) for name in row.__struct_fields__}
            sys.stdout.write(to_json({**found, "confidence": sure}).decode() + "\n")
        else:
            kind = "" if row.kind == "exact" else " (and the like)"
            click.echo(
                f"{row.site}: [{sure:.2f}] {row.pages} of {row.site_pages} pages{kind}: {one_line(row.example, 80)}"
            )
