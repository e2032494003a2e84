"""``cleantext run``: cleans a file or a folder into another folder, with reports."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

import click

from cleantext.cli._errors import Exit, complain
from cleantext.cli._options import Settings, cleaning_options, format_option, make_cleaner
from cleantext.errors import CleantextError
from cleantext.report.summary import Summary

#: Failed documents that are named on the terminal; the reports name them all.
NAMED = 20


@click.command("run", short_help="Clean a file or folder into OUT, with reports.")
@click.argument("source", metavar="IN")
@click.argument("out", metavar="OUT")
@cleaning_options
@click.option(
    "--jobs", "-j", type=click.IntRange(1, 1024), help="Processes.  [default: by the work there is]"
)
@format_option("text", "json")
@click.option("--overwrite", is_flag=True, help="Replace what is in OUT already.")
@click.option("--quiet", "-q", is_flag=True, help="Print errors only.")
@click.pass_context
def command(
    ctx: click.Context,
    source: str,
    out: str,
    settings: Settings,
    jobs: int | None,
    form: str,
    overwrite: bool,
    quiet: bool,
) -> None:
    """Clean IN, a file or a folder, into the folder OUT. IN is never changed.

    OUT mirrors the paths of IN and gets report.jsonl (what was found in each document, from which
    `cleantext restore` puts the originals back), summary.json (the numbers) and report.html (to
    look at). Of a folder, text files are read: .txt .text .md .markdown .rst, or no suffix and
    text; the others are named in summary.json.

    Exit status: 0 all documents were read, 2 any failed.
    """
    from cleantext.run.folder import run_folder
    from cleantext.run.plan import plan

    here = settings.at(source)
    cleaner = settings.cleaner(make_cleaner, source)
    found = plan(source, here.encoding)
    with _progress(len(found.documents), quiet) as on_document:
        summary = run_folder(
            source,
            out,
            found,
            cleaner,
            here.config(),
            jobs=jobs,
            overwrite=overwrite,
            encoding=here.encoding,
            on_document=on_document,
        )
    _print(summary, out, form, quiet)
    ctx.exit(Exit.ERROR if summary.totals.failed else Exit.CLEAN)


@contextlib.contextmanager
def _progress(total: int, quiet: bool) -> Iterator[Callable[[], object]]:
    """A bar on standard error, where that is a terminal; gives what to call after a document."""
    done = 0

    def count() -> None:
        nonlocal done
        done += 1

    try:
        if quiet or not sys.stderr.isatty():
            yield count
        else:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

            columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
                task = progress.add_task("cleaning", total=total)

                def advance() -> None:
                    count()
                    progress.advance(task)

                yield advance
    except (CleantextError, KeyboardInterrupt):
        if done:
            complain(
                f"Stopped after {done} of {total} documents: what was cleaned is in place, but without "
                "a report. Run again with --overwrite."
            )
        raise


def _print(summary: Summary, out: str, form: str, quiet: bool) -> None:
    for failure in summary.failures[:NAMED]:
        complain(f"{failure.path}: {failure.reason}")
    if len(summary.failures) > NAMED:
        complain(f"and {len(summary.failures) - NAMED} more, in summary.json")
    if quiet:
        return
    if form == "json":
        from cleantext.report.jsonl import to_json

        click.echo(to_json(summary.as_mapping(), indent=2))
        return
    from cleantext.report.terminal import summary_lines

    for line in summary_lines(summary, out):
        click.echo(line)
