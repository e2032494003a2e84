import os
import socket
from pathlib import Path

import pytest

from cleantext.errors import InputError, OutputError
from cleantext.io.store import Store
from cleantext.run.plan import plan, refuse_overlap, refuse_overwriting

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def write(path: Path, data: bytes = b"text\n") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def places(folder: Path) -> list[str]:
    return [d.place for d in plan(str(folder)).documents]


def skipped(folder: Path) -> dict[str, str]:
    return {s.path: s.reason for s in plan(str(folder)).skipped}


def test_documents_come_in_order_whatever_order_they_were_made_in(tmp_path: Path) -> None:
    for name in ("b/z.txt", "a.txt", "b/a/k.md", "c.TXT", "b.txt"):
        write(tmp_path / name)
    assert places(tmp_path) == ["a.txt", "b/a/k.md", "b/z.txt", "b.txt", "c.TXT"]


def test_what_is_no_text_by_its_name_is_named_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleantext.io.html.available", lambda: False)
    for name in ("a.html", ".hidden.txt", ".git/config", "plain"):
        write(tmp_path / name)
    write(tmp_path / "image", b"\x89PNG\r\n\xff")
    assert places(tmp_path) == ["plain"]
    assert skipped(tmp_path) == {
        ".git": "hidden",
        ".hidden.txt": "hidden",
        "a.html": "not a text file by its suffix .html",
        "image": "no suffix, and not text",
    }


def test_links_to_files_are_read_and_links_to_folders_are_not(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    (tmp_path / "loop").symlink_to(".")
    assert places(tmp_path) == ["a.txt", "b.txt"]
    assert skipped(tmp_path) == {"loop": "a link to a folder, which is not followed"}


def test_broken_and_circular_links_are_problems_of_one_document(tmp_path: Path) -> None:
    (tmp_path / "circle.txt").symlink_to("circle.txt")
    (tmp_path / "broken.txt").symlink_to("nowhere")
    (tmp_path / "broken.bin").symlink_to("nowhere")
    found = plan(str(tmp_path))
    assert [d.place for d in found.documents] == ["broken.txt", "circle.txt"]
    assert all(d.problem and d.problem.startswith("can't be read: ") for d in found.documents)
    assert [s.path for s in found.skipped] == ["broken.bin"]


def test_pipes_and_sockets_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # names of sockets are short
    os.mkfifo("pipe.txt")
    with socket.socket(socket.AF_UNIX) as s:
        s.bind("socket.txt")
        assert skipped(tmp_path) == {"pipe.txt": "not a regular file", "socket.txt": "not a regular file"}


@pytest.mark.skipif(AS_ROOT, reason="the superuser may list every folder")
def test_folder_that_cannot_be_listed_is_a_failed_document(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o000)
    assert plan(str(tmp_path)).documents[0].place == "closed/"


def test_folder_that_goes_away_is_a_failed_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    write(tmp_path / "a.txt")
    real = os.scandir

    def scandir(path: str) -> object:
        if path.endswith("gone"):
            raise FileNotFoundError(2, "No such file or directory")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    problems = [(d.place, d.problem) for d in plan(str(tmp_path)).documents]
    assert problems == [
        ("a.txt", None),
        ("gone/", "the folder can't be listed: no such file or directory"),
    ]


@pytest.mark.parametrize("name", [b"new\nline.txt", b"-dash.txt", b"byte\xff.txt", b"tab\t .txt"])
def test_odd_names_are_names(tmp_path: Path, name: bytes) -> None:
    path = os.fsdecode(name)
    try:
        (tmp_path / path).write_bytes(b"")
    except OSError:
        pytest.skip("this file system has no such names")
    assert places(tmp_path) == [path]


def test_single_file_is_taken_whatever_its_name(tmp_path: Path) -> None:
    write(tmp_path / "page.odd")
    [found] = plan(str(tmp_path / "page.odd")).documents
    assert (found.path, found.place, found.size) == (str(tmp_path / "page.odd"), "page.odd", 5)


def test_missing_input_is_told() -> None:
    with pytest.raises(InputError, match=r"^nowhere can't be read: no such file"):
        plan("nowhere")


@pytest.mark.parametrize(
    ("source", "out"),
    [
        ("in", "in"),
        ("in", "in/sub/out"),
        ("in/sub", "in"),
        ("in", "link"),
        ("in", "link/out"),
        ("in/a.txt", "in"),
    ],
)
def test_output_must_be_apart_from_the_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, out: str
) -> None:
    write(tmp_path / "in/sub/a.txt")
    write(tmp_path / "in/a.txt")
    (tmp_path / "link").symlink_to("in")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match="give a"):
        refuse_overlap(source, out)


@pytest.mark.parametrize(("source", "out"), [("in", "out"), ("in", "inner"), ("in/a.txt", "in/out")])
def test_output_beside_the_input_is_fine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, out: str
) -> None:
    write(tmp_path / "in/a.txt")
    monkeypatch.chdir(tmp_path)
    refuse_overlap(source, out)


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    def refuse(folder: Path, places: list[str]) -> None:
        refuse_overwriting(Store(str(folder), ""), places)

    refuse(tmp_path / "new", ["a.txt"])
    refuse(tmp_path, ["a.txt"])
    write(tmp_path / "a.txt")
    write(tmp_path / "b.txt")
    with pytest.raises(OutputError, match=r"a\.txt exists and 1 more: give another folder, or --overwrite"):
        refuse(tmp_path, ["a.txt", "b.txt", "c.txt"])
    with pytest.raises(OutputError, match="is not a folder"):
        refuse(tmp_path / "a.txt", [])
