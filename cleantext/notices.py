"""What kind of notice a sentence is: a log-linear model over the concepts that it expresses.

Sites disclose, ask, warn and offer in ever new words; what these notices combine stays the same
(`we` + `earn` + `commission` + `link`). The features are the concepts of a sentence, pairs of them
and its shape; the weights come from `training/fit_notices.py` and are data (`notices.json`). One
reading serves the rules of all families, so that the likeliest one names the notice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import msgspec
import regex

_QUOTED = regex.compile(r"[\"“”„«»「」『』]|(?:^|\s)[‘'](?=\p{L})")
_YEAR = regex.compile(r"(?<!\d)(?:19[5-9]\d|20\d\d)(?!\d)")
_FIGURE = regex.compile(r"\d")
_MONEY = regex.compile(r"[$€£¥₽₩₺]|\bR\$|\b(?:USD|EUR|zł|kr|Kč)\b|円|元|원")
_DASH_OPEN = regex.compile(r"^\s*[-–—]\s?\p{L}")
_NAMED = regex.compile(r"(?<![\p{L}\p{N}])\p{Lu}")
_COPYRIGHT_FIRST = regex.compile(r"\W{0,2}(?:©|\(c\)|copyright)", regex.IGNORECASE)
# Items of lists, heads of lists and code: seen on pages about shops, marketing and software, which are
# full of the words of notices.
_ITEM = regex.compile(r"\s*(?:[-–—•*·‣▪◦●○]|\d{1,2}[.)])\s+(?=\S)")
_CODE = regex.compile(r"[{}\\]|[\"']\s*[:,]\s*[\"'\[{]|\w\(\)|[=!<>]=|</?\w+[ >/]")
_BAR = regex.compile(r"\s[|·•›]\s")
_MARKS = ".!?。！？؟۔।:：…"
#: Numbers of words beyond which a sentence has one feature more.
_LIMITS = (3, 6, 10, 16, 22, 30, 40, 55)
#: The other features: of those in a row a sentence has one at most.
_EXCLUSIVE = (
    ("quoted",),
    ("year",),
    ("copyright&year",),
    ("figures",),
    ("money",),
    ("open end", "!", "?"),
    ("dialogue",),
    ("lower",),
    ("names",),
    ("copyright first",),
    ("copyright&names",),
    ("bars",),
    ("item",),
    ("head",),
    ("code",),
)
_MOST_KNOWN = 20_000


class Model(msgspec.Struct, frozen=True):
    """The weights: for each feature what it adds to the log odds of each family, in their order."""

    families: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]


@cache
def model() -> Model:
    """The fitted model."""
    data = json.loads(files("cleantext").joinpath("notices.json").read_text(encoding="utf-8"))["families"]
    names = sorted({n for f in data.values() for n in f["features"]})
    return Model(
        families=tuple(data),
        bias=tuple(f["bias"] for f in data.values()),
        weights={n: tuple(f["features"].get(n, 0.0) for f in data.values()) for n in names},
    )


def _meant(names: list[str]) -> list[str]:
    """The features of the concepts `names`, sorted: each, each pair, and how many there are."""
    out = names + [f"{a}&{b}" for i, a in enumerate(names) for b in names[i + 1 :]]
    out += [f"{n} concepts" for n in (2, 3, 4, 5) if len(names) >= n]
    return out


def _dense(known: int, words: int) -> list[str]:
    """How many of the words mean something."""
    if not known:
        return []
    density = known / max(1, words)
    out = ["dense"] if density > 0.5 else []
    if density < 0.2:
        out.append("thin")
    if density < 0.1:
        out.append("thinner")
    return out


def features(text: str, found: Mapping[str, object], words: int) -> list[str]:
    """The names of the features of a sentence of so many words that expresses the concepts `found`."""
    out = _meant(sorted(found))
    out += [f">{limit}" for limit in _LIMITS if words > limit]
    out += _dense(len(found), words)
    if _QUOTED.search(text):
        out.append("quoted")
    years = len(_YEAR.findall(text))
    figures = len(_FIGURE.findall(text)) - 4 * years
    if years:
        out.append("year")
        if "copyright" in found:
            out.append("copyright&year")
    if figures > 0:
        out.append("figures")
    if _MONEY.search(text):
        out.append("money")
    last = text.rstrip("\"'”’»)」』】] ")[-1:]
    if last not in _MARKS:
        out.append("open end")
    elif last in "!！":
        out.append("!")
    elif last in "?？؟":
        out.append("?")
    if _DASH_OPEN.match(text):
        out.append("dialogue")
    first = text[:1]
    if first.islower():
        out.append("lower")
    named = _NAMED.findall(text)
    if len(named) >= 2 and len(named) >= 0.45 * words:
        out.append("names")
    if "copyright" in found:
        if _COPYRIGHT_FIRST.match(text):
            out.append("copyright first")
        if len(named) >= 2:
            out.append("copyright&names")
    if _BAR.search(text):
        out.append("bars")
    if _ITEM.match(text):
        out.append("item")
    if last and last in ":：":
        out.append("head")
    if _CODE.search(text):
        out.append("code")
    return out


def best(text: str, found: Mapping[str, object], words: int) -> tuple[str, float]:
    """The family that a sentence belongs to most likely, and the log odds that it does."""
    m = model()
    rows = [m.bias]
    table = m.weights
    for name in features(text, found, words):
        row = table.get(name)
        if row is not None:
            rows.append(row)
    sums = [sum(column) for column in zip(*rows, strict=True)]
    top = max(range(len(sums)), key=sums.__getitem__)
    return m.families[top], sums[top]


class Bounds:
    """The most that `best` can give a family, from the concepts and the number of words alone.

    Nearly every sentence that a trigger fires in stays far below what makes a notice: no need then to
    look at its marks, figures and capitals.
    """

    def __init__(self) -> None:
        m = model()
        self._model = m
        self._columns = {family: n for n, family in enumerate(m.families)}
        self._lengths = [
            self._sum(f">{limit}" for limit in _LIMITS if words > limit) for words in range(_LIMITS[-1] + 2)
        ]
        #: What else a sentence may have, of which one excludes the others in a row.
        self._rest = [0.0] * len(m.families)
        for names in _EXCLUSIVE:
            for n in range(len(self._rest)):
                self._rest[n] += max([0.0, *(m.weights[name][n] for name in names if name in m.weights)])
        self._known: dict[frozenset[str], tuple[float, ...]] = {}

    def most(self, family: str, found: Mapping[str, object], words: int) -> float:
        """An upper bound for the log odds that a sentence is such a notice."""
        n = self._columns[family]
        key = frozenset(found)
        sums = self._known.get(key)
        if sums is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            sums = self._known[key] = self._sum(_meant(sorted(key)))
        return (
            sums[n]
            + self._lengths[min(words, len(self._lengths) - 1)][n]
            + self._sum(_dense(len(key), words))[n]
            + self._rest[n]
            + self._model.bias[n]
        )

    def _sum(self, names: Iterable[str]) -> tuple[float, ...]:
        rows = [self._model.weights[name] for name in names if name in self._model.weights]
        return (
            tuple(sum(column) for column in zip(*rows, strict=True))
            if rows
            else (0.0,) * len(self._model.families)
        )


@cache
def bounds() -> Bounds:
    """The bounds of the fitted model."""
    return Bounds()
