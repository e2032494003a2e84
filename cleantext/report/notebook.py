"""A result as notebooks show it: the text with what was found in it, and no script or style of its own."""

from __future__ import annotations

from html import escape

from cleantext.finding import CleanResult, Finding, restore
from cleantext.report.html import CONTEXT, hue
from cleantext.report.segments import elided, segments
from cleantext.report.visible import page_text

#: Code points and findings that are shown at most.
_MOST_TEXT, _MOST_FINDINGS = 20_000, 200


def result_html(result: CleanResult) -> str:
    """The original with removed texts struck, replaced ones side by side, and flags underlined.

    Everything from the text is escaped. Colours work on light and dark grounds.
    """
    report = result.report
    edits = len(report.edits)
    flags = len(report.findings) - edits
    head = f"{edits} edit{'' if edits == 1 else 's'}" + (
        f", {flags} flag{'' if flags == 1 else 's'}" if flags else ""
    )
    body: list[str] = []
    used = shown = 0
    for part in elided(segments(restore(result.text, report), report.findings), CONTEXT):
        if used > _MOST_TEXT or shown > _MOST_FINDINGS:
            body.append(_soft("… the rest is not shown"))
            break
        used += len(part.text)
        if part.finding is None:
            body.append(escape(page_text(part.text)))
            if part.hidden:
                body.append(_soft(f" […{part.hidden:,} characters…] "))
        else:
            shown += 1
            body.append(_finding(part.finding, part.text))
    return (
        f'<div class="cleantext-result">{_soft(f"cleantext: {head}, {report.chars_in:,} → {report.chars_out:,} characters")}'
        '<div style="white-space:pre-wrap;overflow-wrap:anywhere;max-height:30em;overflow-y:auto" dir="auto">'
        f"{''.join(body)}</div></div>"
    )


def _finding(f: Finding, text: str) -> str:
    colour = f"hsl({hue(f.family)} 60% 50%)"
    tip = escape(page_text(f"{f.rule} {f.family}, confidence {f.confidence:.2f}: {f.reason}"), quote=True)
    inside = escape(page_text(text).removesuffix("\n"))
    after = "\n" if text.endswith("\n") else ""
    if f.action == "flag":
        return f'<span title="{tip}" style="text-decoration:underline dotted {colour} 2px">{inside}</span>{after}'
    faint = f"background:hsl({hue(f.family)} 60% 50% / .22)"
    out = f'<del title="{tip}" style="{faint}">{inside}</del>'
    if f.action == "replace":
        new = escape(page_text(f.replacement))
        out += f'<ins title="{tip}" style="text-decoration:none;border-bottom:2px solid {colour}">{new}</ins>'
    return out + after


def _soft(text: str) -> str:
    return f'<span style="opacity:.65;font-size:.9em">{escape(text)}</span>'
