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

# Words of several languages: web text isn't ASCII, and cleaners differ in what that costs them.
_WORDS = {
    "en": "the harbour bridge river council mayor ferry station winter market café closed opened said that would be for of "
    "and in on with after before year week money people house street water light train plan naïve report school vote",
    "de": "die der das Brücke über Fluß Bürgermeister Fähre Bahnhof Winter für Straße Häuser größer später nächste Woche Jahr "
    "und oder mit nach vor geschlossen geöffnet sagte daß würde Geld Menschen Wasser Licht Zug Plan Bericht Schule",
    "fr": "le la les pont rivière préfet évêque été hiver marché fermé ouvert après avant année semaine élection où déjà "
    "et dans pour avec sur eau lumière train école vote être très français ancienne première dernière également",
    "ru": "мост река мэр паром вокзал зима рынок закрыт открыт сказал что будет для и в на с после до года неделя деньги "
    "люди дом улица вода свет поезд план отчёт школа голосование новый старый первый последний также",
    "el": "γέφυρα ποτάμι δήμαρχος πλοίο σταθμός χειμώνας αγορά κλειστή ανοιχτή είπε ότι θα είναι για και στο με μετά πριν έτος",
}
_QUOTES = {"en": "“”", "de": "„“", "fr": "«»", "ru": "«»", "el": "«»"}
_NOISE = (
    "2025-04-28 15:34834 view\n2025-04-28 15:192932 view",
    "This page has affiliate links: if you order through them, we get a small commission.",
    "Share on Facebook Share on Twitter",
    "Related articles\nA ferry sinks off Oslo\nWhy rivers flood",
    "They arrive on Marcus EriksonTuesday, kicking off a tour of three towns.",
    "The city council voted late in the evening to close three of its libraries, a decision that c",
)


def generate(documents: int, seed: int = 7) -> list[str]:
    """News-like documents of 1 to 4 kB in five languages; every third holds a piece of noise."""
    rng = random.Random(seed)
    vocabulary = {lang: words.split() for lang, words in _WORDS.items()}
    out = []
    for n in range(documents):
        lang = rng.choice(list(vocabulary))
        opening, closing = _QUOTES[lang]
        paragraphs = []
        for _ in range(rng.randint(4, 10)):
            sentences = []
            for _ in range(rng.randint(2, 5)):
                sentence = " ".join(rng.choices(vocabulary[lang], k=rng.randint(8, 22)))
                sentence = sentence[0].upper() + sentence[1:]
                sentences.append(
                    f"{opening}{sentence}{closing} — {n}." if rng.random() < 0.2 else sentence + "."
                )
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
        for d in documents:  # what is compiled at first use isn't measured
            run(d)
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
