"""Pieces that fall into sentences: names, credits, ad labels, names of sites.

One place says what such a piece looks like, for the rules that find them inside of dates and inside
of sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from cleantext.document import fold
from cleantext.lexicon import family_names, languages, pack
from cleantext.lexicon.dates import LISTS, compile_source
from cleantext.lexicon.form import NAME, SP, Group, Node, Slot, Text, expand, expansions, parse, slot

#: A name with capitals, including names of sites: `Marcus Erikson`, `T. J. Ito`, `NewsWire24`.
_CAMEL = r"(?:\p{Lu}[\p{Ll}\p{M}]+(?:\p{Lu}[\p{Ll}]+)+\d{0,3}|\p{Lu}[\p{Ll}]+\d{1,3})"
_PART = (
    r"(?:(?:\p{Lu}\.[^\S\n]?){1,3}|(?:Mc|Mac|O['’]|D['’]|L['’]|[Aa]l-|[Ee]l-)?\p{Lu}[\p{Ll}\p{M}'’]*(?:-\p{Lu}?[\p{Ll}\p{M}]+)*\.?|\p{Lu}{2,}(?:-\p{Lu}+)*"
    rf"|{_CAMEL})"
)
_LINK = r"(?:de|del|della|di|da|das|dos|do|du|des|la|le|van|der|den|von|zu|bin|binti|ibn|al|el|of|the|and|ter|ten)"
CAPITALS = rf"(?:{_PART}(?:{SP}+(?:{_LINK}{SP}+){{0,2}}{_PART}){{0,5}})"


@cache
def _lists() -> dict[str, frozenset[str]]:
    """Heads (`photo by`), tails (`/Getty Images`, `기자`) and ad labels, folded, from the lexicon."""
    heads: set[str] = set()
    tails: set[str] = set()
    for family in ("photo-credit", "byline"):
        for kind in ("anywhere", "unit", "line"):
            for forms in _forms(family, kind):
                for form in forms:
                    head, tail = _around_name(form)
                    heads |= head
                    tails |= tail
    ads = {
        w
        for forms in _forms("ads", "anywhere") + _forms("ads", "unit")
        for f in forms
        for w in expansions(f) or ()
    }
    return {
        "heads": frozenset(h for h in heads if len(h) > 1 or not h.isascii()),
        "tails": frozenset(t for t in tails if len(t) > 1),
        "ads": frozenset(a for a in ads if len(a) > 1),
    }


def _forms(family: str, kind: str) -> list[list[str]]:

    out = []
    for lang in languages():
        forms = pack(lang).get("labels", {}).get(family, {}).get(kind)
        if forms:
            out.append(forms)
    return out


def _around_name(form: str) -> tuple[set[str], set[str]]:
    """What stands before and after the one `{name}` of a form, if that is all there is."""
    nodes = parse(form)
    places = [i for i, n in enumerate(nodes) if isinstance(n, Slot)]
    if (
        not places
        or nodes[places[0]] != Slot("name")
        or any(
            isinstance(nodes[i], Slot) and nodes[i] != Slot("agency") and nodes[i] != Slot("site")
            for i in places[1:]
        )
    ):
        return set(), set()
    before, after = nodes[: places[0]], nodes[places[0] + 1 :]
    heads: set[str] = set()
    tails: set[str] = set()
    if before and all(isinstance(n, Text | Group) for n in before) and not after:
        heads = {" ".join(w.split()).rstrip(" :：") for w in _words(before)}
    if not before and after and all(isinstance(n, Text | Group) for n in after):
        tails = {" ".join(w.split()) for w in _words(after)}
    return heads - {"", "("}, {t for t in tails if t.strip(" :()") and not t.startswith(("is ", ","))}


def _words(nodes: Sequence[Node]) -> list[str]:
    return [fold(w) for w in expand(nodes) or []]


@cache
def credit_source() -> str:
    """A photo credit or a byline: `Photo by NAME`, `NAME/Getty Images`, `Von NAME`, `NAME 기자`.

    Refers to named lists: compile it with `compile_stray`.
    """
    name = rf"(?:{CAPITALS}|{NAME})"
    agency = slot("agency")
    head = rf"(?:\L<heads>){SP}*[:：.=]?{SP}*"
    end = rf"(?:{SP}*[/／|]{SP}*(?:{agency}|{CAPITALS})|,{SP}*{slot('role')}|{SP}*(?:\L<tails>))"
    plain = rf"(?:{head}{name}(?:{end})?|{agency}(?:{SP}(?i:photo|foto))?{SP}*[/／]{SP}*{name}|{name}{end}|{agency})"
    return rf"(?:[(\[]{SP}*{plain}{SP}*[)\]]|{plain})"


def compile_stray(source: str) -> regex.Pattern[str]:
    """Compiles a source that may refer to the lists of heads, tails and ad labels."""
    return regex.compile(source, ignore_unused=True, **{k: _cased(v) for k, v in _lists().items()}, **LISTS)


def _cased(words_: frozenset[str]) -> frozenset[str]:
    """The wordings as written, with one capital, with capitals throughout, and all in capitals."""
    out = set(words_)
    for w in words_:
        out |= {w[:1].upper() + w[1:], w.title(), w.upper()}
    return frozenset(out)


@cache
def cjk_name_source() -> str:
    """A Chinese, Japanese or Korean name that begins with a frequent family name."""
    lists = family_names()
    zh = "|".join(sorted(lists["zh"], key=lambda n: (-len(n), n)))
    ja = "|".join(sorted(lists["ja"], key=lambda n: (-len(n), n)))
    ko = "|".join(sorted(lists["ko"]))
    return (
        rf"(?:(?:{ja})[\p{{Han}}\p{{Hiragana}}]{{1,3}}|(?:{zh})\p{{Han}}{{1,2}}|(?:{ko})\p{{Hangul}}{{1,2}})"
    )


@cache
def credit_pattern() -> regex.Pattern[str]:
    """Matches a whole piece that is a credit."""
    return compile_stray(credit_source())


@cache
def name_pattern() -> regex.Pattern[str]:
    """Matches a whole piece that is a name by its capitals or its family name."""
    return compile_source(rf"(?:{CAPITALS}|{cjk_name_source()})")


def kind_of(piece: str) -> str | None:
    """``"ad"``, ``"credit"``, ``"name"``, or None for what is no stray."""
    if fold(piece).strip(" -–—[]()") in _lists()["ads"]:
        return "ad"
    if credit_pattern().fullmatch(piece) and not name_pattern().fullmatch(piece):
        return "credit"
    if name_pattern().fullmatch(piece):
        return "name"
    return None
