"""What kind of notice a sentence is: a log-linear model over the concepts that it expresses.

Sites disclose, ask, warn and offer in ever new words; what these notices combine stays the same
(`we` + `earn` + `commission` + `link`). The features are the concepts of a sentence, pairs of them
and its shape; the weights come from `training/fit_notices.py` and are data (`notices.json`). One
reading serves the rules of all families, so that the likeliest one names the notice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec
import regex

from cleantext.lexicon.form import UNSPACED

_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_WIDE = regex.compile(rf"[{UNSPACED}]")
_QUOTED = regex.compile(r"[\"“”„«»「」『』]|(?:^|\s)[‘'](?=\p{L})")
_YEAR = regex.compile(r"(?<!\d)(?:19[5-9]\d|20\d\d)(?!\d)")
_FIGURE = regex.compile(r"\d")
_MONEY = regex.compile(r"[$€£¥₽₩₺]|\bR\$|\b(?:USD|EUR|zł|kr|Kč)\b|円|元|원")
_DASH_OPEN = regex.compile(r"^\s*[-–—]\s?\p{L}")
_NAMED = regex.compile(r"(?<![\p{L}\p{N}])\p{Lu}")
_COPYRIGHT_FIRST = regex.compile(r"\W{0,2}(?:©|\(c\)|copyright)", regex.IGNORECASE)
_BAR = regex.compile(r"\s[|·•›]\s")
_MARKS = ".!?。！？؟۔।:…"
#: Words of this many letters stand for one word in scripts without spaces.
_LETTERS_A_WORD = 2.2


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


def features(text: str, found: Mapping[str, object]) -> list[str]:
    """The names of the features of a sentence that expresses the concepts `found`."""
    out = sorted(found)
    out += [f"{a}&{b}" for i, a in enumerate(out) for b in out[i + 1 :]]
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    words = len(_WORDS.findall(text)) if not wide else int(wide / _LETTERS_A_WORD)
    for limit in (3, 6, 10, 16, 22, 30, 40, 55):
        if words > limit:
            out.append(f">{limit}")
    known = len(found)
    if known:
        density = known / max(1, words)
        if density > 0.5:
            out.append("dense")
        if density < 0.2:
            out.append("thin")
        if density < 0.1:
            out.append("thinner")
    for n in (2, 3, 4, 5):
        if known >= n:
            out.append(f"{n} concepts")
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
    return out


def best(text: str, found: Mapping[str, object]) -> tuple[str, float]:
    """The family that a sentence belongs to most likely, and the log odds that it does."""
    m = model()
    rows = [m.bias]
    table = m.weights
    for name in features(text, found):
        row = table.get(name)
        if row is not None:
            rows.append(row)
    sums = [sum(column) for column in zip(*rows, strict=True)]
    top = max(range(len(sums)), key=sums.__getitem__)
    return m.families[top], sums[top]
