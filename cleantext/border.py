"""Where a piece of noise begins and ends when it is glued to sentences.

`…the talks.Share this articleThe minister…` has two borders that no blank marks. One place decides
them for every rule: sentence ends, case edges, brackets and quotes. All offsets are code points.
"""

from __future__ import annotations

import re

import regex

from cleantext.compiled import extension

#: The end of a sentence, with the quotes and brackets that close it.
SENTENCE_END = regex.compile(r"[.!?…。！？．｡؟۔।॥:;]['\"”’»›)\]）」』】]*[^\S\n]*$|^[^\S\n]*$")
#: How far back an abbreviation is looked for, in code points.
_WORD = 40
_TERMINALS = ".!?…。！？．｡؟۔।॥"
_CLOSERS = "'\"”’»›)]）」』】"
_MARKS = re.compile(f"[{re.escape(_TERMINALS)}]+[{re.escape(_CLOSERS)}]*")
_BLANKS_AND_MARKS = _TERMINALS + _CLOSERS + " \t"
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st sr jr vs no nr vol art fig al inc ltd co corp gen col lt sgt capt gov sen rep rev hon "
    "e.g i.e etc ca z.b d.h u.a bzw ggf usw str tel abs bd hr fr m mm mme mlle p.ex cf sig sra srta dott ing avv "
    "ud uds pág núm art ing mgr inż ul al tzn np itp itd r w tzv např tj atd str č bl.a t.ex m.fl kl d.w.z bijv "
    "г ул д стр им тыс млн гг т.е т.д т.п т u.s a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec hal".split()
)


def unit_start(text: str, start: int, low: int) -> int:
    """`start`, moved back over the blanks before it, not below `low`."""
    while start > low and text[start - 1].isspace():
        start -= 1
    return start


def unit_end(text: str, end: int, high: int) -> int:
    """`end`, moved over the blanks behind it, not beyond `high`."""
    while end < high and text[end].isspace():
        end += 1
    return end


def sentences(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """The sentences of ``text[start:stop]``, which holds no line end, as spans without outer blanks.

    A sentence ends at an end mark with its closing quotes, when a blank, a capital or a character
    of a script without case follows, and when what stands before it is no abbreviation, initial or
    number. Linear.
    """
    quick = extension("words")
    if quick is not None:
        spans: list[tuple[int, int]] = quick.sentences(text, start, stop, _ABBREVIATIONS)
        return spans
    return _sentences(text, start, stop)


def _sentences(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """The same in Python: what `_words.c` does."""
    out: list[tuple[int, int]] = []
    begin = start
    for m in _MARKS.finditer(text, start, stop):
        after = m.end()
        if after >= stop or _breaks(text, begin, m.start(), after, stop):
            _add(out, text, begin, after)
            begin = after
    if begin < stop:
        _add(out, text, begin, stop)
    return out


def holds_sentence(text: str, stop: int) -> bool:
    """Whether a sentence ends within the line ``text[:stop]`` and another begins there."""
    begin = 0
    for m in _MARKS.finditer(text, 0, stop):
        if not text[begin : m.start()].strip(_BLANKS_AND_MARKS):
            continue  # only marks so far
        if m.end() < stop and _breaks(text, begin, m.start(), m.end(), stop):
            return bool(text[m.end() : stop].strip())
    return False


def _add(out: list[tuple[int, int]], text: str, start: int, stop: int) -> None:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if start < stop:
        out.append((start, stop))


def _breaks(text: str, begin: int, mark: int, after: int, stop: int) -> bool:
    """Whether the end mark at `mark`, with its closers up to `after`, ends a sentence."""
    c = text[mark]
    nxt = text[after]
    if c in "。！？．｡॥।؟۔":
        return True
    blank = nxt.isspace()
    if blank:
        k = after
        while k < stop and text[k].isspace():
            k += 1
        if k >= stop:
            return True
        nxt = text[k]
    if nxt.islower() or nxt in ",;:)":
        return False
    if c != ".":
        return blank or nxt.isalpha()
    word_start = mark
    begin = max(begin, mark - _WORD)
    while word_start > begin and (text[word_start - 1].isalnum() or text[word_start - 1] in ".'’"):
        word_start -= 1
    word = text[word_start:mark]
    if blank:
        if word.lower() in _ABBREVIATIONS:
            return False
        if len(word) == 1 and word.isupper():  # an initial
            return False
        # an ordinal: `am 3. mai`
        return not (word.isdigit() and len(word) <= 2 and not nxt.isupper())
    # No blank: `talks.Share` is two sentences, `U.S`, `example.Com`, `3.5` are not.
    if nxt.isdigit() or word[-1:].isdigit():
        return nxt.isupper() and word[-1:].isdigit()
    if "." in word or not word or len(word) == 1:
        return False
    return nxt.isupper() or (nxt.isalpha() and not nxt.islower()) or nxt in "“\"«„‘'(©#@[*"
