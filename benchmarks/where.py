"""Where the time of `clean` goes, by kind of text. ``python -m benchmarks where [--texts NAME=FILE]...``.

CPU time of each step without the steps inside of it, over documents cleaned one after the other when all is
compiled; asking the clock costs some per cent of the whole. The texts are made of the repository's samples,
or those of files: JSON lines with ``noisy`` (as for `cleantext eval`) or ``text``.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import ftfy

from benchmarks.markdown import put_between

ROOT = Path(__file__).resolve().parents[1]
#: Rules whose share of every kind of text is below this are told together.
_LITTLE = 0.02

Texts = dict[str, list[str]]


class Clock:
    """Seconds by step, each without those of the steps that it calls."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = 0.0

    def timed(self, step: str, function: Callable[..., Any], *, whole: bool = False) -> Callable[..., Any]:
        """`function`, with its time put down to `step`; `whole` for generators, which are exhausted."""

        def call(*args: Any, **more: Any) -> Any:
            self._turn(step)
            try:
                result = function(*args, **more)
                return list(result) if whole else result
            finally:
                self._turn(None)

        return call

    def _turn(self, step: str | None) -> None:
        now = time.thread_time()
        if self._open:
            self.steps[self._open[-1]] += now - self._since
        if step is None:
            self._open.pop()
        else:
            self._open.append(step)
        self._since = time.thread_time()


def instrumented(clock: Clock) -> Callable[[str], Any]:
    """`clean` with default settings, every step of which the clock sees."""
    import cleantext.cleaner as module
    import cleantext.language as language

    cleaner = module.Cleaner()
    program = cleaner._compiled()
    program.scanner.scan = clock.timed("scan", program.scanner.scan)  # type: ignore[method-assign]
    program.sieve.hits = clock.timed("sieve", program.sieve.hits)  # type: ignore[method-assign]
    for rule in program.rules:
        rule.find = clock.timed(rule.code, rule.find, whole=True)  # type: ignore[method-assign]
        rule.judge = clock.timed(rule.code, rule.judge, whole=True)  # type: ignore[method-assign]
    module.Document = clock.timed("lines and folding", module.Document)  # type: ignore[misc, assignment]
    module.resolve = clock.timed("resolve", module.resolve)  # type: ignore[assignment]
    language.guess = clock.timed("guess of the language", language.guess)  # type: ignore[assignment]
    return clock.timed("the rest", cleaner.clean)


def samples() -> Texts:
    """Documents of about 3 kB in each kind, of paragraphs of the samples in chance order."""
    chance = random.Random(7)

    def made(folder: str, *langs: str) -> list[str]:
        paths = sorted((ROOT / "corpus_samples" / folder).glob("*.txt"))
        texts = [p.read_bytes().decode("utf-8") for p in paths if not langs or p.name[:2] in langs]
        lines = [line for text in texts for line in text.split("\n") if line.strip()]
        out = []
        for _ in range(100):
            document, size = [], 0
            while size < 3_000:
                document.append(chance.choice(lines))
                size += len(document[-1].encode())
            out.append("\n".join(document))
        return out

    return {
        "English, clean": made("expected", "en"),
        "English, with noise": made("input", "en"),
        "Chinese and Japanese, clean": made("expected", "zh", "ja"),
        "27 languages, clean": made("expected"),
    }


def read_texts(path: str) -> list[str]:
    """The texts in a file of JSON lines."""
    entries = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    return [entry["noisy"] if "noisy" in entry else entry["text"] for entry in entries]


def measure(kinds: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """Kind -> seconds by step; and under ``MB`` and ``ftfy`` megabytes and the seconds of ftfy."""
    clock = Clock()
    clean = instrumented(clock)
    out = {}
    for kind, texts in kinds.items():
        for text in texts:  # what is loaded at first use isn't measured
            clean(text)
        clock.steps.clear()
        for text in texts:
            clean(text)
        steps = dict(clock.steps)
        began = time.thread_time()
        for text in texts:
            ftfy.fix_text(text)
        steps["ftfy"] = time.thread_time() - began
        steps["MB"] = sum(len(t.encode("utf-8", "surrogatepass")) for t in texts) / 1e6
        out[kind] = steps
    return out


def table(figures: Mapping[str, Mapping[str, float]]) -> str:
    """The figures as Markdown: shares of the time by step, the largest first; below, the rate."""
    from cleantext.rules import all_rules

    names = {rule.code: f"{rule.code} {rule.name}" for rule in all_rules()}
    apart = ("MB", "ftfy")
    totals = {
        kind: sum(s for name, s in steps.items() if name not in apart) for kind, steps in figures.items()
    }
    shares: dict[str, dict[str, float]] = {}
    for kind, steps in figures.items():
        for name, seconds in steps.items():
            if name not in apart:
                shares.setdefault(name, {})[kind] = seconds / totals[kind]
    little = [n for n, row in shares.items() if n in names and max(row.values()) < _LITTLE]
    rows = {names.get(n, n): row for n, row in shares.items() if n not in little}
    if little:
        together = {kind: sum(shares[n].get(kind, 0.0) for n in little) for kind in figures}
        rows[f"{len(little)} other rules"] = together
    order = sorted(rows, key=lambda n: -sum(rows[n].values()))
    out = [f"| step | {' | '.join(figures)} |", f"| --- |{' ---: |' * len(figures)}"]
    out += [
        f"| {n} | {' | '.join(f'{100 * rows[n].get(kind, 0.0):.0f} %' for kind in figures)} |" for n in order
    ]
    rates = (f"{steps['MB'] / totals[kind]:.1f}" for kind, steps in figures.items())
    times = (f"{steps['ftfy'] / totals[kind]:.1f}" for kind, steps in figures.items())
    out += [f"| **MB/s** | {' | '.join(rates)} |", f"| **times ftfy** | {' | '.join(times)} |"]
    return "\n".join(out)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks where", description=__doc__)
    parser.add_argument("--texts", action="append", metavar="NAME=FILE", help="a kind of text of your own")
    parser.add_argument("--into", type=Path, help="a page that takes the table between its marks")
    parser.add_argument("--mark", default="samples", help="which marks")
    given = parser.parse_args(arguments)
    kinds = (
        {n: read_texts(f) for n, _, f in (t.partition("=") for t in given.texts)}
        if given.texts
        else samples()
    )
    text = table(measure(kinds))
    print(text)
    if given.into:
        put_between(given.into, given.mark, text)
    return 0
