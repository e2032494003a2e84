"""`python -m benchmarks profile`, or `speed [--smoke] [--corpus FILE] [--rounds N] [--json FILE]`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks import (
    compare,
    confidence,
    guard,
    linear,
    memory,
    profile,
    report_page,
    rules,
    scaling,
    speed,
    startup,
    where,
)


def main() -> int:
    """Runs one benchmark and prints its table."""
    apart = {
        "compare": compare.main,
        "confidence": confidence.main,
        "guard": guard.main,
        "linear": linear.main,
        "memory": memory.main,
        "profile": profile.main,
        "report": report_page.main,
        "rules": rules.main,
        "scaling": scaling.main,
        "startup": startup.main,
        "where": where.main,
    }
    if sys.argv[1:2] and sys.argv[1] in apart:
        return apart[sys.argv[1]](sys.argv[2:])
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("what", choices=["speed"])
    parser.add_argument("--smoke", action="store_true", help="a second of it: that it runs, not how fast")
    parser.add_argument("--corpus", type=Path, help="a UTF-8 file, documents set apart by blank lines")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    args = parser.parse_args()
    if args.corpus:
        documents = [d for d in args.corpus.read_text(encoding="utf-8").split("\n\n") if d.strip()]
    else:
        documents = speed.generate(40 if args.smoke else 1500)
    figures = speed.measure(documents, rounds=1 if args.smoke else args.rounds)
    print(speed.table(figures))
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
