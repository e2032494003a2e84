"""Which concepts of the lexicon a sentence expresses, in which language.

A concept is a set of near synonyms (`lexicon/README.md`). Rules for notices look at the set of
concepts in a sentence, so that wordings that nobody listed are found as well, in any word order.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import regex

from cleantext.document import fold
from cleantext.lexicon import languages, pack
from cleantext.lexicon.form import UNSPACED
from cleantext.scan.trigger import Trigger

_UNSPACED_TERM = regex.compile(rf"[{UNSPACED}]")
_WORD = r"[\p{L}\p{M}\p{N}'’\u200c-]*"


def _source(term: str) -> str:
    """The expression of a term over folded text."""
    term = fold(term)
    if _UNSPACED_TERM.search(term):
        return str(regex.escape(term.replace("*", ""), literal_spaces=True))
    parts = []
    for part in term.split():
        inner = regex.escape(part.strip("*"), literal_spaces=True)
        head = _WORD if part.startswith("*") else ""
        tail = _WORD if part.endswith("*") else ""
        parts.append(head + inner + tail)
    return r"(?<![\p{L}\p{M}\p{N}])" + r"[^\S\n]+".join(parts) + r"(?![\p{L}\p{M}\p{N}])"


@cache
def matcher(lang: str, concept: str) -> regex.Pattern[str] | None:
    """What finds a concept in folded text of a language; None when the language lacks it."""
    terms = pack(lang).get("concepts", {}).get(concept)
    if not terms:
        return None
    return regex.compile("|".join(_source(t) for t in sorted(set(terms), key=lambda t: (-len(t), t))))


def triggers(concepts: Iterable[str]) -> Iterable[tuple[Trigger, str]]:
    """Triggers for the terms of some concepts in every language, each with its language."""
    wanted = tuple(concepts)
    for lang in languages():
        table = pack(lang).get("concepts", {})
        for concept in wanted:
            for term in table.get(concept, ()):
                literal = fold(term)
                inner = max((p.strip() for p in literal.split("*")), key=len)
                free = "*" in literal or _UNSPACED_TERM.search(literal) or not inner.isascii()
                yield Trigger("literal" if free else "word", inner), lang
