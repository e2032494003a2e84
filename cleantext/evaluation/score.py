"""Precision, recall and lost content, counted in characters that aren't blank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from cleantext.config import Reviewed
from cleantext.evaluation.align import Spans, removed
from cleantext.evaluation.gold import Gold
from cleantext.finding import CleanResult, Finding
from cleantext.run.work import CleansText


class Tally(msgspec.Struct):
    """Characters: of noise, of content, and of either what was taken out; texts, and those made exactly right."""

    noise: int = 0
    content: int = 0
    noise_taken: int = 0
    content_taken: int = 0
    texts: int = 0
    exact: int = 0

    def add(self, other: Tally) -> None:
        """Add the numbers of `other`."""
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def precision(self) -> float | None:
        """Of what was taken out, the share that was noise; None where nothing was."""
        taken = self.noise_taken + self.content_taken
        return self.noise_taken / taken if taken else None

    @property
    def recall(self) -> float | None:
        """Of the noise, the share that was taken out; None where there is none."""
        return self.noise_taken / self.noise if self.noise else None

    @property
    def lost(self) -> float | None:
        """Of the content, the share that was taken out; None where there is none."""
        return self.content_taken / self.content if self.content else None


class Case(msgspec.Struct):
    """A text that went wrong: characters of content lost and of noise left, with the first of each."""

    name: str
    lost: int
    left: int
    lost_text: str
    left_text: str
    rule: str


class Scores(msgspec.Struct):
    """All there is to say of an evaluation."""

    total: Tally = msgspec.field(default_factory=Tally)
    rules: dict[str, Tally] = msgspec.field(default_factory=dict)
    languages: dict[str, Tally] = msgspec.field(default_factory=dict)
    cases: list[Case] = msgspec.field(default_factory=list)

    def worst(self, count: int) -> list[Case]:
        """The texts that lost most content, then those in which most noise is left."""
        return sorted(self.cases, key=lambda c: (-c.lost, -c.left, c.name))[:count]


def score(texts: Iterable[Gold], cleaner: CleansText) -> Scores:
    """How `cleaner` does on `texts`."""
    scores = Scores()
    for gold in texts:
        _score(gold, cleaner.clean(gold.noisy), scores)
    return scores


def _score(gold: Gold, result: CleanResult, scores: Scores) -> None:
    text = gold.noisy
    noise = bytearray(len(text))
    for start, end in removed(text, gold.clean):
        noise[start:end] = b"\x01" * (end - start)
    taken = bytearray(len(text))
    tally = Tally(texts=1, exact=int(result.text.split() == gold.clean.split()))
    for finding in result.report.edits:
        own = scores.rules.setdefault(finding.rule, Tally())
        own.texts += 1
        for start, end in _changed(finding):
            taken[start:end] = b"\x01" * (end - start)
            good, bad = _count(text, noise, start, end)
            own.noise_taken += good
            own.content_taken += bad
    tally.noise, tally.content = _count(text, noise, 0, len(text))
    lost = [n for n in range(len(text)) if taken[n] and not noise[n] and not text[n].isspace()]
    left = [n for n in range(len(text)) if noise[n] and not taken[n] and not text[n].isspace()]
    tally.content_taken, tally.noise_taken = len(lost), tally.noise - len(left)
    scores.total.add(tally)
    scores.languages.setdefault(gold.lang or "not told", Tally()).add(tally)
    if lost or left:
        culprit = next((f.rule for f in result.report.edits if lost and f.start <= lost[0] < f.end), "")
        scores.cases.append(
            Case(gold.name, len(lost), len(left), _around(text, lost), _around(text, left), culprit)
        )


def _changed(finding: Finding) -> Spans:
    """The parts of a finding that its replacement doesn't have."""
    if not finding.replacement:
        return [(finding.start, finding.end)]
    return [(finding.start + a, finding.start + b) for a, b in removed(finding.text, finding.replacement)]


def _count(text: str, noise: bytearray, start: int, end: int) -> tuple[int, int]:
    """Characters of noise and of content in a span."""
    marks = [noise[n] for n in range(start, end) if not text[n].isspace()]
    return sum(marks), len(marks) - sum(marks)


def _around(text: str, places: list[int], reach: int = 60) -> str:
    """The first stretch of `places`, as it stands in the text."""
    if not places:
        return ""
    last = places[0]
    for n in places[1:]:
        if n > last + 3:
            break
        last = n
    return text[places[0] : min(last + 1, places[0] + reach)]


def by_verdict(reviewed: Iterable[Reviewed]) -> dict[str, tuple[int, int]]:
    """Rule -> how many of its findings a person called right, and wrong."""
    counts: dict[str, tuple[int, int]] = {}
    for verdict in reviewed:
        right, wrong = counts.get(verdict.rule, (0, 0))
        good = verdict.verdict == "right"
        counts[verdict.rule] = (right + good, wrong + (not good))
    return dict(sorted(counts.items()))


def rows(scores: Scores) -> Iterator[tuple[str, str, Tally]]:
    """Every tally with its kind (``all``, ``rule``, ``language``) and name."""
    yield "all", "", scores.total
    for rule in sorted(scores.rules):
        yield "rule", rule, scores.rules[rule]
    for lang in sorted(scores.languages):
        yield "language", lang, scores.languages[lang]
