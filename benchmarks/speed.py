"""`clean` with its report beside ftfy and C4's line rules, in interleaved rounds on one core.

Peers: `ftfy.fix_text`, and the line rules of C4 (Raffel et al. 2020, section 2.2) written out here
without sentence counting. Time is CPU time of this process; the text is generated, the same each time.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

import ftfy

import cleantext

_WORDS = (
    "the harbour bridge river council mayor ferry station winter market closed opened said that would be for of "
    "and in on with after before year week money people house street water light train plan report school vote "
    "new old long small late early north south open several many three two first last next against under between"
).split()
_NOISE = (
    "2025-04-28 15:34834 view\n2025-04-28 15:192932 view",
    "This page has affiliate links: if you order through them, we get a small commission.",
    "Share on Facebook Share on Twitter",
    "Related articles\nA ferry sinks off Oslo\nWhy rivers flood",
    "They arrive on Marcus EriksonTuesday, kicking off a tour of three towns.",
    "The city council voted late in the evening to close three of its libraries, a decision that c",
)


def generate(documents: int, seed: int = 7) -> list[str]:
    """News-like documents of 1 to 4 kB; every third holds a piece of noise."""
    rng = random.Random(seed)
    out = []
    for n in range(documents):
        paragraphs = []
        for _ in range(rng.randint(4, 10)):
            sentences = []
            for _ in range(rng.randint(2, 5)):
                words = rng.choices(_WORDS, k=rng.randint(8, 22))
                sentences.append(" ".join(words).capitalize() + ".")
            paragraphs.append(" ".join(sentences))
        if n % 3 == 0:
            paragraphs.insert(rng.randrange(len(paragraphs)), rng.choice(_NOISE))
        out.append("\n".join(paragraphs))
    return out


def c4_lines(text: str) -> str:
    """Keeps lines of five words or more that end in a terminal mark and hold no policy phrase."""
    kept = []
    for line in text.split("\n"):
        s = line.strip()
        lower = s.lower()
        if not s.endswith((".", "!", "?", '"')) or s.endswith("...") or len(s.split()) < 5:
            continue
        if "javascript" in lower or "{" in s or "lorem ipsum" in lower or "cookie" in lower:
            continue
        kept.append(s)
    return "\n".join(kept)


def measure(documents: list[str], rounds: int) -> dict[str, dict[str, float]]:
    """Median seconds of CPU time and megabytes (10^6 bytes of UTF-8) a second of each cleaner."""
    cleaners: dict[str, Callable[[str], object]] = {
        "cleantext.clean with its report": cleantext.clean,
        "ftfy.fix_text": ftfy.fix_text,
        "C4 line rules": c4_lines,
    }
    for run in cleaners.values():
        run(documents[0])
    times: dict[str, list[float]] = {name: [] for name in cleaners}
    for _ in range(rounds):
        for name, run in cleaners.items():
            start = time.process_time()
            for d in documents:
                run(d)
            times[name].append(time.process_time() - start)
    size = sum(len(d.encode()) for d in documents) / 1e6
    base = statistics.median(times["ftfy.fix_text"])
    out = {}
    for name, ts in times.items():
        seconds = statistics.median(ts)
        out[name] = {"seconds": seconds, "mb_per_s": size / seconds, "times_ftfy": base / seconds}
    return out


def table(figures: dict[str, dict[str, float]]) -> str:
    """The figures as Markdown."""
    rows = ["| cleaner | MB/s | times ftfy |", "| --- | ---: | ---: |"]
    rows += [f"| {name} | {f['mb_per_s']:.1f} | {f['times_ftfy']:.1f} |" for name, f in figures.items()]
    return "\n".join(rows)
