"""``cleantext run``: cleans a file or a folder into another folder, with reports."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from cleantext.cli._complete import paths
from cleantext.cli._errors import Exit, complain
from cleantext.cli._help import GroupedShort
from cleantext.cli._options import (
    Settings,
    cleaning_options,
    encoding_option,
    format_option,
    make_cleaner,
    profile_option,
    records_options,
)
from cleantext.errors import CleantextError, ConfigError
from cleantext.io.formats import FORMATS, FormatName
from cleantext.io.records import Fields
from cleantext.io.store import STDIO
from cleantext.report.summary import Summary
from cleantext.settings.layers import Values, from_options

if TYPE_CHECKING:
    from cleantext.engines.spread import EngineName
    from cleantext.run.folder import Done
    from cleantext.run.plan import Plan
    from cleantext.run.pool import Spread

#: Failed documents that are named on the terminal; the reports name them all.
NAMED = 20

#: The profile that `--two-pass` leaves in OUT.
PROFILE = "profile.parquet"


@click.command("run", cls=GroupedShort, short_help="Clean a file or folder into OUT, with reports.")
@click.argument("source", shell_complete=paths, metavar="IN")
@click.argument("out", shell_complete=paths, metavar="OUT")
@cleaning_options
@encoding_option
@profile_option
@records_options
@click.option("--from", "named", type=click.Choice(FORMATS), help="Format of the input.  [default: by name]")
@click.option("--to", type=click.Choice(("jsonl", "parquet")), help="What WARC and WET become.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="The first N documents only.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="N documents from anywhere only.")
@click.option("--shard", metavar="I/N", help="Every N-th file, from the I-th (1 to N).")
@click.option("--two-pass", is_flag=True, help="Make a profile of IN first, and use it.")
@click.option(
    "--engine", type=click.Choice(("ray", "spark")), help="Work on the cluster at RAY_ADDRESS or MASTER."
)
@click.option("--dry-run", is_flag=True, help="Write the reports only.")
@click.option(
    "--timeout", type=click.FloatRange(0.1), metavar="SECONDS", help="Time that a document may take."
)
@click.option("--max-failures", type=click.IntRange(0), metavar="N", help="Stop when more documents fail.")
@click.option(
    "--expect", shell_complete=paths, metavar="FILE", help="Stop where far more goes than in that summary."
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="Processes.  [default: by the work there is]",
)
@format_option("text", "json")
@click.option("--overwrite", is_flag=True, help="Replace what is in OUT already, and begin anew.")
@click.option("--quiet", "-q", is_flag=True, help="Print errors only.")
@click.pass_context
def command(
    ctx: click.Context,
    source: str,
    out: str,
    settings: Settings,
    fields: Fields,
    named: FormatName | None,
    to: str | None,
    limit: int | None,
    sample: int | None,
    shard: str | None,
    dry_run: bool,
    two_pass: bool,
    engine: EngineName | None,
    timeout: float | None,
    max_failures: int | None,
    expect: str | None,
    jobs: int | None,
    form: str,
    overwrite: bool,
    quiet: bool,
) -> None:
    """Clean IN into the folder OUT, with report.html to look at. IN is a file, a folder, a pattern,
    a URL that fsspec reads, or -; it is never changed. An interrupted run goes on when it is given
    again.

    OUT mirrors the paths of IN and gets report.jsonl (what was found in each document, from which
    `cleantext restore` puts the originals back), summary.json (the numbers) and report.html. OUT -
    is standard output, without reports.

    Text, Markdown and HTML are a document a file; JSON Lines, CSV, TSV, Parquet, WET and WARC hold
    many. Each may be packed as .gz or .zst. What isn't text stays as it is, byte for byte. Files of
    other kinds are named in summary.json.

    Exit status: 0 all documents were read, 2 any failed or --expect did.
    """
    from cleantext.report.expect import jumps, read_summary
    from cleantext.run.folder import Limits, run_folder
    from cleantext.run.plan import plan
    from cleantext.run.plan import shard as shard_of
    from cleantext.run.work import Options

    if limit is not None and sample is not None:
        raise ConfigError("--limit and --sample can't be had together: give one of them")
    before = read_summary(expect) if expect is not None else None
    spread = None
    if engine is not None:
        from cleantext.engines.spread import spread as spread_of

        spread = spread_of(engine)
        source, out = _absolute(source), _absolute(out)
    if two_pass:
        settings = settings.with_options(
            _two_pass(source, out, fields, named, to, settings, jobs, overwrite, spread, quiet)
        )
    here = settings.at(source)
    cleaner = settings.cleaner(make_cleaner, source)
    found = plan(source, here.encoding, named)
    if shard is not None:
        found = shard_of(found, *_shard(shard))
    with _progress(found, quiet) as on_progress:
        summary = run_folder(
            source,
            out,
            found,
            cleaner,
            here.config(),
            jobs=jobs,
            overwrite=overwrite,
            options=Options(here.encoding, named, to, fields, dry_run),
            limits=Limits(limit, sample, max_failures, timeout, before),
            on_progress=on_progress,
            spread=spread,
        )
    _print(summary, out, form, quiet)
    jumped = jumps(summary.as_mapping(), before) if before is not None else []
    for jump in jumped:
        complain(f"Error: --expect: {jump}: look at the report before the result is used")
    ctx.exit(Exit.ERROR if summary.totals.failed or jumped else Exit.CLEAN)


def _two_pass(
    source: str,
    out: str,
    fields: Fields,
    named: FormatName | None,
    to: str | None,
    settings: Settings,
    jobs: int | None,
    overwrite: bool,
    spread: Spread | None,
    quiet: bool,
) -> Values:
    """The setting of a profile of the input, which stays in OUT; an interrupted run takes up its own."""
    from cleantext.cli.profile import build
    from cleantext.io.atomic import make_folder
    from cleantext.io.store import is_url
    from cleantext.run.plan import refuse_overlap
    from cleantext.run.state import FOLDER, Progress

    if STDIO in (source, out) or is_url(out):
        raise ConfigError(
            "--two-pass reads the input twice and keeps the profile in OUT: give a folder to write to"
        )
    refuse_overlap(source, out)
    path = os.path.join(out, PROFILE)
    going_on = not overwrite and Progress.is_there(os.path.join(out, FOLDER))
    if not (going_on and os.path.exists(path)):
        if os.path.lexists(path) and not overwrite:
            raise ConfigError(f"{path} exists: give another folder, or --overwrite to replace it")
        make_folder(out)
        encoding = settings.at(source).encoding
        build(
            source,
            path,
            fields,
            named,
            encoding,
            jobs=jobs,
            overwrite=overwrite,
            to=to,
            spread=spread,
            quiet=quiet,
        )
    return from_options({"profile": path})


def _absolute(path: str) -> str:
    """The path for processes that may work in another folder."""
    from cleantext.io.store import is_url

    return path if path == STDIO or is_url(path) else os.path.abspath(path)


def _shard(text: str) -> tuple[int, int]:
    number, slash, of = text.partition("/")
    if not slash or not number.isdecimal() or not of.isdecimal():
        raise ConfigError(f"shard {text!r} is no share: write 1/8 for the first of eight")
    return int(number), int(of)


@contextlib.contextmanager
def _progress(found: Plan, quiet: bool) -> Iterator[Callable[[Done], object]]:
    """A bar on standard error, where that is a terminal; gives what to call after each part."""
    latest: Done | None = None

    def note(done: Done) -> None:
        nonlocal latest
        latest = done

    try:
        if quiet or not sys.stderr.isatty():
            yield note
        else:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

            size = sum(d.size for d in found.documents)
            columns = (TextColumn("{task.description}"), BarColumn(20), TimeRemainingColumn())
            started = time.monotonic()
            with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
                task = progress.add_task("", total=size or None)

                def advance(done: Done) -> None:
                    note(done)
                    took = max(0.001, time.monotonic() - started)
                    text = (
                        f"{done.documents:,} documents, {done.documents / took:,.0f}/s, "
                        f"{done.size / took / 1e6:.1f} MB/s, {done.findings:,} findings"
                    )
                    progress.update(task, completed=done.size, description=text)

                yield advance
    except (CleantextError, KeyboardInterrupt):
        if latest is not None:
            complain(f"Stopped after {latest.documents} documents: give the same command again to go on.")
        raise


def _print(summary: Summary, out: str, form: str, quiet: bool) -> None:
    for failure in summary.failures[:NAMED]:
        complain(f"{failure.path}: {failure.reason}")
    if len(summary.failures) > NAMED:
        complain(f"and {len(summary.failures) - NAMED} more, in summary.json")
    if quiet:
        return
    to_stderr = out == STDIO  # standard output is the result
    if form == "json":
        from cleantext.report.jsonl import to_json

        click.echo(to_json(summary.as_mapping(), indent=2), err=to_stderr)
        return
    from cleantext.report.terminal import summary_lines

    for line in summary_lines(summary, out):
        click.echo(line, err=to_stderr)
