from cleantext.config import Config
from cleantext.report.jsonl import DocumentRecord
from cleantext.report.summary import Summary, Totals, removed_share
from tests.fake import FakeCleaner


def record(text: str) -> DocumentRecord:
    return DocumentRecord(path="a", status="cleaned", report=FakeCleaner().clean(text).report)


def test_merging_equals_adding() -> None:
    records = [record("a [[b]] ((c))"), record("{{d|e}} [[f]]"), DocumentRecord(path="x", status="failed")]
    added, merged = Totals(), Totals()
    for one in records:
        added.add(one)
        alone = Totals()
        alone.add(one)
        merged.merge(alone)
    assert added == merged
    assert (added.documents, added.cleaned, added.failed) == (3, 2, 1)


def test_numbers_by_family_and_rule() -> None:
    totals = Totals()
    totals.add(record("a [[b]] ((c)) {{d|e}} [[f]]"))
    content = Summary("9.9", Config(), "utf-8", totals).as_mapping()
    assert list(content["families"]) == ["share-bar", "byline", "encoding"]  # as FAMILIES lists them
    assert content["rules"] == {
        "CT901": {"removed": 2, "replaced": 0, "flagged": 0, "chars_removed": 10},
        "CT902": {"removed": 0, "replaced": 1, "flagged": 0, "chars_removed": 6},
        "CT903": {"removed": 0, "replaced": 0, "flagged": 1, "chars_removed": 0},
    }
    assert content["chars_in"] - content["chars_out"] == 16


def test_share_of_nothing_is_nothing() -> None:
    assert removed_share(0, 0) == 0
    assert removed_share(4, 5) == 0
    assert removed_share(4, 3) == 0.25
