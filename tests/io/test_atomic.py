import errno
import os
import stat
from pathlib import Path

import pytest

from cleantext.errors import OutputError
from cleantext.io import atomic
from cleantext.io.atomic import NoSpaceError, atomic_writer, make_folder, write_atomically


def test_new_file_gets_what_the_umask_leaves(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_atomically(str(tmp_path / "a"), b"x")
    finally:
        os.umask(old)
    assert (tmp_path / "a").read_bytes() == b"x"
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o751)
    write_atomically(str(path), b"new", like=path.stat())
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o751


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_nothing_is_left_of_a_broken_write(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def break_off() -> None:
        with atomic_writer(str(path)) as f:
            f.write(b"half")
            raise error

    with pytest.raises(error):
        break_off()
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_full_disk_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(atomic.os, "replace", full)
    with pytest.raises(NoSpaceError, match=r"can't write .*: make room or choose another place"):
        write_atomically(str(tmp_path / "a"), b"x")
    assert os.listdir(tmp_path) == []


def test_longest_name_can_be_written(tmp_path: Path) -> None:
    name = "n" * 255
    write_atomically(str(tmp_path / name), b"x")
    assert os.listdir(tmp_path) == [name]


def test_folder_in_the_way_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OutputError, match="can't write"):
        write_atomically(str(tmp_path / "a"), b"x")
    assert os.listdir(tmp_path) == ["a"]


def test_file_in_the_way_of_a_folder_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(OutputError, match="can't write"):
        make_folder(str(tmp_path / "a" / "b"))
