"""``cleantext eval``: how well the settings clean texts of which the result is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from cleantext.cli._complete import paths
from cleantext.cli._errors import Exit, complain
from cleantext.cli._help import Grouped
from cleantext.cli._options import Settings, cleaning_options, format_option, make_cleaner
from cleantext.report.visible import one_line

if TYPE_CHECKING:
    from cleantext.evaluation.score import Case, Scores, Tally


@click.command("eval", cls=Grouped, short_help="Measure the settings on texts with known results.")
@click.argument("gold", shell_complete=paths, metavar="[GOLD]", required=False)
@cleaning_options
@click.option(
    "--compare",
    shell_complete=paths,
    metavar="FILE",
    help="Measure these settings, too, and show the difference.",
)
@click.option(
    "--worst",
    type=click.IntRange(0),
    default=10,
    metavar="N",
    help="Show so many of the worst cases.  [default: 10]",
)
@click.option("--min-precision", type=click.FloatRange(0, 1), metavar="X", help="Exit with 1 below this.")
@click.option("--min-recall", type=click.FloatRange(0, 1), metavar="X", help="Exit with 1 below this.")
@format_option("text", "json")
@click.pass_context
def command(
    ctx: click.Context,
    gold: str | None,
    settings: Settings,
    compare: str | None,
    worst: int,
    min_precision: float | None,
    min_recall: float | None,
    form: str,
) -> None:
    """Measure precision, recall and lost content, by rule and by language.

    GOLD has a JSON object a line: {"noisy": ..., "gold": ...} or {"lines": [{"text": ...,
    "noise": true}, ...]}, with "id" and "lang" if you like. Without GOLD, --review FILE gives each
    rule's precision by what a person said of its findings.

    Exit status: 0 measured, 1 below a minimum, 2 misuse or unreadable input.
    """
    from cleantext.report.jsonl import to_json

    config = settings.at().config()
    if gold is None:
        if not config.reviewed:
            raise click.UsageError("Give GOLD, or --review FILE with verdicts.")
        verdicts = list(_verdicts(config.reviewed))
        click.echo(to_json(verdicts, indent=2) if form == "json" else "\n".join(_table(verdicts)))
        return
    from cleantext.evaluation.gold import read_gold
    from cleantext.evaluation.score import score
    from cleantext.settings.sources import load_config

    texts = list(read_gold(gold))
    scores = score(texts, make_cleaner(config))
    other = score(texts, make_cleaner(load_config(file=compare))) if compare else None
    if form == "json":
        data = _mapping(scores, worst)
        click.echo(to_json({"scores": data, "compare": _mapping(other, worst)} if other else data, indent=2))
    else:
        for line in _lines(scores, other, worst):
            click.echo(line)
    total = scores.total
    failed = False
    for name, value, minimum in (
        ("precision", total.precision, min_precision),
        ("recall", total.recall, min_recall),
    ):
        if minimum is not None and value is not None and value < minimum:
            complain(f"{name} is {value:.4f}, below the minimum of {minimum}")
            failed = True
    ctx.exit(Exit.NOISE if failed else Exit.CLEAN)


def _verdicts(reviewed: Any) -> Iterator[dict[str, Any]]:
    from cleantext.evaluation.score import by_verdict

    for rule, (right, wrong) in by_verdict(reviewed).items():
        yield {"rule": rule, "right": right, "wrong": wrong, "precision": round(right / (right + wrong), 4)}


def _numbers(tally: Tally) -> dict[str, Any]:
    return {
        "precision": _rounded(tally.precision),
        "recall": _rounded(tally.recall),
        "lost": _rounded(tally.lost),
        **{name: getattr(tally, name) for name in tally.__struct_fields__},
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _mapping(scores: Scores, worst: int) -> dict[str, Any]:
    return {
        "total": _numbers(scores.total),
        "languages": {name: _numbers(t) for name, t in sorted(scores.languages.items())},
        "rules": {name: _of_rule(t) for name, t in sorted(scores.rules.items())},
        "worst": [{name: getattr(c, name) for name in c.__struct_fields__} for c in scores.worst(worst)],
    }


def _of_rule(tally: Tally) -> dict[str, Any]:
    """A rule can't be asked what it missed."""
    return {
        "precision": _rounded(tally.precision),
        "edits": tally.texts,
        "noise_taken": tally.noise_taken,
        "content_taken": tally.content_taken,
    }


def _lines(scores: Scores, other: Scores | None, worst: int) -> Iterator[str]:
    total = scores.total
    yield f"{total.texts:,} texts, {total.noise:,} characters of noise in {total.noise + total.content:,}"
    yield ""
    yield from _table(list(_rows(scores, other)))
    cases = [case for case in scores.worst(worst) if case.lost or case.left]
    if cases:
        yield ""
        yield "Worst cases: content lost, then noise left"
        for case in cases:
            yield from _case(case)
    if other:
        there = {c.name: (c.lost, c.left) for c in other.cases}
        here = {c.name: (c.lost, c.left) for c in scores.cases}
        changed = sorted(n for n in here.keys() | there.keys() if here.get(n) != there.get(n))
        yield ""
        yield f"Texts on which the two differ: {len(changed)}"
        for name in changed[:worst]:
            (a, b), (c, d) = here.get(name, (0, 0)), there.get(name, (0, 0))
            yield one_line(f"  {name}: lost {a} -> {c}, left {b} -> {d}")


def _case(case: Case) -> Iterator[str]:
    if case.lost:
        by = f" ({case.rule})" if case.rule else ""
        yield f'  {one_line(case.name)}: lost {case.lost}{by}: "{one_line(case.lost_text, 60)}"'
    if case.left:
        yield f'  {one_line(case.name)}: left {case.left}: "{one_line(case.left_text, 60)}"'


def _rows(scores: Scores, other: Scores | None) -> Iterator[dict[str, Any]]:
    from cleantext.evaluation.score import Tally, rows

    theirs = {(kind, name): tally for kind, name, tally in rows(other)} if other else {}
    names = dict.fromkeys([*((k, n) for k, n, _ in rows(scores)), *theirs])
    ours = {(kind, name): tally for kind, name, tally in rows(scores)}
    for kind, name in names:
        a = ours.get((kind, name), Tally())
        row: dict[str, Any] = {"what": name or kind, "texts": a.texts}
        for measure in ("precision", "recall", "lost"):
            value = None if kind == "rule" and measure != "precision" else getattr(a, measure)
            row[measure] = _percent(value)
            if other:
                b = theirs.get((kind, name), Tally())
                value = None if kind == "rule" and measure != "precision" else getattr(b, measure)
                row[f"-> {measure}"] = _percent(value)
        yield row


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.2f} %"


def _table(rows: list[dict[str, Any]]) -> Iterator[str]:
    if not rows:
        return
    table = [[*rows[0]], *([str(v) for v in row.values()] for row in rows)]
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    for row in table:
        cells = [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]
        yield "  ".join(cells).rstrip()
