"""CT105: labels, credits, links and handles that fell into the middle of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import regex

from cleantext.border import unit_start
from cleantext.concepts import concepts
from cleantext.document import Document
from cleantext.islands import Island, islands_at, prefixes, slotted
from cleantext.lexicon import function_words
from cleantext.rules.base import Candidate, Example, Hit, LookAlike, Rule
from cleantext.rules.excise import Cut, excise
from cleantext.scan.trigger import Trigger

_ENDS = frozenset(".!?…。！？．।॥؟۔")
_CLOSERS = frozenset("\"'”’»)]）」』")
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
_WORD = regex.compile(r"[\p{L}\p{M}]++")
_LAST = regex.compile(r"[\p{L}\p{M}'’-]++(?=[^\p{L}\p{N}]*$)")
_HEAD_GLUED = regex.compile(r"[\p{L}\p{M}]++$")
_HAN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
# What Arabic and Hebrew write together with the word that follows, and what Korean words end in
# when a new one must begin.
_CLITICS = regex.compile(r"[وفبكلسأ]{0,2}(?:ال|لل)?[وفبكلس]?|[והבלמשכ]{1,4}")
_KOREAN_END = regex.compile(r"\p{Hangul}[을를이은는에로의과와도고며서한할던된지면]$")
#: Addresses that networks put in where a post or its picture stood.
_SHORT = regex.compile(
    r"(?:https?://)?(?:pic\.(?:twitter|x)\.com|t\.co|bit\.ly|youtu\.be|instagr\.am|fb\.me|buff\.ly|ow\.ly|dlvr\.it|goo\.gl|tinyurl\.com|lnkd\.in|trib\.al|wp\.me)"
    r"/[A-Za-z0-9_-]{3,40}/?"
)
_ADDRESS = regex.compile(r"https?://[\w.-]++(?:/[^\s<>\"“”«»]*+)?")
_HANDLE = regex.compile(r"(?:[Ff]ollow[^\S\n])?@[A-Za-z0-9_]{3,30}(?![\w.@-]*\.[a-z])")


class Place(msgspec.Struct):
    """Where an island stands: its line, the neighbours, and what joins them."""

    low: int
    high: int
    #: The last character before and the first behind it, blanks aside; empty at the line's ends.
    before: str
    after: str
    glued_left: bool
    glued_right: bool

    @property
    def inside(self) -> bool:
        """Whether a sentence goes on from what is before it."""
        return self.before.isalnum() or self.before in ",;–—-)%’'”»" or _mark(self.before)

    @property
    def ended(self) -> bool:
        """Whether a sentence ends right before it."""
        return self.before in _ENDS


class InlineIntrusion(Rule):
    """Finds labels, credits, links and handles in the middle of a sentence, and takes them out of it.

    `the talksAdvertisement were held`, `who Sign up for our newsletter improved`, `at the 2020pic.twitter.com/5yqH3
    show`: a button or a caption that the page set beside the text. It shows by its capital where a sentence
    needs none, by borders without a blank, and by the sentence, which is whole again without it.
    A headline on a line of its own that cuts a sentence in two goes with its label.

    Leaves alone: the same words in lower case or in quotation marks; names and titles of works; words of
    languages without capitals unless a border betrays them; addresses and handles between blanks, which people write.

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
            "They spoke of thepic.twitter.com/a7Hx29 geese.",
            "They spoke of the geese.",
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
        LookAlike("He wrote to otto@geese.example and saw https://geese.example/ice then.", "addresses"),
        LookAlike("The geese, said @otto_goose on Friday, were grey.", "a handle in a sentence"),
        LookAlike("Press Share, then choose Copy link to send it to Otto.", "instructions"),
        LookAlike("She sued Getty Images over the picture.", "a firm"),
        LookAlike("قال إن إعلان الحكومة جاء متأخرا", "a word"),
    )

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        for prefix in prefixes():
            yield Trigger("literal", prefix), prefix
        for name in (
            "pic.twitter.com/",
            "pic.x.com/",
            "t.co/",
            "bit.ly/",
            "youtu.be/",
            "instagr.am/",
            "fb.me/",
            "buff.ly/",
            "ow.ly/",
        ):
            yield Trigger("literal", name), 1
        for name in ("dlvr.it/", "goo.gl/", "tinyurl.com/", "lnkd.in/", "trib.al/", "wp.me/"):
            yield Trigger("literal", name), 1
        yield Trigger("pattern", "[^ \\n@/.<(\"']https?://"), 2
        yield Trigger("pattern", "[a-z0-9,.!?]@[a-z0-9_]{3}"), 3
        yield Trigger("pattern", "follow @[a-z0-9_]{3}"), 3

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        done: set[tuple[int, str]] = set()
        links: set[int] = set()
        for hit in hits:
            if isinstance(hit.payload, str):
                at = hit.end - len(hit.payload)
                key = (at, hit.payload)
                if key not in done and _may_begin(doc.text, at):
                    done.add(key)
                    yield from self._label(doc, at, hit.payload)
            else:
                line = doc.line_at(hit.end - 1)
                if line not in links:
                    links.add(line)
                    yield from _links(doc, line)

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
            return bool(before) and (before.isalnum() or before in ",;–—-)%\n" or _mark(before))
        return True
    return True


