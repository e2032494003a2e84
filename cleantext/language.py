"""Which languages a text may be in: a cheap guess, asked for only where a rule needs it."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from functools import cache
from typing import Any

from cleantext.compiled import extension
from cleantext.lexicon import function_word_lists

# From the beginning, where menus may stand, and from the middle, where the text is.
_SAMPLE = 500  # code points, each
_OTHER_SCRIPT = re.compile("[\u0370-\u03ff\u0590-\u1fff\u3040-\ud7af]")  # of those below
_OUTER = ".,;:!?\"'()[]«»“”„‘…–—-·|"
# Scripts that tell a language, or a few: the first and the last code point, in order.
_SCRIPTS = (
    (0x0370, 0x03FF, "el"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x077F, "ar fa ur"),
    (0x0900, 0x097F, "hi mr ne"),
    (0x0980, 0x09FF, "bn"),
    (0x0E00, 0x0E7F, "th"),
    (0x1100, 0x11FF, "ko"),
    (0x1F00, 0x1FFF, "el"),
    (0x3040, 0x30FF, "ja"),
    (0x3400, 0x9FFF, "zh ja yue"),
    (0xAC00, 0xD7AF, "ko"),
)
_LANGUAGES = tuple(langs for *_, langs in _SCRIPTS)
_BOUNDS = array("I", [bound for first, last, _ in _SCRIPTS for bound in (first, last)]).tobytes()
_LETTERS = {
    **dict.fromkeys("ğı", "tr"),
    "ş": "tr",
    **dict.fromkeys("őű", "hu"),
    **dict.fromkeys("łąęśźżń", "pl"),
    **dict.fromkeys("řůě", "cs"),
    **dict.fromkeys("ľĺŕ", "sk"),
    **dict.fromkeys("țș", "ro"),
    "ă": "ro vi",
    **dict.fromkeys("ơưạảấầẩẫậắằặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ", "vi"),
    **dict.fromkeys("ñ¿¡", "es"),
    "ß": "de",
    **dict.fromkeys("øæ", "nb da"),
    "å": "sv nb da fi",
    **dict.fromkeys("єїґ", "uk"),
    **dict.fromkeys("ыэ", "ru"),
    "ђ": "sr",
}
# A third of the letters tells the script as well as all of them.
_STRIDE = 3
_DECISIVE = 0.12  # share of the sample in such a script
_FEW = 12  # words: fewer tell nothing
_FEWEST = 4  # function words of one language: fewer may be chance


# Counts of all languages are kept in one number, so many bits each: adding numbers is quicker than
# counting word by word and language by language, and every document pays for it.
_BITS = 12
_MASK = (1 << _BITS) - 1


@cache
def _packed() -> tuple[tuple[str, ...], dict[str, int]]:
    """The languages in order, and each function word as a one in the field of every language that has it."""
    lists = function_word_lists()
    fields: dict[str, int] = {}
    for n, words in enumerate(lists.values()):
        for w in set(words):
            fields[w] = fields.get(w, 0) | 1 << (_BITS * n)
    return tuple(lists), fields


@cache
def _counter() -> Any | None:
    """What counts function words in C; None where that isn't built."""
    quick = extension("words")
    if quick is None:
        return None
    numbers: dict[str, list[int]] = {}
    for n, words in enumerate(function_word_lists().values()):
        for w in set(words):
            numbers.setdefault(w, []).append(n)
    return quick.FunctionWords({w: tuple(ns) for w, ns in numbers.items()}, _OUTER)


def _count(sample: str) -> tuple[int, list[tuple[int, int]]]:
    """How many words a text has, and how many of them are function words of each language: its number, count."""
    fields = _packed()[1]
    words = sample.split()
    total = 0
    for w in words:
        field = fields.get(w)
        if field is not None:
            total += field
        elif w[-1] in _OUTER or w[0] in _OUTER:
            total += fields.get(w.strip(_OUTER), 0)
    found = []
    n = 0
    while total:
        if count := total & _MASK:
            found.append((n, count))
        total >>= _BITS
        n += 1
    return len(words), found


def guess(folded: str) -> frozenset[str] | None:
    """The languages whose function words or script samples of the text show.

    Several where it can't tell; None where it has nothing to go by, and for languages that it
    doesn't know, so that a caller lets every language pass.
    """
    sample = folded[:_SAMPLE]
    if len(folded) > 3 * _SAMPLE:
        middle = len(folded) // 2
        sample += " " + folded[middle : middle + _SAMPLE]
    if not sample.isascii() and (found := _by_script(sample)):
        return found
    counter = _counter()
    words, found_in = counter.count(sample) if counter is not None else _count(sample)
    if words < _FEW:
        return None
    langs = _packed()[0]
    counts = {langs[n]: count for n, count in found_in}
    top = max(counts.values(), default=0)
    if top < _FEWEST or top < 0.08 * words:
        return None if sample.isascii() else _by_letters(sample)
    return frozenset(lang for lang, n in counts.items() if n >= min(0.6 * top, top - 2))


def _by_letters(sample: str) -> frozenset[str] | None:
    """The languages of letters that few others have: for those that need few function words."""
    counts: Counter[str] = Counter()
    for character, n in Counter(sample).items():
        for lang in _LETTERS.get(character, "").split():
            counts[lang] += n
    top = max(counts.values(), default=0)
    return frozenset(lang for lang, n in counts.items() if n >= 0.6 * top) if top >= _FEWEST else None


def _by_script(sample: str) -> frozenset[str] | None:
    """The languages of a script that no other language uses; None for Latin, Cyrillic and mixtures."""
    quick = extension("words")
    each = quick.in_ranges(sample, _STRIDE, _BOUNDS) if quick is not None else _in_ranges(sample[::_STRIDE])
    if not any(each):
        return None
    counts = dict.fromkeys(_LANGUAGES, 0)
    for n, langs in zip(each, _LANGUAGES, strict=True):
        counts[langs] += n
    least = _DECISIVE * len(sample) / _STRIDE
    if counts["ja"] > least / 3 and counts["ja"] + counts["zh ja yue"] > least:
        return frozenset({"ja"})
    langs = max(counts, key=counts.__getitem__)
    return frozenset(langs.split()) if counts[langs] > least else None


def _in_ranges(sample: str) -> list[int]:
    """How many characters each of `_SCRIPTS` holds."""
    each = [0] * len(_SCRIPTS)
    if _OTHER_SCRIPT.search(sample):
        for character, n in Counter(sample).items():
            point = ord(character)
            for k, (first, last, _) in enumerate(_SCRIPTS):
                if first <= point <= last:
                    each[k] += n
                    break
    return each
