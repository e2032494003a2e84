from pathlib import Path

import pytest

from cleantext.errors import ConfigError
from cleantext.settings.toml import Place, read_toml

TEXT = '''# a comment
[project]
name = "x"

[tool.cleantext]
mode = "balanced"
protect = [
  "one",
  # not an item
  "two",
  "three", "four",
]
note = """
mode = "not a key"
"""
thresholds = { CT1 = 0.5, byline = 0.9 }
modes.CT3 = "aggressive"

[[tool.cleantext.overrides]]
paths = ["a"]

[[tool.cleantext.overrides]]
paths = ["b"]
thresholds.CT2 = 1
[tool.cleantext.last]
key = 1
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("mode",), 6),
        (("protect",), 7),
        (("protect", 0), 8),
        (("protect", 1), 10),
        (("protect", 2), 11),
        (("protect", 3), 11),
        (("thresholds", "byline"), 16),
        (("modes", "CT3"), 17),
        (("overrides", 0, "paths"), 20),
        (("overrides", 1, "paths", 0), 23),
        (("overrides", 1, "thresholds", "CT2"), 24),
        (("last", "key"), 26),
        (("last", "no such", "thing"), 25),
        (("nothing",), 5),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines(tmp_path: Path, place: Place, line: int, end: str) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(TEXT, newline=end)
    assert read_toml(str(path)).line(("tool", "cleantext", *place)) == line


def test_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b'\xef\xbb\xbfmode = "x"\n')
    assert read_toml(str(tmp_path / "a.toml")).data == {"mode": "x"}


@pytest.mark.parametrize("data", [b"a = ", b"\xff"])
def test_what_is_no_toml(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.toml").write_bytes(data)
    with pytest.raises(ConfigError, match="is not TOML"):
        read_toml(str(tmp_path / "a.toml"))
