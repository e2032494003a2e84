import json
from pathlib import Path

import pytest

from cleantext.config import Config
from cleantext.errors import OutputError, RestoreError
from cleantext.run.folder import run_folder
from cleantext.run.plan import plan
from cleantext.run.restore import restore_folder
from tests.fake import FakeCleaner


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_bytes(b"a [[b]]")
    (tmp_path / "in/c.txt").write_bytes(b"c [[d]]")
    source = str(tmp_path / "in")
    run_folder(source, str(tmp_path / "out"), plan(source), FakeCleaner(), Config())
    return tmp_path / "out"


def edit_record(out: Path, **changes: object) -> None:
    """Change the record of a.txt."""
    first, *others = (out / "report.jsonl").read_bytes().splitlines(keepends=True)
    record = json.loads(first) | changes
    (out / "report.jsonl").write_bytes(b"".join([json.dumps(record).encode() + b"\n", *others]))


def test_edited_text_is_refused_and_the_others_come_back(out: Path) -> None:
    (out / "a.txt").write_bytes(b"a and more")
    result = restore_folder(str(out), str(out.parent / "back"))
    assert [(f.path, f.reason.partition(",")[0]) for f in result.failures] == [
        ("a.txt", "the cleaned text was edited since the run")
    ]
    assert not (out.parent / "back/a.txt").exists()
    assert (out.parent / "back/c.txt").read_bytes() == b"c [[d]]"


def test_missing_text_is_told(out: Path) -> None:
    (out / "a.txt").unlink()
    (failure,) = restore_folder(str(out), str(out.parent / "back")).failures
    assert failure.reason == "can't be read: no such file or directory"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"path": "../a.txt"}, "outside the folder"),
        ({"path": "/a.txt"}, "outside the folder"),
        ({"path": "x/../../a.txt"}, "outside the folder"),
        ({"path": ""}, "outside the folder"),
        ({"sha256_in": "0" * 64}, "not those that the run read"),
        ({"encoding": "no-such"}, "is unknown"),
        ({"encoding": "utf-16-le"}, "code points"),
        ({"bom": True}, "byte order mark"),
        ({"report": None}, "the record was cut or edited"),
        ({"report": {"findings": [], "chars_out": 2}}, "not those that the run read"),
        ({"report": {"findings": [], "chars_out": 9}}, "code points"),
    ],
)
def test_report_that_was_tampered_with_writes_nothing(
    out: Path, changes: dict[str, object], says: str
) -> None:
    edit_record(out, **changes)
    (failure,) = restore_folder(str(out), str(out.parent / "back")).failures
    assert says in failure.reason
    assert not (out.parent / "a.txt").exists()
    assert [p.name for p in (out.parent / "back").iterdir()] == ["c.txt"]


def test_broken_report_is_found_before_anything_is_written(out: Path) -> None:
    with open(out / "report.jsonl", "ab") as f:
        f.write(b'{"path": "cut')
    with pytest.raises(RestoreError, match=r"report\.jsonl, line 3: not a record of a cleantext run"):
        restore_folder(str(out), str(out.parent / "back"))
    assert not (out.parent / "back").exists()


def test_folder_without_a_report_is_told(tmp_path: Path) -> None:
    with pytest.raises(RestoreError, match="give the folder that `cleantext run` wrote to"):
        restore_folder(str(tmp_path), str(tmp_path.parent / "back"))


def test_nothing_is_overwritten_unasked(out: Path) -> None:
    back = out.parent / "back"
    back.mkdir()
    (back / "c.txt").write_bytes(b"precious")
    with pytest.raises(OutputError, match="--overwrite"):
        restore_folder(str(out), str(back))
    assert [(p.name, p.read_bytes()) for p in back.iterdir()] == [("c.txt", b"precious")]
    restore_folder(str(out), str(back), overwrite=True)
    assert (back / "c.txt").read_bytes() == b"c [[d]]"


def test_originals_do_not_go_into_the_output_itself(out: Path) -> None:
    with pytest.raises(OutputError, match="is the same as"):
        restore_folder(str(out), str(out), overwrite=True)
