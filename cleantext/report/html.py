"""The HTML page of a run: one file that needs nothing else, with every finding in its place.

The numbers are in the markup. The documents are data: JSON, compressed in chunks, which the page's
script unpacks when a document is opened, and puts in place as text and never as markup.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

import msgspec

from cleantext.finding import FAMILIES, Finding, Report
from cleantext.report.segments import elided, segments
from cleantext.report.summary import Summary, removed_share
from cleantext.report.visible import one_line, page_text

#: Code points kept on each side of a finding.
CONTEXT = 160

#: What the page holds at most: code points in all, code points and findings of one document, code
#: points of one finding as it is shown and as it goes into a review, and lines of a list of files.
MOST_TEXT, MOST_TEXT_EACH, MOST_FINDINGS, MOST_SPAN, MOST_REVIEWED, MOST_LISTED = (
    60_000_000,
    60_000,
    400,
    1_200,
    1_000,
    100,
)

#: Documents in a chunk.
EACH = 100

_ACTIONS = ("remove", "replace", "flag")


class ShownDocument(msgspec.Struct, frozen=True):
    """A document for the page: its path, the text as it came in, and what was found."""

    path: str
    original: str
    report: Report


def render_page(summary: Summary, documents: Iterable[ShownDocument], with_findings: int) -> str:
    """The page for a run; `documents` are those to show of the `with_findings` there are."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(page=page_text, path=one_line, share=_percent, number=_number, hue=hue)
    here = files("cleantext.report")
    template = environment.from_string(here.joinpath("page.html.j2").read_text(encoding="utf-8"))
    script = here.joinpath("page.js").read_text(encoding="utf-8")
    families = summary.totals.by_family()
    data = _Data()
    chunks = list(data.chunks(documents))
    return template.render(
        summary=summary,
        run=_digest(*(packed for _, packed in chunks))[:16],
        totals=summary.totals,
        families=families,
        rules=sorted(
            ((r, f, c) for f, by_rule in summary.totals.rules.items() for r, c in by_rule.items()),
            key=lambda row: row[:2],
        ),
        languages=data.languages(),
        most=max((c.edits + c.flagged for c in families.values()), default=1),
        shown=len(data.paths),
        chunks=chunks,
        with_findings=with_findings,
        listed=MOST_LISTED,
        style=Markup(here.joinpath("page.css").read_text(encoding="utf-8")),
        script=Markup(script),
        script_hash=Markup(base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()),
    )


class _Data:
    """The documents as the page's script wants them."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self._edits: list[int] = []
        self._flags: list[int] = []
        self._shares: list[float] = []
        self._langs: list[str] = []
        self._rules: list[list[int]] = []
        self._names: dict[tuple[str, str], int] = {}
        self._room = MOST_TEXT

    def chunks(self, documents: Iterable[ShownDocument]) -> Iterator[tuple[str, str]]:
        """Name and packed content of each chunk, and of the index at the end."""
        views: list[dict[str, Any]] = []
        number = 0
        for document in documents:
            views.append(self._view(document))
            if len(views) == EACH:
                yield f"chunk-{number}", _pack(views)
                number += 1
                views = []
            if self._room <= 0:
                break
        if views:
            yield f"chunk-{number}", _pack(views)
            number += 1
        yield (
            "index",
            _pack(
                {
                    "each": EACH,
                    "chunks": number,
                    "names": [[rule, family, hue(family)] for rule, family in self._names],
                    "paths": self.paths,
                    "edits": self._edits,
                    "flags": self._flags,
                    "shares": self._shares,
                    "langs": self._langs,
                    "rules": self._rules,
                }
            ),
        )

    def languages(self) -> list[tuple[str, int, int]]:
        """Language, documents and edits, the most frequent first."""
        counts: dict[str, list[int]] = {}
        for lang, edits in zip(self._langs, self._edits, strict=True):
            count = counts.setdefault(lang, [0, 0])
            count[0] += 1
            count[1] += edits
        return sorted(((lang, n, e) for lang, (n, e) in counts.items()), key=lambda c: (-c[1], c[0]))

    def _view(self, document: ShownDocument) -> dict[str, Any]:
        report = document.report
        parts: list[str | int | list[Any]] = []
        numbers: dict[int, int] = {}
        findings: list[Finding] = []
        used = 0
        room = min(self._room, MOST_TEXT_EACH)
        for part in elided(segments(document.original, report.findings), CONTEXT):
            f = part.finding
            if used > room or len(findings) >= MOST_FINDINGS:
                parts.append(-1)
                break
            text = _shortened(part.text)
            used += len(text) + 40
            if f is None:
                parts += [text, part.hidden] if part.hidden and text else [part.hidden or text]
                continue
            if id(f) not in numbers:
                numbers[id(f)] = len(findings)
                findings.append(f)
                used += len(f.replacement) + len(f.reason)
            n = numbers[id(f)]
            parts.append([n] if text == f.text[:MOST_REVIEWED] else [n, text])
        self._room -= used
        edits = len(report.edits)
        self.paths.append(document.path)
        self._edits.append(edits)
        self._flags.append(len(report.findings) - edits)
        self._shares.append(round(removed_share(report.chars_in, report.chars_out), 5))
        self._langs.append(_language(document.original))
        self._rules.append(sorted({self._name(f) for f in report.findings}))
        return {"parts": parts, "findings": [self._finding(f) for f in findings]}

    def _finding(self, f: Finding) -> list[Any]:
        cut = len(f.text) > MOST_REVIEWED
        return [
            self._name(f),
            f.start,
            _ACTIONS.index(f.action),
            f.confidence,
            f.reason,
            f.text[:MOST_REVIEWED],
            _shortened(f.replacement) if f.action == "replace" else "",
            *([1] if cut else []),
        ]

    def _name(self, f: Finding) -> int:
        return self._names.setdefault((f.rule, f.family), len(self._names))


def _pack(value: Any) -> str:
    """JSON, deflated, in letters that need no escape. ASCII throughout, so that any text passes."""
    data = json.dumps(value, separators=(",", ":")).encode("ascii")
    return base64.b64encode(zlib.compress(data, 6)).decode("ascii")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _shortened(text: str) -> str:
    """A text without the middle of a very long one. Long unchanged texts were elided before."""
    if len(text) <= MOST_SPAN:
        return text
    half = MOST_SPAN // 2
    return f"{text[:half]} […] {text[-half:]}"


def _language(text: str) -> str:
    """The language where the beginning of the text shows one, else the empty string."""
    from cleantext.document import fold
    from cleantext.language import guess

    found = guess(fold(text[:2_000]))
    return next(iter(found)) if found and len(found) == 1 else ""


def _percent(share: float) -> str:
    """A share in per cent; a little is never shown as nothing."""
    if 0 < share < 0.0005:
        return "< 0.1 %"
    return f"{100 * share:.1f} %"


def _number(number: int) -> str:
    return f"{number:,}"


def hue(family: str) -> int:
    """An angle on the colour circle; neighbours in the list are far apart on it."""
    place = FAMILIES.index(family) if family in FAMILIES else len(FAMILIES)
    return place * 137 % 360
