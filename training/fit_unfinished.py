"""Fits `cleantext/unfinished.json`: which lines without an end mark were cut off.

    python -m training.fit_unfinished --clean clean.jsonl.gz [--pages pages.jsonl] [--words more.jsonl]

Clean texts give the lines that end without a mark and yet are whole, and such lines in a row. The same
texts, with openings of others cut at some width put in between, give those that were cut. `--pages` are
texts of web pages, with more headings, lists and wrapped lines than such corpora have; they are only used
as counterexamples. See README.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import textwrap
import zlib
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import regex
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from cleantext import unfinished
from cleantext.document import Document
from cleantext.rules import truncated_teaser as rule

_OUT = Path(__file__).parent.parent / "cleantext" / "unfinished.json"
_WORDS = regex.compile(r"[\p{L}\p{M}]+")
_UNSPACED_LANGUAGES = ("zh", "ja", "th")
_WIDTHS = (60, 65, 70, 75, 80, 85, 90, 100, 110, 120, 130, 140, 150, 160, 170, 180, 200, 220, 250, 300)
_FEWEST = {2: 12, 3: 12, 4: 8, 5: 8}  # how often an ending must be seen within words
#: Clean texts of a million words may lose so many lines by themselves, and so many in rows.
_ALLOWED = 3.2
_ALLOWED_BLOCKS = 3.0
#: Three lines in a row and more are told better, so that pages are asked too: they may lose so many.
_ALLOWED_LONG = 6
#: Set by hand, because the simulation lacks them: datelines open agency reports and nothing else; text
#: that is wrapped at a fixed width goes on in lower case.
_BY_HAND = {"dateline": 3.0, "lower follows": -3.0}
#: Speech trails off in many more ways than the clean texts show.
_CARE = {"dots": -0.6}
_BLOCKS_BY_HAND = {"tails": 1.5}
#: Languages with fewer letters to learn from have no endings.
_FEWEST_LETTERS = 60_000
#: What the rule asks for, in log odds: a confidence of 0.8.
_BAR = math.log(0.8 / 0.2)
#: Of a page's lines so many count, lest a long list speaks for all; each for so much.
_MOST_OF_A_PAGE = 12
_WEIGHT_OF_PAGES = 0.2
#: Degrees of one thing, which don't count in pairs.
_UNPAIRED = (">60", ">80", ">130", ">300")
_BLOCKS_UNPAIRED = (
    *(f">{k}" for k in (60, 80, 95, 130)),
    *(f"alone>{k}" for k in range(-4, 2)),
    *(f"best>{k}" for k in range(-2, 3)),
)
#: So many of the clean texts also serve with lines broken at a width.
_WRAPPED = 0.25
#: So many texts with cut lines are brief.
_BRIEF = 0.25
_AND = " + "
_DOTS = ("…", "...", " …", " ...", " [...]", "[…]")
Floats = npt.NDArray[np.float64]


def read(path: Path) -> list[dict[str, Any]]:
    """The records of a file of JSON lines."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def endings(texts: list[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """Language -> level -> the endings of that level; a longer one only where it differs from the shorter."""
    out = {}
    by_lang: dict[str, list[str]] = defaultdict(list)
    for lang, text in texts:
        by_lang[lang].append(text)
    for lang, all_of in sorted(by_lang.items()):
        if lang in _UNSPACED_LANGUAGES or sum(map(len, all_of)) < _FEWEST_LETTERS:
            continue
        seen, final = Counter[str](), Counter[str]()
        for text in all_of:
            for word, count in Counter(_WORDS.findall(text.lower())).items():
                padded = "^" + word
                for n in _FEWEST:
                    for i in range(len(padded) - n + 1):
                        seen[padded[i : i + n]] += count
                    if len(padded) >= n:
                        final[padded[-n:]] += count
        levels: dict[str, int] = {}
        for n in sorted(_FEWEST):
            for ending, count in seen.items():
                if len(ending) != n or count < _FEWEST[n]:
                    continue
                odds = math.log((final[ending] + 0.5) / (count - final[ending] + 0.5))
                level = 3 if odds < -3 else 2 if odds < -2 else 1 if odds < -1 else 0
                shorter = next((levels[ending[-k:]] for k in range(n - 1, 1, -1) if ending[-k:] in levels), 0)
                if level != shorter:
                    levels[ending] = level
        grouped: dict[str, list[str]] = defaultdict(list)
        for ending, level in sorted(levels.items()):
            grouped[str(level)].append(ending)
        out[lang] = {level: " ".join(found) for level, found in sorted(grouped.items())}
    return out


class Data:
    """Examples of one model: their facts, whether they were cut, whose they are."""

    def __init__(self) -> None:
        self.facts: list[list[str]] = []
        self.cut: list[bool] = []
        self.group: list[str] = []
        self.lang: list[str] = []
        self.weight: list[float] = []
        self.text: list[str] = []

    def add(
        self, facts: list[str], cut: bool, record: dict[str, Any], text: str, weight: float = 1.0
    ) -> None:
        """One more."""
        self.facts.append(facts)
        self.cut.append(cut)
        self.group.append(record["id"])
        self.lang.append(record["lang"])
        self.weight.append(weight)
        self.text.append(text)


class Fitted:
    """A logistic regression over named facts."""

    def __init__(
        self, data: Data, by_hand: dict[str, float], strength: float, unpaired: tuple[str, ...]
    ) -> None:
        self.unpaired = unpaired
        counts = Counter(f for fs in data.facts for f in self.paired(fs))
        self.names = sorted(n for n, k in counts.items() if k >= 8 and n not in by_hand)
        self.index = {n: i for i, n in enumerate(self.names)}
        self.by_hand = by_hand
        self.strength = strength
        self.apart = ("", 0.0)
        self.data = data
        self.x = self.matrix(data.facts)
        self.hand = np.array([sum(by_hand.get(f, 0.0) for f in fs) for fs in data.facts])
        self.y = np.array(data.cut)
        self.w = np.array(data.weight)

    def paired(self, facts: list[str]) -> list[str]:
        """Facts, and all pairs of those that aren't mere degrees."""
        pairs = combinations(sorted(f for f in set(facts) if f not in self.unpaired), 2)
        return sorted(set(facts)) + [f"{a}{_AND}{b}" for a, b in pairs]

    def matrix(self, facts: list[list[str]]) -> csr_matrix:
        """Rows of zeros and ones."""
        at = [(i, self.index[f]) for i, fs in enumerate(facts) for f in self.paired(fs) if f in self.index]
        rows, columns = zip(*at, strict=True)
        return csr_matrix((np.ones(len(at)), (rows, columns)), shape=(len(facts), len(self.names)))

    def fit(self, among: npt.NDArray[np.bool_]) -> LogisticRegression:
        """A model of some of the examples."""
        model = LogisticRegression(C=self.strength, max_iter=2000)
        return model.fit(self.x[among], self.y[among], sample_weight=self.w[among])

    def unseen(self, folds: list[str], without: str = "") -> Floats:
        """Log odds of each example by a model that saw none of its fold; facts that begin with
        `without` are not told, as in a language of which nothing is known."""
        x = self.x
        if without:
            x = self.matrix([[f for f in fs if without not in f] for fs in self.data.facts])
        out = np.zeros(len(self.y))
        for train, test in GroupKFold(min(5, len(set(folds)))).split(self.x, self.y, folds):
            among = np.zeros(len(self.y), dtype=bool)
            among[train] = True
            out[test] = self.fit(among).decision_function(x[test])
        return out + self.hand

    def tell(self, name: str, allowed: int) -> float:
        """Prints what is found where `allowed` examples of clean texts may be; the bar for that."""
        clean = ~self.y & (self.w == 1.0)
        bars = []
        for told, p in (
            ("other texts", self.unseen(self.data.group)),
            ("other languages", self.unseen(self.data.lang, "seldom")),
        ):
            bar = float(np.sort(p[clean])[::-1][allowed])
            bars.append(bar)
            pages = ~self.y & (self.w < 1.0)
            print(
                f"{name}, {told}: {clean.sum()} whole, {self.y.sum()} cut; found {100 * (p[self.y] > bar).mean():.1f} %"
                f", where {allowed} whole ones are; of {pages.sum()} of pages {(p[pages] > bar).sum()} are"
            )
            if told == "other texts":
                for kind in (clean, pages):
                    for i in np.argsort(-np.where(kind, p, -99))[:10]:
                        print(f"  {p[i] - bar + _BAR:5.1f} {self.data.lang[i]} {self.data.text[i][-100:]!r}")
        return bars[0]

    def tell_apart(self, fact: str, few: int, many: int) -> None:
        """Gives examples with a fact a bar of their own.

        Of those without it `few` examples of clean texts may be above theirs; of those with it, no more
        than `many` of pages and none of clean texts.
        """
        p = self.unseen(self.data.group)
        has = np.array([fact in fs for fs in self.data.facts])
        clean, pages = ~self.y & (self.w == 1.0), ~self.y & (self.w < 1.0)
        without = float(np.sort(p[clean & ~has])[::-1][few])
        bar = max(float(p[clean & has].max()), float(np.sort(p[pages & has])[::-1][many]))
        print(f"{fact}: bar {bar:.1f}, without {without:.1f}")
        self.apart = (fact, without - bar)
        self.hand += has * (without - bar)

    def weights(self, bar: float) -> dict[str, Any]:
        """A model of all examples, as the package reads it; at `bar` it is as sure as the rule asks for."""
        model = self.fit(np.ones(len(self.y), dtype=bool))
        single: dict[str, float] = dict(self.by_hand)
        fact, more = self.apart
        pairs: dict[str, dict[str, float]] = defaultdict(dict)
        single |= {name: more for name, more in _CARE.items() if name in self.index}
        for name, i in self.index.items():
            value = round(float(model.coef_[0][i]), 2)
            if _AND in name:
                first, second = name.split(_AND)
                if value:
                    pairs[first][second] = value
            else:
                single[name] = round(single.get(name, 0.0) + value, 2)
        if fact:
            single[fact] = round(single.get(fact, 0.0) + more, 2)
        return {
            "bias": round(float(model.intercept_[0]) - bar + _BAR, 2),
            "single": dict(sorted(single.items())),
            "paired": dict(sorted(pairs.items())),
        }


