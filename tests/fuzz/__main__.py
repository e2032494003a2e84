"""``python -m tests.fuzz --seconds N``: inputs until the time is up, or ``--inputs N`` of them.

``--jobs 2`` does it in two processes, each with a seed of its own, and tells the sum.

What doesn't hold is printed, made smaller and written to the folder ``--out``; the exit status is 1
then. Texts of our own making go to tests/data/found, where they are tests from then on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from cleantext.cleaner import Cleaner
from cleantext.finding import CleanResult
from tests.fuzz.check import MODES, contract, engines, report_comes_back
from tests.fuzz.mutate import Mutator
from tests.fuzz.targets import TARGETS

#: Hints: mostly none; what the lexicon has, what it hasn't, and what is no language.
LANGS = (None,) * 12 + ("en", "de", "ja", "yue", "pt-BR", "xx", "", "\ud800")


#: Code points of the half of the texts that are short.
_SHORT = 120


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
        if self.chance.random() < 0.5:  # many short ones, for combinations; long ones, for what is far apart
            at = self.chance.randint(0, max(0, len(text) - _SHORT))
            text = text[at : at + _SHORT]
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


def several(given: argparse.Namespace) -> int:
    """As many processes as `given` says; their counts together. One that dies is a failure too."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        logs = [Path(folder) / f"{i}.json" for i in range(given.jobs)]
        running = []
        for i, log in enumerate(logs):
            command = [sys.executable, "-m", "tests.fuzz", "--seed", str(given.seed + i), "--log", str(log)]
            command += ["--out", str(given.out)]
            if given.seconds is not None:
                command += ["--seconds", str(given.seconds)]
            if given.inputs is not None:
                command += ["--inputs", str(-(-given.inputs // given.jobs))]
            running.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))
        while True:
            ended = [process.poll() is not None for process in running]
            counts = together([json.loads(log.read_bytes()) for log in logs if log.exists()])
            counts |= {"seconds": round(time.monotonic() - started), "seeds": [given.seed, given.jobs]}
            if given.log:
                given.log.write_text(json.dumps(counts, indent=1) + "\n")
            if all(ended):
                break
            time.sleep(1)
    print(json.dumps(counts), flush=True)
    codes = [process.returncode for process in running]
    if any(code not in (0, 1) for code in codes):
        print(f"processes ended with {codes}", file=sys.stderr)
    return int(any(codes))


def together(logs: list[dict[str, Any]]) -> dict[str, Any]:
    """The sums of several counts; of the kinds of findings, which are the same ones often, the most."""
    targets: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    for log in logs:
        targets.update(log["by target"])
        failures.update(log["failures"])
    return {
        "inputs": sum(log["inputs"] for log in logs),
        "kinds of findings": max((log["kinds of findings"] for log in logs), default=0),
        "by target": dict(targets),
        "failures": dict(failures),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=None)
    parser.add_argument("--inputs", type=int, default=None)
    parser.add_argument("--seed", type=int, default=7, help="the same seed, the same inputs")
    parser.add_argument("--out", type=Path, default=Path("fuzz-found"))
    parser.add_argument("--log", type=Path, help="write the counts there, every half minute and at the end")
    parser.add_argument("--jobs", type=int, default=1, help="processes, with the seeds from --seed on")
    given = parser.parse_args()
    if given.seconds is None and given.inputs is None:
        given.seconds = 60.0
    if given.jobs > 1:
        return several(given)
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
            partial = given.log.with_suffix(".partial")
            partial.write_text(json.dumps(counts, indent=1) + "\n")
            partial.replace(given.log)
        print(json.dumps(counts), flush=True)

    while (given.inputs is None or done < given.inputs) and (
        given.seconds is None or time.monotonic() - started < given.seconds
    ):
        fuzzer.one()
        done += 1
        if time.monotonic() - told > 30:
            told = time.monotonic()
            tell()
    tell()
    return 1 if fuzzer.failures else 0


if __name__ == "__main__":
    sys.exit(main())
