"""How sure it is that a wording in the middle of a sentence is a label and no part of the sentence.

Scripts with capitals betray it by one that the sentence doesn't need; all scripts with blanks by a border
without one, and scripts without blanks by a blank.
"""

from __future__ import annotations

import msgspec
import regex

from cleantext.border import unit_end, unit_start
from cleantext.concepts import concepts
from cleantext.document import Document
from cleantext.islands import Island, slotted
from cleantext.lexicon import function_words

# What of a sentence may be glued to a label: a word, with what opens or closes it.
_LEFT_TOKEN = regex.compile(
    r"(?:^|(?<=\s))[(\[\"'“„«‘¿¡]*+(?:[\p{L}\p{M}\p{N}.,:;!?%€$&'’”»)-]*[^\p{L}\p{M}\s_(\[{<=/\\@#])?(?P<word>[\p{L}\p{M}]*+)$"
)
_RIGHT_TOKEN = regex.compile(
    r"(?P<word>[\p{L}\p{M}]*+)[\p{N}.,:;!?%€$&'’”»\")\]…\p{L}\p{M}–—-]*+(?=\s|$|[^\x00-\x7f])"
)
_WORD = regex.compile(r"[\p{L}\p{M}]++")
_HEAD_GLUED = regex.compile(r"[\p{L}\p{M}]++$")
# What Arabic and Hebrew write together with the word that follows, and what Korean words end in
# when a new one must begin.
_CLITICS = regex.compile(r"[وفبكلسأ]{0,2}(?:ال|لل)?[وفبكلس]?|[והבלמשכ]{1,4}")
_KOREAN_END = regex.compile(r"\p{Hangul}[을를이은는에로의과와도고며서한할던된지면]$")
ENDS = frozenset(".!?…。！？．।॥؟۔")
_LAST = regex.compile(r"[\p{L}\p{M}'’-]++(?=[^\p{L}\p{N}]*$)")
_OPENING = frozenset('"“„«([@#$€£')
_LATIN = regex.compile(r"\p{Latin}")
_CASELESS = regex.compile(r"[\p{Lo}\p{M}]")
HAN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


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
        return self.before.isalnum() or self.before in ",;–—-)%’'”»" or mark(self.before)

    @property
    def ended(self) -> bool:
        """Whether a sentence ends right before it."""
        return self.before in ENDS


def mark(c: str) -> bool:
    """Whether a character is a vowel sign of Indic, Arabic or Hebrew, which belongs to a word."""
    return bool(c) and regex.match(r"\p{M}", c) is not None


def place_of(doc: Document, start: int, end: int, low: int, high: int) -> Place:
    """Where ``[start, end)`` stands in the line ``[low, high)``."""
    text = doc.text
    left, right = unit_start(text, start, low), unit_end(text, end, high)
    return Place(
        low,
        high,
        text[left - 1] if left > low else "",
        text[right] if right < high else "",
        left == start > low,
        right < high and (text[end].isalnum() or text[end] in _OPENING),
    )


