"""Fits the weights of `cleantext.notices` from written examples and clean texts.

    python -m training.fit_notices --clean clean.jsonl.gz [--pages lines.jsonl] [--check]

One logistic regression a family, over the concepts of a sentence, their pairs and its shape. See README.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from cleantext.border import sentences
from cleantext.concepts import expressed
from cleantext.document import fold
from cleantext.lexicon import languages
from cleantext.notices import features
from cleantext.rules import all_rules
from cleantext.rules.notice import NoticeRule

_HERE = Path(__file__).parent
_OUT = _HERE.parent / "cleantext" / "notices.json"
FAMILIES = (
    "affiliate-disclaimer",
    "newsletter-prompt",
    "cookie-notice",
    "paywall-prompt",
    "app-prompt",
    "copyright-footer",
)
_LONGEST = 420
# A pair of concepts counts half as much as a concept: there are many more pairs than examples.
_PAIR = 0.5
_REGULARISATION = 0.2
#: How much a written example weighs beside a sentence of a clean text: notices, and what looks like them.
_NOTICE = 12.0
_LOOK_ALIKE = 12.0
_SMALLEST = 0.05  # smaller weights are left out
_GROUPS = (
    ("en",),
    ("de", "nl", "sv", "da", "nb"),
    ("fr", "es", "it", "pt", "ro"),
    ("pl", "ru", "uk", "cs", "el"),
    ("ja", "zh", "ko", "vi", "id", "tr", "ar", "fa"),
)


class Row(NamedTuple):
    """One sentence: where it is from, its language, family or "none", weight, text and features."""

    source: str
    lang: str
    family: str
    weight: float
    text: str
    features: list[str]


def anchors() -> frozenset[str]:
    """The concepts without which no rule looks at a sentence."""
    return frozenset(a for r in all_rules() if isinstance(r, NoticeRule) for a in r.anchors)


def row(source: str, lang: str, family: str, weight: float, text: str) -> tuple[Row, set[str]]:
    """A row, and the concepts of its text."""
    folded = fold(text)
    this = expressed(folded, 0, len(folded), lang)
    return Row(source, lang, family, weight, text, features(text, this.spans, this.words)), set(this.spans)


def written() -> Iterator[Row]:
    """The examples of `notices/`; parts of them, and those cut off, with less weight."""
    for path in sorted((_HERE / "notices").glob("*.txt")):
        lang, family = path.stem, "none"
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                family = line.strip("[]")
                continue
            if not line:
                continue
            if family == "none":
                yield row("own", lang, family, _LOOK_ALIKE, line)[0]
                continue
            yield row("own", lang, family, _NOTICE, line)[0]
            parts = [line[a:b] for a, b in sentences(line, 0, len(line))]
            variants = [p for p in parts if len(p) > 25] if len(parts) > 1 else []
            if family == "affiliate-disclaimer":  # these are often cut at a fixed width
                variants += [line[:n] for n in (50, 70, 90) if len(line) > n + 8]
            if line[-1] in ".。!":
                variants.append(line[:-1])
            for text in variants:
                yield row("part", lang, family, 0.3 * _NOTICE, text)[0]


def units(line: str) -> Iterator[str]:
    """The sentences of a line, neighbours together, and the line when it is short."""
    spans = sentences(line, 0, len(line))
    for i, (a, b) in enumerate(spans):
        yield line[a:b]
        if i + 1 < len(spans) and len(spans) > 2:
            yield line[a : spans[i + 1][1]]
    if 1 < len(spans) <= 4:
        yield line[spans[0][0] : spans[-1][1]]


def counterexamples(path: Path, weight: float) -> Iterator[Row]:
    """Sentences of clean texts at which a rule would look."""
    wanted, known = anchors(), set(languages())
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for record in map(json.loads, file):
            if not record.get("content", True):
                continue
            langs = {record.get("lang") or "en", "en"} & known
            for line in record["text"].split("\n"):
                for text in units(line.strip()):
                    if not 4 <= len(text) <= _LONGEST:
                        continue
                    for lang in sorted(langs):
                        r, found = row(path.stem, lang, "none", weight, text)
                        if wanted & found:
                            yield r


class Fit:
    """The regressions of all families over one vocabulary."""

    def __init__(self, rows: list[Row]) -> None:
        seen = Counter(f for r in rows if r.family != "none" for f in set(r.features))
        names = [f for f, n in seen.items() if n >= (6 if "&" in f else 2)]
        names += sorted({f for r in rows if r.family == "none" for f in r.features if "&" not in f})
        self.index = {name: i for i, name in enumerate(dict.fromkeys(sorted(names)))}
        x = self.matrix(rows)
        weight = np.array([r.weight for r in rows])
        self.models = {}
        for family in FAMILIES:
            y = np.array([r.family == family for r in rows])
            # Examples of other families are counterexamples like any other.
            own = np.array([r.family in (family, "none") for r in rows])
            model = LogisticRegression(C=_REGULARISATION, solver="liblinear", max_iter=300)
            self.models[family] = model.fit(x, y, sample_weight=np.where(own, weight, weight / _NOTICE))

    def matrix(self, rows: list[Row]) -> csr_matrix:
        data, columns, ends = [], [], [0]
        for r in rows:
            for f in sorted(set(r.features)):
                if f in self.index:
                    columns.append(self.index[f])
                    data.append(_PAIR if "&" in f else 1.0)
            ends.append(len(columns))
        return csr_matrix((data, columns, ends), shape=(len(rows), len(self.index)))

    def scores(self, rows: list[Row]) -> np.ndarray[Any, Any]:
        x = self.matrix(rows)
        return np.stack([self.models[f].decision_function(x) for f in FAMILIES], axis=1)

    def data(self) -> dict[str, Any]:
        families = {}
        for family, model in self.models.items():
            weights = {
                name: round(float(model.coef_[0][i]) * (_PAIR if "&" in name else 1.0), 2)
                for name, i in self.index.items()
            }
            kept = {n: w for n, w in sorted(weights.items()) if abs(w) >= _SMALLEST}
            families[family] = {"bias": round(float(model.intercept_[0]), 2), "features": kept}
        return {
            "about": "Written by training/fit_notices.py: log odds of each feature, by family.",
            "families": families,
        }


def check(rows: list[Row], rest: list[Row]) -> None:
    """Prints what is found of the notices of languages that the fit hasn't seen."""
    for group in _GROUPS:
        held = [r for r in rows if r.lang in group and r.source == "own"]
        scores = Fit([r for r in rows if r.lang not in group] + rest).scores(held)
        found: dict[str, list[bool]] = {}
        for r, s in zip(held, scores, strict=True):
            top = int(s.argmax())
            hit = s[top] > 0.4 and (r.family == "none" or FAMILIES[top] == r.family)
            found.setdefault(r.family, []).append(bool(hit))
            if hit == (r.family == "none"):
                print(f"    {r.family} {r.lang} {FAMILIES[top]} {s[top]:.1f} {r.text[:110]}")
        shares = ", ".join(f"{f} {100 * sum(h) / len(h):.0f} % of {len(h)}" for f, h in found.items())
        print(f"left out {'/'.join(group)}: {shares}")


def main() -> None:
    """Fits, tells, writes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clean", type=Path, action="append", required=True)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--check", action="store_true", help="also fit without each group of languages")
    args = parser.parse_args()
    rows = list(written())
    rest = [r for path in args.clean for r in counterexamples(path, 1.0)]
    if args.pages:
        rest += counterexamples(args.pages, 0.5)
    print(f"{len(rows)} written examples, {len(rest)} counterexamples")
    if args.check:
        check(rows, rest)
    fit = Fit(rows + rest)
    scores = fit.scores(rest).max(axis=1)
    seen: set[str] = set()
    for i in np.argsort(-scores):
        if len(seen) >= 25:
            break
        if rest[i].text not in seen:
            seen.add(rest[i].text)
            print(f"  {scores[i]:5.1f} {rest[i].lang} {rest[i].text[:120]}")
    _OUT.write_text(json.dumps(fit.data(), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"wrote {_OUT.name}")


if __name__ == "__main__":
    main()