def _mark(c: str) -> bool:
    """Whether a character is a vowel sign of Indic, Arabic or Hebrew, which belongs to a word."""
    return bool(c) and regex.match(r"\p{M}", c) is not None


def _place(doc: Document, start: int, end: int, low: int, high: int) -> Place:
    text = doc.text
    left, right = text[low:start].rstrip(), text[end:high].lstrip()
    return Place(
        low,
        high,
        left[-1:],
        right[:1],
        bool(left) and not text[start - 1].isspace(),
        bool(right) and not text[end].isspace(),
    )


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
    p = _place(doc, start, end, low, high)
    if not p.before:
        return None  # the beginning of a line is the business of the rules for labels
    quoted = p.before in _QUOTES and not p.glued_left
    if quoted or (text[start - 1] in _QUOTES and p.after in _QUOTES) or (p.after in "’”»›」』)]" and p.after):
        return None
    cased = text[start].isupper()
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
            confidence = min(confidence, 0.84) if not _HAN.match(text[start]) else 0.6
        where = "between two sentences"
    elif p.inside:
        found = _cased(doc, island, end, p) if cased else _caseless(doc, island, end, p)
        if found is None:
            return None
        confidence, where = found
    else:
        return None
    cut = excise(doc, start, end)
    if _between_han(text, start, end, p):
        cut = Cut(unit_start(text, start, low), _behind(text, end), "", cut.standing)
    return Candidate(cut.start, cut.end, confidence, f"{text[start:end]!r} stands {where}", cut.replacement)


def _between_han(text: str, start: int, end: int, p: Place) -> bool:
    """Whether blanks part an island from a script that has none."""
    return (
        text[start - 1].isspace()
        and text[end].isspace()
        and bool(_HAN.match(p.before) and _HAN.match(p.after))
    )


def _inner_stop(text: str, start: int, low: int) -> bool:
    """Whether the full stop before `start` belongs to an abbreviation: `U.S.`, `e.g.`."""
    return regex.search(r"(?:^|[^\p{L}])\p{L}\.$", text[max(low, start - 3) : start]) is not None


def _cased(doc: Document, island: Island, end: int, p: Place) -> tuple[float, str] | None:
    """How sure an island is whose first letter is a capital, in the middle of a sentence."""
    text = doc.text
    kind, family = island.form.kind, island.form.family
    label = text[island.start : end]
    whole = p.after.islower() or p.after.isdigit() or p.after in ",;–—%€$£(" or _mark(p.after)
    credit = family == "photo-credit" and not any(c in label for c in ":/=：") and label.istitle()
    if p.glued_left and text[island.start - 1].isalnum():
        confidence = 0.94 if whole else 0.87
        where = "right at a word of the sentence, without a blank"
        if kind in ("line", "header"):
            confidence -= 0.05
        if p.glued_right and not _joint(doc, island, end):
            confidence -= 0.16
        if island.words == 1 and not p.glued_right and not whole and family != "ads":
            confidence -= 0.1  # a name in camel case, perhaps
        return confidence, where
    if p.glued_left:
        return (0.84 if whole else 0.6), "right at a mark of the sentence, without a blank"
    where = "in the middle of a sentence, with a capital that it doesn't need"
    if credit:
        return (0.6, where) if not p.glued_right else (0.85, where)
    if slotted(island.form.text) and family != "photo-credit":
        return None  # what belongs to it can't be told from the sentence
    if _pressed(doc, island):
        return None
    words = label.split()
    if 1 < len(words) < 4 and all(w[0].isupper() for w in words) and not label.isupper():
        return 0.6, where  # a name: `Google Play`
    confidence = {"anywhere": 0.93, "unit": 0.89 if island.words > 1 else 0.86}.get(kind, 0.83)
    if p.glued_right:
        if not _joint(doc, island, end):
            return None if island.words == 1 else (0.75, where)
        confidence = max(confidence, 0.9)
    elif not whole:
        confidence -= 0.28 if kind != "anywhere" else 0.12
    last = _LAST.search(text, max(p.low, island.start - 40), island.start)
    if last and last[0][:1].isupper() and not last[0].isupper() and not _opens(text, p.low, last.start()):
        confidence -= 0.05 if kind == "anywhere" else 0.15  # a title: `The New Advertisement`
    if label.isupper() and len(label) > 3 and not (last and last[0].isupper()):
        confidence += 0.04
    elif set(island.form.langs) == {"de"} and kind != "anywhere" and not p.glued_right:
        confidence -= 0.2  # a noun
    if last and last[0].lower() in function_words() and confidence >= 0.8:
        confidence += 0.03  # the sentence breaks off behind such a word
    return confidence, where


