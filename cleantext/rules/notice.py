"""The base of rules for notices: sentences by which a site discloses, asks, warns or offers.

A notice is recognised by the concepts that it combines. Each concept of a family has a weight, in
log odds; a sentence's weights are added up, once per concept, and give its confidence. Reporting
speech and quotation marks speak against: an article *about* such notices quotes them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

import msgspec
import regex

from cleantext.border import sentences
from cleantext.concepts import matcher, triggers
from cleantext.document import Document
from cleantext.rules.base import Candidate, Hit, Rule
from cleantext.scan.trigger import Trigger

_LONGEST_LINE = 1500
_LONGEST_SENTENCE = 420
_QUOTED = regex.compile(r"^[\"“„«»‘'「『]|[\"“”„«»「」『』‘]")
_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}]+")


class Verdict(msgspec.Struct):
    """What is thought of one sentence."""

    start: int
    stop: int
    score: float = -9.0
    found: dict[str, str] = {}


class NoticeRule(Rule):
    """Base class: see the module."""

    #: Concept -> weight in log odds.
    weights: ClassVar[Mapping[str, float]]
    #: Concepts without one of which there is no such notice; their terms are the triggers.
    anchors: ClassVar[tuple[str, ...]]
    #: What a sentence starts from.
    bias: ClassVar[float] = -5.0
    #: Pairs of concepts that say more together than apart.
    bonuses: ClassVar[Mapping[tuple[str, ...], float]] = {}
    #: How the reason names the family.
    what: ClassVar[str]

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        return triggers(self.anchors)

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        lines: dict[int, set[str]] = {}
        for h in hits:
            lines.setdefault(doc.line_at(h.end - 1), set()).add(h.payload)
        for line, langs in lines.items():
            start, stop = doc.span(line)
            if stop - start > _LONGEST_LINE * 4:
                continue
            yield from self._line(doc, line, sorted(langs))

    def _line(self, doc: Document, line: int, langs: Sequence[str]) -> Iterator[Candidate]:
        start, stop = doc.span(line)
        verdicts = [Verdict(a, b) for a, b in sentences(doc.text, start, stop)]
        for v in verdicts:
            self._judge(doc, v, langs)
        self._join(verdicts)
        sure = [v.score > 0.2 for v in verdicts]
        if not any(sure):
            return
        if len(verdicts) == 1 or all(
            s or self._goes_along(v, alone=len(verdicts) <= 4 and i > 0)
            for i, (s, v) in enumerate(zip(sure, verdicts, strict=True))
        ):
            begin, end = doc.block(line, line)
            best = max(verdicts, key=lambda v: v.score)
            yield self._candidate(begin, end, best.score + 0.5, best.found)
            return
        i = 0
        while i < len(verdicts):
            if not sure[i]:
                i += 1
                continue
            first = last = i
            while last + 1 < len(verdicts) and (
                sure[last + 1]
                or (self._goes_along(verdicts[last + 1]) and len(verdicts[last + 1].found) >= 2)
            ):
                last += 1
            while first > 0 and not sure[first - 1] and len(verdicts[first - 1].found) >= 3:
                first -= 1
            yield from self._piece(doc, verdicts, first, last, start, stop)
            i = last + 1

    def _piece(
        self, doc: Document, verdicts: list[Verdict], first: int, last: int, start: int, stop: int
    ) -> Iterator[Candidate]:
        """Sentences at the beginning or the end of a paragraph; in its middle only when surer."""
        best = max(verdicts[first : last + 1], key=lambda v: v.score)
        begin, end = verdicts[first].start, verdicts[last].stop
        score = best.score
        text = doc.text
        glued = (first > 0 and not text[begin - 1].isspace()) or (
            last + 1 < len(verdicts) and not text[end].isspace()
        )
        if not glued:
            score -= 0.7
        if first > 0 and last + 1 < len(verdicts):
            score -= 0.8
        if last + 1 == len(verdicts):
            while begin > start and text[begin - 1].isspace():
                begin -= 1
            end = stop
        else:
            while end < stop and text[end].isspace():
                end += 1
            if first > 0 and end == verdicts[last].stop and text[begin - 1].isspace():
                begin -= 1 if not glued else 0
        yield self._candidate(begin, end, score, best.found)

    def _candidate(self, start: int, stop: int, score: float, found: Mapping[str, str]) -> Candidate:
        said = ", ".join(f"{term!r}" for term in list(found.values())[:5])
        return Candidate(start, stop, _confidence(score), f"{self.what}: it says {said}")

    def _judge(self, doc: Document, v: Verdict, langs: Sequence[str]) -> None:
        """The best score of a sentence over the languages in question."""
        if v.stop - v.start > _LONGEST_SENTENCE:
            return
        folded = doc.folded
        original = doc.text[v.start : v.stop]
        for lang in langs:
            found: dict[str, str] = {}
            score = self.bias
            for concept, weight in self.weights.items():
                pattern = matcher(lang, concept)
                m = pattern.search(folded, v.start, v.stop) if pattern else None
                if m:
                    found[concept] = doc.text[m.start() : m.end()]
                    score += weight
            if not found:
                continue
            for concepts, bonus in self.bonuses.items():
                if all(c in found for c in concepts):
                    score += bonus
            if not any(a in found for a in self.anchors):
                score -= 3.0
            report = matcher(lang, "report")
            if report and report.search(folded, v.start, v.stop):
                score -= 2.5
            if _QUOTED.search(original):
                score -= 2.5
            words = len(_WORDS.findall(original))
            score -= max(0.0, (words - 28) * 0.06)
            score += self.extra(original, found)
            if score > v.score:
                v.score, v.found = score, found

    def extra(self, sentence: str, found: Mapping[str, str]) -> float:
        """What else a family sees in a sentence, in log odds."""
        return 0.0

    def _join(self, verdicts: list[Verdict]) -> None:
        """Two sentences in a row that make up one notice help each other."""
        scores = [v.score for v in verdicts]
        for i, v in enumerate(verdicts):
            for j in (i - 1, i + 1):
                if 0 <= j < len(verdicts) and scores[j] > -1.5 and len(v.found) >= 2 and v.score > -3.0:
                    new = set(verdicts[j].found) - set(v.found)
                    gain = 0.4 * sum(max(0.0, self.weights[c]) for c in new)
                    v.score = max(v.score, min(scores[i] + gain, scores[i] + 2.2))

    def _goes_along(self, v: Verdict, alone: bool = False) -> bool:
        """Whether a sentence beside a notice may belong to it: it names a thing of its, or is a scrap."""
        if v.found and v.score > -4.6:
            return True
        return alone and v.stop - v.start <= 24


def _confidence(score: float) -> float:
    return min(0.99, 1 / (1 + math.exp(-score - 1.0)))
