"""Load: ``python -m tests.trust.load NAME [--share 0.01]``, a JSON line of figures; exit status 1 when memory grew.

threads    24 threads with one `Cleaner`: the same results as one thread
documents  10,000,000 short documents in one run
file       a file of 5 GB
files      200,000 files in a folder
soak       30 minutes of cleaning at full rate in one process

``--share`` makes each smaller by that factor, for a look in seconds. Memory is that of all processes
of a run, without what they share with each other counted twice (proportional set size).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.speed import generate

#: Memory at the end as a share of that after the first minute.
_MOST_GROWTH = 1.05

#: What a sampled figure may be off, in megabytes: a block that is under way, or isn't.
_SLACK = 12

_SHORT = (
    "The ferry to the islands leaves at eight from the new pier.",
    "Share on Facebook",
    "Die Brücke wird im Mai wieder geöffnet, sagte die Bürgermeisterin.",
    "Thanks a lot, the second answer solved it for me!",
    "2025-04-28 15:34834 view",
    "Мост закрыт до конца недели, сообщает город.",
    "I'd take the red one. Or none.",
    "They arrive on Marcus EriksonTuesday, kicking off a tour.",
)


def memory(pid: int) -> float:
    """Megabytes of a process and its children."""
    total = 0.0
    for one in (pid, *_children(pid)):
        try:
            for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) / 1024
        except OSError:  # it has ended
            continue
    return total


def _children(pid: int) -> Iterator[int]:
    try:
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield int(child)
            yield from _children(int(child))
    except OSError:
        return


def worked(pid: int) -> float:
    """Seconds of processor time of a process and its children, those that have ended too."""
    total = 0
    for one in (pid, *_children(pid)):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(n) for n in fields[11:15])
    return total / os.sysconf("SC_CLK_TCK")


def watched(command: list[str], expected: float) -> dict[str, Any]:
    """Runs a command and samples its memory; `expected` are the seconds that it is likely to take."""
    began = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    samples: list[tuple[float, float]] = []
    while process.poll() is None:
        now, seconds = memory(process.pid), worked(process.pid)
        if now and process.poll() is None:
            samples.append((seconds, now))
        time.sleep(min(2.0, max(0.05, expected / 200)))
    took = round(time.monotonic() - began)
    return {"status": process.returncode, "seconds": took} | flat(samples)


def flat(samples: list[tuple[float, float]]) -> dict[str, Any]:
    """Memory early and late, by seconds of processor time, for other work on the machine has no part in this.
    Early is the first minute but its begin, or the first fifth of a short run; late the last tenth but the very
    end, where a run writes its reports."""
    samples = samples or [(0.0, 0.0)]
    end = samples[-1][0]
    until = min(75.0, end / 5)
    early = [m for t, m in samples if 0.8 * until <= t <= until] or [samples[0][1]]
    late = [m for t, m in samples if 0.88 * end <= t <= 0.98 * end] or [samples[-1][1]]
    before, after = sum(early) / len(early), sum(late) / len(late)
    return {
        "processor seconds": round(end),
        "megabytes early": round(before, 1),
        "megabytes late": round(after, 1),
        "megabytes at most": round(max(m for _, m in samples), 1),
        "grew": after > before * _MOST_GROWTH + _SLACK,
    }


def accounted(out: Path, documents: int) -> dict[str, Any]:
    """The numbers of a run; they have to come to `documents`."""
    summary = json.loads((out / "summary.json").read_bytes())
    wrong = summary["in"] != documents or summary["in"] != sum(
        summary[k] for k in ("cleaned", "unchanged", "failed")
    )
    return {
        "documents": summary["in"],
        "cleaned": summary["cleaned"],
        "failed": summary["failed"],
        "wrong": wrong,
    }


def clean(source: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "cleantext", "run", str(source), str(out), "--jobs", "2", "--quiet"]


def threads(share: float, folder: Path) -> dict[str, Any]:
    """One `Cleaner`, 24 threads, every text in another order."""
    from cleantext import Cleaner

    texts = [*generate(max(8, int(400 * share))), *_SHORT]
    cleaner = Cleaner()
    wanted = [repr(cleaner.clean(t)) for t in texts]

    def work(number: int) -> int:
        order = list(range(len(texts)))
        random.Random(number).shuffle(order)
        return sum(repr(cleaner.clean(texts[i])) != wanted[i] for i in order)

    began = time.monotonic()
    with ThreadPoolExecutor(24) as pool:
        wrong = sum(pool.map(work, range(24)))
    return {
        "documents": 24 * len(texts), "seconds": round(time.monotonic() - began), "other results": wrong, "wrong": wrong > 0,
    }  # fmt: skip


def documents(share: float, folder: Path) -> dict[str, Any]:
    count = int(10_000_000 * share)
    path = folder / "short.jsonl"
    with path.open("w", encoding="utf-8") as f:
        for n in range(0, count, 1000):
            f.write(
                "".join(
                    f'{{"id": {i}, "text": "{_SHORT[i * 7 % 8]} {i}"}}\n'
                    for i in range(n, min(n + 1000, count))
                )
            )
    figures = watched(clean(path, folder / "out"), count / 10_000)
    return figures | accounted(folder / "out", count)


def file(share: float, folder: Path) -> dict[str, Any]:
    size = int(5_000_000_000 * share)
    rows = [json.dumps({"text": t}, ensure_ascii=False) + "\n" for t in generate(2000)]
    path = folder / "large.jsonl"
    written = count = 0
    with path.open("wb") as f:
        block = "".join(rows).encode()
        while written < size:
            f.write(block)
            written += len(block)
            count += len(rows)
    figures = watched(clean(path, folder / "out"), written / 8_000_000)
    return figures | accounted(folder / "out", count) | {"megabytes": written // 1_000_000}


def files(share: float, folder: Path) -> dict[str, Any]:
    count = int(200_000 * share)
    texts = generate(500)
    for n in range(count):
        if n % 1000 == 0:
            (folder / "in" / str(n // 1000)).mkdir(parents=True)
        (folder / "in" / str(n // 1000) / f"{n}.txt").write_text(texts[n % 500][:1200], encoding="utf-8")
    figures = watched(clean(folder / "in", folder / "out"), count / 1000)
    return figures | accounted(folder / "out", count)


_SOAK = """
import random, sys, time
from benchmarks.speed import generate
from cleantext import Cleaner
from tests.fuzz.mutate import Mutator
cleaner, mutator, chance = Cleaner(), Mutator(3), random.Random(4)
plain = generate(300)
# What of the lexicon is worked out when it is first met stays; there is an end to it, so it goes first.
for piece in mutator.pieces:
    cleaner.clean(piece)
until = time.monotonic() + float(sys.argv[1])
done = 0
while time.monotonic() < until:
    pieces = chance.sample(plain, 3)
    text = pieces[0] + "\\n" + mutator.text() + f"\\n{done} " + pieces[1] + f" {done}\\n" + mutator.text()
    cleaner.clean(text, chance.choice((None, None, "en", "de", "ja")))
    done += 1
print(done, file=sys.stderr)
"""


def soak(share: float, folder: Path) -> dict[str, Any]:
    """Texts that are all different: prose, noise, what fuzzing makes."""
    return watched([sys.executable, "-c", _SOAK, str(1800 * share)], 1800 * share)


LOADS: dict[str, Callable[[float, Path], dict[str, Any]]] = {
    f.__name__: f for f in (threads, documents, file, files, soak)
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust.load", description=__doc__)
    parser.add_argument("name", choices=LOADS)
    parser.add_argument("--share", type=float, default=1.0)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="cleantext-load-"))
    try:
        figures = LOADS[given.name](given.share, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps({"load": given.name, "share": given.share} | figures), flush=True)
    return int(bool(figures.get("grew") or figures.get("wrong") or figures.get("status", 0)))


if __name__ == "__main__":
    sys.exit(main())