def _pressed(doc: Document, island: Island) -> bool:
    """Whether the words right before a label say that somebody presses it, or that it is called so."""
    low = max(doc.span(doc.line_at(island.start))[0], island.start - 30)
    langs = sorted({*(doc.languages or island.form.langs), "en"})
    return any("press" in concepts(doc.folded, low, island.start, lang) for lang in langs)


def _opens(text: str, low: int, at: int) -> bool:
    """Whether a sentence begins at `at`, so that its capital says nothing."""
    before = text[low:at].rstrip().rstrip("\"“„«‘'¿¡([")
    return not before.strip() or before.rstrip()[-1] in ".!?…:—–-"


def _joint(doc: Document, island: Island, end: int) -> bool:
    """Whether what is glued to the end of an island is a word of its own: no inflection, no compound."""
    text = doc.text
    if not (text[end].isalnum() and text[end - 1].isalnum()):
        return text[end].isalnum() or text[end] in '"“„«(@#'
    if text[end - 1].isupper() and text[end].islower():
        return island.words > 1 or text[end - 2 : end].isupper()
    if text[end].isupper():
        return True
    m = _WORD.match(doc.folded, end)
    if m is None:
        return text[end].isdigit()
    word = m[0]
    if word in function_words():
        return len(word) > 1
    if len(word) < 3:
        return False
    if island.words > 1 or "de" not in island.form.langs:
        return True
    return _known(doc, word)  # or else a compound: `Anzeigentafel`


def _known(doc: Document, word: str) -> bool:
    """Whether a word stands by itself somewhere in the document, or is one of the most frequent."""
    pattern = rf"(?<![\p{{L}}\p{{M}}]){regex.escape(word)}(?![\p{{L}}\p{{M}}])"
    return word in function_words() or regex.search(pattern, doc.folded[:20_000]) is not None


def _caseless(doc: Document, island: Island, end: int, p: Place) -> tuple[float, str] | None:
    """How sure an island is in a script without capitals: only a border betrays it."""
    text = doc.text
    start = island.start
    kind = island.form.kind
    if _HAN.match(text[start]):
        apart = not p.glued_left and not p.glued_right
        if apart and _HAN.match(p.before) and _HAN.match(p.after):
            return (
                0.9 if kind in ("anywhere", "unit") else 0.84
            ), "between blanks, which the sentence doesn't have"
        one = p.glued_left != p.glued_right and (text[start - 1].isspace() or text[end].isspace())
        if one and _HAN.match(p.before) and _HAN.match(p.after):
            return 0.82 if island.words > 1 or len(
                text[start:end]
            ) > 3 else 0.7, "beside a blank that the sentence doesn't need"
        return None
    if not text[start].isalpha() or _UNSPACED.match(text[start]):
        return None
    if island.form.family == "photo-credit" and regex.search(r"[=:：/]", text[start:end]):
        return 0.88, "in the middle of a sentence"
    if p.glued_left:
        head = _HEAD_GLUED.search(text, max(p.low, start - 30), start)
        if head is None or _CLITICS.fullmatch(head[0]):
            return None
        if len(head[0]) < 3 and head[0] not in function_words():
            return None
        if regex.match(r"\p{Hangul}", text[start]) and not _KOREAN_END.search(head[0]):
            return None
        if p.glued_right and not _joint(doc, island, end):
            return None
        return 0.86, "right at a word of the sentence, without a blank"
    if p.glued_right:
        m = _WORD.match(text, end)
        if m is None or not _joint(doc, island, end):
            return None
        return 0.84 if _known(doc, m[0]) else 0.7, "right at a word of the sentence, without a blank"
    if kind == "anywhere" and island.words > 2:
        return 0.85, "in the middle of a sentence"
    return None


