"""Known failures, each a strict expected failure: a gain is noticed, and taken off the list.

`data/known_failures.json` names them; `UPDATE_KNOWN=1 python -m tests.known` writes it anew.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent
PATH = ROOT / "data" / "known_failures.json"
REASON = "not reached yet: see docs/roadmap.md"


def cases(kind: str, names: Iterable[str]) -> list[object]:
    """The names as test parameters, those that are known to fail marked so."""
    known = set(json.loads(PATH.read_text(encoding="utf-8"))[kind])
    return [
        pytest.param(n, marks=pytest.mark.xfail(reason=REASON, strict=True), id=n)
        if n in known
        else pytest.param(n, id=n)
        for n in names
    ]


def main() -> int:
    """Writes the list as things are now."""
    import cleantext

    samples = ROOT.parent / "corpus_samples"

    def text(folder: str, name: str) -> str:
        return (samples / folder / f"{name}.txt").read_bytes().decode("utf-8")

    names = sorted(p.stem for p in (samples / "input").glob("*.txt"))
    lines = (ROOT / "data" / "lookalikes.jsonl").read_text(encoding="utf-8").split("\n")
    records = [json.loads(line) for line in lines if line]
    found = {
        "samples": [n for n in names if cleantext.clean(text("input", n)).text != text("expected", n)],
        "expected": [n for n in names if cleantext.clean(text("expected", n)).text != text("expected", n)],
        "lookalikes": [r["id"] for r in records if cleantext.clean(r["text"]).text != r["text"]],
    }
    for kind, failing in found.items():
        print(f"{kind}: {len(failing)} known failures")
    if os.environ.get("UPDATE_KNOWN"):
        PATH.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
