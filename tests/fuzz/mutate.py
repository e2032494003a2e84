"""Texts that know the domain: noise of every rule, prose of every script, and what is done to both.

Everything follows from the seed. Texts whose findings were of a kind not seen before are kept and
changed further, which leads the search into combinations of rules.
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from benchmarks.shapes import COUNTED, GENERAL, matching
from cleantext.rules import all_rules
from tests.strategies import PIECES, PROSE

_ROOT = Path(__file__).resolve().parents[2]

#: What goes between two pieces, or into one: line ends, blanks, marks, what has no width, what is no text.
GLUE = (
    "", "", "", " ", " ", "\n", "\n", "\n\n", "\r\n", "\r", "\t", "\u2028", "\u2029", "\u0085", "\u00a0", "\u3000", "\u200b", "\ufeff",
    "\x00", "\x1b[31m", "\ud800", "\udc80", "\u202e", "\u2066", "\u0301", "\u20e3", "👩\u200d", "🏳️\u200d🌈", "…", "...", "|", " | ", " - ",
    " – ", "•", "»", ">", "<", "/", "\\", ":", ",", ".", "!", "?", "(", ")", "[", "]", "{", "}", '"', "'", "“", "”", "«", "`", "```\n", "#", "@",
    "&", "&amp;", "&#", ";", "%", "$", "*", "_", "=", "0", "7", "15:34", "2024", "A", "a", "İ", "ß", "ς", "ﬁ", "中", "の", "한", "ا", "ไ", "न",
)  # fmt: skip

_LONGEST = 600


class Mutator:
    """An endless row of texts; `learn` tells it which of them led somewhere new."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)
        self.pieces = _pieces(self._chance)
        self._kept: list[str] = []
        self._seen: set[object] = set()

    def text(self) -> str:
        """The next text."""
        chance = self._chance
        text = chance.choice(self._kept) if self._kept and chance.random() < 0.4 else self._fresh()
        for _ in range(chance.choice((0, 1, 1, 2, 3))):
            text = self.changed(text)
        if chance.random() < 0.002:
            text *= chance.randint(10, 200)
        return text

    def learn(self, text: str, signature: object) -> bool:
        """Keep a text whose findings are of a new kind; whether they are."""
        if signature in self._seen:
            return False
        self._seen.add(signature)
        if len(text) <= _LONGEST:
            self._kept.append(text)
        return True

    @property
    def kinds(self) -> int:
        """How many kinds of findings were met."""
        return len(self._seen)

    def _fresh(self) -> str:
        chance = self._chance
        if chance.random() < 0.03:
            return "".join(chr(self._code_point()) for _ in range(chance.randint(0, 60)))
        glue = chance.choice(GLUE)
        mixed = chance.random() < 0.5
        out: list[str] = []
        for _ in range(chance.choice((1, 2, 3, 3, 4, 5, 7))):
            out.append(chance.choice(self.pieces))
            out.append(chance.choice(GLUE) if mixed else glue)
        return "".join(out)[: 3 * _LONGEST]

    def _code_point(self) -> int:
        chance = self._chance
        return chance.choice((chance.randrange(0x80), chance.randrange(0x3000), chance.randrange(0x110000)))

    def changed(self, text: str) -> str:
        """A text with one thing about it changed."""
        chance = self._chance
        a, b = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
        match chance.randrange(15):
            case 0:
                return text[:a] + text[b:]
            case 1:
                return text[:a] + chance.choice(GLUE) + text[a:]
            case 2:
                return text[:a] + chance.choice(self.pieces) + text[a:]
            case 3:
                return text[:b] + text[a:b] * chance.randint(1, 4) + text[b:]
            case 4:
                return text[:a] + text[a:b].swapcase() + text[b:]
            case 5:
                return text[:a] + text[a:b].title() + text[b:]
            case 6:
                return text.replace("\n", chance.choice(("\r\n", "\r", "\u2028", " ", "", "\n\n", "\n \n")))
            case 7:
                return text.replace(
                    " ", chance.choice(("", "  ", "\u00a0", "\n", "\t", "\u200b")), chance.randint(1, 9)
                )
            case 8:
                lines = text.split("\n")
                chance.shuffle(lines)
                return "\n".join(lines)
            case 9:
                opener, closer = chance.choice(("()", "[]", "{}", "<>", "“”", "«»", "''", '""', "``", "**"))
                return text[:a] + opener + text[a:b] + closer + text[b:]
            case 10:
                return text[:a]
            case 11:
                return (
                    chance.choice(PROSE)
                    + chance.choice(("\n", " ", ""))
                    + text
                    + chance.choice(("\n", " ", ""))
                    + chance.choice(PROSE)
                )
            case 12:
                other = chance.choice(self._kept) if self._kept else chance.choice(self.pieces)
                return text[:a] + other[chance.randint(0, len(other)) :]
            case 13:
                return text[:a] + chance.choice(GLUE) * chance.choice((2, 5, 40, 300)) + text[a:]
            case _:
                return text[:a] + text[a:b][::-1] + text[b:]


def _pieces(chance: Random) -> list[str]:
    """Where texts are made of: each kind of piece about as often as the others."""
    kinds: list[list[str]] = [
        list(PIECES),
        list(PROSE),
        [u % 7 if "%" in u else u for u in COUNTED.values()],
        list(GENERAL.values()),
    ]
    examples, alikes, literals, patterns = [], [], [], []
    for rule in all_rules():
        examples += [e.before for e in rule.examples] + [e.after for e in rule.examples]
        alikes += [a.text for a in rule.lookalikes]
        triggers = sorted({(t.kind, t.text) for t, _ in rule.triggers()})
        for kind, text in triggers:
            if kind == "pattern":
                patterns += [m for m in (matching(text, False), matching(text, True)) if m]
        plain = [text for kind, text in triggers if kind != "pattern"]
        literals += chance.sample(plain, min(150, len(plain)))
    lines = (_ROOT / "tests" / "data" / "lookalikes.jsonl").read_text(encoding="utf-8").splitlines()
    alikes += [json.loads(line)["text"] for line in lines if line]
    samples = []
    for path in sorted((_ROOT / "corpus_samples" / "input").glob("*.txt")):
        samples += [p for p in path.read_bytes().decode("utf-8").split("\n\n") if p.strip()]
    kinds += [examples, alikes, literals, [s.title() for s in literals], patterns, samples, _lines(samples)]
    return [piece for kind in kinds for piece in (chance.choice(kind) for _ in range(1500))]


def _lines(texts: list[str]) -> list[str]:
    return [line for text in texts for line in text.split("\n") if line.strip()]
