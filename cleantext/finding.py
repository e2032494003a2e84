"""What cleaning returns: findings, the report that holds them, and the result."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from cleantext import jsontext
from cleantext.errors import RestoreError

Action = Literal["remove", "replace", "flag"]

#: Version of the report's form; a reader of stored reports looks at this first.
SCHEMA_VERSION = 1

#: The kinds of noise, in the order in which reports list them.
FAMILIES = (
    "date-intrusion",
    "inline-intrusion",
    "view-rows",
    "truncated-teaser",
    "affiliate-disclaimer",
    "newsletter-prompt",
    "share-bar",
    "cookie-notice",
    "photo-credit",
    "byline",
    "copyright-footer",
    "breadcrumb",
    "related-links",
    "comment-chrome",
    "paywall-prompt",
    "app-prompt",
    "video-chrome",
    "tag-list",
    "pagination",
    "code-leftover",
    "shortcode",
    "encoding",
    "page-furniture",
    "repeated-line",
)


class Finding(msgspec.Struct, frozen=True):
    """One piece of noise: where it stands, what happened to it, and why.

    Offsets are code points into the text that was given to `clean`, so that
    ``text == input[start:end]``; ``replacement`` is what stands there in the cleaned
    text, and the empty string where the piece was removed. A ``"flag"`` was seen and
    left alone.
    """

    rule: str
    family: str
    start: int
    end: int
    text: str
    replacement: str
    action: Action
    confidence: float
    reason: str


class Report(msgspec.Struct, frozen=True):
    """The findings of one document, ordered by start; enough to restore its original.

    Findings that are not flags never overlap one another.
    """

    findings: tuple[Finding, ...] = ()
    mode: str = "balanced"
    chars_in: int = 0
    chars_out: int = 0
    version: str = ""
    schema: int = SCHEMA_VERSION

    @property
    def edits(self) -> tuple[Finding, ...]:
        """The findings that changed the text: those that are not flags."""
        return tuple(f for f in self.findings if f.action != "flag")

    def to_dataframe(self) -> Any:
        """The findings as a pandas ``DataFrame``, a row each. Needs pandas."""
        try:
            import pandas as pd
        except ImportError as e:
            raise ImportError("to_dataframe needs pandas: pip install pandas") from e
        rows = [{name: getattr(f, name) for name in f.__struct_fields__} for f in self.findings]
        return pd.DataFrame(rows, columns=list(Finding.__struct_fields__))

    def to_json(self) -> bytes:
        """The report as UTF-8 JSON; lone surrogates are written as ``\\udXXX`` escapes."""
        return jsontext.encode(self)

    @classmethod
    def from_json(cls, data: bytes | str) -> Report:
        """The report that `to_json` wrote. Raises `RestoreError` when it is none."""
        try:
            return jsontext.decode(data, cls)
        except (ValueError, RecursionError) as e:
            raise RestoreError(f"this is not a cleantext report: {e}") from e


class CleanResult(msgspec.Struct, frozen=True):
    """The cleaned text and the report on what was taken out of it."""

    text: str
    report: Report

    @property
    def changed(self) -> bool:
        """Whether cleaning changed anything."""
        return bool(self.report.edits)

    def _repr_html_(self) -> str:
        """What notebooks show."""
        from cleantext.report.notebook import result_html

        return result_html(self)


def restore(text: str, report: Report) -> str:
    """The original of a cleaned text, code point for code point.

    `text` is a `CleanResult.text` and `report` the `Report` that came with it.
    Raises `RestoreError` when the two don't belong together.
    """
    if len(text) != report.chars_out:
        raise RestoreError(
            f"the text has {len(text)} code points where the report expects {report.chars_out}: "
            "it is not the text that this report was written for, or it was edited since"
        )
    out: list[str] = []
    cleaned = original = 0
    for f in report.findings:
        if f.action == "flag":
            continue
        gap = f.start - original
        stop = cleaned + gap + len(f.replacement)
        if gap < 0 or text[cleaned + gap : stop] != f.replacement:
            raise RestoreError(
                f"finding {f.rule} at {f.start} doesn't fit the text: the report belongs to another text"
            )
        out.append(text[cleaned : cleaned + gap])
        out.append(f.text)
        cleaned, original = stop, f.end
    out.append(text[cleaned:])
    return "".join(out)
