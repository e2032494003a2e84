"""Sites made for tests: pages with furniture of their own among true content, some of which repeats."""

from __future__ import annotations

import random

SITES = {
    "museum.example": (
        ["Museum am Fluss", "Sammlung", "Besuch planen", "Freunde des Museums"],
        ["Kasse bis 17 Uhr", "Haus der Stiftung Fluss", "Leichte Sprache"],
    ),
    "bridge.example": (
        ["The Bridge Post", "Harbour", "Ferries", "Your basket is empty"],
        ["Written by a reader", "Ask the harbour master", "Printed on paper from the hills"],
    ),
    "shinbun.example": (["川の新聞", "地域の話題", "読者の広場"], ["編集部より", "川の新聞社 印刷部"]),
}

REFRAIN = "And the band played on while the water rose."
LAW = (
    "Whoever crosses the bridge after sunset without a light shall pay a fine of three crowns to the keeper, "
    "unless the moon is full and the keeper has been told of it before the bell of the evening."
)

_WORDS = "river stone keeper lamp winter boat market ledger copper hill orchard glass winding early patient".split()


def sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(words)).capitalize() + "."


def pages(seed: int = 1, count: int = 12) -> list[tuple[str, str, str]]:
    """URL, page and content of `count` pages of each site."""
    chance = random.Random(seed)
    out = []
    for site, (top, bottom) in SITES.items():
        headlines = [sentence(chance, 5) for _ in range(count)]
        for i in range(count):
            # the list of the first page has the headlines of two others
            body = [headlines[i], sentence(chance, 40), sentence(chance, 60), sentence(chance, 35)]
            if i == 0:
                body[1:1] = headlines[1:3]
            if i % 4 == 1:
                body.insert(2, LAW)
            if i == 2:
                body = [body[0], REFRAIN, sentence(chance, 30), REFRAIN, sentence(chance, 30), REFRAIN]
                body.append(sentence(chance, 30))
            views = f"Read {chance.randrange(10, 9999)} times since {chance.randrange(1, 28)}.05.2024"
            lines = [*top, *body, views, *bottom]
            out.append((f"https://www.{site}/{i}", "\n".join(lines) + "\n", "\n".join(body) + "\n"))
    return out
