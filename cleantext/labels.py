"""Where the labels of the lexicon stand in a document: buttons, headings, rows of page furniture.

Plain wordings of whole lines are looked up in a table, one look-up per short line. Wordings with
slots, and those that may be glued to a sentence, are found by the scan's triggers and confirmed at
the place that fired. A label counts only in a text that may be in its language, or in English,
which stands on pages of all languages. Rules decide what becomes of a match (`rules/label.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec
import regex

from cleantext.border import sentences
from cleantext.document import Document
from cleantext.lexicon import function_words, kept, languages, pack
from cleantext.lexicon.anchor import anchors, weight
from cleantext.lexicon.dates import compile_source
from cleantext.lexicon.form import SP, expansions, has_rest, slot
from cleantext.lexicon.matcher import match_around, match_at, reach_before
from cleantext.scan.sieve import Gate, Hit
from cleantext.scan.trigger import Kind, Trigger

KINDS = ("anywhere", "unit", "line", "header", "weak")
#: Longer lines are no single label.
LONGEST_LABEL = 90
# Lines longer than this aren't a label of a kind that takes the whole line.
_LONGEST_LINE = 400
# A beginning so short (`by {name}`) tells nothing in a long paragraph: the name may be its subject.
_SHORT = 4
_NEAR_END = 150
# How much of a literal the scan looks for.
_LETTERS, _BYTES = 12, 24
_TITLE = "{title}"
# Letters: a shorter word could begin a sentence, so a mark has to part it from a headline.
_SHORT_HEAD = 7
# How far behind the place that fired a label may go on.
_REACH = 700
# What may stand around a label and belongs to it.
_LEAD = " \t•·*-–—|›»>▶►→▼▲+#✕×[(✓✔@©\u200b"
_TRAIL = " \t•·*|›»>:…→▶►▼▲<«‹✕×])!+\u200b"
_NEXT_WORD = regex.compile(r"[^\S\n]+([\p{L}\p{M}'’]+)")
_OUTER = regex.compile(r"[^\S\n]*(?:[.:!…»›→>*|)\]]+(?=\s|$)|[.:!…»›→)\]]*)")


# A credit goes on: `Foto: Ana Lima/dpa`, `Photo by Ana Lima / The Ledger`.
AGENCY = compile_source(rf"(?:{SP}*[/／|]{SP}*(?:{slot('agency')}|{slot('site')}))+")


class Form(msgspec.Struct, frozen=True):
    """One wording of the lexicon, and the languages that list it."""

    family: str
    kind: str
    text: str
    langs: tuple[str, ...]


class Entry(msgspec.Struct, frozen=True):
    """What a line that equals a wording is, in which languages."""

    family: str
    kind: str
    langs: tuple[str, ...]


class Anchored(msgspec.Struct, frozen=True):
    """What a trigger stands for: a form, and how many code points of it have been seen.

    0 where the literal that fired isn't the form's beginning; the form then begins no more than `back`
    code points before the end of the literal.
    """

    form: Form
    seen: int
    back: int = 0


class Match(msgspec.Struct, frozen=True):
    """A wording found: span without what is around it, and the line it stands on."""

    form: Form
    line: int
    start: int
    end: int
    #: How many words beyond the wording belong to it, to the end of the sentence.
    rest: int = 0


class _Index(msgspec.Struct, frozen=True):
    """Everything that is derived from the lists of labels."""

    #: The forms that triggers look for.
    forms: list[Form]
    #: Family -> (kind of trigger, its text, number of the form, code points seen, and those before).
    triggers: dict[str, list[tuple[Kind, str, int, int, int]]]
    #: What whole lines can be, surest kind first; and folded wording -> number of what it is.
    meanings: list[tuple[Entry, ...]]
    plain: dict[str, int]


@cache
def _index() -> _Index:
    return kept("labels", _Index, _build)


def _build() -> _Index:
    seen: dict[tuple[str, str, str], list[str]] = {}
    for lang in languages():
        for family, lists in pack(lang).get("labels", {}).items():
            for kind, wordings in lists.items():
                for text in wordings:
                    seen.setdefault((family, kind, text), []).append(lang)
    forms = [Form(f, k, t, tuple(langs)) for (f, k, t), langs in seen.items()]
    found: dict[str, list[tuple[Kind, str, int, int, int]]] = {}
    looked_for: list[Form] = []
    for form in forms:
        if wanted := list(_triggers(form)):
            found.setdefault(form.family, []).extend(
                (*t, len(looked_for), n, 0 if n else reach_before(form.text, t[1])) for t, n in wanted
            )
            looked_for.append(form)
    meanings: dict[tuple[Entry, ...], int] = {}
    table = {key: meanings.setdefault(e, len(meanings)) for key, e in _plain(forms).items()}
    return _Index(looked_for, found, list(meanings), table)


def _plain(forms: Iterable[Form]) -> dict[str, tuple[Entry, ...]]:
    table: dict[str, dict[tuple[str, str], set[str]]] = {}
    for form in forms:
        for wording in expansions(form.text) or ():
            key = wording.strip(_LEAD).strip(_TRAIL).rstrip(".")
            if key:
                table.setdefault(key, {}).setdefault((form.family, form.kind), set()).update(form.langs)
    return {
        key: tuple(
            sorted(
                (Entry(f, k, tuple(sorted(langs))) for (f, k), langs in kinds.items()),
                key=lambda e: (KINDS.index(e.kind), e.family),
            )
        )
        for key, kinds in table.items()
    }


def _triggers(form: Form) -> Iterator[tuple[tuple[Kind, str], int]]:
    """Triggers for what a look-up of whole lines can't find, and how much of the form each has seen."""
    if form.kind in ("line", "weak") and expansions(form.text) is not None:
        return
    for anchor in anchors(form.text):
        literal, leads = anchor.literal, anchor.leads
        short = shortened(literal)
        if short != literal:
            # the first letters are rare enough, and many forms share them
            literal = short
            kind: Kind = "literal" if anchor.inner else "begin"
        elif not anchor.whole:
            kind = "literal" if anchor.inner else "begin"
        # All but those of kind `anywhere`, and what is short, count only where a label can begin.
        elif leads and (form.kind != "anywhere" or weight(literal) < 9):
            kind = "edge"
        elif form.text.startswith("{n}") and weight(literal) < 5:
            yield ("pattern", rf"[0-9][^\n0-9.,;:]{{0,4}}\b{re.escape(literal)}\b"), 0
            continue
        else:
            kind = "word"
        yield (kind, literal), len(literal) if leads else 0


