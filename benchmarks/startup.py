"""How long the first moments take. ``python -m benchmarks startup``.

Medians of fresh processes, with the cache warm: `import cleantext` and the first `clean` are timed
inside (from before the import), `cleantext --version` from outside, with the interpreter's own start.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

#: What each is to take at most, in milliseconds.
TARGETS = {"import cleantext": 60, "cleantext --version": 150, "first clean": 300}

_IMPORT = "import time; t = time.perf_counter(); import cleantext; print(time.perf_counter() - t)"
_CLEAN = (
    "import time; t = time.perf_counter(); import cleantext; "
    "cleantext.clean('The bridge opens in May.\\nShare on Facebook\\n'); print(time.perf_counter() - t)"
)


def _inside(code: str) -> float:
    """Seconds that a fresh process prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def _version() -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "cleantext", "--version"], capture_output=True, check=True)
    return time.perf_counter() - started


def measure(rounds: int) -> dict[str, float]:
    """Milliseconds, the median of so many processes."""
    runs: dict[str, Callable[[], float]] = {
        "import cleantext": lambda: _inside(_IMPORT),
        "cleantext --version": _version,
        "first clean": lambda: _inside(_CLEAN),
    }
    _inside(_CLEAN)  # warms the cache
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            times[name].append(run())
    return {name: 1000 * statistics.median(found) for name, found in times.items()}


def heaviest(count: int) -> list[tuple[str, float]]:
    """The modules whose import takes longest by itself, in milliseconds."""
    done = subprocess.run(
        [
            sys.executable,
            "-X",
            "importtime",
            "-c",
            "import cleantext; cleantext.clean('By Otto Edith\\nYes.\\n')",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    found = []
    for line in done.stderr.splitlines():
        fields = line.removeprefix("import time:").split("|")
        if len(fields) == 3 and fields[0].strip().isdigit():
            found.append((fields[2].strip(), int(fields[0]) / 1000))
    return sorted(found, key=lambda f: -f[1])[:count]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks startup", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--modules", type=int, default=0, help="print the heaviest modules as well")
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    given = parser.parse_args(arguments)
    figures = measure(given.rounds)
    print("| what | ms | at most |\n| --- | ---: | ---: |")
    for name, took in figures.items():
        print(f"| {name} | {took:.0f} | {TARGETS[name]} |")
    for name, took in heaviest(given.modules) if given.modules else []:
        print(f"| `{name}` | {took:.1f} | |")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0 if all(figures[name] <= most for name, most in TARGETS.items()) else 1