def lines(
    data: Data, finder: rule.TruncatedTeaser, text: str, record: dict[str, Any], cut: set[str] | None
) -> None:
    """Adds the unfinished lines of a text; only those that were cut, where such are given."""
    doc = Document(text)
    suspects = finder.suspects(doc)
    counts = rule.ends(doc)
    page = record.get("page", False)
    told = 0
    for group in rule.groups(doc, suspects):
        around = rule.beside(doc, group, counts)
        for s in group:
            if s.tail or s.weak or (cut is not None and s.text not in cut):
                continue
            told += 1
            if page and (told > _MOST_OF_A_PAGE or s.dots):
                continue
            facts = unfinished.features(doc, s.number, s.body, around, s.dots)
            data.add(facts, cut is not None, record, s.text, _WEIGHT_OF_PAGES if page else 1.0)


def blocks(
    data: Data, finder: rule.TruncatedTeaser, text: str, record: dict[str, Any], cut: set[str] | None
) -> None:
    """Adds the unfinished lines in a row of a text, where at least half were cut if such are given."""
    doc = Document(text)
    suspects = finder.suspects(doc)
    counts = rule.ends(doc)
    page = record.get("page", False)
    told = 0
    for group in rule.groups(doc, suspects):
        if len(group) < 2:
            continue
        around = rule.beside(doc, group, counts)
        for s in group:
            rule.weigh(doc, s, around)
        alike = rule.near(group)
        if len(alike) < 2 or (cut is not None and sum(s.text in cut for s in alike) < 0.5 * len(alike)):
            continue
        told += 1
        if page and told > _MOST_OF_A_PAGE // 2:
            break
        facts = rule.block(doc, group, alike, around)
        shown = " / ".join(s.text[-40:] for s in alike[:3])
        data.add(facts, cut is not None, record, shown, _WEIGHT_OF_PAGES if page else 1.0)