@cache
def _rest(form: str) -> bool:
    return has_rest(form)


@cache
def triggers(family: str, kinds: Iterable[str] = KINDS) -> tuple[tuple[Trigger, Anchored], ...]:
    """Triggers for the wordings of a family that a look-up of whole lines can't find."""
    index = _index()
    return tuple(
        (Trigger(kind, text), Anchored(index.forms[number], seen, back))
        for kind, text, number, seen, back in index.triggers.get(family, ())
        if index.forms[number].kind in kinds
    )


def shortened(literal: str) -> str:
    """The first letters of a literal, as many as the scan looks for."""
    return literal[:_LETTERS].encode()[:_BYTES].decode("utf-8", "ignore").rstrip()


def key_of(line: str) -> str:
    """The look-up key of a folded line."""
    return line.strip(_LEAD).strip(_TRAIL)


def line_entries(doc: Document) -> dict[int, tuple[Entry, ...]]:
    """Number of a line -> what it is as a whole; computed once for a document."""
    memo = doc.memo
    found: dict[int, tuple[Entry, ...]] | None = memo.get("line_entries")
    if found is None:
        found = {}
        index = _index()
        table, meanings, lasting = index.plain, index.meanings, doc.lasting
        for number, line in enumerate(doc.lines):
            if not line or len(line) > LONGEST_LABEL:
                continue
            meaning = table.get(line)
            if meaning is not None:
                entries = meanings[meaning]
            elif ("line", line) in lasting:
                entries = lasting["line", line]
            else:
                entries = _looked_up(line)
                doc.remember(("line", line), entries)
            if entries:
                entries = tuple(e for e in entries if speaks(doc, e.langs))
                if entries:
                    found[number] = entries
        memo["line_entries"] = found
    return found


def entries_of(doc: Document, piece: str) -> tuple[Entry, ...]:
    """What a folded piece of a line is, were it a line of its own."""
    if len(piece) > LONGEST_LABEL:
        return ()
    return tuple(e for e in meanings_of(key_of(piece)) if speaks(doc, e.langs))


def meanings_of(key: str) -> tuple[Entry, ...]:
    """What a line can be, by its look-up key, in any language; the surest kind first."""
    index = _index()
    meaning = index.plain.get(key)
    return () if meaning is None else index.meanings[meaning]


def _looked_up(line: str) -> tuple[Entry, ...]:
    key = key_of(line)
    entries = meanings_of(key)
    if entries:
        return entries
    if key.endswith("."):
        return tuple(e for e in meanings_of(key.rstrip(".")) if e.kind in ("anywhere", "unit"))
    if " " in key:
        words = key.split()
        return meanings_of(" ".join(words)) or _row_of(words)
    return entries


