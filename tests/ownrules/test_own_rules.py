import json
from pathlib import Path

import pytest

import cleantext
from cleantext.errors import ConfigError, RuleError
from cleantext.ownrules.load import load_rules
from cleantext.ownrules.registry import as_rules
from cleantext.ownrules.testing import check_rules
from cleantext.rules import all_rules
from tests.cli.conftest import Cli, cli, here  # noqa: F401

BASE = """
[[rules]]
code = "MY001"
name = "order"
finds = "Finds order numbers."
matches = ["Order no. 1"]
"""
ORDER = BASE + "patterns = ['^Order no\\. \\d+$']\n"


def rules(tmp_path: Path, text: str) -> tuple[cleantext.config.OwnRule, ...]:
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    return load_rules(str(tmp_path / "own.toml"))


def clean(tmp_path: Path, toml: str, text: str) -> str:
    cleaner = cleantext.Cleaner(own_rules=rules(tmp_path, toml), select=("MY",), budget=1.0)
    result = cleaner.clean(text)
    assert cleantext.restore(result.text, result.report) == text
    assert cleaner.clean(result.text).text == result.text
    return result.text


LINES = "One line of the text.\nOrder no. 12\nAnother line of it.\n"


@pytest.mark.parametrize(
    ("toml", "text", "cleaned"),
    [
        (ORDER, LINES, "One line of the text.\nAnother line of it.\n"),
        (ORDER, LINES.replace("\n", "\r\n"), "One line of the text.\r\nAnother line of it.\r\n"),
        (ORDER, LINES.replace("One", "\ud800\U0001f600é"), "\ud800\U0001f600é line of the text.\nAnother line of it.\n"),
        (ORDER, "An Order no. 12 within", "An Order no. 12 within"),
        (ORDER, "order no. 12", "order no. 12"),
        (ORDER + "ignore-case = true", "A\norder no. 12", "A"),
        (BASE + 'literals = ["[ad]", "☞"]\nremoves = "span"', "a [ad] b [ad]☞ c [AD]", "a  b  c [AD]"),
        (BASE + 'literals = ["[Ad]"]\nremoves = "span"\nignore-case = true', "a [ad] b [AD]", "a  b "),
        (BASE + 'literals = ["[ad]"]', "a [ad] b [ad]\nc", "c"),
        (BASE + 'literals = ["(c)"]\nremoves = "span"\nreplacement = "©"', "a (c) b", "a © b"),
        (BASE + 'literals = ["x"]\nremoves = "span"\nreplacement = "xx"', "a x b", "a x b"),
        (BASE + "patterns = ['(?s)BEGIN.*?END']", "a\nBEGIN\nb\nEND\nc\n", "a\nc\n"),
        (BASE + "patterns = ['(?s)BEGIN.*?END']", "a\r\nBEGIN\r\nb\r\nEND\r\nc\r\n", "a\r\nc\r\n"),
        (BASE + 'literals = ["x"]\nonly-flags = true', "a\nx\n", "a\nx\n"),
        (BASE + 'literals = ["x"]\nconfidence = 0.7', "a\nx\n", "a\nx\n"),
    ],
)  # fmt: skip
def test_what_they_do(tmp_path: Path, toml: str, text: str, cleaned: str) -> None:
    assert clean(tmp_path, toml, text) == cleaned


PLAIN = "A first line.\nAd here.\nA second line.\nAd here.\nA third line of the text.\n"


