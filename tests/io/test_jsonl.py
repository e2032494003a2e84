import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext.errors import InputError
from cleantext.finding import CleanResult, Report
from cleantext.io import json_span
from cleantext.io.jsonl import Jsonl
from cleantext.io.records import ANNOTATION, Fields
from cleantext.io.store import Store
from cleantext.run.plan import Source
from cleantext.run.work import Cleaning, Options, Worker
from tests.fake import FakeCleaner

DEFAULT = Fields()


def edited(data: bytes, fields: Fields = DEFAULT, cleaner: object = None) -> tuple[bytes, Cleaning]:
    worker = Worker(cleaner or FakeCleaner(), Store("", ""), Options(fields=fields))  # type: ignore[arg-type]
    editor = Cleaning(worker, {}, lambda number: None)
    editor.source = Source("a.jsonl", "a.jsonl")
    form = Jsonl()
    out = [p for b in form.blocks(io.BytesIO(data), fields) for p in form.edit(b, fields, editor)]
    return b"".join(out), editor


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        (b'{"text":"[[a]]b","n":1.0e5}', b'{"text":"b","n":1.0e5}'),
        (b' { "text" : "[[a]]b" , "text2":"[[a]]" } \r\n', b' { "text" : "b" , "text2":"[[a]]" } \r\n'),
        (rb'{"text":"[[a]]\u00e9\/"}', rb'{"text":"\u00e9\/"}'),
        ('{"text":"[[a]]é/"}'.encode(), '{"text":"é/"}'.encode()),
        (b'{"text":"{{a|\xc3\xa9}}"}', b'{"text":"\xc3\xa9"}'),
        (rb'{"a":"\"text\":","text":"[[a]]\ud800"}', rb'{"a":"\"text\":","text":"\ud800"}'),
        (b'{"text":"[[a]]","text":"[[b]]c"}', b'{"text":"[[a]]","text":"c"}'),
        (rb'{"te\u0078t":"[[a]]c"}', rb'{"te\u0078t":"c"}'),
        (
            b'{"text":"[[a]]c","nan":NaN,"big":' + b"9" * 400 + b"}",
            b'{"text":"c","nan":NaN,"big":' + b"9" * 400 + b"}",
        ),
        (b"\xef\xbb\xbf" + b'{"text":"[[a]]c"}', b"\xef\xbb\xbf" + b'{"text":"c"}'),
        (b'\n{"text":null}\n\n{"other":1}\n', b'\n{"text":null}\n\n{"other":1}\n'),
    ],
)
def test_only_the_text_changes(line: bytes, becomes: bytes) -> None:
    assert edited(line, Fields(text=("text",)))[0] == becomes


def test_nested_and_several_fields() -> None:
    line = b'{"a":{"b":"[[x]]1","c":["[[x]]"]},"a.c":"[[x]]2","d":{"b":"[[x]]"}}\n'
    fields = Fields(text=("a.b", "a.c", "d.b.e"), id="d.b")
    out, editor = edited(line, fields)
    assert out == b'{"a":{"b":"1","c":["[[x]]"]},"a.c":"2","d":{"b":"[[x]]"}}\n'
    records = [json.loads(line) for line in editor.outcome.lines]
    assert [(r["field"], r["id"], r["record"]) for r in records] == [("a.b", "[[x]]", 0), ("a.c", "[[x]]", 0)]