def _row_of(words: Sequence[str]) -> tuple[Entry, ...]:
    """What a row of labels of one word is, all of one family: `シェアする ツイートする LINEで送る`."""
    plain = _index().plain
    if words[0] not in plain or not all(word in plain for word in words):
        return ()  # nearly always
    kinds: list[str] = []
    first: Entry | None = None
    for word in words:
        here = [e for e in meanings_of(word) if first is None or e.family == first.family]
        if not here:
            return ()
        first = first or here[0]
        kinds.append(here[0].kind)
    if first is None or all(k == "weak" for k in kinds):
        return ()
    return (Entry(first.family, "line", first.langs),)


def speaks(doc: Document, langs: tuple[str, ...]) -> bool:
    """Whether a label of `langs` may stand in a document: its own language, or English."""
    known: dict[tuple[str, ...], bool] = doc.memo.setdefault("speaks", {})
    answer = known.get(langs)
    if answer is None:
        answer = known[langs] = "en" in langs or doc.in_language(langs)
    return answer


def line_families(doc: Document) -> dict[str, dict[int, str]]:
    """Family, by its name in the lexicon -> the lines that are its labels as a whole, each with its kind."""
    memo = doc.memo
    found: dict[str, dict[int, str]] | None = memo.get("line_families")
    if found is None:
        found = memo["line_families"] = {}
        for number, entries in line_entries(doc).items():
            for e in entries:
                found.setdefault(e.family, {}).setdefault(number, e.kind)
    return found


def gate_of(anchored: Anchored) -> Gate:
    """What `_match` asks of a place before it walks the form."""
    form = anchored.form
    return _gate(form.langs, form.kind in ("anywhere", "unit"), 0 < anchored.seen <= _SHORT)


@cache
def _gate(listed: tuple[str, ...], in_paragraphs: bool, short: bool) -> Gate:
    langs = frozenset() if "en" in listed else frozenset(listed)
    if not in_paragraphs:
        return Gate(langs, _LONGEST_LINE)
    return Gate(langs, _LONGEST_LINE, _NEAR_END) if short else Gate(langs)


def matches(doc: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """The wordings whose triggers fired, where they really stand. Overlapping ones all come."""
    memo: dict[tuple[int, int], Match | None] = doc.memo.setdefault("label_matches", {})
    seen: set[tuple[int, int]] = set()
    for hit in hits:
        key = (hit.end, id(hit.payload))
        if key not in memo:
            memo[key] = _match(doc, hit.end, hit.payload)
        m = memo[key]
        if m is not None and (m.start, id(m.form)) not in seen:
            seen.add((m.start, id(m.form)))
            yield m


def _match(doc: Document, end: int, anchored: Anchored) -> Match | None:
    """The wording around the literal that ends at `end`; remembered, since several rules ask."""
    form = anchored.form
    if not speaks(doc, form.langs):
        return None
    line = doc.line_at(end - 1)
    start, stop = doc.span(line)
    if stop - start > _LONGEST_LINE and (
        form.kind not in ("anywhere", "unit") or (0 < anchored.seen <= _SHORT and stop - end > _NEAR_END)
    ):
        return None
    text, folded = doc.text, doc.folded
    limit = min(stop, end + _REACH)
    found: int | None = None
    at = end - anchored.seen
    if anchored.seen:
        found = match_at(form.text, text, folded, at, limit)
    else:
        around = match_around(form.text, text, folded, start, end, limit, anchored.back)
        if around is not None:
            at, found = around
    if found is None or (form.text.endswith(_TITLE) and _unmarked(form, doc, at, limit)):
        return None
    if form.family == "photo-credit" and (more := AGENCY.match(text, found, stop)):
        found = more.end()
    rest = 0
    if _rest(form.text):
        wording = found
        found = _sentence_end(text, at, found, stop)
        rest = len(text[wording:found].split())
    outer = _OUTER.match(text, found, stop)
    return Match(form, line, at, outer.end() if outer else found, rest)


def _unmarked(form: Form, doc: Document, at: int, limit: int) -> bool:
    """Whether nothing parts a short word from the headline that it is to announce: `Video shows …`."""
    end = match_at(form.text.removesuffix(_TITLE).rstrip(), doc.text, doc.folded, at, limit)
    head = doc.text[at:end].rstrip() if end is not None else ""
    return bool(head) and head[-1].isalnum() and len(head) <= _SHORT_HEAD


def _sentence_end(text: str, start: int, end: int, stop: int) -> int:
    """Where the sentence ends that a match begins; right at `end` when the next one is glued to it."""
    if end < stop and text[end].isupper() and text[end - 1].islower():
        return end
    word = _NEXT_WORD.match(text, end, stop)
    if word and word[1][0].isupper() and word[1].lower() in function_words():
        return end  # `… newsletter The talks went on`: a sentence begins
    window = min(stop, start + 500)
    first = sentences(text, start, window)[0][1]
    return max(end, first)