def wrapped(record: dict[str, Any], rng: random.Random) -> str:
    """A text with its lines broken at a width, as terminals, mails and manuscript paper have them."""
    width = rng.randrange(18, 42) if record["lang"] in ("zh", "ja") else rng.randrange(48, 92)
    hard = record["lang"] in ("zh", "ja") or rng.random() < 0.3
    out: list[str] = []
    for paragraph in record["text"].split("\n")[:12]:
        if hard:
            out += [paragraph[i : i + width] for i in range(0, len(paragraph), width)]
        else:
            out += textwrap.wrap(paragraph, width)
    return "\n".join(out)


def insert(
    record: dict[str, Any], others: list[dict[str, Any]], count: int, rng: random.Random
) -> tuple[str, set[str]] | None:
    """A text with the openings of others, cut at one width, as lines of their own; and those lines."""
    width = rng.choice(_WIDTHS) if rng.random() < 0.7 else rng.randrange(60, 300)
    if record["lang"] in ("zh", "ja"):
        width = int(width / rng.choice((1, 2, 2.2)))
    by_word = rng.random() < 0.3
    dots = rng.choice(_DOTS) if rng.random() < 0.25 else ""
    made: list[str] = []
    for _ in range(20):
        other = rng.choice(others)
        sources = [p for p in other["text"].split("\n") if len(p) > 40]
        if not sources or other["id"] == record["id"]:
            continue
        source = " ".join(rng.sample(sources, min(4, len(sources)))) if rng.random() < 0.5 else ""
        if len(source) < width + 5:
            at = rng.randrange(len(sources))
            source = " ".join(sources[at : at + 4])
        if len(source) < width + 5:
            continue
        cut = source[:width]
        if by_word and " " in cut:
            cut = cut.rsplit(" ", 1)[0]
        made.append(cut.strip() + dots)
        if len(made) == count:
            break
    if len(made) < count:
        return None
    old = record["text"].split("\n")
    if rng.random() < _BRIEF:
        old = old[: rng.randrange(1, 4)]
    place = rng.choice((0, len(old), rng.randrange(len(old) + 1)))
    blank = sum(not line.strip() for line in old) > 0.3 * len(old)
    new = [x for m in made for x in ((m, "") if blank else (m,))]
    return "\n".join([*old[:place], *new, *old[place:]]), set(made)


