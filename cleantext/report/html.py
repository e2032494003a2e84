"""The HTML page of a run: one file that needs nothing else, with every finding in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

import msgspec

from cleantext.finding import FAMILIES, Finding, Report
from cleantext.report.segments import Segment, elided, segments
from cleantext.report.summary import Summary, removed_share
from cleantext.report.visible import one_line, page_text

#: Code points kept on each side of a finding.
CONTEXT = 160

#: What the page holds at most: code points in all, code points and findings of one document,
#: code points of one finding, and lines of a list of files.
MOST_TEXT, MOST_TEXT_EACH, MOST_FINDINGS, MOST_SPAN, MOST_LISTED = 1_500_000, 60_000, 400, 1_200, 100


class ShownDocument(msgspec.Struct, frozen=True):
    """A document for the page: its path, the text as it came in, and what was found."""

    path: str
    original: str
    report: Report


def render_page(summary: Summary, documents: Iterable[ShownDocument], with_findings: int) -> str:
    """The page for a run; `documents` are those to show of the `with_findings` there are."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(page=page_text, path=one_line, share=_percent, number=_number, hue=_hue)
    template = environment.from_string(
        files("cleantext.report").joinpath("page.html.j2").read_text(encoding="utf-8")
    )
    families = summary.totals.by_family()
    shown = list(_shown(documents))
    return template.render(
        summary=summary,
        totals=summary.totals,
        families=families,
        most=max((c.edits + c.flagged for c in families.values()), default=1),
        documents=shown,
        with_findings=with_findings,
        listed=MOST_LISTED,
    )


def _shown(documents: Iterable[ShownDocument]) -> Iterator[dict[str, Any]]:
    """The documents as the template wants them, until the page is full."""
    room = MOST_TEXT
    for document in documents:
        view, used = _view(document, min(room, MOST_TEXT_EACH))
        yield view
        room -= used
        if room <= 0:
            return


def _view(document: ShownDocument, room: int) -> tuple[dict[str, Any], int]:
    report = document.report
    parts: list[Segment] = []
    used = found = 0
    cut = False
    for part in elided(segments(document.original, report.findings), CONTEXT):
        found += part.finding is not None
        if used > room or found > MOST_FINDINGS:
            cut = True
            break
        part = _shortened(part)
        parts.append(part)
        used += len(part.text) + (len(part.finding.replacement) + 200 if part.finding else 0)
    view = {
        "path": document.path,
        "parts": [_part(part) for part in parts],
        "cut": cut,
        "edits": len(report.edits),
        "flags": len(report.findings) - len(report.edits),
        "share": removed_share(report.chars_in, report.chars_out),
    }
    return view, used


def _shortened(part: Segment) -> Segment:
    """A part without the middle of a very long text. Long unchanged texts were elided before."""
    if len(part.text) <= MOST_SPAN:
        return part
    half = MOST_SPAN // 2
    return Segment(f"{part.text[:half]} […] {part.text[-half:]}", part.finding, part.hidden)


def _part(part: Segment) -> dict[str, Any]:
    f = part.finding
    if f is None:
        return {"kind": "same", "text": part.text, "hidden": part.hidden}
    return {
        "kind": f.action,
        "text": _ends(part.text),
        "after": "\n" if part.text.endswith("\n") else "",  # outside, or the mark reaches a line too far
        "new": _ends(f.replacement),
        "family": f.family,
        "tip": _tip(f),
    }


def _ends(text: str) -> str:
    """A found text with its line ends to be seen, for a struck empty line shows nothing."""
    return text.replace("\r\n", "\n").replace("\n", "↵\n").removesuffix("\n")


def _tip(f: Finding) -> str:
    what = {"remove": "removed", "replace": "replaced", "flag": "flagged, left alone"}[f.action]
    return f"{f.rule} {f.family} · {what} · confidence {f.confidence:.2f} · {f.reason}"


def _percent(share: float) -> str:
    """A share in per cent; a little is never shown as nothing."""
    if 0 < share < 0.0005:
        return "< 0.1 %"
    return f"{100 * share:.1f} %"


def _number(number: int) -> str:
    return f"{number:,}"


def _hue(family: str) -> int:
    """An angle on the colour circle; neighbours in the list are far apart on it."""
    place = FAMILIES.index(family) if family in FAMILIES else len(FAMILIES)
    return place * 137 % 360