@pytest.mark.parametrize(
    ("when", "text", "left"),
    [
        ("after = 0.5", PLAIN, ["Ad here."]),
        ("before = 0.3", PLAIN, ["Ad here."]),
        ("after = 0.9", PLAIN, ["Ad here.", "Ad here."]),
        ("longest-line = 8", PLAIN, []),
        ("longest-line = 7", PLAIN, ["Ad here.", "Ad here."]),
        ("whole-line = true", "Ad here\n  Ad here \nAn Ad here", ["An Ad here"]),
        ("beside-blank = true", "a\nAd here\nb\n\nAd here\nb", ["Ad here"]),
        ("near = ['^Shop$']\nwhen.reach = 1", "Ad here 1\nb\nc\nAd here 2\nShop", ["Ad here 1"]),
        ("near = ['^Shop$']\nwhen.reach = 4", "Ad here 1\nb\nc\nAd here 2\nShop", []),
        ("not-near = ['^Shop$']\nwhen.reach = 1", "Ad here 1\nb\nc\nAd here 2\nShop", ["Ad here 2"]),
        ("repeats = 2", PLAIN, []),
        ("repeats = 3", PLAIN, ["Ad here.", "Ad here."]),
        ("languages = ['de']", "The man and the woman were in the house.\nAd here\n" * 3, ["Ad here"] * 3),
        ("languages = ['en']", "The man and the woman were in the house.\nAd here\n" * 3, []),
    ],
)
def test_conditions(tmp_path: Path, when: str, text: str, left: list[str]) -> None:
    cleaned = clean(tmp_path, BASE + f'literals = ["Ad here"]\nwhen.{when}\n', text)
    assert [line for line in cleaned.splitlines() if "Ad here" in line] == left


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("", "own.toml has no rules: write them as tables [[rules]]"),
        ("[rule]", "own.toml:1: unknown key 'rule': did you mean 'rules'?"),
        (ORDER + "patern = 1", "own.toml:8: unknown key 'patern': did you mean 'patterns'?"),
        (ORDER + "when.affter = 1", "own.toml:8: unknown key 'affter': did you mean 'after'?"),
        (ORDER + 'examples = [{ befor = "" }]', "own.toml:8: unknown key 'befor': did you mean 'before'?"),
        ('[[rules]]\ncode = "MY1"', "own.toml:1: it has no key `name`"),
        (ORDER + 'when.after = "x"', "own.toml:8: when.after: Expected `float`, got `str`"),
        (ORDER.replace("MY001", "CT001"), "own.toml:3: code: 'CT001' is no code"),
        (ORDER.replace("MY001", "my1"), "own.toml:3: code: 'my1' is no code"),
        (ORDER.replace('"order"', '"Order X"'), "own.toml:4: name: 'Order X' is no name"),
        (ORDER + 'family = "bylines"', "own.toml:8: family: 'bylines' is no family: did you mean 'byline'?"),
        (BASE, "own.toml:2: it looks for nothing"),
        (BASE + "patterns = ['a',\n'(?<=x)']", "own.toml:8: patterns: '(?<=x)' is no RE2 pattern: invalid"),
        (BASE + "patterns = ['a*']", "own.toml:7: patterns: 'a*' matches nothing at all"),
        (ORDER + "when.near = ['(']", "own.toml:8: when: '(' is no RE2 pattern: missing"),
        (
            BASE + 'literals = ["a\\nb"]',
            "own.toml:7: literals: a literal must hold something, and no line end",
        ),
        (ORDER + 'replacement = "x"', "own.toml:8: replacement: only spans can be replaced"),
        (ORDER + "confidence = 2", "own.toml:8: confidence: 2.0 is out of range"),
        (ORDER + "when = { after = 0.9, before = 0.1 }", "own.toml:8: when: after and before are shares"),
        (ORDER + "when.repeats = 0", "own.toml:8: when: repeats and reach are at least 1"),
        (ORDER.replace("matches = ", "stays = "), "own.toml:2: it has no example"),
    ],
)
def test_messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toml: str, says: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError) as e:
        rules(tmp_path, toml)
    assert str(e.value).startswith(says)


def test_codes_and_names_are_unlike(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"MY001 is taken by the rule at own\.toml:2"):
        as_rules(rules(tmp_path, ORDER + ORDER.replace('"order"', '"other"')))
    with pytest.raises(RuleError, match="is taken by a rule of this package"):
        as_rules(rules(tmp_path, ORDER.replace("order", all_rules()[0].name)))


def test_examples_are_tried(tmp_path: Path) -> None:
    toml = BASE + (
        "literals = ['no. 1']\n"
        "stays = ['no. 2', 'the no. 1 of all']\n"
        "examples = [{ before = 'a no. 1', after = 'a' }, { before = 'a', after = 'b' }]\n"
    )
    (outcome,) = check_rules(rules(tmp_path, toml.replace('["Order no. 1"]', '["Order no. 1", "Order 7"]')))
    assert outcome.examples == 6
    assert outcome.failures == (
        'matches: finds nothing in "Order 7"',
        'stays: finds "the no. 1 of all" in "the no. 1 of all"',
        'examples: makes "" of "a no. 1", not "a"',
        'examples: makes "a" of "a", not "b"',
    )


def test_command(cli: Cli) -> None:  # noqa: F811
    result = cli("test-rules")
    assert (result.exit_code, result.stderr[:20]) == (2, "Error: there are no ")
    Path("own.toml").write_text(ORDER)
    Path("bad.toml").write_text(
        ORDER.replace("MY001", "MY002").replace("order", "other") + 'stays = ["Order no. 2"]\n'
    )
    Path("cleantext.toml").write_text('rules-files = ["own.toml"]')
    result = cli("test-rules")
    assert (result.exit_code, result.stdout) == (0, "MY001 order: 1 example as they should be\n")
    assert cli("test-rules", "--quiet").output == ""
    result = cli("test-rules", "own.toml", "bad.toml")
    assert result.exit_code == 1
    assert 'bad.toml:2: MY002 other: stays: finds "Order no. 2"' in result.stderr
    assert "1 of 2 rules fail" in result.stderr
    assert "MY001" in cli("rules").stdout
    assert "Finds order numbers." in cli("explain", "MY001").stdout


def test_worker_processes_and_reports_know_them(cli: Cli) -> None:  # noqa: F811
    Path("own.toml").write_text(ORDER)
    Path("in").mkdir()
    for n in range(4):
        Path(f"in/{n}.txt").write_text(LINES)
    assert cli("run", "in", "out", "--rules", "own.toml", "--jobs", "2").exit_code == 0
    assert Path("out/3.txt").read_text() == "One line of the text.\nAnother line of it.\n"
    assert "MY001" in Path("out/report.html").read_text()
    assert '"origin": "own.toml:2"' in Path("out/summary.json").read_text()
    assert cli("restore", "out", "back").exit_code == 0


def test_sarif_describes_them(cli: Cli) -> None:  # noqa: F811
    Path("own.toml").write_text(ORDER)
    Path("a.txt").write_text(LINES)
    log = json.loads(
        cli("check", "a.txt", "--rules", "own.toml", "--select", "MY", "--format", "sarif").stdout
    )
    (rule,) = log["runs"][0]["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("MY001", "order")
    assert rule["shortDescription"] == {"text": "Finds order numbers."}
