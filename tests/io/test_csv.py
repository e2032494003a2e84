import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext.errors import InputError
from cleantext.io import csv as csv_module
from cleantext.io.csv import Csv
from cleantext.io.records import Fields
from cleantext.io.store import Store
from cleantext.run.plan import Source
from cleantext.run.work import Cleaning, Options, Worker
from tests.fake import FakeCleaner

DEFAULT = Fields()


def edited(data: bytes, fields: Fields = DEFAULT, form: Csv | None = None) -> tuple[bytes, Cleaning]:
    editor = Cleaning(Worker(FakeCleaner(), Store("", ""), Options(fields=fields)), {}, lambda number: None)
    editor.source = Source("a.csv", "a.csv")
    form = form or Csv()
    out = [p for b in form.blocks(io.BytesIO(data), fields) for p in form.edit(b, fields, editor)]
    return b"".join(out), editor


@pytest.mark.parametrize(
    ("data", "becomes"),
    [
        (b"id,text\n1,[[a]]b\n", b"id,text\n1,b\n"),
        (b'id,text\r\n"1","[[a]]b"\r\n', b'id,text\r\n"1","b"\r\n'),
        (b'text;id\n"[[a]]""b""; c\n\nd";1', b'text;id\n"""b""; c\n\nd";1'),
        (b"text\tid\n[[a]]b, c\t1\n", b"text\tid\nb, c\t1\n"),
        (b'\xef\xbb\xbf"text",id\n[[a]]b,1\n', b'\xef\xbb\xbf"text",id\nb,1\n'),
        (b'text,id\n"[[a]]b" ,1\n', b'text,id\n"b ",1\n'),
        (b'id,text\n1\n\n2,[[a]]b,more\r3,"[[x]]"', b'id,text\n1\n\n2,b,more\r3,""'),
        (b"text\n[[a]]b\n", b"text\nb\n"),
    ],
)
def test_only_the_text_changes(data: bytes, becomes: bytes) -> None:
    assert edited(data)[0] == becomes


def test_replacement_that_needs_quoting_is_quoted() -> None:
    assert edited(b"text,id\n{{a|x}},1\n")[0] == b"text,id\nx,1\n"
    assert edited(b'text,id\n"{{a|""x"", y}}",1\n')[0] == b'text,id\n"""x"", y",1\n'


def test_columns_are_found_or_asked_for() -> None:
    with pytest.raises(InputError, match=r"no column is named body: .*\(there are: id, text\)"):
        edited(b"id,text\n", Fields(text=("body",)))
    with pytest.raises(InputError, match="--text-field a"):
        edited(b"a,b\n")
    with pytest.raises(InputError, match="UTF-16"):
        edited("text\n".encode("utf-16"))
    with pytest.raises(InputError, match="never closed"):
        edited(b'id,text\n1,"' + b"a\n" * 1000)


def test_other_encodings(tmp_path: object) -> None:
    data = "text,id\n[[a]]café,é\n".encode("cp1252")
    assert edited(data, form=Csv("csv", "cp1252"))[0] == "text,id\ncafé,é\n".encode("cp1252")
    out, editor = edited(data)
    assert out == data
    assert "is not utf-8" in json.loads(editor.outcome.lines[0])["reason"]


def test_annotation_is_the_last_column() -> None:
    out, _ = edited(b'text,id\r\n"[[a]]b",1\r\nc\r\n', Fields(annotate="beside"))
    head, first, second = csv.reader(io.StringIO(out.decode(), newline=""))
    assert head == ["text", "id", "cleantext_findings"]
    assert first[:2] == ["b", "1"]
    assert json.loads(first[2])[0]["text"] == "[[a]]"
    assert second == ["c", "", "[]"]


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6) | st.sampled_from(
    ['"', '""', "a,b", "\n", "\r\n", " ", "[[x]]", '[["]]', "é;\t|"]
)


@settings(deadline=None)
@given(
    rows=st.lists(st.lists(cells, min_size=3, max_size=3), max_size=6),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    block=st.integers(1, 40),
)
def test_any_table_reads_as_the_csv_module_reads_it(
    rows: list[list[str]], delimiter: str, end: str, quoting: int, block: int
) -> None:
    out = io.StringIO()
    if end != "\r\n":
        quoting = csv.QUOTE_ALL  # before 3.13 the module quotes only what ends its own lines
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(["a", "text", "b"])
    writer.writerows(rows)
    data = out.getvalue().encode()
    before = csv_module.BLOCK
    csv_module.BLOCK = block
    try:
        result, editor = edited(data)
    finally:
        csv_module.BLOCK = before
    got = list(csv.reader(io.StringIO(result.decode(), newline=""), delimiter=delimiter))
    cleaner = FakeCleaner()
    assert got[1:] == [[a, cleaner.clean(text).text, b] for a, text, b in rows]
    assert editor.outcome.totals.documents == len(rows)
    if not editor.outcome.totals.cleaned:
        assert result == data