def use(model: unfinished.Model) -> None:
    """Sets what is known while examples are made."""
    unfinished.model = lambda: model  # type: ignore[assignment]


def main() -> None:
    """Fits, tells, writes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clean", type=Path, required=True)
    parser.add_argument("--pages", type=Path, action="append", default=[])
    parser.add_argument("--words", type=Path, action="append", default=[])
    args = parser.parse_args()
    rng = random.Random(7)
    finder = rule.TruncatedTeaser()
    records = read(args.clean)
    pages = [r | {"page": True} for path in args.pages for r in read(path)]
    words = sum(len(r["text"].split()) for r in records) / 1e6
    more = [(r["lang"], r["text"]) for path in args.words for r in read(path)]
    by_lang = defaultdict(list)
    for r in records:
        by_lang[r["lang"]].append(r)
    # Words of a half of the texts judge the lines of the other, as they will judge texts not seen.
    halves: list[list[dict[str, Any]]] = [[], []]
    for r in records + pages:
        halves[zlib.crc32(r["id"].encode()) % 2].append(r)
    known: list[dict[str, dict[str, int]]] = []
    for i in (0, 1):
        others = [(r["lang"], r["text"]) for r in halves[1 - i] if not r.get("page")]
        known.append(parse(endings(others + more)))
    nothing = unfinished.Weights(0.0, {}, {})
    data = Data()
    for i, half in enumerate(halves):
        use(unfinished.Model(nothing, nothing, known[i]))
        for r in half:
            lines(data, finder, r["text"], r, None)
            if r.get("page"):
                continue
            for _ in range(2):
                made = insert(r, by_lang[r["lang"]], 1, rng)
                if made:
                    lines(data, finder, made[0], r, made[1])
    alone = Fitted(data, _BY_HAND, 0.05, _UNPAIRED)
    line = alone.weights(alone.tell("lines", round(_ALLOWED * words)))
    fitted = unfinished.Weights(line["bias"], line["single"], line["paired"])
    data = Data()
    for i, half in enumerate(halves):
        use(unfinished.Model(fitted, nothing, known[i]))
        for r in half:
            blocks(data, finder, r["text"], r, None)
            if r.get("page"):
                continue
            if rng.random() < _WRAPPED:
                blocks(data, finder, wrapped(r, rng), r | {"page": True}, None)
            made = insert(r, by_lang[r["lang"]], rng.choice((2, 2, 3, 4, 5, 6)), rng)
            if made:
                blocks(data, finder, made[0], r, made[1])
    together = Fitted(data, _BLOCKS_BY_HAND, 0.1, _BLOCKS_UNPAIRED)
    together.tell_apart("n>2", round(_ALLOWED_BLOCKS * words), _ALLOWED_LONG)
    out = {
        "about": "Written by training/fit_unfinished.py: log odds, and endings by how seldom words end so.",
        "line": line,
        "block": together.weights(together.tell("blocks", round(_ALLOWED_BLOCKS * words))),
        "endings": endings([(r["lang"], r["text"]) for r in records] + more),
    }
    _OUT.write_text(json.dumps(out, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def parse(found: dict[str, dict[str, str]]) -> dict[str, dict[str, int]]:
    """Endings as the package holds them in memory."""
    return {lang: {e: int(n) for n, es in ls.items() for e in es.split()} for lang, ls in found.items()}


if __name__ == "__main__":
    main()
