"""``python -m tests.fuzz --seconds N``: inputs until the time is up, or ``--inputs N`` of them.

What doesn't hold is printed, made smaller and written to the folder ``--out``; the exit status is 1
then. Texts of our own making go to tests/data/found, where they are tests from then on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from cleantext.cleaner import Cleaner
from cleantext.finding import CleanResult
from tests.fuzz.check import MODES, contract, engines, report_comes_back
from tests.fuzz.mutate import Mutator
from tests.fuzz.targets import TARGETS

#: Hints: mostly none; what the lexicon has, what it hasn't, and what is no language.
LANGS = (None,) * 12 + ("en", "de", "ja", "yue", "pt-BR", "xx", "", "\ud800")


def smaller(text: str, fails: Callable[[str], bool], seconds: float = 20) -> str:
    """A text without the parts that it doesn't take to fail."""
    until = time.monotonic() + seconds
    size = max(1, len(text) // 2)
    while size and time.monotonic() < until:
        at = 0
        while at < len(text) and time.monotonic() < until:
            shorter = text[:at] + text[at + size :]
            if fails(shorter):
                text = shorter
            else:
                at += size
        size //= 2
    return text


class Fuzzer:
    """Counts what was tried; keeps what failed."""

    def __init__(self, seed: int, out: Path) -> None:
        self.mutator = Mutator(seed)
        self.chance = Random(seed + 1)
        self.cleaners = {mode: Cleaner(**settings) for mode, settings in MODES.items()}
        self.out = out
        self.counts: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        targets = {"text": 1000} | {name: share for name, (_, share) in TARGETS.items()}
        self._names, self._shares = list(targets), list(targets.values())

    def one(self) -> None:
        """One input."""
        name = self.chance.choices(self._names, self._shares)[0]
        self.counts[name] += 1
        if name == "text":
            self._text()
            return
        texts = [self.mutator.text() for _ in range(self.chance.randint(1, 4))]
        found = TARGETS[name][0](texts, self.chance)
        if found:
            self._failed(name, found, "\n".join(texts))

    def _text(self) -> None:
        text = self.mutator.text()
        mode = self.chance.choices(list(MODES), (6, 4, 1))[0]
        cleaner = self.cleaners[mode]
        lang = self.chance.choice(LANGS)
        why, result = contract(cleaner, text, lang)
        if result is not None and not why:
            fresh = self.mutator.learn(text, _signature(result))
            if self.chance.random() < (0.5 if fresh else 0.01):
                self.counts["reports that came back"] += 1
                why = report_comes_back(result, text)
            if not why and self.chance.random() < (0.3 if fresh else 0.02):
                self.counts["texts for both engines"] += 1
                why = engines(MODES[mode], text)
        if why:
            kind = why.partition(":")[0]
            again = (
                (lambda t: engines(MODES[mode], t))
                if kind == "engines"
                else (lambda t: contract(cleaner, t, lang)[0])
            )
            if kind not in ("time", "report") and self.failures[f"text {mode}", kind] < 30:  # type: ignore[index]
                text = smaller(text, lambda t: (again(t) or "").partition(":")[0] == kind)
                why = again(text) or why
            self._failed(f"text {mode}", why, text, lang)

    def _failed(self, name: str, why: str, text: str, lang: str | None = None) -> None:
        self.failures[name, why.partition(":")[0]] += 1  # type: ignore[index]
        key = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
        self.out.mkdir(parents=True, exist_ok=True)
        record = {"target": name, "why": why, "text": text, "lang": lang}
        (self.out / f"{name.replace(' ', '-')}-{key}.json").write_text(json.dumps(record, indent=1) + "\n")
        print(f"{name}: {why}\n  {text[:300]!a}", file=sys.stderr, flush=True)


def _signature(result: CleanResult) -> object:
    """The kind of what was found: neighbours of rules, what became of them, how sure they were."""
    findings = [(f.rule, f.action, int(f.confidence * 10)) for f in result.report.findings[:6]]
    return tuple(sorted(set(findings)))[:4]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=None)
    parser.add_argument("--inputs", type=int, default=None)
    parser.add_argument("--seed", type=int, default=7, help="the same seed, the same inputs")
    parser.add_argument("--out", type=Path, default=Path("fuzz-found"))
    parser.add_argument("--log", type=Path, help="write the counts there, each minute and at the end")
    given = parser.parse_args()
    if given.seconds is None and given.inputs is None:
        given.seconds = 60.0
    fuzzer = Fuzzer(given.seed, given.out)
    started = told = time.monotonic()
    done = 0

    def tell() -> None:
        counts = {
            "inputs": done,
            "seconds": round(time.monotonic() - started),
            "seed": given.seed,
            "kinds of findings": fuzzer.mutator.kinds,
            "by target": dict(fuzzer.counts),
            "failures": {" ".join(k): n for k, n in fuzzer.failures.items()},
        }
        if given.log:
            given.log.write_text(json.dumps(counts, indent=1) + "\n")
        print(json.dumps(counts), flush=True)

    while (given.inputs is None or done < given.inputs) and (
        given.seconds is None or time.monotonic() - started < given.seconds
    ):
        fuzzer.one()
        done += 1
        if time.monotonic() - told > 60:
            told = time.monotonic()
            tell()
    tell()
    return 1 if fuzzer.failures else 0


if __name__ == "__main__":
    sys.exit(main())
