"""``cleantext check``: what noise there is, changing nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from cleantext.baseline import Baseline
from cleantext.cli._complete import paths
from cleantext.cli._documents import Document, cleaned, files_argument
from cleantext.cli._errors import Exit, complain
from cleantext.cli._help import Grouped
from cleantext.cli._options import Settings, cleaning_options, encoding_option, format_option, make_cleaner
from cleantext.finding import Report
from cleantext.report.formats import FORMATS, Checked, Writes, output

if TYPE_CHECKING:
    from cleantext.rules import Rule

Write = Callable[[str | bytes], object]


@click.command("check", cls=Grouped, short_help="List the noise in files, changing nothing.")
@files_argument
@cleaning_options
@encoding_option
@format_option(*FORMATS)
@click.option(
    "--output-file", shell_complete=paths, metavar="FILE", help="Write there instead of standard output."
)
@click.option("--statistics", is_flag=True, help="Print how much of what, not each finding.")
@click.option("--baseline", shell_complete=paths, metavar="FILE", help="Report only what isn't in FILE.")
@click.option(
    "--write-baseline",
    shell_complete=paths,
    metavar="FILE",
    help="Write what there is to FILE, as known noise.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 where there is noise, too.")
@click.option("--quiet", "-q", is_flag=True, help="Print errors only.")
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    settings: Settings,
    form: str,
    output_file: str | None,
    statistics: bool,
    baseline: str | None,
    write_baseline: str | None,
    exit_zero: bool,
    quiet: bool,
) -> None:
    """List the noise in files, in folders, or in standard input (-). Nothing is changed.

    Exit status: 0 clean, 1 noise that `fix` would take out, 2 misuse or unreadable input. Findings
    that are only flagged don't count as noise.
    """
    documents = cleaned(files, settings, make_cleaner)
    if write_baseline:
        ctx.exit(_write_baseline(documents, write_baseline, quiet))
    known = baseline or settings.at().one("baseline")
    checked = _checked(documents, Baseline.read(known) if known else None)
    if statistics:
        from cleantext.report.formats.statistics import Statistics

        if form not in ("text", "json"):
            raise click.UsageError("--statistics come as text or json only.")
        writes: Writes = Statistics(form)
    else:
        writes = output(form, lambda: _rules(settings))
    with _writer(output_file, quiet) as write:
        status = _print(checked, writes, write)
    ctx.exit(Exit.CLEAN if exit_zero and status is Exit.NOISE else status)


def _rules(settings: Settings) -> Sequence[Rule]:
    from cleantext.selection import rules_of

    return rules_of(settings.at().config())


def _checked(documents: Iterator[Document], known: Baseline | None) -> Iterator[Checked]:
    for document in documents:
        if document.source is None or document.result is None:
            yield Checked(document.path, problem=document.problem)
            continue
        report: Report = document.result.report
        yield Checked(document.path, document.source.text, known.new(report) if known else report)


def _print(documents: Iterator[Checked], writes: Writes, write: Write) -> Exit:
    status = Exit.CLEAN
    _all(writes.begin(), write)
    for checked in documents:
        if checked.problem is not None:
            status = Exit.ERROR
        elif checked.report.edits and status is Exit.CLEAN:
            status = Exit.NOISE
        _all(writes.document(checked), write)
    _all(writes.end(), write)
    return status


def _all(pieces: Iterator[str | bytes], write: Write) -> None:
    for piece in pieces:
        write(piece)


@contextlib.contextmanager
def _writer(path: str | None, quiet: bool) -> Iterator[Write]:
    """What takes the output: a file that is there as a whole or not at all, or standard output."""
    if path is None:
        yield (lambda piece: None) if quiet else (lambda piece: click.echo(piece, nl=False))
        return
    from cleantext.io.atomic import atomic_writer

    with atomic_writer(path) as file:
        yield lambda piece: file.write(
            piece if isinstance(piece, bytes) else piece.encode("utf-8", "backslashreplace")
        )


def _write_baseline(documents: Iterator[Document], path: str, quiet: bool) -> Exit:
    known = Baseline()
    status = Exit.CLEAN
    for document in documents:
        if document.result is None:
            status = Exit.ERROR
        else:
            known.add(document.result.report.findings)
    known.write(path)
    if not quiet:
        complain(f"{len(known)} known piece{'' if len(known) == 1 else 's'} of noise written to {path}")
    return status
