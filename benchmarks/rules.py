"""How often each rule's edits are right. ``python -m benchmarks rules --gold FILE --note WORDS --write``.

The texts are those of a file in the form of `cleantext eval`, and the repository's samples. An edit is right
if nine tenths of what it takes is noise, in code points that aren't blank. ``--write`` keeps the figures in
the package, where `cleantext explain` and the site's pages of rules have them from; WORDS say what the texts are.
"""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Iterable
from pathlib import Path

from benchmarks.compare import samples
from cleantext import Cleaner, __version__
from cleantext.evaluation.align import removed
from cleantext.evaluation.gold import Gold, read_gold
from cleantext.report.rule_page import FIGURES

#: An edit is right if so much of what it takes is noise.
RIGHT = 0.9


def measure(texts: Iterable[Gold]) -> dict[str, dict[str, int]]:
    """Rule -> how many edits it made, and how many of them were right, in the balanced mode."""
    cleaner = Cleaner()
    counts: dict[str, dict[str, int]] = {}
    for gold in texts:
        text = gold.noisy
        edits = cleaner.clean(text).report.edits
        if not edits:
            continue
        noise = bytearray(len(text))
        for start, end in removed(text, gold.clean):
            noise[start:end] = b"\x01" * (end - start)
        for f in edits:
            changed = [(f.start, f.end)]
            if f.action == "replace":
                changed = [(f.start + a, f.start + b) for a, b in removed(f.text, f.replacement)]
            marks = [noise[n] for a, b in changed for n in range(a, b) if not text[n].isspace()]
            count = counts.setdefault(f.rule, {"edits": 0, "right": 0})
            count["edits"] += 1
            count["right"] += sum(marks) >= RIGHT * len(marks)
    return dict(sorted(counts.items()))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks rules", description=__doc__)
    parser.add_argument("--gold", action="append", default=[], metavar="FILE")
    parser.add_argument("--note", default="the samples of the repository", help="what the texts are")
    parser.add_argument("--write", action="store_true", help="keep the figures in the package")
    given = parser.parse_args(arguments)
    texts = [g for path in given.gold for g in read_gold(path)] + samples()
    rules = measure(texts)
    for code, count in rules.items():
        print(f"{code}  {count['edits']:6,}  {100 * count['right'] / count['edits']:6.2f} %")
    if given.write:
        figures = {
            "texts": len(texts),
            "languages": len({t.lang for t in texts}),
            "note": given.note,
            "month": datetime.date.today().strftime("%Y-%m"),
            "version": __version__,
            "rules": rules,
        }
        path = Path(__file__).parents[1] / "cleantext" / "report" / FIGURES
        path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0
