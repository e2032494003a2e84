"""Rows that are made of small pieces and nothing else: page numbers, networks, credits, clocks.

A rule gives the expression of such a row. Here is where a row may stand: as a whole line, behind the
last sentence of a paragraph, or glued to the first word of one. What pieces there are comes from the
lexicon: the words that its forms begin with, and its single words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Literal

import msgspec
import regex

from cleantext.document import Document, fold
from cleantext.lexicon import languages, pack
from cleantext.lexicon.dates import LISTS
from cleantext.lexicon.form import SP, Group, Node, Slot, expand, expansions, parse, slot
from cleantext.lexicon.sets import compile_sets
from cleantext.rules.base import Candidate, Hit
from cleantext.rules.label import LabelRule
from cleantext.scan.trigger import Trigger

Where = Literal["whole", "end", "end-glued", "start-glued"]

#: A person's name, also with initials and abbreviations before it: `J.R. Castell`, `Wm. Harlow`.
PERSON = rf"(?:(?:\p{{Lu}}\p{{Ll}}{{0,2}}\.{SP}?)*+{slot('name')})"
# The end of a sentence, and the blanks behind it.
_SENTENCE = regex.compile(r"[.!?…。！？．｡؟۔।॥:;]['\"”’»›)\]）」』】]*[^\S\n]*")
# A row at a paragraph's end or beginning is no longer than this, in code points.
_REACH = 200


class Row(msgspec.Struct, frozen=True):
    """A row found: its span without what is around it, where it stands, and its match."""

    line: int
    start: int
    end: int
    where: Where
    match: regex.Match[str]


def whole(doc: Document, line: int, run: regex.Pattern[str], longest: int = 200) -> Row | None:
    """The row that a line is, outer blanks and bullets aside; None when it isn't one."""
    start, stop = doc.span(line)
    if stop - start > longest:
        return None
    text = doc.text
    start, stop = inner(doc, line)
    if stop == start or (key := (id(run), doc.key(start, stop))) in doc.lasting:
        return None
    m = run.fullmatch(text, start, stop)
    if m is None and key[1] is not None:
        doc.remember(key, None)  # nor will it be in the next pass
    return Row(line, start, stop, "whole", m) if m else None


def inner(doc: Document, line: int) -> tuple[int, int]:
    """Start and end of a line without outer blanks, bullets and bars."""
    start, stop = doc.span(line)
    text = doc.text
    while start < stop and (text[start].isspace() or text[start] in "•·*|"):
        start += 1
    while stop > start and (text[stop - 1].isspace() or text[stop - 1] in "|"):
        stop -= 1
    return start, stop


def tail(
    doc: Document,
    line: int,
    run: regex.Pattern[str],
    may: Callable[[Document, int, int], bool] | None = None,
) -> Row | None:
    """The row that stands behind the last sentence of a paragraph; `may` says where it is worth a look."""
    start, stop = doc.span(line)
    text = doc.text
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    for end in _SENTENCE.finditer(text, max(start, stop - _REACH), stop):
        at = end.end()
        if at >= stop:
            break
        m = run.fullmatch(text, at, stop) if may is None or may(doc, at, stop) else None
        if m:
            return Row(line, at, stop, "end" if text[at - 1].isspace() else "end-glued", m)
    return None


def head(doc: Document, line: int, run: regex.Pattern[str]) -> Row | None:
    """The row that the first word of a paragraph is glued to: `…⟨2:45⟩The minister`."""
    start, stop = doc.span(line)
    text = doc.text
    while start < stop and text[start].isspace():
        start += 1
    m = run.match(text, start, min(stop, start + _REACH))
    if m is None or m.end() >= stop or m.end() == m.start():
        return None
    here, before = text[m.end()], text[m.end() - 1]
    if here.isupper() and not before.isspace() and not before.isupper():
        return Row(line, m.start(), m.end(), "start-glued", m)
    return None


