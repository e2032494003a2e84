"""Whether twice the text takes twice the time, for texts made to be slow. ``python -m benchmarks linear``.

Each shape is cleaned at growing sizes until that takes long enough to be measured, then at that
size and at twice that, several times; what counts is the CPU time of the quickest. What looks
suspicious is measured again at a larger size, where what isn't linear shows and the steps of memory and
of the garbage collector don't. A shape runs in a process of its own with a limit, so that one that
isn't linear can't stop the others.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.shapes import AWAKE, Shape, all_shapes

#: Twice the text may take this much longer.
RATIO = 2.2
#: From this ratio upwards a shape is measured once more, with texts that take this many times as long.
_SUSPICIOUS, _LONGER = 2.1, 6
_FIRST = 4_000
#: The clock's steps: what takes less isn't measured.
_TICK = 0.01


def measure(
    run: Callable[[str], object], shape: Shape, enough: float, largest: int, more: bool = True
) -> dict[str, Any]:
    """Seconds of CPU time at a size and at twice that, and their ratio."""
    size = _FIRST
    while True:
        took = _time(run, shape.build(size))
        if took >= enough or size * 2 >= largest:
            break
        # a first jump, then doubling: a shape that isn't linear must not run away
        size *= 8 if took * 64 < enough and size * 16 < largest else 2
    once, twice = shape.build(size), shape.build(2 * size)
    best = [took, float("inf")]
    for _ in range(5):
        best[1] = min(best[1], _time(run, twice))
        if best[1] / best[0] <= _SUSPICIOUS:
            break
        best[0] = min(best[0], _time(run, once))
    if best[1] / best[0] > _SUSPICIOUS and more and size * 2 < largest:
        return measure(run, shape, enough * _LONGER, largest, more=False)
    return {
        "group": shape.group,
        "shape": shape.name,
        "size": len(once),
        "seconds": best[0],
        "seconds_twice": best[1],
        "ratio": best[1] / best[0],
        "chars_per_s": len(twice) / best[1],
    }


def _time(run: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    run(text)
    return max(time.process_time() - started, _TICK)


def _child(pipe: Any, run: Callable[[str], object], shape: Shape, given: argparse.Namespace) -> None:
    gc.freeze()  # what the parent built is nobody's garbage
    resource.setrlimit(resource.RLIMIT_CPU, (given.limit, given.limit + 1))
    pipe.send(measure(run, shape, given.seconds, given.largest))


def _apart(run: Callable[[str], object], shape: Shape, given: argparse.Namespace) -> dict[str, Any]:
    """The figures of a shape, from a process of its own."""
    context = multiprocessing.get_context("fork")
    mine, its = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(its, run, shape, given))
    process.start()
    its.close()
    try:
        figures: dict[str, Any] = mine.recv()
    except EOFError:
        figures = {"group": shape.group, "shape": shape.name, "failed": f"no end within {given.limit} s"}
    process.join()
    return figures


def passes(figures: dict[str, Any]) -> bool:
    """Whether a shape is linear."""
    return figures.get("ratio", 99.0) <= RATIO


def table(figures: list[dict[str, Any]], count: int) -> str:
    """The worst ones as Markdown, and a line on all."""
    worst = sorted(figures, key=lambda f: (passes(f), -f.get("ratio", 99.0)))[:count]
    rows = [
        f"{sum(map(passes, figures))} of {len(figures)} shapes take at most {RATIO} times as long for twice the text.\n",
        "| of | shape | code points | seconds | seconds for twice that | ratio |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    for f in worst:
        name = f"`{f['shape'].replace('|', chr(92) + '|')}`"
        if "failed" in f:
            rows.append(f"| {f['group']} | {name} | {f['failed']} | | | |")
        else:
            rows.append(
                f"| {f['group']} | {name} | {f['size']:,} | {f['seconds']:.3f} | {f['seconds_twice']:.3f} | {f['ratio']:.2f} |"
            )
    return "\n".join(rows)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks linear", description=__doc__)
    parser.add_argument("--only", default="", help="shapes whose group and name hold this")
    parser.add_argument("--seconds", type=float, default=0.1, help="how long a text shall take at least")
    parser.add_argument("--largest", type=int, default=2_000_000, help="code points of the longest text")
    parser.add_argument("--limit", type=int, default=60, help="seconds of CPU time for a shape")
    parser.add_argument("--rows", type=int, default=25, help="how many of the worst to print")
    parser.add_argument("--smoke", action="store_true", help="every tenth shape, briefly")
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    given = parser.parse_args(arguments)
    if given.smoke:
        given.seconds, given.largest = 0.03, 100_000
    from cleantext import Cleaner

    # the whole text may go, so that edits are made and further passes follow
    run = Cleaner(mode="aggressive", budget=1.0, unsafe_edits=True).clean
    for warm in (AWAKE, AWAKE.replace(". ", ".\n"), "A\n" * 40):
        run(warm)
    shapes = [s for s in all_shapes() if given.only in f"{s.group} {s.name}"]
    shapes = shapes[::10] if given.smoke else shapes
    figures = []
    for n, shape in enumerate(shapes, 1):
        figures.append(_apart(run, shape, given))
        if not passes(figures[-1]):
            print(f"{n}/{len(shapes)} {figures[-1]}", file=sys.stderr, flush=True)
    print(table(figures, given.rows))
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0 if all(map(passes, figures)) else 1
