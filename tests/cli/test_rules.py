import json
import sys

import pytest

from cleantext.rules import all_rules
from tests.cli.conftest import Cli
from tests.cli.process import on_terminal


def test_table_has_a_line_for_every_rule(cli: Cli) -> None:
    head, *lines = cli("rules").stdout.splitlines()
    assert head.split() == ["code", "name", "family", "acts", "finds"]
    assert len(lines) == len(all_rules())
    for line, rule in zip(lines, all_rules(), strict=True):
        assert line.split(None, 4)[:3] == [rule.code, rule.name, rule.family]
        assert line.endswith(rule.summary)


def test_json_says_the_same(cli: Cli) -> None:
    rows = json.loads(cli("rules", "--format", "json").stdout)
    assert [(r["code"], r["safe"]) for r in rows] == [(r.code, r.safe) for r in all_rules()]
    assert set(rows[0]) == {"code", "name", "family", "safe", "summary"}


@pytest.mark.parametrize("word", ["CT101", "ct101"])
def test_explain_prints_the_page(cli: Cli, word: str) -> None:
    result = cli("explain", word)
    assert result.exit_code == 0
    assert result.stdout.startswith("CT101 ")


@pytest.mark.parametrize(
    ("word", "codes"), [("CT10", ("CT101", "CT102", "CT103")), ("encoding", ("CT122", "CT123"))]
)
def test_explain_prints_all_pages_of_a_family_and_of_the_beginning_of_codes(
    cli: Cli, word: str, codes: tuple[str, ...]
) -> None:
    text = cli("explain", word).stdout
    assert all(f"{code} " in text for code in codes)
    assert "CT301 " not in text


@pytest.mark.parametrize(("word", "near"), [("CT99", "CT"), ("date-intrusions", "date-intrusion")])
def test_unknown_rule_gets_a_hint(cli: Cli, word: str, near: str) -> None:
    result = cli("explain", word)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: no rule {word!r}: did you mean '{near}")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_explain_keeps_to_a_narrow_terminal() -> None:
    _, shown = on_terminal("explain", "CT101", stream="stdout", COLUMNS="60")
    page = shown.decode().replace("\r\n", "\n")
    paragraphs, _, _ = page.partition("\nExamples\n")
    assert max(map(len, paragraphs.split("\n"))) <= 60
    _, shown = on_terminal("explain", "CT101", stream="stdout", COLUMNS="200")
    assert " ".join(shown.decode().split()) == " ".join(page.split())
