"""The formats of ``check`` that other programs read."""

import json
import os
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from cleantext.report.formats import FORMATS
from tests.cli.conftest import Cli
from tests.report import sarif_schema

TEXT = "One line.\r\nKeep [[this\ngoes \x1b[31m]] {{Ã©|é}}\n((perhaps)) 😀 [[<&\"'>%:,]]\n"


@pytest.fixture(autouse=True)
def files(here: Path, fake: None) -> None:
    Path("in/sub dir").mkdir(parents=True)
    Path("in/noisy.txt").write_bytes(TEXT.encode())
    Path("in/clean.txt").write_bytes(b"Nothing here.\n")
    Path("in/sub dir/ä,b%:.md").write_bytes(b"((flags)) don't count\n")


def check(cli: Cli, form: str) -> str:
    result = cli("check", "in", "in/none.txt", "--format", form)
    assert result.exit_code == 2
    return result.stdout


def test_sarif(cli: Cli) -> None:
    log = json.loads(check(cli, "sarif"))
    assert sarif_schema.problems(log) == []
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["CT901", "CT902", "CT903"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        location = result["locations"][0]["physicalLocation"]
        region = location["region"]
        found = TEXT[region["charOffset"] : region["charOffset"] + region["charLength"]]
        if "noisy" in location["artifactLocation"]["uri"]:
            assert found == region["snippet"]["text"]
    first, _, flag, _, other = run["results"]
    assert first["level"] == "warning"
    region = first["locations"][0]["physicalLocation"]["region"]
    assert [region[k] for k in ("startLine", "startColumn", "endLine", "endColumn")] == [2, 6, 3, 13]
    assert first["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"] == {
        k: v for k, v in region.items() if k != "snippet"
    }
    assert flag["level"] == "note"
    assert "fixes" not in flag
    assert (
        other["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        == "in/sub%20dir/%C3%A4%2Cb%25%3A.md"
    )
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "none.txt" in invocation["toolExecutionNotifications"][0]["message"]["text"]


@pytest.mark.skipif(
    "CLEANTEXT_SARIF_SCHEMA" not in os.environ, reason="CLEANTEXT_SARIF_SCHEMA names no file: see .ci/uses"
)
def test_sarif_is_valid_by_the_schema_of_oasis(cli: Cli) -> None:
    """The schema isn't ours to keep here; what `sarif_schema` asks was written from the standard."""
    jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema")
    schema = json.loads(Path(os.environ["CLEANTEXT_SARIF_SCHEMA"]).read_text(encoding="utf-8"))
    assert schema["properties"]["version"]["enum"] == ["2.1.0"]
    validator = jsonschema.Draft7Validator(schema)
    log = json.loads(check(cli, "sarif"))
    assert log["runs"][0]["results"]
    assert [e.message for e in validator.iter_errors(log)] == []
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert list(validator.iter_errors(log))


def test_sarif_fingerprints_stay_when_lines_move(cli: Cli) -> None:
    prints = []
    for text in ("[[a b]]", "before\n\n[[a b]] after"):
        Path("a.txt").write_text(text)
        log = json.loads(cli("check", "a.txt", "--format", "sarif").stdout)
        prints.append(log["runs"][0]["results"][0]["partialFingerprints"])
    assert prints[0] == prints[1]


def test_sarif_without_findings_is_valid(cli: Cli) -> None:
    log = json.loads(cli("check", "in/clean.txt", "--format", "sarif").stdout)
    assert sarif_schema.problems(log) == []
    assert log["runs"][0]["results"] == []


def test_the_schema_refuses_what_is_wrong(cli: Cli) -> None:
    log = json.loads(check(cli, "sarif"))
    log["runs"][0]["results"][0]["level"] = "bad"
    log["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    log["runs"][0]["results"][2]["nonsense"] = 1
    del log["runs"][0]["tool"]["driver"]["name"]
    assert len(sarif_schema.problems(log)) == 4


def test_github(cli: Cli) -> None:
    lines = check(cli, "github").splitlines()
    assert lines == [
        "::warning file=in/noisy.txt,line=2,endLine=3,title=CT901 share-bar::it stands in square brackets: "
        r"[[this\ngoes \x1b[31m]]",
        "::warning file=in/noisy.txt,line=3,endLine=3,col=14,endColumn=22,title=CT902 encoding::it stands in braces, "
        "with what was meant: {{Ã©|é}}",
        "::notice file=in/noisy.txt,line=4,endLine=4,col=1,endColumn=12,title=CT903 byline::it stands in round "
        "brackets: ((perhaps))",
        "::warning file=in/noisy.txt,line=4,endLine=4,col=15,endColumn=28,title=CT901 share-bar::it stands in "
        "square brackets: [[<&\"'>%25:,]]\\n",
        "::notice file=in/sub dir/ä%2Cb%25%3A.md,line=1,endLine=1,col=1,endColumn=10,title=CT903 byline::it stands in "
        "round brackets: ((flags))",
        "::error file=in/none.txt::can't be read: no such file or directory",
    ]


def test_gitlab(cli: Cli) -> None:
    Path("in/clean.txt").write_text("[[a]] and [[a]]")
    entries = json.loads(check(cli, "gitlab"))
    assert [e["severity"] for e in entries] == [
        "minor",
        "minor",
        "minor",
        "minor",
        "info",
        "minor",
        "info",
        "major",
    ]
    assert len({e["fingerprint"] for e in entries}) == len(entries)
    assert entries[2]["location"] == {"path": "in/noisy.txt", "lines": {"begin": 2, "end": 3}}
    for entry in entries:
        assert entry.keys() == {"description", "check_name", "fingerprint", "severity", "location"}


def test_junit(cli: Cli) -> None:
    root = ET.fromstring(check(cli, "junit").encode())
    assert (root.tag, root.attrib) == ("testsuites", {"tests": "4", "failures": "1", "errors": "1"})
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert len(cases["in/clean.txt"]) == 0
    failure = cases["in/noisy.txt"].find("failure")
    assert failure is not None
    assert failure.get("message") == "3 pieces of noise"
    assert "in/noisy.txt:2:6: CT901" in (failure.text or "")
    assert cases["in/sub dir/ä,b%:.md"].find("system-out") is not None
    assert cases["in/none.txt"].find("error") is not None


@pytest.mark.parametrize("form", FORMATS)
def test_output_file_holds_the_same(cli: Cli, form: str) -> None:
    printed = cli("check", "in", "--format", form)
    written = cli("check", "in", "--format", form, "--output-file", "out.txt")
    assert written.stdout == ""
    assert written.exit_code == printed.exit_code == 1
    assert Path("out.txt").read_bytes() == printed.stdout_bytes


def test_output_file_that_cant_be_written(cli: Cli) -> None:
    result = cli("check", "in", "--output-file", "none/out.txt")
    assert result.exit_code == 2
    assert "can't write none/out.txt: no such file or directory" in result.stderr


@pytest.mark.parametrize("form", FORMATS)
def test_lone_surrogates_and_controls_come_through(cli: Cli, form: str) -> None:
    Path("a.txt").write_bytes("[[\x00\x07\u2028\ufffe]]".encode())
    result = cli("check", "a.txt", "--format", form)
    assert result.exit_code == 1
    if form in ("json", "sarif", "gitlab"):
        json.loads(result.stdout)
    elif form == "junit":
        ET.fromstring(result.stdout_bytes)
    else:
        assert result.stdout.count("\n") == 1


def test_statistics(cli: Cli) -> None:
    Path("in/clean.txt").write_text("[[a]]")
    assert cli("check", "in", "--statistics").stdout.splitlines() == [
        "rule   family     noise  flags  documents",
        "CT901  share-bar      3      0          2",
        "CT902  encoding       1      0          1",
        "CT903  byline         0      2          2",
    ]
    rows = json.loads(cli("check", "in", "--statistics", "--format", "json").stdout)
    assert rows[0] == {"rule": "CT901", "family": "share-bar", "noise": 3, "flags": 0, "documents": 2}
    assert cli("check", "in", "--statistics").exit_code == 1
    assert cli("check", "-", "--statistics", stdin=b"").stdout == ""
    assert cli("check", "in", "--statistics", "--format", "sarif").exit_code == 2


def test_exit_zero_and_quiet(cli: Cli) -> None:
    assert cli("check", "in", "--exit-zero").exit_code == 0
    assert cli("check", "in/none.txt", "--exit-zero").exit_code == 2
    result = cli("check", "in", "--quiet")
    assert (result.exit_code, result.output) == (1, "")
