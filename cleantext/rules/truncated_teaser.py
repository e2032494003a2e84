"""CT103: teasers cut off at a fixed width."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import msgspec
import regex

from cleantext.document import Document
from cleantext.lexicon import words
from cleantext.lexicon.dates import compile_source
from cleantext.lexicon.form import UNSPACED, expansions
from cleantext.rules.base import Candidate, Example, Hit, LookAlike, Rule
from cleantext.scan.trigger import Trigger
from cleantext.unfinished import (
    LONG,
    Line,
    Surroundings,
    block_features,
    cells,
    features,
    others_end,
    score,
    score_block,
    uncased,
)

_LONGEST = 420
# Where a link to read on follows, shorter lines count too.
_SHORTEST_WITH_TAIL = 25
# Lines in a row of a script of full width may be as short as that, in cells.
_SHORTEST_BESIDE = 36
# A line that ends with a mark and is as long tells that the text ends its sentences.
_SHORTEST_SENTENCE = 20
_SURE = 1.3  # log odds
_STEEPER = 1.8
# A line by itself may as well be a notice that was cut: a rule that knows what it says goes first.
_SUREST_ALONE = 1.9
# Lines cut at one width, the last word being left out where it would not fit, differ by no more.
_WORD = 14
# Below that nothing is said, in log odds.
_FAINT = 0.0
#: A link to read on is hardly ever anything else behind an ellipsis, log odds; by itself it may be a word.
_TAIL_AND_DOTS = 6.5
_TAIL = 1.2
_MARKS = ".!?:;。！？．｡؟۔।॥\"”»’')）」』】›>|*_`~="
_ENDED = frozenset(_MARKS)
_PLAIN = frozenset(".!?:;。！？")
_DOTS = ("...", "…", "⋯", "…]", "..]", "...)", "…)")
_ELLIPSIS = r"(?:\[?(?:…{1,2}|\.{3,4}|⋯)\]?|\(…\)|\(\.\.\.\))"
_TAIL_CLOSERS = "[](){}【】«»<>›→…. "
_LAST_DOTS = regex.compile(rf"(?P<dots>[^\S\n]?{_ELLIPSIS})[^\S\n]*$")

# What a person is told, by the fact that was found.
_SAYS = {
    "seldom ends 2": "its last letters hardly ever end a word",
    "begins another word": "breaks off in the middle of a word",
    "function word": "breaks off after a word that ends no sentence",
    "dots": "ends in an ellipsis",
    "open bracket": "leaves a bracket open",
    "open quote": "leaves a quotation open",
    "dateline": "opens like an agency report",
    "wide comma": "breaks off in the middle of a sentence",
    "holds a sentence": "holds a whole sentence before the one that breaks off",
    "round": "is as wide as people set widths",
}


class Suspect(msgspec.Struct):
    """A line that may be a teaser."""

    index: int  # among the suspects
    number: int
    text: str
    body: str  # without ellipsis and tail
    dots: str = ""  # the ellipsis that it ends in, with the blank before it
    tail: bool = False  # whether a link to read on stands at its end
    weak: bool = False  # whether it is too short to be judged by itself
    facts: list[str] = []  # what there is to say of the line by itself
    alone: float = 0.0  # the log odds that this comes to
    odds: float = 0.0  # the same with what its neighbours say
    evidence: list[str] = []


class TruncatedTeaser(Rule):
    """Finds teasers: openings of other articles that were cut off at a fixed width.

    Front pages and "more stories" boxes show the first 80 or 100 characters of each article. What
    is scraped ends in the middle of a word (`… to defiance on Thursda`), in an ellipsis, or in
    `… Read more`, often several lines in a row of one width. None of it belongs to the text.

    The evidence is weighed: lines in a row of one width, a last word that is the beginning of
    another word of the document or one that can't end a sentence, an inner sentence end, a dateline
    such as `OSLO (AFP) -`, a round width, an ellipsis, a "read more". One line alone needs more of
    it than several together.

    Leaves alone: headings, list items, verse, captions and table cells, which end without a full
    stop and yet are whole; prose wrapped at a fixed width, where the next line goes on in lower
    case; speech that trails off.

    Source: lines by themselves are judged by a model that `training/fit_unfinished.py` fits on clean
    texts in 28 languages, of which it may take three lines in a million words; what lines in a row say
    was set by hand on the same texts.
    """

    code = "CT103"
    name = "cut-teaser"
    family = "truncated-teaser"
    #: A notice may be cut off as well; what it says tells more.
    yields_to = frozenset(
        {
            "affiliate-disclaimer",
            "cookie-notice",
            "copyright-footer",
            "newsletter-prompt",
            "view-rows",
        }
    )
    always = True
    examples = (
        Example(
            "The harbour reopened on Monday.\n"
            "The city council voted late in the evening to close three of its libraries, a decision that c\n"
            "A storm that formed over the weekend has moved north and is expected to reach the islands wit\n",
            "The harbour reopened on Monday.\n",
        ),
        Example(
            "The harbour reopened on Monday.\nThe council voted late in the evening to close three of its… Read more\n",
            "The harbour reopened on Monday.\n",
        ),
        Example(
            "Il porto ha riaperto lunedì.\nIl consiglio comunale ha votato a tarda sera per chiudere tre delle... Leggi tutto",
            "Il porto ha riaperto lunedì.",
            "it",
        ),
        Example(
            "The minister spoke on Thursday.\nOSLO, Dec 12 - The Norwegian central bank kept its key rate unchanged at a meeting on Thursd",
            "The minister spoke on Thursday.",
        ),
    )
    lookalikes = (
        LookAlike(
            "Applications close at noon on Friday. Late ones go to the next round.\nEverything you need to know about the reopening of the harbour\nThe harbour opens on Monday.",
            "a heading",
        ),
        LookAlike(
            "The road goes over the hill and\nthe rain comes after it, slow\nas a letter from someone who",
            "verse",
        ),
        LookAlike(
            "“I only thought that perhaps you would have wanted to come along with us…” She stopped.",
            "speech",
        ),
        LookAlike(
            "A list of everything that the museum lost in the great flood of the year 1912\n- one piano\n- a dog",
            "a heading above a list",
        ),
        LookAlike(
            "The committee, which had met for the first time in the spring of that\n"
            "year, was dissolved before it could publish the report for which it had\nbeen set up.",
            "prose wrapped at a fixed width",
        ),
    )

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        return ()

    @cached_property
    def _ending(self) -> regex.Pattern[str]:
        """An ellipsis at the end of a line, and what a link behind it says."""
        known = "|".join(regex.escape(t) for t in sorted(self._tails, key=lambda t: (-len(t), t)))
        return compile_source(
            rf"(?P<dots>[^\S\n]?{_ELLIPSIS})?[^\S\n]*"
            rf"(?:(?<![\p{{L}}\p{{M}}\p{{N}}])|(?<=[{UNSPACED}])|(?<=[{UNSPACED}…]))"
            rf"(?P<tail>[\[(【«<]?(?i:{known})[\])】]?[^\S\n]*[»›>→…]*(?:\.{{3}})?)?$"
        )

    @cached_property
    def _tails(self) -> frozenset[str]:
        """What links to read on say."""
        return frozenset(
            t for ws in words("teaser", "tails").values() for form in ws for t in expansions(form) or ()
        )

    @cached_property
    def _last_words(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """The last words of such links; whole links of scripts without blanks."""
        bare = {t.strip(_TAIL_CLOSERS) for t in self._tails} - {""}
        return (
            frozenset(t.split()[-1].lower() for t in bare),
            tuple(sorted(t for t in bare if uncased(t[-1:]))),
        )

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        suspects = self.suspects(doc)
        if not suspects:
            return
        counts = ends(doc)
        for group in groups(doc, suspects):
            around = beside(doc, group, counts)
            if len(group) == 1 and not (group[0].dots or group[0].tail or others_end(around)):
                continue  # among other lines without an end mark one more says nothing
            for s in group:
                weigh(doc, s, around)
            yield from _judge(doc, group, around)

    def suspects(self, doc: Document) -> list[Suspect]:
        """The lines that aren't finished, or end in an ellipsis or a link to read on."""
        out: list[Suspect] = []
        for number, folded in enumerate(doc.lines):
            if not 20 <= len(folded) <= _LONGEST:
                continue
            last = folded[-1]
            if last in _PLAIN and folded[-2] != ".":
                continue
            line = folded
            if last.isspace():
                line = folded.rstrip()
                if len(line) < 20:
                    continue
                last = line[-1]
            if last in _ENDED:
                if last in _PLAIN and not line.endswith("..."):
                    continue
                if not line.endswith(_DOTS) and not (last in _TAIL_CLOSERS and self._may_have_tail(line)):
                    continue
            found = self._suspect(doc, number, line)
            if found:
                found.index = len(out)
                out.append(found)
        return out

    def _may_have_tail(self, line: str) -> bool:
        spaced, unspaced = self._last_words
        bare = line[-60:].rstrip(_TAIL_CLOSERS)
        last = bare[bare.rfind(" ") + 1 :].lstrip(_TAIL_CLOSERS)
        return last in spaced or (uncased(bare[-1:]) and bare.endswith(unspaced))

    def _suspect(self, doc: Document, number: int, line: str) -> Suspect | None:
        """A line that may be unfinished, taken apart."""
        text = doc.line(number).strip()
        body, dots, tail = text, "", False
        if self._may_have_tail(line):
            m = self._ending.search(text, max(0, len(text) - 60))
            if m and m.group():
                dots = m["dots"] or ""
                # In a sentence the words of such a link are words like others.
                tail = bool(m["tail"]) and (
                    bool(dots) or (len(text) - len(m.group()) >= 40 and not m["tail"][:1].islower())
                )
                body = text[: m.start()] if dots or tail else text
        elif line.endswith(_DOTS) and (m := _LAST_DOTS.search(text, len(text) - 8)):
            dots = m["dots"]
            body = text[: m.start()]
        if not dots and not tail and line[-1] in _ENDED:
            return None
        weak = False
        if (
            len(body) < LONG
            and (width := cells(body)) < LONG
            and not (tail and dots and width >= _SHORTEST_WITH_TAIL)
        ):
            if width < _SHORTEST_BESIDE or width == len(body):
                return None
            weak = True
        return Suspect(0, number, text, body, dots, tail, weak, evidence=[])


