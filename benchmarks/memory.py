"""Memory of a run: the most that any of its processes takes while it cleans a large file of JSON Lines.

``python -m benchmarks memory [--megabytes 2000] [--jobs 2] [--json FILE]``; the aim is 300 MB a worker at any size.
Memory is the peak of the resident set, read from /proc, so it needs Linux.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.speed import generate

_AIM = 300


def peaks(pid: int) -> dict[int, float]:
    """Megabytes that a process and each of its children have taken at most so far."""
    found = {}
    for one in (pid, *_children(pid)):
        try:
            status = Path(f"/proc/{one}/status").read_text()
        except OSError:  # it has ended
            continue
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                found[one] = int(line.split()[1]) / 1024
    return found


def _children(pid: int) -> list[int]:
    try:
        direct = [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [c for child in direct for c in (child, *_children(child))]


def measure(megabytes: float, jobs: int) -> dict[str, Any]:
    """A run over so many megabytes (10^6 bytes) of news-like documents."""
    block = "".join(json.dumps({"text": t}, ensure_ascii=False) + "\n" for t in generate(1000)).encode()
    with tempfile.TemporaryDirectory(prefix="cleantext-memory-") as folder:
        source = Path(folder) / "in.jsonl"
        size = 0
        with source.open("wb") as f:
            while size < megabytes * 1e6:
                f.write(block)
                size += len(block)
        command = [
            sys.executable,
            "-m",
            "cleantext",
            "run",
            str(source),
            f"{folder}/out",
            "-q",
            "-j",
            str(jobs),
        ]
        began = time.monotonic()
        process = subprocess.Popen(command)
        most: dict[int, float] = {}
        while process.poll() is None:
            most |= {pid: max(most.get(pid, 0), now) for pid, now in peaks(process.pid).items()}
            time.sleep(0.2)
    if process.returncode:
        raise SystemExit(f"the run ended with {process.returncode}")
    return {
        "megabytes": round(size / 1e6),
        "jobs": jobs,
        "seconds": round(time.monotonic() - began, 1),
        "first process": round(most.pop(process.pid)),
        "each other process at most": round(max(most.values(), default=0)),
    }


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks memory", description=__doc__)
    parser.add_argument("--megabytes", type=float, default=2000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    given = parser.parse_args(arguments)
    figures = measure(given.megabytes, given.jobs)
    print("| " + " | ".join(figures) + " |\n|" + " ---: |" * len(figures))
    print("| " + " | ".join(str(v) for v in figures.values()) + " |")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return int(max(figures["first process"], figures["each other process at most"]) > _AIM)
