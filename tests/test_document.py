"""What a document keeps for the next pass."""

from __future__ import annotations

from typing import Any

import pytest

import cleantext
from cleantext import cleaner, document
from cleantext.document import Document


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of a million short lines took 200 MB more, and finds the same without."""
    text = "".join(f"Share {n}\nnews {n}\n" for n in range(300)) + "Share on Facebook\nThe end of it.\n"
    wanted = cleantext.clean(text)
    assert wanted.text != text
    kept: list[dict[Any, Any]] = []

    class Kept(Document):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            kept.append(self.lasting)

    monkeypatch.setattr(cleaner, "Document", Kept)
    assert cleantext.clean(text) == wanted
    assert max(map(len, kept)) > 100
    monkeypatch.setattr(document, "_MOST_REMEMBERED", 100)
    kept.clear()
    assert cleantext.clean(text) == wanted
    assert max(map(len, kept)) == 100