def ends(doc: Document) -> Surroundings:
    """How the lines of a document end."""
    ended = unended = short = 0
    for line in doc.lines:
        if not line:
            continue
        last = line[-1]
        if last.isspace():
            line = line.rstrip()
            last = line[-1:]
            if not last:
                continue
        size = len(line)
        long = size >= LONG or (2 * size >= LONG and not line.isascii() and cells(line) >= LONG)
        if last in _ENDED or last in "…⋯":
            ended += size >= _SHORTEST_SENTENCE
        elif long:
            unended += 1
        else:
            short += 1
    return Surroundings(ended, unended, short, doc.text.count("...") + doc.text.count("…"))


def beside(doc: Document, group: Sequence[Suspect], counts: Surroundings) -> Surroundings:
    """The same without the lines of a group."""
    dotted = sum(bool(s.dots) for s in group)
    ended = sum(bool(s.dots) and not s.tail for s in group)
    weak = sum(s.weak for s in group)
    return Surroundings(
        max(0, counts.ended - ended),
        max(0, counts.open - (len(group) - ended - weak)),
        max(0, counts.short - weak),
        max(0, counts.dots - dotted),
    )


def weigh(doc: Document, s: Suspect, around: Surroundings) -> None:
    """Sets the log odds that the line is a teaser, by itself, and the evidence in words."""
    found = features(doc, s.number, s.body, around, s.dots)
    s.facts = found
    s.alone = -9.0 if s.weak else score(found)
    s.evidence += [text for name, text in _SAYS.items() if name in found]
    if s.tail:
        s.alone += _TAIL_AND_DOTS if s.dots else _TAIL
        s.evidence.insert(0, "ends in a link to read on")


