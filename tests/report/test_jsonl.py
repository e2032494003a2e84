import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleantext.errors import RestoreError
from cleantext.finding import Finding, Report
from cleantext.report.jsonl import DocumentRecord, from_line, read_records, to_json, to_line

ANY_TEXT = st.text(st.characters())  # lone surrogates too


@given(ANY_TEXT, ANY_TEXT)
@example("", "\ud800\udc00")  # two halves that are no character
@example("\\ud800", "\\\ud800\\udc00\udc00 \U0001f600\ud83d")
def test_record_survives_its_line(path: str, text: str) -> None:
    finding = Finding("CT901", "byline", 0, len(text), text, "", "remove", 0.5, text)
    report = Report((finding,), chars_in=len(text), chars_out=0, version="9.9")
    record = DocumentRecord(path=path, status="cleaned", encoding="utf-8", report=report)
    line = to_line(record)
    assert line.count(b"\n") == 1
    line.decode("utf-8")
    assert from_line(line) == record


@pytest.mark.parametrize("line", [b"", b"{}", b"[" * 100_000, b'{"path":1,"status":"cleaned"}', b"\xff"])
def test_bad_line_is_named(line: bytes) -> None:
    good = to_line(DocumentRecord(path="a", status="failed"))
    with pytest.raises(RestoreError, match=r"^report\.jsonl, line 2: not a record of a cleantext run"):
        list(read_records(io.BytesIO(good + line + b"\n"), "report.jsonl"))


def test_indented_json_with_surrogates_is_ascii() -> None:
    assert to_json({"a": "\udcff"}, indent=2) == b'{\n  "a": "\\udcff"\n}'
