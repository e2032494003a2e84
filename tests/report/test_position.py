import pytest

from cleantext.report.position import Lines


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("", 0, (1, 1)),
        ("ab", 2, (1, 3)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("a\r\nb", 1, (1, 2)),
        ("a\rb", 2, (2, 1)),
        ("a\u2028b", 2, (1, 3)),
        ("😀😀x", 2, (1, 3)),
    ],
)
def test_offsets_become_lines_and_columns(text: str, offset: int, expected: tuple[int, int]) -> None:
    assert Lines(text).at(offset) == expected