def cased_confidence(doc: Document, island: Island, end: int, p: Place) -> tuple[float, str] | None:
    """How sure an island is whose first letter is a capital, in the middle of a sentence."""
    text = doc.text
    kind, family = island.form.kind, island.form.family
    label = text[island.start : end]
    whole = p.after.islower() or p.after.isdigit() or p.after in ",;–—%€$£(" or mark(p.after)
    credit = family == "photo-credit" and not any(c in label for c in ":/=：") and label.istitle()
    if _foreign(label, p):
        plain = island.words > 1 or family == "ads"
        return (0.92, "in another script than the sentence") if plain and not credit else None
    long = (family == "ads" and island.end - island.start >= 7) or label[-1] in ".…:"
    if (p.glued_left or p.glued_right) and _in_token(text, island.start, end, island.words, long, p):
        return None
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
        return (
            (0.85, where) if p.glued_right and _joint(doc, island, end) and island.words > 1 else (0.6, where)
        )
    if not island.titled and slotted(island.form.text) and family != "photo-credit":
        return None  # what belongs to it can't be told from the sentence
    if _pressed(doc, island):
        return None
    words = label.split()
    named = 1 < len(words) < 4 and all(w[0].isupper() for w in words) and not label.isupper()
    if named and not any(c in label for c in ":/="):
        return 0.6, where  # a name: `Google Play`
    confidence = {"anywhere": 0.93, "unit": 0.89 if island.words > 1 else 0.86}.get(kind, 0.83)
    if p.glued_right:
        if not _joint(doc, island, end) or (island.words == 1 and not long):
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
    breaks = last is not None and last[0].lower() in function_words()
    if breaks and confidence >= 0.8:
        confidence += 0.03  # the sentence breaks off behind such a word
    if family == "photo-credit" and not p.glued_right and not any(c in label for c in ":/=©"):
        confidence = min(confidence, 0.78)  # the title of a show, perhaps
    if island.words == 1 and not p.glued_right:
        m = _WORD.search(doc.folded, end)
        if family != "ads" or not breaks or m is None or m[0] in function_words():
            confidence = min(confidence, 0.78)  # `she studied Advertising in Rome`
    return confidence, where


def _pressed(doc: Document, island: Island) -> bool:
    """Whether the words right before a label say that somebody presses it, or that it is called so."""
    low = max(doc.span(doc.line_at(island.start))[0], island.start - 30)
    langs = sorted({*(doc.languages or island.form.langs), "en"})
    return any("press" in concepts(doc.folded, low, island.start, lang) for lang in langs)


def _opens(text: str, low: int, at: int) -> bool:
    """Whether a sentence begins at `at`, so that its capital says nothing."""
    before = text[max(low, unit_start(text, at, low) - 40) : at].rstrip().rstrip("\"“„«‘'¿¡([")
    return not before.strip() or before.rstrip()[-1] in ".!?…:—–-"


def _foreign(label: str, p: Place) -> bool:
    """Whether a Latin label stands between letters of a script without capitals."""
    return bool(_LATIN.match(label) and _CASELESS.match(p.before) and _CASELESS.match(p.after))


def _in_token(text: str, start: int, end: int, words: int, sure: bool, p: Place) -> bool:
    """Whether an island is part of a word in camel case, a trade name or an identifier.

    `checkPublicSuffix(`, `SharePoint`, `iPhoto`: what is glued to a label must be words of a sentence,
    and to a label of one word such as don't make a name with it. `sure` says that the label is too
    long and too plain to be a part of a name.
    """
    left = _LEFT_TOKEN.search(text, max(p.low, start - 60), start)
    right = _RIGHT_TOKEN.match(text, end, min(p.high, end + 60))
    if left is None or right is None:
        return True
    if words > 1:
        return False
    head, rest = left["word"], right["word"]
    if head and not sure and (len(head) < 2 or not head.islower()):
        return True
    if rest and rest[0].isupper() and not (sure and head):
        return True
    return bool(rest) and any(c.isupper() for c in rest[1:])


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


def caseless_confidence(doc: Document, island: Island, end: int, p: Place) -> tuple[float, str] | None:
    """How sure an island is in a script without capitals: only a border betrays it."""
    text = doc.text
    start = island.start
    kind = island.form.kind
    if HAN.match(text[start]):
        apart = not p.glued_left and not p.glued_right
        if apart and HAN.match(p.before) and HAN.match(p.after):
            return (
                0.9 if kind in ("anywhere", "unit") else 0.84
            ), "between blanks, which the sentence doesn't have"
        one = p.glued_left != p.glued_right and (text[start - 1].isspace() or text[end].isspace())
        if one and HAN.match(p.before) and HAN.match(p.after):
            return 0.82 if island.words > 1 or len(
                text[start:end]
            ) > 3 else 0.7, "beside a blank that the sentence doesn't need"
        return None
    if not text[start].isalpha() or UNSPACED.match(text[start]):
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
