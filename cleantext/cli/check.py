"""``cleantext check``: what noise there is, changing nothing."""

from __future__ import annotations

import click
import msgspec

from cleantext.cli._documents import Document, cleaned, files_argument
from cleantext.cli._errors import Exit
from cleantext.cli._options import Settings, cleaning_options, format_option, make_cleaner


@click.command("check", short_help="List the noise in files, changing nothing.")
@files_argument
@cleaning_options
@format_option("text", "json", "jsonl")
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], settings: Settings, form: str) -> None:
    """List the noise in files, in folders, or in standard input (-). Nothing is changed.

    Exit status: 0 clean, 1 noise that `fix` would take out, 2 misuse or unreadable input. Findings
    that are only flagged don't count as noise.
    """
    cleaner = make_cleaner(settings.config)
    print_one = {"text": _text, "json": _json, "jsonl": _jsonl}[form]
    status = Exit.CLEAN
    if form == "json":
        click.echo('{"documents":[', nl=False)
    for number, document in enumerate(cleaned(files, cleaner, settings.encoding)):
        if document.result is None:
            status = Exit.ERROR
        elif document.result.report.edits and status is Exit.CLEAN:
            status = Exit.NOISE
        print_one(document, number)
    if form == "json":
        click.echo("\n]}")
    ctx.exit(status)


def _text(document: Document, number: int) -> None:
    from cleantext.report.terminal import finding_lines

    if document.source and document.result:
        for line in finding_lines(document.path, document.source.text, document.result.report):
            click.echo(line)


def _json(document: Document, number: int) -> None:
    """One document a line, so that a run over many needs the memory of one."""
    from cleantext.report.jsonl import to_json

    report = msgspec.to_builtins(document.result.report) if document.result else None
    entry = {"path": document.path, "problem": document.problem, "findings": _findings(document)}
    if report is not None:
        entry |= {key: report[key] for key in ("mode", "chars_in", "chars_out", "version", "schema")}
    click.echo(b"\n" if number == 0 else b",\n", nl=False)
    click.echo(to_json(entry), nl=False)


def _jsonl(document: Document, number: int) -> None:
    from cleantext.report.jsonl import to_json

    for finding in _findings(document):
        click.echo(to_json({"path": document.path, **finding}))


def _findings(document: Document) -> list[dict[str, object]]:
    from cleantext.report.position import Lines
    from cleantext.report.terminal import finding_mapping

    if not document.source or not document.result or not document.result.report.findings:
        return []
    lines = Lines(document.source.text)
    return [finding_mapping(lines, f) for f in document.result.report.findings]
