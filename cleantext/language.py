"""Which languages a text may be in: a cheap guess, asked for only where a rule needs it."""

from __future__ import annotations

from collections import Counter
from functools import cache

import regex

from cleantext.lexicon import function_word_lists

_SAMPLE = 6000  # code points
_WORDS = regex.compile(r"[\p{L}\p{M}'’]+")
_SCRIPTS = (
    (regex.compile(r"[\p{Hiragana}\p{Katakana}]"), ("ja",)),
    (regex.compile(r"\p{Hangul}"), ("ko",)),
    (regex.compile(r"\p{Han}"), ("zh", "ja", "yue")),
    (regex.compile(r"\p{Thai}"), ("th",)),
    (regex.compile(r"\p{Greek}"), ("el",)),
    (regex.compile(r"\p{Hebrew}"), ("he",)),
    (regex.compile(r"\p{Arabic}"), ("ar", "fa", "ur")),
    (regex.compile(r"\p{Devanagari}"), ("hi", "mr", "ne")),
    (regex.compile(r"\p{Bengali}"), ("bn",)),
)


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for lang, ws in function_word_lists().items():
        for w in ws:
            out.setdefault(w, []).append(lang)
    return {w: tuple(ls) for w, ls in out.items()}


def guess(folded: str) -> frozenset[str] | None:
    """The languages whose function words or script the beginning of the text shows.

    Several where it can't tell; None where it has nothing to go by, and for languages that it
    doesn't know, so that a caller lets every language pass.
    """
    sample = folded[:_SAMPLE]
    for script, langs in _SCRIPTS:
        if len(script.findall(sample)) > 0.12 * len(sample):
            return frozenset(langs)
    counts: Counter[str] = Counter()
    known = _languages_of()
    words = _WORDS.findall(sample)
    for w in words:
        counts.update(known.get(w, ()))
    if not counts or len(words) < 12:
        return None
    top = max(counts.values())
    if top < 0.08 * len(words):
        return None
    return frozenset(lang for lang, n in counts.items() if n >= 0.6 * top)
