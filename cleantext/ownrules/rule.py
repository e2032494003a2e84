"""A rule in TOML as a rule like any other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cleantext.document import Document, fold
from cleantext.ownrules.definition import OwnRule
from cleantext.patterns import spans
from cleantext.report.visible import one_line
from cleantext.rules.base import Candidate, Example, Hit, LookAlike, Rule
from cleantext.scan import Trigger

#: Code points of a match that the reason quotes.
_QUOTED = 40


def make_rule(definition: OwnRule) -> Rule:
    """The rule that `definition` describes."""
    own = definition
    kind = type(
        f"Own{own.code}",
        (_Own,),
        {
            "__doc__": f"{own.finds}\n\nFrom {own.origin}." if own.origin else own.finds,
            "code": own.code,
            "name": own.name,
            "family": own.family,
            "safe": not own.only_flags,
            # hyperscan and RE2 don't take the same patterns: those of users run on RE2 alone
            "always": bool(own.patterns),
            "examples": tuple(Example(e.before, e.after) for e in own.examples),
            "lookalikes": tuple(LookAlike(text, "must stay") for text in own.stays),
            "own": own,
        },
    )
    rule: Rule = kind()
    return rule


class _Own(Rule):
    """Base of the rules made here."""

    own: OwnRule

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        return [(Trigger("literal", fold(literal)), literal) for literal in self.own.literals]

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        own = self.own
        matches = sorted({*self._literals(doc, hits), *self._patterns(doc)})
        kept = [span for span in matches if self._holds(doc, *span)]
        if len(kept) < own.when.repeats:
            return
        for start, end in kept:
            what = one_line(doc.text[start:end], _QUOTED)
            times = f", {len(kept)} times in the text" if own.when.repeats > 1 else ""
            reason = f"the rule {own.name} of {own.origin or 'the settings'} matches {what!r}{times}"
            if own.removes == "line":
                start, end = doc.block(doc.line_at(start), doc.line_at(end - 1))
            elif len(own.replacement) >= end - start:
                continue  # only edits that shorten the text come to an end
            yield Candidate(start, end, own.confidence, reason, own.replacement)

    def _literals(self, doc: Document, hits: Sequence[Hit]) -> Iterator[tuple[int, int]]:
        text = doc.folded if self.own.ignore_case else doc.text
        for line, literal in {(doc.line_at(hit.end - 1), hit.payload) for hit in hits}:
            wanted = fold(literal) if self.own.ignore_case else literal
            low, high = doc.span(line)
            at = text.find(wanted, low, high)
            while at >= 0:
                yield at, at + len(wanted)
                at = text.find(wanted, at + len(wanted), high)

    def _patterns(self, doc: Document) -> Iterator[tuple[int, int]]:
        if not self.own.patterns:
            return
        text, places = _unix(doc)
        flags = "(?mi)" if self.own.ignore_case else "(?m)"
        for pattern in self.own.patterns:
            for start, end in spans(flags + pattern, text):
                yield start + bisect_left(places, start), end + bisect_left(places, end)

    def _holds(self, doc: Document, start: int, end: int) -> bool:
        when = self.own.when
        share = start / len(doc.text)
        if not when.after <= share <= when.before:
            return False
        first, last = doc.line_at(start), doc.line_at(end - 1)
        low, high = doc.span(first)[0], doc.span(last)[1]
        if when.longest_line is not None and high - low > when.longest_line:
            return False
        if when.whole_line and (doc.text[low:start].strip() or doc.text[end:high].strip()):
            return False
        if when.beside_blank and not doc.blank(first - 1) and not doc.blank(last + 1):
            return False
        if when.languages and not doc.in_language(when.languages):
            return False
        around = "\n".join(
            doc.line(n)
            for n in range(max(0, first - when.reach), min(len(doc.lines), last + when.reach + 1))
            if not first <= n <= last
        )
        if when.near and not any(_found(pattern, around) for pattern in when.near):
            return False
        return not any(_found(pattern, around) for pattern in when.not_near)


def _found(pattern: str, text: str) -> bool:
    return next(spans("(?m)" + pattern, text), None) is not None


def _unix(doc: Document) -> tuple[str, list[int]]:
    """The text with LF for CR LF, so that ``$`` means the same in both, and where each CR was.

    The places are offsets into the new text: of the LF that the CR stood before.
    """
    memo: tuple[str, list[int]] | None = doc.memo.get("unix")
    if memo is None:
        places = [m.start() - n for n, m in enumerate(re.finditer("\r\n", doc.text))]
        memo = doc.memo["unix"] = (doc.text.replace("\r\n", "\n") if places else doc.text, places)
    return memo
