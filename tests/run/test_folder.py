import codecs
import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleantext.config import Config
from cleantext.errors import OutputError
from cleantext.io.atomic import NoSpaceError
from cleantext.io.store import Store
from cleantext.report.summary import Summary
from cleantext.run import work
from cleantext.run.folder import run_folder
from cleantext.run.plan import OUTPUTS, plan
from cleantext.run.restore import restore_folder
from tests.fake import FakeCleaner
from tests.golden import same_as_golden
from tests.report.pages import readable, unpacked

CASES = {
    "a.txt": b"Keep [[this goes]]and this {{caf\xc3\x83\xc2\xa9|caf\xc3\xa9}} ((or not))\r\n",
    "empty.txt": b"",
    "latin.txt": b"caf\xe9\n",
    "nul.txt": b"a\0[[b]]c",
    "picture.png": b"\x89PNG\r\n\x1a\n\xff",
    "raises.txt": b"RAISE",
    "sub/bom.md": codecs.BOM_UTF8 + b"x [[y]]",
    "sub/deep/utf16.txt": codecs.BOM_UTF16_LE + "x [[y]]\r\n".encode("utf-16-le"),
    "sub/plain": b"just text",
}


def write_all(root: Path, cases: dict[str, bytes]) -> None:
    for name, data in cases.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def read_all(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def run(
    root: Path, out: str = "out", jobs: int = 0, overwrite: bool = False, encoding: str = "utf-8"
) -> Summary:
    source = str(root / "in")
    return run_folder(
        source,
        str(root / out),
        plan(source, encoding),
        FakeCleaner(),
        Config(),
        jobs=jobs,
        overwrite=overwrite,
        encoding=encoding,
    )


def test_run_writes_documents_and_reports(tmp_path: Path) -> None:
    write_all(tmp_path / "in", CASES)
    run(tmp_path)
    written = read_all(tmp_path / "out")
    reports = {name: written.pop(name) for name in ("report.jsonl", "summary.json", "report.html")}
    assert written == {
        "a.txt": "Keep and this café ((or not))\r\n".encode(),
        "empty.txt": b"",
        "nul.txt": b"a\0c",
        "sub/bom.md": codecs.BOM_UTF8 + b"x ",
        "sub/deep/utf16.txt": codecs.BOM_UTF16_LE + "x \r\n".encode("utf-16-le"),
        "sub/plain": b"just text",
    }
    version = json.loads(reports["summary.json"])["version"].encode()
    for name, data in reports.items():
        if name == "report.html":
            data = re.sub(rb'(?<=data-run=")\w+|(?<=sha256-)[^\']+', b"", readable(data.decode()).encode())
        assert same_as_golden(name, data.replace(version, b"VERSION"))


def test_documents_in_are_cleaned_and_unchanged_and_failed(tmp_path: Path) -> None:
    write_all(tmp_path / "in", CASES)
    run(tmp_path)
    numbers = json.loads((tmp_path / "out/summary.json").read_bytes())
    assert (numbers["in"], numbers["cleaned"], numbers["unchanged"], numbers["failed"]) == (8, 4, 2, 2)
    assert [f["path"] for f in numbers["failures"]] == ["latin.txt", "raises.txt"]
    assert numbers["skipped"] == [{"path": "picture.png", "reason": "not a text file by its suffix .png"}]
    lines = (tmp_path / "out/report.jsonl").read_bytes().splitlines()
    assert len(lines) == numbers["in"]


def test_all_bytes_are_the_same_for_any_number_of_processes(tmp_path: Path) -> None:
    write_all(tmp_path / "in", CASES | {f"many/{i}.txt": b"[[a]] b" * i for i in range(40)})
    run(tmp_path, "one", jobs=1)
    run(tmp_path, "two", jobs=2)
    assert read_all(tmp_path / "one") == read_all(tmp_path / "two")


def test_originals_come_back_byte_for_byte(tmp_path: Path) -> None:
    write_all(tmp_path / "in", CASES)
    run(tmp_path)
    result = restore_folder(str(tmp_path / "out"), str(tmp_path / "back"))
    assert (result.done, result.failures, result.never_cleaned) == (6, [], 2)
    back = read_all(tmp_path / "back")
    assert back == {name: CASES[name] for name in back}
    assert len(back) == 6


def test_what_is_left_may_begin_as_packed_data_do(tmp_path: Path) -> None:
    for number, magic in enumerate((b"\x1f\x8b", b"\x28\xb5\x2f\xfd")):
        root = tmp_path / str(number)
        write_all(root / "in", {"a.txt": b"[[noise]]" + magic})
        assert run(root, encoding="cp1252").totals.cleaned == 1
        assert restore_folder(str(root / "out"), str(root / "back")).failures == []
        assert read_all(root / "back") == {"a.txt": b"[[noise]]" + magic}


@given(st.lists(st.binary(max_size=40), max_size=4), st.sampled_from(["utf-8", "cp1252", "shift_jis"]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_come_back_or_fail(
    tmp_path_factory: pytest.TempPathFactory, contents: list[bytes], encoding: str
) -> None:
    root = tmp_path_factory.mktemp("any")
    (root / "in").mkdir()
    documents = {f"{i}.txt": b"[[noise]]" + data for i, data in enumerate(contents)}
    write_all(root / "in", documents)
    totals = run(root, encoding=encoding).totals
    restore_folder(str(root / "out"), str(root / "back"))
    back = read_all(root / "back")
    assert back == {name: documents[name] for name in back}
    assert len(back) == totals.documents - totals.failed


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    write_all(tmp_path / "in", {"a.txt": b"[[x]]new"})
    write_all(tmp_path / "out", {"a.txt": b"precious"})
    with pytest.raises(OutputError, match="--overwrite"):
        run(tmp_path)
    assert read_all(tmp_path / "out") == {"a.txt": b"precious"}
    run(tmp_path, overwrite=True)
    assert (tmp_path / "out/a.txt").read_bytes() == b"new"


def test_result_of_an_earlier_run_does_not_pass_for_a_failed_document(tmp_path: Path) -> None:
    write_all(tmp_path / "in", {"a.txt": b"fine"})
    run(tmp_path)
    write_all(tmp_path / "in", {"a.txt": b"\xff"})
    run(tmp_path, overwrite=True)
    assert not (tmp_path / "out/a.txt").exists()


def test_document_named_like_a_report_fails_and_the_report_stays(tmp_path: Path) -> None:
    write_all(tmp_path, {"Summary.json": b"text"})
    source = str(tmp_path / "Summary.json")
    summary = run_folder(source, str(tmp_path / "out"), plan(source), FakeCleaner(), Config())
    assert [f.reason for f in summary.failures] == [
        "the run writes its own Summary.json: rename the document"
    ]
    assert json.loads((tmp_path / "out/summary.json").read_bytes())["failed"] == 1


def test_file_where_a_folder_must_be_fails_one_document(tmp_path: Path) -> None:
    write_all(tmp_path / "in", {"a.txt": b"a", "sub/b.txt": b"b"})
    write_all(tmp_path / "out", {"sub": b"a file"})
    summary = run(tmp_path, overwrite=True)
    assert [f.path for f in summary.failures] == ["sub/b.txt"]
    assert (tmp_path / "out/sub").read_bytes() == b"a file"


def test_full_disk_ends_the_run_without_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all(tmp_path / "in", {"a.txt": b"a", "b.txt": b"b", "c.txt": b"c"})
    real = Store.write

    def write(store: Store, place: str, data: bytes) -> None:
        if place.endswith("b.txt"):
            raise NoSpaceError("can't write b.txt: no space left on device")
        real(store, place, data)

    monkeypatch.setattr(Store, "write", write)
    with pytest.raises(NoSpaceError):
        run(tmp_path)
    assert sorted(os.listdir(tmp_path / "out")) == [".cleantext-run", "a.txt"]
    monkeypatch.setattr(Store, "write", real)
    run(tmp_path)
    assert sorted(os.listdir(tmp_path / "out")) == sorted(["a.txt", "b.txt", "c.txt", *OUTPUTS])


def test_interruption_leaves_no_partial_file(tmp_path: Path) -> None:
    write_all(tmp_path / "in", {f"{i}.txt": b"[[a]]b" for i in range(5)})
    source = str(tmp_path / "in")
    seen = 0

    def stop(done: object) -> None:
        nonlocal seen
        seen += 1
        if seen == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_folder(source, str(tmp_path / "out"), plan(source), FakeCleaner(), Config(), on_progress=stop)
    written = read_all(tmp_path / "out")
    assert {k: v for k, v in written.items() if not k.startswith(".cleantext-run/")} == {
        f"{i}.txt": b"b" for i in range(3)
    }


def test_odd_names_come_back(tmp_path: Path) -> None:
    names = [os.fsdecode(name) for name in (b"new\nline.txt", b"-x.txt", b"byte\xff.txt", b"<b>.txt")]
    try:
        write_all(tmp_path / "in", dict.fromkeys(names, b"[[a]]b"))
    except OSError:
        pytest.skip("this file system has no such names")
    run(tmp_path)
    restore_folder(str(tmp_path / "out"), str(tmp_path / "back"))
    assert read_all(tmp_path / "back") == dict.fromkeys(names, b"[[a]]b")


def test_page_shows_the_documents_that_lost_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "SHOWN", 2)
    write_all(tmp_path / "in", {f"{i}.txt": b"[[noise]]" + b"x" * 10 * i for i in (3, 1, 4, 2, 5)})
    run(tmp_path)
    page = (tmp_path / "out/report.html").read_text()
    assert "Shown are 2 of 5" in page
    assert unpacked(page, "index")["paths"] == ["1.txt", "2.txt"]


def test_empty_folder_is_a_run_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert run(tmp_path).totals.documents == 0
    assert (tmp_path / "out/report.jsonl").read_bytes() == b""
