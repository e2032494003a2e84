"""Taking machine text out of its surroundings."""

import pytest

from cleantext.document import Document
from cleantext.rules.excise import excise


def without(text: str, joint: str = "", parts: bool = True) -> tuple[str, str]:
    """What is left of a text without what stands between ⟦ and ⟧, and where that stood."""
    start = text.index("⟦")
    stop = text.index("⟧") - 1
    plain = text.replace("⟦", "").replace("⟧", "")
    cut = excise(Document(plain), start, stop, joint, parts)
    return plain[: cut.start] + cut.replacement + plain[cut.end :], cut.standing


@pytest.mark.parametrize(
    ("before", "after", "standing"),
    [
        ("Geese.\n⟦[x]⟧\nHats.", "Geese.\nHats.", "alone"),
        ("Geese.\n\n⟦[x]⟧\n\nHats.", "Geese.\n\nHats.", "alone"),
        ("⟦[x]⟧ Geese.", "Geese.", "start"),
        ("Geese. ⟦[x]⟧", "Geese.", "end"),
        ("Geese. ⟦[x]⟧ Hats.", "Geese. Hats.", "between"),
        ("Geese.⟦[x]⟧Hats.", "Geese. Hats.", "between"),
        ("Grey ⟦[x]⟧ geese.", "Grey geese.", "inside"),
        ("Grey⟦[x]⟧ geese.", "Grey geese.", "inside"),
        ("Grey ⟦[x]⟧geese.", "Grey geese.", "inside"),
        ("Grey⟦[x]⟧geese.", "Grey geese.", "inside"),
        ("灰色⟦[x]⟧的鹅。", "灰色的鹅。", "inside"),
        ("鹅。⟦[x]⟧帽子。", "鹅。帽子。", "between"),
    ],
)
def test_white_space_is_mended(before: str, after: str, standing: str) -> None:
    assert without(before) == (after, standing)


def test_a_tag_inside_of_a_word_leaves_the_word_whole() -> None:
    assert without("un⟦<b>⟧believable", parts=False)[0] == "unbelievable"


def test_what_it_stood_for_takes_its_place() -> None:
    assert without("Geese. ⟦<br>⟧ Hats.", joint="\n")[0] == "Geese.\nHats."


def test_lines_that_it_spans_go_together() -> None:
    assert without("Geese.\n⟦{\n}⟧\nHats.")[0] == "Geese.\nHats."