class RowRule(LabelRule):
    """Base of rules for labels that know rows of pieces besides."""

    def row_triggers(self) -> Iterable[Trigger]:
        """What calls for a look at a line."""
        raise NotImplementedError

    def rows(self, doc: Document, line: int) -> Iterator[Candidate]:
        """The rows in a line that a trigger fired in."""
        raise NotImplementedError

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        yield from super().triggers()
        for trigger in self.row_triggers():
            yield trigger, None

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        taken = []
        for c in super().find(doc, [h for h in hits if h.payload is not None]):
            taken.append((c.start, c.end))
            yield c
        for line in sorted({doc.line_at(h.end - 1) for h in hits if h.payload is None}):
            start, stop = doc.span(line)
            if not any(a <= start and stop <= b for a, b in taken):  # else labels say all
                yield from self.rows(doc, line)

    def placed(
        self, doc: Document, line: int, run: regex.Pattern[str], sure: float, what: str
    ) -> Iterator[Candidate]:
        """A row wherever it may stand: as a line it is `sure`, at the borders of a paragraph less so."""
        row = whole(doc, line, run)
        if row is not None:
            yield Candidate(*doc.block(line, line), sure, f"the line is {what}")
            return
        row = tail(doc, line, run)
        if row is not None:
            start, stop = row.start, doc.span(line)[1]
            while start and doc.text[start - 1] in " \t\u00a0":
                start -= 1
            yield Candidate(start, stop, sure - 0.03, f"the paragraph ends in {what}")
            return
        row = head(doc, line, run)
        if row is not None:
            yield Candidate(doc.span(line)[0], row.end, sure - 0.06, f"the paragraph begins with {what}")


@cache
def heads(family: str, before: str) -> frozenset[str]:
    """The folded words that a family's forms have before the slot `before`, from all languages.

    `Photo : {name}` gives "photo". Colons and the like at their end are left off. Forms count that end
    in the slot or go on with a date or another name.
    """
    out: set[str] = set()
    for form in _forms(family):
        after = form.partition("{" + before + "}")[2]
        if after and not any(s in after for s in ("{date}", "{time}", "{site}", "{agency}", "{role}")):
            continue
        lead: list[Node] = []
        for node in parse(form):
            if isinstance(node, Slot):
                if node.name == before and lead:
                    out.update(
                        fold(" ".join(w.split())).strip(" :：-–|/／=(（[【") for w in expand(lead) or ()
                    )
                break
            lead.append(node)
    return frozenset(w for w in out if len(w) > 1 or (w and not w.isascii()))


@cache
def heads_of(family: str, separators: frozenset[str]) -> frozenset[str]:
    """The folded words that a family's forms have before a choice of separators: `home (>|»|›) {cats}`."""
    out: set[str] = set()
    for form in _forms(family):
        nodes = parse(form)
        for i, node in enumerate(nodes):
            if isinstance(node, Group) and set(expand([node]) or ()) & separators:
                out.update(fold(" ".join(w.split())).strip() for w in expand(nodes[:i]) or ())
                break
    return frozenset(out - {""})


@cache
def plain(family: str, *kinds: str) -> frozenset[str]:
    """The folded wordings of a family without slots, from its lists of these kinds in all languages."""
    return frozenset(
        w.strip(" :：.!…«»‹›<>→←|") for form in _forms(family, kinds) for w in expansions(form) or ()
    ) - {""}


@cache
def starts_of_rest(family: str) -> frozenset[str]:
    """The folded wordings after which a form takes the rest of its sentence: `all rights reserved…`."""
    found = (form[:-1].rstrip(" .") for form in _forms(family) if form.endswith("…"))
    return frozenset(w for form in found for w in expansions(form) or () if len(w) > 3)


def _forms(family: str, kinds: Iterable[str] = ()) -> Iterator[str]:
    for lang in languages():
        for kind, forms in pack(lang).get("labels", {}).get(family, {}).items():
            if not kinds or kind in kinds:
                yield from forms


def compiled(source: str, **words: Iterable[str]) -> regex.Pattern[str]:
    """Compiles a source that refers to sets of folded words, ``(?i:\\L<said>)``, and to months and weekdays."""
    return compile_sets(source, LISTS, {k: frozenset(v) for k, v in words.items()})
