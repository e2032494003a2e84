"""Pieces that fall into sentences: names, credits, ad labels, names of sites.

One place says what such a piece looks like, for the rules that find them inside of dates and inside
of sentences. Names are told by their capitals, not by lists; credits by what surrounds a name (a
head, a colon, an agency, a role); ad labels by the lexicon.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from cleantext.document import fold
from cleantext.labels import key_of, meanings_of
from cleantext.lexicon import calendar, family_names, function_words, kept, languages, pack, strangers
from cleantext.lexicon.form import SP, UNSPACED, Group, Node, Slot, Text, expand, expansions, parse, slot

#: The longest piece that is looked at, in code points and in words.
LONGEST = 80
MOST_WORDS = 9

# A word of a name. A full stop belongs to it only in initials and short titles: `J.`, `Wm.`, `Jr.`
_WORD = (
    r"(?:(?:\p{Lu}\.[^\S\n]?){1,3}"
    r"|\p{Lu}\p{Ll}{0,2}\."
    r"|(?:Mc|Mac|O['’]|D['’]|L['’]|N['’]|[Aa]l-|[Ee]l-|[dl]['’])?\p{Lu}[\p{Ll}\p{M}]+(?:['’]\p{Lu}?[\p{Ll}\p{M}]+)?(?:-\p{Lu}?[\p{Ll}\p{M}]+)*"
    r"|(?:O['’]|D['’])?\p{Lu}{2,}(?:['’-]\p{Lu}+)*(?!\p{Ll})"
    r"|\p{Lu}(?!\p{Ll})"
    r"|(?:\p{Lu}[\p{Ll}\p{M}]+){2,3}\d{0,4}|\p{Lu}[\p{Ll}\p{M}]+\d{1,4}"
    r"|\p{Lu}[\p{Ll}]+\p{Lu}{2,}(?!\p{Ll}))"
)
_LINK = (
    r"(?:de|del|della|di|da|das|dos|do|du|des|la|las|los|le|van|der|den|von|zu|zum|zur|bin|binti|ibn|bint|ben|al|el|"
    r"of|the|and|ter|ten|te|y|e|i|und|et|av|af|san|&)"
)
#: A name with capitals, including names of sites: `Marcus Erikson`, `T. J. Ito`, `RiverDesk24`.
CAPITALS = rf"(?:{_WORD}(?:{SP}+(?:{_LINK}{SP}+){{0,2}}{_WORD}){{0,5}})"
_DOMAIN = r"(?:(?:www\.)?[\p{L}\p{N}-]{2,}\.(?:com|net|org|info|news|tv|co|[a-z]{2})(?:\.[a-z]{2})?)"
_CASELESS = r"(?:(?!\p{N})[\p{Arabic}\p{Hebrew}\p{Devanagari}\p{Bengali}\p{Tamil}\p{Telugu}\p{Gujarati}\p{Gurmukhi}\p{Malayalam}\p{Kannada}\p{Sinhala}\p{Georgian}\p{Ethiopic}\p{Armenian}\p{M}\u200c])"
_RUN = rf"[{UNSPACED}\p{{Hangul}}ー・]"

_NAME = regex.compile(CAPITALS)
_SITE = regex.compile(_DOMAIN)
_WORDS = regex.compile(rf"{_CASELESS}{{2,}}(?:{SP}{_CASELESS}{{2,}}){{0,3}}")
_RUNS = regex.compile(rf"{_RUN}{{2,12}}(?:{SP}{_RUN}{{1,6}})?")
_AGENCY = regex.compile(slot("agency"))
_ROLE = regex.compile(slot("role"))
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}'’\u200c]+(?:-[\p{L}\p{M}\p{N}'’]+)*")
_PHRASE = regex.compile(rf"\p{{Lu}}[\p{{L}}\p{{M}}]+(?:{SP}[\p{{L}}\p{{M}}'’-]+){{1,5}}")
_HANDLE = regex.compile(r"@[\w.]{2,30}")


@cache
def _lists() -> dict[str, frozenset[str]]:
    """Heads (`photo by`), tails (`/Getty Images`, `기자`) and ad labels, folded, from the lexicon."""
    return kept("strays", dict[str, frozenset[str]], _build_lists)


def _build_lists() -> dict[str, frozenset[str]]:
    heads: set[str] = set()
    tails: set[str] = set()
    for family in ("photo-credit", "byline"):
        for kind in ("anywhere", "unit", "line"):
            for form in _forms(family, kind):
                head, tail = _around_name(form)
                heads |= head
                tails |= tail
    ads = {
        w
        for kind in ("anywhere", "unit", "line", "weak")
        for form in _forms("ads", kind)
        for w in expansions(form) or ()
    }
    return {
        "heads": frozenset(h for h in heads if len(h) > 1 or not h.isascii()),
        "tails": frozenset(t for t in tails if len(t) > 1),
        "ads": frozenset(a.strip(_EDGES) for a in ads if len(a.strip(_EDGES)) > 2 or not a.isascii()),
    }


_EDGES = " -–—[]()<>•·|*."


def _forms(family: str, kind: str) -> list[str]:
    return [
        form for lang in languages() for form in pack(lang).get("labels", {}).get(family, {}).get(kind) or ()
    ]


def _around_name(form: str) -> tuple[set[str], set[str]]:
    """What stands before and after the one `{name}` of a form, if that is all there is."""
    nodes = parse(form)
    places = [i for i, n in enumerate(nodes) if isinstance(n, Slot)]
    if (
        not places
        or nodes[places[0]] != Slot("name")
        or any(nodes[i] not in (Slot("agency"), Slot("site")) for i in places[1:])
    ):
        return set(), set()
    before, after = nodes[: places[0]], nodes[places[0] + 1 :]
    heads: set[str] = set()
    tails: set[str] = set()
    if before and all(isinstance(n, Text | Group) for n in before) and not after:
        heads = {" ".join(w.split()).rstrip(" :：.") for w in _words(before)}
    if not before and after and all(isinstance(n, Text | Group) for n in after):
        tails = {" ".join(w.split()) for w in _words(after)}
    return heads - {"", "("}, {t for t in tails if t.strip(" :()") and not t.startswith(("is ", ","))}


def _words(nodes: Sequence[Node]) -> list[str]:
    return [fold(w) for w in expand(nodes) or []]


@cache
def cjk_name_source() -> str:
    """A Chinese, Japanese or Korean name that begins with a frequent family name."""
    lists = family_names()
    zh = "|".join(sorted(lists["zh"], key=lambda n: (-len(n), n)))
    ja = "|".join(sorted(lists["ja"], key=lambda n: (-len(n), n)))
    ko = "|".join(sorted(lists["ko"]))
    return rf"(?:(?:{ja})[\p{{Han}}\p{{Hiragana}}]{{1,3}}|(?:{zh})\p{{Han}}{{1,2}}|(?:{ko})\p{{Hangul}}{{2}})"


@cache
def _cjk_name() -> regex.Pattern[str]:
    return regex.compile(cjk_name_source())


@cache
def _date_tokens(key: str) -> frozenset[str]:
    """Weekdays or months, folded: a piece that holds one is part of a date itself."""
    return frozenset(
        fold(w)
        for entry in calendar().values()
        for w in entry[key]
        if len(w) > 2 and not any(c.isdigit() for c in w)
    )


def ends_in_date(token: str) -> bool:
    """Whether a folded word ends in a weekday that touches something: `natarajandinsdag`."""
    days = _date_tokens("weekdays")
    return any(token[at:] in days for at in range(2, len(token) - 3))


def _dated(tokens: Sequence[str]) -> bool:
    """Whether words hold a weekday or a month that is no given name."""
    if not _date_tokens("weekdays").isdisjoint(tokens):
        return True
    months = [t for t in tokens if t in _date_tokens("months")]
    return bool(months) and (len(tokens) == 1 or months != [tokens[0]] or tokens[0] not in strangers("given"))


def kind_of(piece: str) -> str | None:
    """What a piece is, or None for what is no stray.

    ``ad``      an ad label
    ``credit``  what surely says who made something: a head of the lexicon, an agency, a role
    ``source``  what has the form of that: `Pixels: Ana Lima`, `Ana Lima/Leo Park`
    ``name``    a name by its capitals
    ``phrase``  two to six words of which the first has a capital
    ``words``   words of a script without capitals, a name or not: only what stands around can tell
    """
    if len(piece) < 2 or len(piece) > LONGEST or "\n" in piece:
        return None
    folded = fold(piece)
    if is_ad(folded):
        return "ad"
    tokens = _TOKEN.findall(folded)
    if not tokens or len(tokens) > MOST_WORDS:
        return None
    if _dated(tokens) or ends_in_date(tokens[-1]):
        return None
    inner = piece
    if piece[0] in "([" or piece[-1] in ")]":
        if piece[0] in "([" and piece[-1] in ")]":
            inner = piece[1:-1].strip()
        elif piece[-1] != ")" or "(" not in piece:
            return None
    if inner and (found := _credit(inner)):
        return found
    if inner is not piece:
        return None
    if _NAME.fullmatch(piece):
        return "name" if _may_be_name(piece, tokens) else None
    if _SITE.fullmatch(piece) or _cjk_name().fullmatch(piece):
        return "name"
    if _WORDS.fullmatch(piece):
        days = _date_tokens("weekdays")
        if any(t in function_words() or any(t[:n] in days for n in range(5, len(t))) for t in tokens):
            return None
        return "words"
    return "phrase" if _PHRASE.fullmatch(piece) else None


def is_ad(folded: str) -> bool:
    """Whether a folded text is a label of an ad, or of several words and anything else a page is labelled with."""
    bare = folded.strip(_EDGES)
    if bare in _lists()["ads"]:
        return True
    return " " in bare and any(e.kind != "weak" for e in meanings_of(key_of(bare)))


@cache
def _ad_beginnings() -> frozenset[str]:
    return frozenset(a[:2] for a in _lists()["ads"])


def may_begin_ad(folded: str) -> bool:
    """Whether a folded text can begin with the label of an ad, at a glance."""
    return folded.lstrip(_EDGES)[:2] in _ad_beginnings()


def is_site(word: str) -> bool:
    """Whether a word is the address of a site: `lakenews.com`."""
    return "." in word[1:-1] and bool(_SITE.fullmatch(word.rstrip(".,")))


def _may_be_name(piece: str, tokens: Sequence[str]) -> bool:
    """Whether words with capitals can be a name: `The`, `In`, `And He` are none."""
    common = function_words()
    if tokens[-1] in common and len(tokens[-1]) < 4 and not piece.isupper():
        return len(tokens) > 2 or (len(tokens) == 2 and tokens[0] not in common)
    return not all(t in common for t in tokens)


def _named(text: str) -> bool:
    """Whether a text is a name of any script."""
    if _WORDS.fullmatch(text):
        return function_words().isdisjoint(text.split())
    return any(p.fullmatch(text) for p in (_NAME, _RUNS, _HANDLE, _SITE))


def _who(text: str) -> str | None:
    """Whether a text names who made something, beyond a mere name: with an agency, a role."""
    for mark in "/／|":
        left, found, right = text.partition(mark)
        left, right = left.strip(), right.strip()
        if found:
            if not ((_AGENCY.match(left) or _named(left)) and (_named(right) or _AGENCY.match(right))):
                return None
            sure = _AGENCY.match(left) or _AGENCY.match(right)
            return "credit" if sure or f"{mark} {fold(right)}" in _lists()["tails"] else "source"
    left, found, right = text.partition(",")
    if found:
        right = right.strip()
        role = _ROLE.fullmatch(right) or _AGENCY.fullmatch(right)
        return "credit" if role and _named(left.strip()) else None
    if text.endswith(")"):
        left, found, right = text[:-1].partition("(")
        return "credit" if found and _named(left.strip()) and _AGENCY.fullmatch(right) else None
    return "credit" if _has_tail(text) else None


def _has_tail(text: str) -> bool:
    """`박지훈 기자`, `Ana Lima Archiv`: a name and what the lexicon has behind names."""
    folded = fold(text)
    tails = _lists()["tails"]
    at = len(text)
    for _ in range(3):
        at = text.rfind(" ", 0, at)
        if at <= 0:
            return False
        if folded[at + 1 :].strip() in tails and _named(text[:at].strip()):
            return True
    return False


def _credit(piece: str) -> str | None:
    """How a piece that is more than a name says who made something."""
    if piece[:1] == "©":
        rest = piece[1:].strip()
        return "credit" if _named(rest) or _who(rest) else None
    for mark in ":：":
        left, found, right = piece.partition(mark)
        right = right.strip()
        if found:
            if not (_named(right) or _who(right)):
                return None
            known = fold(left).strip(" .©/") in _lists()["heads"]
            return "credit" if known else "source" if _HEAD.fullmatch(left) else None
    return _after_head(piece) or _who(piece)


_HEAD = regex.compile(rf"\p{{Lu}}[\p{{L}}\p{{M}}.'’]*(?:{SP}[\p{{L}}\p{{M}}]+){{0,2}}{SP}?|{_RUN}{{1,6}}")


def _after_head(piece: str) -> str | None:
    """Whether a piece is a head of the lexicon, or a word and `by`, and then a name."""
    folded = fold(piece)
    heads = _lists()["heads"]
    at = 0
    for _ in range(6):
        at = folded.find(" ", at)
        if at <= 0:
            break
        head = folded[:at].strip(" .©/")
        if head in heads and not piece[0].islower():
            rest = piece[at + 1 :].strip()
            if _named(rest) or _who(rest):
                # `Von Hartmann`, `De Jong` may be names
                return "credit" if len(head) > 3 or head in strangers("heads") else "source"
        at += 1
    words = piece.split(None, 2)
    if (
        len(words) == 3
        and words[0][:1].isupper()
        and words[0][1:].islower()
        and words[0].isalpha()
        and words[1] in strangers("by")
        and (_named(words[2]) or _who(words[2]))
    ):
        return "source"
    return None


@cache
def _ends() -> frozenset[str]:
    """The last words of ad labels and of roles, as they stand in small letters."""
    roles = "writer editor reporter correspondent journalist columnist contributor author producer"
    return frozenset({a.rsplit(" ", 1)[-1] for a in _lists()["ads"]} | set(roles.split())) | frozenset(
        t.rsplit(" ", 1)[-1] for t in _lists()["tails"]
    )


def may_end(word: str) -> bool:
    """Whether a word in small letters can be the last one of a piece."""
    return word in _ends()