def near(group: Sequence[Suspect]) -> list[Suspect]:
    """Those of a group that may have been cut at one width: the most that differ by a word at most."""
    ordered = sorted(group, key=lambda s: len(s.body))
    best: tuple[int, int, int] = (0, 0, 0)
    first = 0
    for last, s in enumerate(ordered):
        reach = _WORD * len(s.body) // max(1, cells(s.body))
        while len(ordered[first].body) < len(s.body) - reach:
            first += 1
        best = max(best, (last + 1 - first, last, first))
    chosen = {s.index for s in ordered[best[2] : best[1] + 1]}
    return [s for s in group if s.index in chosen]


def block(
    doc: Document, group: Sequence[Suspect], alike: Sequence[Suspect], around: Surroundings
) -> list[str]:
    """The facts about lines of a group that are alike in width."""
    lines = [
        Line(s.body, (len(s.body), len(s.text)), s.facts, None if s.weak else s.alone, s.tail) for s in alike
    ]
    share = sum(len(s.text) for s in alike) / max(1, len(doc.text))
    following = group[-1].number + 1
    after = doc.line(following).strip() if following < len(doc.lines) else ""
    return block_features(lines, len(group), share, after, around)


def _judge(doc: Document, group: list[Suspect], around: Surroundings) -> Iterator[Candidate]:
    """What lines by themselves and together come to, line by line or as blocks."""
    for s in group:
        s.odds = s.alone if s.tail else min(s.alone, _SUREST_ALONE)
    alike = near(group) if len(group) > 1 else []
    if len(alike) > 1:
        odds = score_block(block(doc, group, alike, around))
        widths = sorted({len(s.body) for s in alike})
        if len(widths) == 1:
            told = f"{len(alike)} lines in a row end at column {widths[0]}"
        else:
            told = f"{len(alike)} lines in a row break off at nearly the same width"
        for s in alike:
            if odds > s.odds:
                s.odds = odds
                s.evidence.insert(0, told)
    for run in _runs([s for s in group if s.odds > _FAINT]):
        start, stop = doc.block(run[0].number, run[-1].number)
        confidence = _chance(min(s.odds for s in run))
        best = max(run, key=lambda s: s.odds)
        reason = "; ".join(best.evidence[:3]) or "the line ends without an end mark"
        yield Candidate(start, stop, confidence, f"a text that was cut off: {reason}")


def _chance(odds: float) -> float:
    """The confidence of log odds. Below what the models were set for it falls quicker than they say, for
    they saw more cut lines than texts have."""
    if odds < _SURE:
        odds = _SURE - _STEEPER * (_SURE - odds)
    return min(0.99, 1 / (1 + math.exp(-odds)))


def groups(doc: Document, suspects: list[Suspect]) -> Iterator[list[Suspect]]:
    """Suspects that stand together, with nothing but blank lines between them."""
    group: list[Suspect] = []
    for s in suspects:
        if (
            group
            and any(
                not doc.blank(i) for i in range(group[-1].number + 1, min(s.number, group[-1].number + 5))
            )
        ) or (group and s.number - group[-1].number > 4):
            yield group
            group = []
        group.append(s)
    if group:
        yield group


def _runs(group: list[Suspect]) -> Iterator[list[Suspect]]:
    """Lines in a row that are surely teasers, as one; doubtful ones each by itself."""
    run: list[Suspect] = []
    for s in group:
        if s.odds < _SURE:
            if run:
                yield run
                run = []
            yield [s]
            continue
        if run and s.index != run[-1].index + 1:
            yield run
            run = []
        run.append(s)
    if run:
        yield run
