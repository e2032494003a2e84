"""Strangers in front of a weekday, a month, or the day before a month."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import regex

from cleantext.dategap import confidence
from cleantext.dategap.words import Anchor, DateWord, anchor, calls, parts
from cleantext.document import fold
from cleantext.lexicon.form import UNSPACED
from cleantext.strays import LONGEST, MOST_WORDS, is_ad, kind_of, may_end


class Gap(msgspec.Struct, frozen=True):
    """A stranger in a date: its span with the blanks that go, what stays there, and how sure it is."""

    start: int
    end: int
    blank: str
    what: str
    piece: str
    fused: bool
    confidence: float


# Within a word: a capital after a small letter, a letter after a figure or a mark, another script.
_EDGES = regex.compile(
    r"(?<=[\p{Ll}\p{M}])(?=\p{Lu})|(?<=[\p{Nd},;)\]º°ª])(?=[\p{L}©])|(?<=\p{Nd}\.)(?=[\p{L}©])|(?<=[\p{L}\p{M}\p{Nd},])(?=[(\[©])"
    r"|(?<=[\p{Cyrillic}\p{Greek}\p{Arabic}\p{Hebrew}\p{Devanagari}\p{Thai}\p{Hangul}])(?=\p{Latin})"
    r"|(?<=\p{Latin})(?=[\p{Cyrillic}\p{Greek}\p{Arabic}\p{Hebrew}\p{Devanagari}\p{Thai}\p{Hangul}])"
)
_STOPS = frozenset(".!?…;")
_NONE: frozenset[str] = frozenset()
# Words that may have a full stop inside of a piece: initials, short titles, `Fot.`
_SHORT = regex.compile(r"(?:\p{Lu}|\p{Lu}\p{Ll}{1,2}|(?<!\p{L})\p{Ll}{1,2}|\p{Lu}\p{Ll}{3}(?<=Foto|Bild))\.$")
_QUOTES = regex.compile(r"[\"“”„«»!?…;#•|]")
_UNSPACED = regex.compile(rf"[{UNSPACED}]")
# A word with a capital, a mark or a figure in it that ends right here.
_CAPITAL_NEAR = regex.compile(r"(?:[^\p{Ll}\s][^\s]*|\p{Lu}\S*(?:\s[\p{Ll}]+){1,4})$")
_LABEL_WORDS = 6
_REACH = 64  # code points, in which so many words mostly stand
_PREFIX = 3  # letters that Arabic and Hebrew set in front of a word: `والثلاثاء`, `ובשבת`


def quiet(text: str, low: int, start: int, word: DateWord) -> bool:
    """Whether it shows at a glance that nothing strange stands before `start`."""
    at = start - 1
    while at >= low and text[at].isspace():
        at -= 1
    if at < low:
        return True
    last = text[at]
    if not (last.isalnum() or last in ".)]॰'’"):
        return True
    if at == start - 1:
        return last.isdigit() and not word.caseless and text[low : at + 1].rsplit(None, 1)[-1].isdigit()
    begin = at
    while begin > low and not text[begin - 1].isspace():
        begin -= 1
    first = text[begin]
    if first.islower():
        token = text[begin : at + 1]
        if token.islower() and "/" not in token and "." not in token[:-1]:
            return not may_end(token) and not _labelled(text, low, start)
        return False
    if first.isupper():
        folded = fold(text[begin : at + 1])
        return folded in parts() or folded in calls()
    if first.isdigit():
        return bool(_NUMBERED.fullmatch(text, begin, at + 1)) or not _EDGES.search(text, begin, at + 1)
    return first.isalpha() and not _signs(text[max(low, start - 48) : start])


_NUMBERED = regex.compile(r"\d+[년월일年月日]")
_SIGNS = regex.compile(r"[A-Za-z:：/／|©@(\[]")


def _signs(tail: str) -> bool:
    """Whether text without capitals holds anything that a stranger could be made of or be told by."""
    if _SIGNS.search(tail):
        return True
    tokens = fold(tail).split()[-4:]
    if may_end(tokens[-1]) or is_ad(tokens[-1]):
        return True
    known = parts()
    if any(t[0].isdigit() and t[-1].isalpha() and not _NUMBERED.fullmatch(t) for t in tokens):
        return True  # a figure that a word touches
    return any(t[:n] in known for t in tokens for n in range(4, min(len(t), 13)))


def _labelled(text: str, low: int, start: int) -> bool:
    """Whether what stands before `start` ends with a label of several words, `Read more`."""
    tail = text[max(low, start - _REACH) : start]
    if tail.islower() and tail.count(" ") >= _LABEL_WORDS:
        return False  # no capital near: mostly so
    at = start
    for _ in range(_LABEL_WORDS):
        at = text.rfind(" ", low, at)
        if at < 0:
            return False
        if text[at + 1].isupper():
            return is_ad(fold(text[at + 1 : start].rstrip()))
    return False


def find(text: str, low: int, start: int, end: int, word: DateWord, kind: str) -> Gap | None:
    """The stranger that ends at `start`, where a part of a date begins, or None."""
    if quiet(text, low, start, word):
        return None
    stop = start
    while stop > low and text[stop - 1].isspace():
        stop -= 1
    fused_right = stop == start
    if fused_right and kind != "day" and not _apart(text, low, start, word):
        return None
    best: tuple[int, float, Gap] | None = None
    farther_name = False
    for begin in reversed(list(_begins(text, low, stop, word))):
        piece = text[begin:stop]
        what = kind_of(piece)
        if what is None:
            continue
        fused_left = begin > low and not text[begin - 1].isspace() and text[begin - 1] not in "(["
        where = anchor(text, low, begin, kind != "weekday")
        if where is None:
            # `On Ana Lima Tuesday` begins with a call, whatever the capital
            farther_name = farther_name or (what != "phrase" and not _calling(piece, word))
            continue
        sure = confidence.before(text, end, piece, what, where, fused_left, fused_right, word, kind)
        if farther_name and where.kind in ("call", "open") and what not in ("ad", "credit"):
            sure = 0.0  # the `de la` inside of a name calls for nothing
        farther_name = farther_name or (piece[0].isupper() and what != "phrase")
        if sure <= 0:
            continue
        rank = 1 if what in ("ad", "credit") and sure >= 0.8 else 0
        if best is None or (rank, sure) > best[:2]:
            best = (rank, sure, _gap(text, start, stop, begin, fused_left, fused_right, what, sure))
    return best[2] if best else None


def _calling(piece: str, word: DateWord) -> bool:
    return bool(calls().get(fold(piece.split(None, 1)[0]), _NONE) & set(word.langs))


def _gap(
    text: str, start: int, stop: int, begin: int, fused_left: bool, fused_right: bool, what: str, sure: float
) -> Gap:
    blank = ""
    cut = begin, stop
    if fused_left and fused_right:
        blank = "" if unspaced(text[begin - 1]) or unspaced(text[start]) else " "
        if (
            "\u0e00" <= max(text[begin - 1], text[start]) < "\u1100"
            and text[begin - 1].isdigit() != text[start].isdigit()
        ):
            blank = " "  # the scripts of Thai and its neighbours set blanks around figures
    elif not fused_left and not fused_right:
        cut = begin, start
    return Gap(*cut, blank, what, text[begin:stop], fused_left or fused_right, sure)


def _apart(text: str, low: int, start: int, word: DateWord) -> bool:
    """Whether a date word that touches what stands before it is no part of a longer word."""
    begin = start
    while begin > low and not text[begin - 1].isspace():
        begin -= 1
    if any(c in "#@_=&%" for c in text[begin:start]):
        return False
    if fold(text[begin:start]) + word.folded in parts():
        return False
    if word.caseless:
        return start - begin >= _PREFIX or not text[start - 1].isalpha() or text[start - 1].isascii()
    # `Reyestisdagen`: small letters need a capital near, or they are the end of a longer word
    return word.text[0].isupper() or bool(_CAPITAL_NEAR.search(text, max(low, start - 60), start))


def _begins(text: str, low: int, stop: int, word: DateWord) -> Iterator[int]:
    """Where a piece that ends at `stop` may begin, the nearest first."""
    right = stop
    for count in range(MOST_WORDS):
        left = right
        while left > low and not text[left - 1].isspace():
            left -= 1
        if stop - left > LONGEST + 40:
            return
        if count and text[right - 1] in _STOPS and not _SHORT.search(text, left, right):
            return
        token = text[left:right]
        if _QUOTES.search(token):
            return
        for m in reversed(list(_EDGES.finditer(text, left, right))):
            if left < m.start() < stop:
                yield m.start()
                prefix = fold(text[left : m.start()]).strip(",.")
                if prefix in parts() or calls().get(prefix, _NONE) & set(word.langs):
                    return  # `OnRiver Post`: nothing of the piece stands before that
        if token[0].isalpha() and not token[0].isupper() and not token[0].islower():
            yield from _behind_prefix(text, left, right, stop)
        yield left
        if text[left] in "([":
            return
        right = left
        while right > low and text[right - 1].isspace():
            right -= 1
        if right <= low:
            return


def _behind_prefix(text: str, left: int, right: int, stop: int) -> Iterator[int]:
    """In a word without capitals, where a part of a date or what calls for one ends."""
    folded = fold(text[left : min(right, left + 14)])
    for length in range(min(len(folded), stop - left - 1), 2, -1):
        if folded[:length] in parts() or folded[:length] in calls():
            yield left + length


def unspaced(c: str) -> bool:
    """Whether a script sets no blanks between words."""
    return bool(_UNSPACED.match(c))


def reason(gap: Gap, around: str) -> str:
    """One sentence for a person."""
    kinds = {
        "ad": "an ad label",
        "credit": "a credit",
        "source": "a credit",
        "name": "a name",
        "phrase": "words",
    }
    glued = ", with a blank missing" if gap.fused else ""
    what = kinds.get(gap.what, "words that are no part of it")
    return f"{what} ({gap.piece!r}) stands inside of a date at {around!r}{glued}"


__all__ = ["Anchor", "Gap", "find", "quiet", "reason", "unspaced"]