def test_hints_reach_the_cleaner() -> None:
    seen = []

    class Noting:
        def clean(self, text: str, lang: str | None = None, url: str | None = None) -> CleanResult:
            seen.append((text, lang, url))
            return CleanResult(text, Report(chars_in=len(text), chars_out=len(text)))

    line = b'{"text":"a","l":"de","u":{"full":"http://x"}}\n{"text":"b","l":null,"u":3}\n'
    edited(line, Fields(url="u.full", lang="l"), Noting())
    assert seen == [("a", "de", "http://x"), ("b", None, None)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text":"[[a]]"', "not JSON"),
        (b"[1]", "not a JSON object"),
        (b'{"text":["[[a]]"]}', "field text is no string"),
        (b'{"text":"RAISE"}', "cleaning raised ValueError"),
        (b'{"text":"\xff"}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_record_that_cannot_be_read_stays_and_is_named(line: bytes, reason: str) -> None:
    data = b'{"text":"[[a]]b"}\n' + line + b'\n{"text":"[[a]]b"}\n'
    out, editor = edited(data)
    assert out == b'{"text":"b"}\n' + line + b'\n{"text":"b"}\n'
    records = [json.loads(line) for line in editor.outcome.lines]
    assert [r["status"] for r in records] == ["cleaned", "failed", "cleaned"]
    assert records[1]["record"] == 1
    assert reason in records[1]["reason"]


def test_text_field_is_found_or_asked_for() -> None:
    assert (
        edited(b'{"content":"[[a]]b","raw_content":"[[a]]"}')[0] == b'{"content":"b","raw_content":"[[a]]"}'
    )
    with pytest.raises(InputError, match=r"--text-field body \(there are: body, id\)"):
        edited(b'{"body":"[[a]]b","id":1}')
    with pytest.raises(InputError, match="UTF-16"):
        edited('{"text":"a"}'.encode("utf-16"))


@pytest.mark.parametrize("how", ["beside", "instead"])
def test_annotation_is_the_last_member(how: str) -> None:
    out, editor = edited(b'{"text": "[[a]]b", "n": 1}\n{}\n', Fields(annotate=how, text=("text",)))  # type: ignore[arg-type]
    first, second = out.splitlines()
    record = json.loads(first)
    assert list(record) == ["text", "n", ANNOTATION]
    assert record["text"] == ("b" if how == "beside" else "[[a]]b")
    assert record[ANNOTATION][0] | {"reason": ""} == {
        "field": "text",
        "rule": "CT901",
        "family": "share-bar",
        "start": 0,
        "end": 5,
        "text": "[[a]]",
        "replacement": "",
        "action": "remove",
        "confidence": 0.97,
        "reason": "",
    }
    assert second == b'{"cleantext_findings":[]}'
    assert editor.outcome.totals.cleaned == (how == "beside")
    assert edited(out, Fields(annotate="drop"))[0].splitlines()[1] == b"{}"


def test_record_with_an_annotation_already_fails() -> None:
    out, editor = edited(b'{"text":"[[a]]","cleantext_findings":1}', Fields(annotate="beside"))
    assert out == b'{"text":"[[a]]","cleantext_findings":1}'
    assert editor.outcome.totals.failed == 1


values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(
    before=st.dictionaries(st.text(max_size=4), values, max_size=3),
    after=st.dictionaries(st.text(max_size=4), values, max_size=3),
    text=st.text(st.characters(), max_size=10),
    ascii_only=st.booleans(),
    indent=st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", " : ")]),
)
def test_any_object_changes_in_its_text_only(
    before: dict[str, object], after: dict[str, object], text: str, ascii_only: bool, indent: tuple[str, str]
) -> None:
    def line(text: str) -> bytes:
        record = {**before, "text": text, **{k: v for k, v in after.items() if k != "text"}}
        data = json.dumps(record, ensure_ascii=ascii_only, separators=indent)
        return data.encode("utf-8", "surrogatepass") + b"\n"

    try:
        line("[[noise]]" + text).decode("utf-8")
    except UnicodeDecodeError:  # lone surrogates are no UTF-8 unless escaped
        return
    out, _ = edited(line("[[noise]]" + text), Fields(text=("text",)))
    wanted = line(FakeCleaner().clean("[[noise]]" + text).text)
    assert json.dumps(json.loads(out)) == json.dumps(json.loads(wanted))
    span, other = json_span.find(out, ("text",)), json_span.find(wanted, ("text",))
    assert span is not None
    assert other is not None
    assert (out[: span[0]], out[span[1] :]) == (wanted[: other[0]], wanted[other[1] :])