def _cut_line(doc: Document, island: Island, end: int, p: Place) -> Candidate | None:
    """An island at the end of a line whose sentence goes on in the next one."""
    text = doc.text
    if not p.before.isalnum() and p.before != ",":
        return None
    follow = _behind(text, p.high)
    if follow >= len(text) or not text[follow].islower():
        return None
    strong = p.glued_left or island.form.kind in ("anywhere", "unit")
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
    if breaks > 1 or not (before.isalnum() or before == "," or _mark(before)):
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
    elif title[-1] in _ENDS or (breaks and _UNSPACED.match(nxt)):
        return None
    else:
        confidence = 0.85
    shown = text[island.start : min(high, island.start + 60)]
    unspaced = _UNSPACED.match(before) and _UNSPACED.match(nxt)
    return Candidate(
        start,
        follow,
        confidence,
        f"{shown!r}, with a headline, cuts a sentence in two",
        "" if unspaced else " ",
    )


def _links(doc: Document, line: int) -> Iterator[Candidate]:
    """Addresses of posts and pictures, glued addresses and handles in a line."""
    text = doc.text
    low, high = doc.span(line)
    for m in _SHORT.finditer(text, low, high):
        yield from _link(doc, m.start(), m.end(), low, high, 0.9, "an address of a network")
    for m in _ADDRESS.finditer(text, low, high):
        if _SHORT.match(text, m.start()) is None and m.start() > low and text[m.start() - 1].islower():
            yield from _link(doc, m.start(), m.end(), low, high, 0.84, "an address")
    for m in _HANDLE.finditer(text, low, high):
        follow = text[m.start()] in "Ff"
        before = _HEAD_GLUED.search(text, max(low, m.start() - 30), m.start())
        if follow and text[m.start()] == "F":
            yield from _link(doc, m.start(), m.end(), low, high, 0.9, "a handle")
        elif follow:
            continue
        elif text[m.start() - 1 : m.start()] in ".!?" and m.start() > low:
            yield from _link(doc, m.start(), m.end(), low, high, 0.86, "a handle")
        elif text[m.start() - 1 : m.start()].isdigit() or (
            before and not m[0].isupper() and (before[0].islower() or "_" in m[0] or m[0][-1].isdigit())
        ):
            yield from _link(doc, m.start(), m.end(), low, high, 0.85, "a handle")


def _link(
    doc: Document, start: int, end: int, low: int, high: int, sure: float, what: str
) -> Iterator[Candidate]:
    p = _place(doc, start, end, low, high)
    if not p.before or not p.after or (p.glued_right and p.after not in "#@"):
        return
    if p.ended and p.glued_left:
        if p.after.islower():
            return
        where = "right behind a sentence"
    elif p.inside and (p.before.isalnum() or p.before in ",’'"):
        going = p.after.islower() or p.after.isdigit() or (p.glued_left and p.after.isalpha())
        if not going:
            return
        where = "in the middle of a sentence"
        if p.glued_left:
            sure += 0.03 if p.after.islower() else -0.02
        elif _colon(doc.text, low, start):
            return
    else:
        return
    cut = excise(doc, start, end)
    yield Candidate(cut.start, cut.end, sure, f"{what} {where}: {doc.text[start:end]!r}", cut.replacement)


def _colon(text: str, low: int, start: int) -> bool:
    """Whether the words before an address call for one: `see`, `at`, `on`, `via`, or a verb of visiting."""
    last = _LAST.search(text, max(low, start - 30), start)
    return last is not None and last[0].lower() in _CALLS


_CALLS = frozenset(
    "at see on via visit to from link url here site is in through using under unter auf siehe bei über voir sur à en a su vedi presso"
    " zie op op: na se på hos pada di по на в зі з на".split()
)
