"""Paths in what other programs read, of this system and of Windows."""

from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest

from cleantext.report.paths import patch_name, slashed, uri

POSIX, WINDOWS = PurePosixPath, PureWindowsPath


@pytest.mark.parametrize(
    ("path", "kind", "slashes", "as_uri"),
    [
        ("a.txt", POSIX, "a.txt", "a.txt"),
        ("./sub dir/ä.txt", POSIX, "sub dir/ä.txt", "sub%20dir/%C3%A4.txt"),
        ("/tmp/a b.txt", POSIX, "/tmp/a b.txt", "file:///tmp/a%20b.txt"),
        ("a\\b.txt", POSIX, "a\\b.txt", "a%5Cb.txt"),
        ("caf\udce9.txt", POSIX, "caf\udce9.txt", "caf%E9.txt"),
        ("-", POSIX, "-", "-"),
        (".\\sub dir\\a.txt", WINDOWS, "sub dir/a.txt", "sub%20dir/a.txt"),
        ("..\\a.txt", WINDOWS, "../a.txt", "../a.txt"),
        ("C:\\texts\\ä b.txt", WINDOWS, "C:/texts/ä b.txt", "file:///C:/texts/%C3%A4%20b.txt"),
        ("\\\\server\\share\\a.txt", WINDOWS, "//server/share/a.txt", "file://server/share/a.txt"),
    ],
)
def test_paths(path: str, kind: type[PurePath], slashes: str, as_uri: str) -> None:
    assert slashed(path, kind) == slashes
    assert uri(path, kind) == as_uri


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("a.txt", POSIX, "a.txt"),
        ("a b.txt", POSIX, "a b.txt\t"),
        ('"a".txt', POSIX, '"\\"a\\".txt"'),
        ("a\nb.txt", POSIX, '"a\\nb.txt"'),
        ("ä\x1b.txt", POSIX, '"\\303\\244\\033.txt"'),
        ("sub\\a b.txt", WINDOWS, "sub/a b.txt\t"),
    ],
)
def test_names_in_diffs(path: str, kind: type[PurePath], name: str) -> None:
    assert patch_name(path, kind) == name
