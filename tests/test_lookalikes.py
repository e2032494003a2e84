"""Texts that resemble noise and are none come back untouched."""

import json
from pathlib import Path

import pytest

import cleantext
from tests.known import cases

PATH = Path(__file__).resolve().parent / "data" / "lookalikes.jsonl"
LOOKALIKES = [json.loads(line) for line in PATH.read_text(encoding="utf-8").split("\n") if line]
BY_ID = {record["id"]: record for record in LOOKALIKES}
FAMILIES = frozenset(
    """date-intrusion inline-intrusion view-rows truncated-teaser affiliate-disclaimer newsletter-prompt share-bar
    cookie-notice photo-credit byline copyright-footer breadcrumb related-links comment-chrome paywall-prompt
    app-prompt video-chrome tag-list pagination code-leftover shortcode encoding page-furniture repeated-line""".split()
)


def describe(finding: cleantext.Finding) -> str:
    return (
        f"  {finding.rule} {finding.family} {finding.action} {finding.confidence:.2f} "
        f"{finding.text!r} -> {finding.replacement!r}: {finding.reason}"
    )


def test_records_are_well_formed() -> None:
    ids = [record["id"] for record in LOOKALIKES]
    assert len(ids) == len(set(ids))
    for record in LOOKALIKES:
        assert set(record) == {"id", "lang", "family", "text", "why"}, record["id"]
        assert all(isinstance(value, str) and value for value in record.values()), record["id"]


def test_every_family_has_a_lookalike() -> None:
    assert {record["family"] for record in LOOKALIKES} == FAMILIES


@pytest.mark.parametrize("key", cases("lookalikes", [record["id"] for record in LOOKALIKES]))
def test_lookalike_is_left_alone(key: str) -> None:
    record = BY_ID[key]
    result = cleantext.clean(record["text"])
    changes = [finding for finding in result.report.findings if finding.action != "flag"]
    shown = "\n".join(map(describe, changes)) or "  no finding explains the change"
    assert result.text == record["text"], f"{record['id']} ({record['why']})\n{shown}"
