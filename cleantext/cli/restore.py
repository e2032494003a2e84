"""``cleantext restore``: puts the originals of a run back."""

from __future__ import annotations

import click

from cleantext.cli._complete import paths
from cleantext.cli._errors import Exit, complain
from cleantext.report.visible import one_line


@click.command("restore", short_help="Put the originals of a run back.")
@click.argument("out", shell_complete=paths, metavar="OUT")
@click.argument("dest", shell_complete=paths, metavar="DEST")
@click.option("--overwrite", is_flag=True, help="Replace what is in DEST already.")
@click.option("--quiet", "-q", is_flag=True, help="Print errors only.")
@click.pass_context
def command(ctx: click.Context, out: str, dest: str, overwrite: bool, quiet: bool) -> None:
    """Put the originals of a run back into the folder DEST, byte for byte.

    OUT is what `cleantext run IN OUT` wrote: the cleaned documents and report.jsonl. Every file is
    checked against the sums in the report, before and after.

    Exit status: 0 all are back, 2 any is not.
    """
    from cleantext.run.restore import restore_folder

    result = restore_folder(out, dest, overwrite=overwrite)
    for failure in result.failures:
        complain(f"{failure.path}: {failure.reason}")
    if result.never_cleaned:
        complain(
            f"{_count(result.never_cleaned)} failed in the run itself, so that there is nothing to restore"
        )
    if not quiet:
        click.echo(f"{_count(result.done)} restored into {one_line(dest)}")
    ctx.exit(Exit.ERROR if result.failures else Exit.CLEAN)


def _count(number: int) -> str:
    return "1 document" if number == 1 else f"{number:,} documents"
