import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.report.visible import one_line, page_text, terminal_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain wörds 中文", "plain wörds 中文"),
        ("a\nb\tc\r", r"a\nb\tc\r"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\u202eb", r"a\u202eb"),
        ("a\ud800b", r"a\ud800b"),
        ("\U000e0041", r"\U000e0041"),
        ("नि\u200dष", "नि\u200dष"),
    ],
)
def test_one_line_spells_out_what_acts(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_long_text_loses_its_middle() -> None:
    assert one_line("a" * 50 + "b" * 50, 9) == "aaaaaa … bbb"
    assert one_line("a" * 9, 9) == "a" * 9


def test_terminal_keeps_lines_and_page_shows_controls() -> None:
    assert terminal_lines("a\tb\n\x07") == "a\tb\n\\x07"
    assert page_text("a\r\nb\0\u202e\ud800") == "a\nb␀⟨U+202E⟩⟨U+D800⟩"


@given(st.text(st.characters()))
def test_whatever_the_text_it_can_be_written(text: str) -> None:
    one_line(text).encode()
    page_text(text).encode()
    terminal_lines(text).encode()
    assert "\x1b" not in one_line(text) + terminal_lines(text) + page_text(text)
