"""CT103: teasers cut off at a fixed width."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import msgspec
import regex

from cleantext.border import sentences
from cleantext.document import Document
from cleantext.lexicon import function_words, words
from cleantext.lexicon.dates import compile_source
from cleantext.lexicon.form import UNSPACED, expansions
from cleantext.rules.base import Candidate, Example, Hit, LookAlike, Rule
from cleantext.scan.trigger import Trigger
from cleantext.unfinished import (
    ROUND,
    Surroundings,
    begins_another,
    cells,
    features,
    is_dateline,
    is_item,
    score,
)

# Shorter lines than that, in cells of a terminal, are headings as likely as teasers.
_SHORTEST = 45
_SURE = 1.3  # log odds
_LONGEST = 420
# A line by itself may as well be a notice that was cut: a rule that knows what it says goes first.
_SUREST_ALONE = 1.9
# Two lines of nearly one width say little where each by itself says nothing (log odds).
_NOT_UNLIKELY = -1.2
_ENDED = frozenset(".!?:;。！？．｡؟۔।॥”\"»’')）」』】›>|*_`~=")
_UNCASED = regex.compile(rf"[{UNSPACED}]")
_UNMARKED = regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_ELLIPSIS = r"(?:\[?(?:…{1,2}|\.{3,4}|⋯)\]?|\(…\)|\(\.\.\.\))"
_LAST_WORD = regex.compile(r"[\p{L}\p{M}\p{N}'’-]+$")
_WORDS = regex.compile(r"[\p{L}\p{M}]{4,}")


# What a person is told of features that only the fitted model weighs.
_SAYS = {
    "seldom ends 2": "its last letters hardly ever end a word",
    "open bracket": "leaves a bracket open",
    "open quote": "leaves a quotation open",
}


class Suspect(msgspec.Struct):
    """A line that may be a teaser."""

    index: int  # among the suspects
    number: int
    text: str
    body: str  # without ellipsis and tail
    width: int
    ellipsis: bool
    tail: bool
    odds: float
    evidence: list[str]
    alone: float = -9.0  # log odds of a line without ellipsis and tail, whatever stands beside it


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
        tails = {w for ws in words("teaser", "tails").values() for form in ws for w in expansions(form) or ()}
        known = "|".join(regex.escape(t) for t in sorted(tails, key=lambda t: (-len(t), t)))
        return compile_source(
            rf"(?P<dots>[^\S\n]?{_ELLIPSIS})?[^\S\n]*(?P<tail>[\[(【«<]?(?i:{known})[\])】]?[^\S\n]*[»›>→…]*(?:\.{{3}})?)?$"
        )

    @cached_property
    def _tail_words(self) -> tuple[str, ...]:
        return tuple(
            sorted(
                {
                    t.split()[-1]
                    for ws in words("teaser", "tails").values()
                    for f in ws
                    for t in expansions(f) or ()
                }
            )
        )

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        suspects = self.suspects(doc)
        if not suspects:
            return
        around = self.surroundings(doc, suspects)
        for s in suspects:
            self._weigh(doc, s, around.vocabulary, around.open_share)
            if not s.ellipsis and not s.tail:
                found = features(doc, s.number, s.body, around)
                s.alone = score(found)
                s.evidence += [text for name, text in _SAYS.items() if name in found]
        for group in _groups(doc, suspects):
            yield from self._judge(doc, group)

    def suspects(self, doc: Document) -> list[Suspect]:
        """The lines that aren't finished, or end in an ellipsis or a "read more"."""
        out: list[Suspect] = []
        tails = self._tail_words
        for number, folded in enumerate(doc.lines):
            if len(folded) < 20:
                continue
            line = folded.rstrip()
            if len(line) < 20 or len(line) > _LONGEST:
                continue
            ends = line[-1]
            dots = ends in "…⋯" or line.endswith(("...", "…]", "..]", "...)", "…)"))
            if ends in _ENDED and not dots and not line.endswith(tails):
                continue
            text = doc.line(number).strip()
            m = self._ending.search(text, max(0, len(text) - 48))
            body, tail, ellipsis = text, False, dots
            if m and m.group():
                ellipsis = bool(m["dots"])
                tail = bool(m["tail"]) and (ellipsis or len(text) - len(m.group()) >= 40)
                body = text[: m.start()] if ellipsis or tail else text
            elif ends in _ENDED and not dots:
                continue
            if not ellipsis and not tail and ends in _ENDED:
                continue
            width = cells(body)
            if width < _SHORTEST and not (tail and ellipsis and width >= 25):
                continue
            out.append(Suspect(len(out), number, text, body, len(body), ellipsis, tail, 0.0, []))
        return out

    def surroundings(self, doc: Document, suspects: Sequence[Suspect]) -> Surroundings:
        """What the document says about its suspects."""
        others = sum(1 for s in suspects if not s.ellipsis and not s.tail)
        return Surroundings(Counter(_WORDS.findall(doc.folded)), self._open_share(doc), others)

    def _open_share(self, doc: Document) -> float:
        """The share of lines that end without a mark: near one in chats, lists and verse."""
        ended = unended = 0
        for line in doc.lines:
            s = line.rstrip()
            if s:
                if s[-1] in _ENDED:
                    ended += 1
                else:
                    unended += 1
        return unended / (ended + unended) if ended + unended else 0.0

    def _weigh(self, doc: Document, s: Suspect, vocabulary: Counter[str], open_share: float) -> None:
        """Sets the log odds that the line is a teaser, by itself, and the evidence in words."""
        odds = -3.4
        body = s.body
        says = s.evidence
        uncased = bool(_UNCASED.search(body[-12:]))
        if s.tail and s.ellipsis:
            odds += 6.5
            says.append("ends in an ellipsis and a link to read on")
        elif s.tail:
            odds += 1.5
            says.append("ends in a link to read on")
        elif s.ellipsis:
            odds += 1.5
            says.append("ends in an ellipsis")
            if s.text[-1] in "])":
                odds += 2.5  # as blogs cut their excerpts; speech trails off without brackets
            elif body[-1:] in ",.!?;" or body.count('"') % 2 or body[:1] in '“"«„‘-–—':
                odds -= 1.5  # speech that trails off
        if cells(body) >= 60 and (s.width % 10 == 0 or s.width in ROUND or len(s.text) % 50 == 0):
            odds += 1.6
            says.append(f"is {s.width} characters wide")
        last = _LAST_WORD.search(body)
        word = last.group().lower() if last else ""
        if word and not uncased:
            if word in function_words() and len(body) > 60:
                odds += 2.2
                says.append(f"breaks off after {last.group()!r}")
            elif len(word) >= 2 and vocabulary[word] <= 1 and begins_another(word, vocabulary):
                odds += 2.4 if len(word) >= 4 else 1.2
                says.append(f"breaks off in the middle of a word ({last.group()!r})")
            elif len(word) == 1 and word.isalpha() and word not in "aioueyàèéóòúvwzskи":
                odds += 1.6
                says.append(f"breaks off in the middle of a word ({word!r})")
        inner = len(sentences(body, 0, len(body))) > 1
        if _UNMARKED.search(body[-12:]):
            odds -= 3.0  # Thai and its like end no sentence with a mark
        elif inner:
            odds += 0.6 if s.ellipsis and not s.tail else 2.6 if uncased else 1.6
            says.append("holds a whole sentence before the one that breaks off")
        if uncased and not s.ellipsis and regex.search("[，、][^。！？]*$", body):
            odds += 2.0
            says.append("breaks off in the middle of a sentence")
        if is_dateline(body):
            odds += 3.0
            says.append("opens like an agency report")
        if not s.tail and not s.ellipsis:
            if cells(body) < 60:
                odds -= 1.0
            elif cells(body) >= 95:
                odds += 0.8
        if body[:1].islower():
            odds -= 0.8 if s.ellipsis or inner else 2.0
        if is_item(body):
            odds -= 1.5
        if body[-1:] in ",;–—-" and not s.ellipsis:
            odds -= 1.0
        if open_share > 0.5 and not s.ellipsis and not s.tail and len(doc.lines) > 6:
            odds -= 3.0
        nxt = s.number + 1
        if nxt < len(doc.lines):
            following = doc.line(nxt).lstrip()
            if following[:1].islower() and not s.tail:
                odds -= 3.5  # the sentence goes on: wrapped prose, or something stands in between
            elif is_item(following) and not s.ellipsis and not s.tail:
                odds -= 1.5
        if s.number == 0 and not s.tail and not s.ellipsis and not inner:
            odds -= 1.2  # the title
        s.odds = odds

    def _judge(self, doc: Document, group: list[Suspect]) -> Iterator[Candidate]:
        """Raises the odds of lines that agree with one another; proposes them line by line."""
        n = len(group)
        if n == 1 and not group[0].tail:
            # Nothing beside it agrees.
            group[0].odds = group[0].odds - 0.5 if group[0].ellipsis else min(group[0].alone, _SUREST_ALONE)
        if n >= 2:
            widths = Counter(s.width for s in group)
            widest = max(s.width for s in group)
            totals = Counter(len(s.text) for s in group)
            alike = {w for w, k in widths.items() if k >= 2}
            alike_totals = {w for w, k in totals.items() if k >= 2}
            near = [s for s in group if widest - 14 <= s.width <= widest]
            capital = sum(not s.body[:1].islower() for s in group) / n
            together = [s for s in group if s.width in alike or len(s.text) in alike_totals]
            if len(together) >= 2:  # a blank at the cut goes
                together += [s for s in group if s not in together and {s.width + 1, s.width + 2} & alike]
            agree = len(together) >= 0.8 * n
            for s in together:
                k = max(widths[s.width], widths[s.width + 1], totals[len(s.text)])
                s.odds += min(9.0 if agree and k >= 4 else 6.0, 2.6 + 1.2 * k) * (
                    1.0 if k >= 0.3 * n else 0.5
                )
                s.evidence.insert(0, f"{k} lines in a row end at column {s.width}")
            if capital > 0.7:
                loose = [s for s in near if s not in together]
                if len(near) >= 2:
                    bonus = _agreement(group, near)
                    for s in loose:
                        s.odds += bonus
                        s.evidence.insert(0, f"{len(near)} lines in a row break off at nearly the same width")
                    together += loose
            tails = sum(s.tail for s in group)
            if tails >= 2:
                for s in group:
                    s.odds += 1.5 * s.tail
            # Lines of one width stand and fall together: what convicts one convicts its neighbours.
            if len(together) >= 2:
                mean = sum(s.odds for s in together) / len(together)
                for s in together:
                    s.odds = max(s.odds, mean)
            for s in group:
                s.odds = max(s.odds, s.alone)
        for run in _runs([s for s in group if s.odds > -2.0]):
            start, stop = doc.block(run[0].number, run[-1].number)
            confidence = min(0.99, 1 / (1 + math.exp(-min(s.odds for s in run))))
            best = max(run, key=lambda s: s.odds)
            reason = "; ".join(best.evidence[:3]) or "the line ends without an end mark"
            yield Candidate(start, stop, confidence, f"a text that was cut off: {reason}")


def _agreement(group: list[Suspect], near: list[Suspect]) -> float:
    """What it says, in log odds, that some lines of a group are of nearly one width."""
    k = len(near)
    if any(_UNMARKED.search(s.body[-12:]) for s in near):
        return 0.0
    if k == 2:
        alone = sum(s.alone for s in near) / k
        return 2.5 if alone > _NOT_UNLIKELY else 0.3
    if k >= 0.8 * len(group):
        return min(7.0, 0.5 + 1.3 * k)
    return min(4.4, 0.9 + 0.8 * k)


def _groups(doc: Document, suspects: list[Suspect]) -> Iterator[list[Suspect]]:
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
