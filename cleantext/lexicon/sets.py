"""Sets of words in expressions, laid out so that few of them are tried at a place.

`regex` tries the words of a named set one after the other, and the names of the months in all languages
are three thousand. Here a set becomes a tree: a choice of first letters, for each the second letters, and
so on, until few words are left, which make a named set each. It matches what the set matches, the
longest word first.
"""

from __future__ import annotations

import gc
import re
from collections import Counter
from collections.abc import Collection, Mapping

import regex

# So few words are as quickly tried one after the other.
_FEW = 12
# So many first letters are as quickly tried one after the other.
_LETTERS = 12
# A set of more words that stands in a source more than once is compiled once.
_WORTH_SHARING = 50
_SET = re.compile(r"\\L<(\w+)>")


def compile_sets(
    source: str, cased: Mapping[str, Collection[str]], folded: Mapping[str, Collection[str]], flags: int = 0
) -> regex.Pattern[str]:
    r"""Compiles a source that refers to sets of words, ``\L<name>``.

    Those in `folded` stand where case is ignored, those in `cased` where it counts.
    """
    sets: dict[str, list[str]] = {}
    uses = Counter(_SET.findall(source))
    shared = [name for name, n in uses.items() if n > 1 and len({**cased, **folded}[name]) > _WORTH_SHARING]

    def tree(name: str) -> str:
        if name in folded:
            return f"(?i:{_tree(set(folded[name]), sets, ignore_case=True)})"
        return _tree(set(cased[name]), sets, ignore_case=False)

    source = _SET.sub(lambda m: f"(?&set_{m[1]})" if m[1] in shared else tree(m[1]), source)
    if shared:
        # behind the rest, so that the groups before them keep their numbers
        defined = "".join(f"(?P<set_{name}>{tree(name)})" for name in shared)
        source = f"(?:{source})(?(DEFINE){defined})"
    # Looking again and again at some ten thousand objects that come to stay takes as long as making them.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return regex.compile(source, flags, **sets)
    finally:
        if collecting:
            gc.enable()


def _tree(words: set[str], sets: dict[str, list[str]], ignore_case: bool) -> str:
    """The source of a choice of words; what is left of them goes to `sets`."""
    if len(words) <= _FEW:
        return _named(words, sets)
    by_class: dict[str, set[str]] = {}
    for word in words - {""}:
        by_class.setdefault(_class(word[0]) if ignore_case else word[0], set()).add(word)
    branches = []
    for _, some in sorted(by_class.items()):
        firsts = {word[0] for word in some}
        if len(firsts) > 1:
            # letters that share a capital: which word is the longest shows only in the text
            guard = "".join(map(regex.escape, sorted(firsts)))
            branches.append((guard, f"(?=[{guard}]){_named(some, sets)}"))
        else:
            first = regex.escape(firsts.pop())
            branches.append((first, first + _tree({word[1:] for word in some}, sets, ignore_case)))
    if len(branches) > 2 * _LETTERS:
        chunks = [branches[i : i + _LETTERS] for i in range(0, len(branches), _LETTERS)]
        source = "|".join(
            f"(?=[{''.join(g for g, _ in chunk)}])(?:{'|'.join(s for _, s in chunk)})" for chunk in chunks
        )
    else:
        source = "|".join(s for _, s in branches)
    return f"(?:{source}|)" if "" in words else f"(?:{source})"


def _named(words: set[str], sets: dict[str, list[str]]) -> str:
    """A set of few words, under a name of its own."""
    if words == {""}:
        return ""
    ordered = sorted(words)
    name = f"s{len(sets)}"
    sets[name] = ordered
    return rf"\L<{name}>"


def _class(letter: str) -> str:
    """What letters have in common that `regex` takes for one when it ignores case."""
    upper = letter.upper()
    return upper if len(upper) == 1 else letter
