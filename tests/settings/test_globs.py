from pathlib import Path, PureWindowsPath

import pytest

from cleantext.settings.globs import fits


@pytest.mark.parametrize(
    ("path", "pattern", "does"),
    [
        ("a.md", "*.md", True),
        ("deep/in/a.md", "*.md", True),
        ("a.txt", "*.md", False),
        ("forum/a.txt", "forum/**", True),
        ("forum/x/a.txt", "forum/**", True),
        ("forum/x/a.txt", "forum/*", False),
        ("forum/a.txt", "forum/", True),
        ("x/forum/a.txt", "forum/", False),
        ("x/forum/a.txt", "**/forum/", True),
        ("forum/a.txt", "**/forum/*.txt", True),
        ("a/b/c.txt", "a/**/c.txt", True),
        ("a/c.txt", "a/**/c.txt", True),
        ("ab.txt", "a?.txt", True),
        ("a/.txt", "a?.txt", False),
        ("a+b.txt", "a+b.txt", True),
        ("./x/a.txt", "./x/a.txt", True),
        ("../a.txt", "*.txt", False),
    ],
)
def test_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, pattern: str, does: bool) -> None:
    root = tmp_path / "root"
    root.mkdir()
    monkeypatch.chdir(root)
    assert fits(path, [pattern], str(root)) is does
    assert fits(str(root / path), ["no", pattern], str(root)) is does


@pytest.mark.parametrize(
    ("path", "does"),
    [
        (r"C:\texts\forum\a.txt", True),
        (r"c:\Texts\forum\deep\a.txt", True),
        (r"C:\texts\a.txt", False),
        (r"D:\texts\forum\a.txt", False),
    ],
)
def test_paths_of_windows(monkeypatch: pytest.MonkeyPatch, path: str, does: bool) -> None:
    monkeypatch.setattr("os.path.abspath", lambda p: p)
    assert fits(path, ["forum/**"], r"C:\texts", PureWindowsPath) is does
