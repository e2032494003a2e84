"""CT105: labels and credits that fell into the middle of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import regex

from cleantext.border import unit_start
from cleantext.document import Document
from cleantext.inside import ENDS, HAN, UNSPACED, Place, cased_confidence, caseless_confidence, mark, place_of
from cleantext.islands import Island, islands_at, languages_of, prefixes
from cleantext.rules.base import Candidate, Example, Gate, Hit, LookAlike, Rule
from cleantext.rules.excise import Cut, excise
from cleantext.rules.listing import technical
from cleantext.scan.trigger import Trigger

_CLOSERS = frozenset("\"'”’»)]）」』")
_BRACKETS = {"(": ")", "[": "]", "（": "）"}
_QUOTES = frozenset('"“„«»”‘「」『』‹›`')
#: What may belong to a label behind its words; a full stop is the sentence's own.
_OUTER = regex.compile(r"(?:[^\S\n]?[:：»›→>*|]|\.{3}|…|!(?=\s+\p{Ll}))*+")
#: What a link that opens elsewhere adds: `(Opens in new window)`.
_OPENED = regex.compile(
    r"\s?\((?=[^()\n]{4,60}\))[^()\n]*(?i:window|\btab\b|fenster|fenêtre|ventana|finestra|janela|venster|okn[oiaeě]|окн[оеі]|вікн[іо]|fönster|vind[ue]|pencere"
    r"|jendela|cửa sổ|fereastr|παράθυρο|نافذة|ウィンドウ|窗口|視窗|창)[^()\n]*\)"
)
#: The trade of somebody whose name ends a credit.
_TAIL = regex.compile(
    r"(?:[^\S\n]?(?:선임|인턴)?(?:기자|특파원)|(?<=\p{Han})[^\S\n]?(?:记者|記者|摄|攝|撮影))"
)
_SENTENCES = regex.compile(r"\p{L}{3}[.!?]['\"”’»)]*\s+\p{Lu}")


class InlineIntrusion(Rule):
    """Finds labels and credits in the middle of a sentence, and takes them out of it.

    `the talksAdvertisement were held`, `who Sign up for our newsletter improved`: a button or a caption that the page set beside the text. It shows by its capital where a sentence
    needs none, by borders without a blank, and by the sentence, which is whole again without it.
    A headline on a line of its own that cuts a sentence in two goes with its label.

    Leaves alone: the same words in lower case or in quotation marks; names and titles of works; words of
    languages without capitals unless a border betrays them.

    Source: the forms in which extractors run blocks into one another; the labels of the lexicon.
    """

    code = "CT105"
    name = "inline-label"
    family = "inline-intrusion"
    yields_to = frozenset({"date-intrusion"})  # which knows where a name ends and a date begins
    examples = (
        Example(
            "The geese wereAdvertisement seen on the ice.",
            "The geese were seen on the ice.",
        ),
        Example(
            "The geese that Share this article came back wept.",
            "The geese that came back wept.",
        ),
        Example(
            "He saw the grey geeseStory continues below advertisementwhile the ice was thin.",
            "He saw the grey geese while the ice was thin.",
        ),
        Example(
            "The geese left.Click here to subscribe The ice was thin.",
            "The geese left. The ice was thin.",
        ),
        Example(
            "Las ocas que LeenPublicidad volaron sobre el hielo.",
            "Las ocas que Leen volaron sobre el hielo.",
            "es",
        ),
        Example(
            "Gęsi, które wróciły\nCzytaj też: Otto płacze\nna jezioro, płakały.",
            "Gęsi, które wróciły na jezioro, płakały.",
            "pl",
        ),
    )
    lookalikes = (
        LookAlike("The advertisement stood on page one, and people share this article widely.", "lower case"),
        LookAlike('The button "Share this article" was seen by nobody.', "a quotation"),
        LookAlike("Er gab eine Anzeige auf und wollte den Artikel teilen.", "nouns have capitals"),
        LookAlike("Press Share, then choose Copy link to send it to Otto.", "instructions"),
        LookAlike("She sued Getty Images over the picture.", "a firm"),
        LookAlike("قال إن إعلان الحكومة جاء متأخرا", "a word"),
    )

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        for prefix in prefixes():
            yield Trigger("begin", prefix), prefix

    def gate(self, payload: Any) -> Gate | None:
        return Gate(languages_of(payload))

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        found = list(self._find(doc, hits))
        doubt = 0.3 if found and technical(doc) else 0.0  # identifiers look like words that ran together
        for c in found:
            yield msgspec.structs.replace(c, confidence=c.confidence - doubt) if doubt else c

    def _find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        done: set[tuple[int, str]] = set()
        for hit in hits:
            at = hit.end - len(hit.payload)
            key = (at, hit.payload)
            if key not in done and _may_begin(doc.text, at):
                done.add(key)
                yield from self._label(doc, at, hit.payload)

    def _label(self, doc: Document, at: int, prefix: str) -> Iterator[Candidate]:
        low, high = doc.span(doc.line_at(at))
        best: Candidate | None = None
        for island in islands_at(doc, at, prefix, high):
            c = _titled(doc, island, low, high) if island.titled else None
            if c is None and not (island.titled and not _goes_on(doc.text, island.end, high)):
                c = _judged(doc, island, low, high)
            if c and (best is None or (c.end, c.confidence) > (best.end, best.confidence)):
                best = c
        if best:
            yield best


def _goes_on(text: str, end: int, high: int) -> bool:
    """Whether the sentence goes on right behind a label, instead of a headline."""
    return text[end:high].lstrip(" :：")[:1].islower()


def _may_begin(text: str, at: int) -> bool:
    """Whether something other than the sentence can begin at `at`: cheap, and mostly no."""
    if at == 0:
        return False
    here, before = text[at], text[at - 1]
    if here.islower():
        return False
    if here.isupper():
        if before.isalpha():
            return not before.isupper() or text[at + 1 : at + 2].islower()
        if before == "\n":
            return True
        if before.isspace():
            before = text[at - 2 : at - 1]
            return bool(before) and (before.isalnum() or before in ",;–—-)%\n" or mark(before))
        return True
    if UNSPACED.match(here):
        return HAN.match(here) is not None and (before.isspace() or " " in text[at : at + 16])
    return True


def _judged(doc: Document, island: Island, low: int, high: int) -> Candidate | None:
    text = doc.text
    start = island.start
    end = island.end
    tail = _TAIL.match(text, end, high) if island.form.family == "photo-credit" else None
    end = tail.end() if tail else end
    opened = _OPENED.match(text, end, high)
    end = opened.end() if opened else end
    if text[end - 1] != ":":
        outer = _OUTER.match(text, end, high)
        end = outer.end() if outer else end
    bracket = _BRACKETS.get(text[start - 1]) if island.form.family == "photo-credit" else None
    if bracket and text[end : end + 1] == bracket:
        start, end = start - 1, end + 1
    p = place_of(doc, start, end, low, high)
    if not p.before:
        return None  # the beginning of a line is the business of the rules for labels
    quoted = p.before in _QUOTES and not p.glued_left
    if quoted or (text[start - 1] in _QUOTES and p.after in _QUOTES) or (p.after in "’”»›」』)]" and p.after):
        return None
    cased = text[island.start].isupper()
    kind = island.form.kind
    if not p.after:
        return _cut_line(doc, island, end, p) if cased else None
    if p.ended and p.glued_left:
        if not (p.after.isupper() or p.after in "\"“„«‘'¿¡(「『" or not p.after.islower()) or _inner_stop(
            text, start, low
        ):
            return None
        confidence = {"anywhere": 0.95, "unit": 0.9}.get(kind, 0.83)
        if island.words < 2 and island.form.family != "ads":
            confidence -= 0.12
        if not cased:
            confidence = min(confidence, 0.84) if not HAN.match(text[start]) else 0.6
        where = "between two sentences"
    elif p.inside:
        found = cased_confidence(doc, island, end, p) if cased else caseless_confidence(doc, island, end, p)
        if found is None:
            return None
        confidence, where = found
        if start < island.start and "/" not in text[start:end]:
            confidence = min(confidence, 0.7)  # a remark of the author's, perhaps
    else:
        return None
    cut = excise(doc, start, end)
    if _between_han(text, start, end, p):
        cut = Cut(unit_start(text, start, low), _behind(text, end), "", cut.standing)
    return Candidate(cut.start, cut.end, confidence, f"{text[start:end]!r} stands {where}", cut.replacement)


def _between_han(text: str, start: int, end: int, p: Place) -> bool:
    """Whether blanks part an island from a script that has none."""
    return (
        text[start - 1].isspace() and text[end].isspace() and bool(HAN.match(p.before) and HAN.match(p.after))
    )


def _inner_stop(text: str, start: int, low: int) -> bool:
    """Whether the full stop before `start` belongs to an abbreviation: `U.S.`, `e.g.`."""
    return regex.search(r"(?:^|[^\p{L}])\p{L}\.$", text[max(low, start - 3) : start]) is not None


def _cut_line(doc: Document, island: Island, end: int, p: Place) -> Candidate | None:
    """An island at the end of a line whose sentence goes on in the next one."""
    text = doc.text
    if not p.before.isalnum() and p.before != ",":
        return None
    follow = _behind(text, p.high)
    if follow >= len(text) or not text[follow].islower():
        return None
    strong = p.glued_left or (island.form.kind in ("anywhere", "unit") and island.words > 1)
    start = unit_start(text, island.start, p.low)
    reason = f"{text[island.start : end]!r} cuts a sentence in two that goes on in the next line"
    return Candidate(start, follow, 0.88 if strong else 0.7, reason, " ")


def _behind(text: str, at: int) -> int:
    """The first place behind white space and line ends."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _titled(doc: Document, island: Island, low: int, high: int) -> Candidate | None:
    """A label with its headline, to the end of the line, when the sentence before it goes on in the next line."""
    text = doc.text
    start = unit_start(text, island.start, 0)
    if start == 0 or high - island.end > 250:
        return None
    before = text[start - 1]
    breaks = text[start : island.start].count("\n")
    if breaks > 1 or not (before.isalnum() or before == "," or mark(before)):
        return None
    follow = _behind(text, high)
    if follow >= len(text) or text[high:follow].count("\n") > 1:
        return None
    nxt = text[follow]
    title = text[island.end : high].strip(" :：")
    cased = any(c.isupper() for c in text[island.start : high])
    if (
        not title
        or len(title) > 160
        or title[0].islower()
        or title[-1] in ".;,。"
        or _SENTENCES.search(title)
    ):
        return None  # the sentence itself goes on behind the label
    if cased:
        # what the next line begins with tells; a capital may be a name's, but a heading stands before one, too
        goes_on = nxt.islower() or (nxt.isdigit() and not before.isdigit())
        cut = before.islower() and (
            start == island.start
            or doc.line_at(start - 1) == doc.line_at(island.start)
            or start - doc.starts[doc.line_at(start - 1)] > 60
        )
        if not goes_on and not (cut and (nxt.isalnum() or nxt in "\"“„«‘'")):
            return None
        confidence = 0.95 if goes_on else 0.83
    elif title[-1] in ENDS or (breaks and UNSPACED.match(nxt)):
        return None
    else:
        confidence = 0.85
    shown = text[island.start : min(high, island.start + 60)]
    unspaced = UNSPACED.match(before) and UNSPACED.match(nxt)
    return Candidate(
        start,
        follow,
        confidence,
        f"{shown!r}, with a headline, cuts a sentence in two",
        "" if unspaced else " ",
    )
