"""What a piece is that fell into a sentence."""

from __future__ import annotations

import pytest

from cleantext.strays import kind_of

KINDS = {
    "name": ["Imani Okafor", "I. M. Okafor", "ANNA VAN DER MEER", "Tomás Ó Briain", "D'Angelo Reyes", "Mei-Ling Chen", "April Jones",
             "Le Monde", "RiverDesk24", "lakenews.com", "欧阳雪", "Reuters"],
    "credit": ["Photo by Imani Okafor", "By Imani Okafor", "Foto: Imani Okafor", "(Foto: Imani Okafor)", "© Imani Okafor",
               "Imani Okafor/Getty Images", "REUTERS/Imani Okafor", "Imani Okafor, Staff Writer", "한지민 기자",
               "Photo by خالد بن سالم"],
    "source": ["Pixels: Imani Okafor", "Story by Imani", "Ana Lima/Leo Park", "Von Hartmann"],
    "ad": ["Advertisement", "[Anzeige]", "Story continues below advertisement", "广告"],
    "words": ["سعيد المرزوقي"],
    "phrase": ["Ana Lima said", "Tap for sound"],
}  # fmt: skip
NONE = ["The", "In", "a", "", "Friday", "Black Friday", "in September", "the House", "Dallas, Texas", "x" * 200,
        "Ana\nLima", "الخميس", "في تونس", "12"]  # fmt: skip


@pytest.mark.parametrize(("kind", "piece"), [(k, p) for k, ps in KINDS.items() for p in ps])
def test_kind(kind: str, piece: str) -> None:
    assert kind_of(piece) == kind


@pytest.mark.parametrize("piece", NONE)
def test_no_stray(piece: str) -> None:
    assert kind_of(piece) is None
