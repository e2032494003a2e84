"""Time and memory against size: text, a line, lines, findings, rules, phrases, documents.

``python -m benchmarks scaling [--smoke] [--json FILE]``. Each dimension is measured at three sizes, each twice the one
before, in a process of its own: CPU time of the quickest of three, and by how much the process's peak of memory grew.
`benchmarks linear` has the shapes made to be slow; here is what grows in use.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.speed import generate

_LINE = "The council closed the bridge over the river for the winter, and nobody knows why it said so. "


def _text(size: int) -> Callable[[], object]:
    from cleantext import clean

    text = "\n".join(generate(max(1, size)))
    return lambda: clean(text)


def _line(size: int) -> Callable[[], object]:
    from cleantext import clean

    text = _LINE * (20 * size)
    return lambda: clean(text)


def _lines(size: int) -> Callable[[], object]:
    from cleantext import clean

    text = "".join(f"{_LINE}{n}\n" for n in range(20 * size))
    return lambda: clean(text)


def _findings(size: int) -> Callable[[], object]:
    from cleantext import Cleaner

    text = "".join(f"{_LINE}{n}\n2025-04-28 15:34{n} view\n\n" for n in range(10 * size))
    cleaner = Cleaner(budget=1.0)
    return lambda: cleaner.clean(text)


def _rules(size: int) -> Callable[[], object]:
    from cleantext import Cleaner
    from cleantext.rules import all_rules

    rules = [r.code for r in all_rules()]
    cleaner = Cleaner(select=tuple(rules[: max(1, len(rules) * min(size, 400) // 400)]))
    text = "\n".join(generate(100))
    return lambda: cleaner.clean(text)


def _phrases(size: int) -> Callable[[], object]:
    from cleantext import Cleaner

    cleaner = Cleaner(protect=tuple(f"bridge number {n}" for n in range(25 * size)))
    text = "\n".join(generate(100))
    return lambda: cleaner.clean(text)


def _documents(size: int) -> Callable[[], object]:
    from cleantext import Cleaner

    texts = generate(max(1, size))
    cleaner = Cleaner()
    return lambda: [len(cleaner.clean(text).text) for text in texts]


#: What grows, and the work for a size; 400 is the largest, of about a megabyte where it is the text that grows.
DIMENSIONS: dict[str, Callable[[int], Callable[[], object]]] = {
    "text length": _text,
    "line length": _line,
    "lines": _lines,
    "findings": _findings,
    "rules": _rules,
    "protected phrases": _phrases,
    "documents": _documents,
}


def _child(pipe: Any, name: str, size: int) -> None:
    from cleantext import clean

    for text in generate(40):  # what is worked out at first use
        clean(text)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    work = DIMENSIONS[name](size)
    work()
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    pipe.send((best, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024))


def measure(name: str, size: int) -> tuple[float, float]:
    """Seconds of CPU time, and megabytes beyond what the process had before."""
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(its, name, size))
    process.start()
    its.close()
    try:
        seconds, megabytes = mine.recv()
    except EOFError:
        raise SystemExit(f"{name} at {size}: the process died") from None
    finally:
        process.join()
    return float(seconds), float(megabytes)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks scaling", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="small: that it runs")
    parser.add_argument("--size", type=int, default=400, help="of the largest  [default: 400]")
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    given = parser.parse_args(arguments)
    largest = 8 if given.smoke else given.size
    sizes = (largest // 4, largest // 2, largest)
    print(
        "| what grows | "
        + " | ".join(f"s at {s}" for s in sizes)
        + " | ratios | MB at "
        + ", ".join(map(str, sizes))
    )
    print("| --- |" + " ---: |" * len(sizes) + " --- | --- |")
    figures = []
    for name in DIMENSIONS:
        found = [measure(name, size) for size in sizes]
        seconds = [s for s, _ in found]
        ratios = [b / max(a, 1e-9) for a, b in pairwise(seconds)]
        memory = [m for _, m in found]
        figures.append(
            {"what": name, "sizes": sizes, "seconds": seconds, "ratios": ratios, "megabytes": memory}
        )
        print(
            f"| {name} | " + " | ".join(f"{s:.4f}" for s in seconds) + " | "
            + ", ".join(f"{r:.2f}" for r in ratios) + " | " + ", ".join(f"{m:.0f}" for m in memory) + " |",
            flush=True,
        )  # fmt: skip
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
