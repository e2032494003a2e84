"""Fits `cleantext/unfinished.json`: which lines without an end mark were cut off.

    python -m training.fit_unfinished --clean clean.jsonl.gz [--words more.jsonl.gz]

Clean texts give the lines that end without a mark and yet are whole. The same texts, with the opening
of another cut at some width put in between, give those that were cut. See README.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import zlib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import regex
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from cleantext import unfinished
from cleantext.document import Document
from cleantext.rules.truncated_teaser import TruncatedTeaser

_OUT = Path(__file__).parent.parent / "cleantext" / "unfinished.json"
_WORDS = regex.compile(r"[\p{L}\p{M}]+")
_UNSPACED_LANGUAGES = ("zh", "ja", "th")
_WIDTHS = (60, 65, 70, 75, 80, 85, 90, 100, 110, 120, 130, 140, 150, 160, 170, 180, 200, 220, 250, 300)
_FEWEST = {2: 12, 3: 12, 4: 8}  # how often an ending must be seen within words
#: Clean texts of a million words may lose this many lines.
_ALLOWED = 3
#: Set by hand, because the simulation lacks them: datelines open agency reports and nothing else; text
#: that is wrapped at a fixed width goes on in lower case.
_BY_HAND = {"dateline": 3.0, "lower follows": -3.0}
#: Languages with fewer letters to learn from have no endings.
_FEWEST_LETTERS = 60_000
#: What the rule asks for, in log odds: a confidence of 0.8.
_BAR = math.log(0.8 / 0.2)


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


def rows(rule: TruncatedTeaser, text: str, lang: str) -> list[tuple[str, list[str]]]:
    """The unfinished lines of a text with their features."""
    doc = Document(text, lang)
    suspects = [s for s in rule.suspects(doc) if not s.ellipsis and not s.tail]
    if not suspects:
        return []
    around = rule.surroundings(doc, suspects)
    return [(s.text, unfinished.features(doc, s.number, s.body, around)) for s in suspects]


def insert(record: dict[str, Any], other: dict[str, Any], rng: random.Random) -> tuple[str, str] | None:
    """A text with the opening of another, cut, as a line of its own; and that line."""
    sources = [p for p in other["text"].split("\n") if len(p) > 60]
    if not sources or other["id"] == record["id"]:
        return None
    at = rng.randrange(len(sources))
    source = " ".join(sources[at : at + 3])
    width = rng.choice(_WIDTHS) if rng.random() < 0.75 else rng.randrange(60, 300)
    if record["lang"] in ("zh", "ja"):
        width = int(width / rng.choice((1, 2, 2.2)))
    if len(source) < width + 5:
        return None
    cut = source[:width]
    if rng.random() < 0.25 and " " in cut:
        cut = cut.rsplit(" ", 1)[0]
    cut = cut.strip()
    lines = record["text"].split("\n")
    place = rng.choice((0, len(lines), rng.randrange(len(lines) + 1)))
    return "\n".join([*lines[:place], cut, *lines[place:]]), cut


def main() -> None:
    """Fits, tells, writes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clean", type=Path, required=True)
    parser.add_argument("--words", type=Path, action="append", default=[])
    args = parser.parse_args()
    rng = random.Random(7)
    rule = TruncatedTeaser()
    records = read(args.clean)
    more = [(r["lang"], r["text"]) for path in args.words for r in read(path)]
    # Words of a half of the texts judge the lines of the other, as they will judge texts not seen.
    halves: list[list[dict[str, Any]]] = [[], []]
    for r in records:
        halves[zlib.crc32(r["id"].encode()) % 2].append(r)
    data: list[tuple[int, str, str, list[str]]] = []
    by_lang = defaultdict(list)
    for r in records:
        by_lang[r["lang"]].append(r)
    for i, half in enumerate(halves):
        found = endings([(r["lang"], r["text"]) for r in halves[1 - i]] + more)
        parsed = {lang: {e: int(n) for n, es in ls.items() for e in es.split()} for lang, ls in found.items()}
        unfinished.model = lambda parsed=parsed: unfinished.Model(0.0, {}, parsed)  # type: ignore
        for r in half:
            data += [(0, r["id"], text, fs) for text, fs in rows(rule, r["text"], r["lang"])]
            if sum(1 for p in r["text"].split("\n") if p.strip()) < 2:
                continue
            made = insert(r, rng.choice(by_lang[r["lang"]]), rng)
            if made:
                data += [(1, r["id"], t, fs) for t, fs in rows(rule, made[0], r["lang"]) if t == made[1]]
    names = sorted({f for d in data for f in d[3]} - set(_BY_HAND))
    index = {n: i for i, n in enumerate(names)}
    x = np.zeros((len(data), len(names)))
    for i, d in enumerate(data):
        x[i, [index[f] for f in d[3] if f in index]] = 1
    y = np.array([d[0] for d in data])
    fit = LogisticRegression(C=0.3, max_iter=500)
    groups = [d[1] for d in data]
    p = cross_val_predict(fit, x, y, groups=groups, cv=GroupKFold(5), method="decision_function")
    bar = float(np.sort(p[y == 0])[::-1][_ALLOWED])
    print(
        f"{(y == 0).sum()} whole lines, {(y == 1).sum()} cut ones; found: {100 * (p[y == 1] > bar).mean():.0f} %"
    )
    for i in np.argsort(-np.where(y == 0, p, -99))[:12]:
        print(f"  {p[i] - bar + _BAR:5.1f} {data[i][2][:50]} … {data[i][2][-50:]}")
    fit.fit(x, y)
    weights = {n: round(float(fit.coef_[0][i]), 2) for n, i in index.items()}
    out = {
        "about": "Written by training/fit_unfinished.py: log odds, and endings by how seldom words end so.",
        "bias": round(float(fit.intercept_[0]) - bar + _BAR, 2),
        "weights": weights | _BY_HAND,
        "endings": endings([(r["lang"], r["text"]) for r in records] + more),
    }
    _OUT.write_text(json.dumps(out, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(weights)


if __name__ == "__main__":
    main()
