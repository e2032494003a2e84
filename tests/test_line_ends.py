"""Texts with Windows' line ends are cleaned as those with LF are, and keep them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cleantext
from cleantext.document import Document, fold
from cleantext.rules import all_rules
from tests.cli.conftest import Cli, cli, here  # noqa: F401  # fixtures
from tests.test_samples import NAMES, read

TEXT = (
    "Tweet\nPin\nEmail\nThe bridge opens in May.\n2025-04-28 15:34834 view\n2025-04-28 15:192932 view\n"
    "They meet on Marcus EriksonTuesday, kicking off a tour.\nOtto wept.</p><p>Edith left the town.\n"
)
CLEAN = (
    "The bridge opens in May.\nThey meet on Tuesday, kicking off a tour.\nOtto wept.\nEdith left the town.\n"
)
TEXTS = {
    **{f"{r.code}-{i}": e.before for r in all_rules() for i, e in enumerate(r.examples)},
    **{f"{r.code}-stays-{i}": x.text for r in all_rules() for i, x in enumerate(r.lookalikes)},
    **{name: read("input", name) for name in NAMES},
}


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


# without a line end in it there is nothing by which to know what line ends a text has
@pytest.mark.parametrize("name", [name for name, text in TEXTS.items() if "\n" in text and "\r" not in text])
def test_crlf_changes_nothing_but_the_line_ends(name: str) -> None:
    text = TEXTS[name]
    result = cleantext.clean(crlf(text))
    assert result.text == crlf(cleantext.clean(text).text)
    assert cleantext.restore(result.text, result.report) == crlf(text)


def test_the_text_of_these_tests_becomes_clean() -> None:
    assert cleantext.clean(TEXT).text == CLEAN


@pytest.mark.parametrize(
    ("text", "end"), [("a\r\nb\n", "\r\n"), ("a\nb\r\n", "\n"), ("\na", "\n"), ("a", "\n")]
)
def test_first_line_tells_the_line_ends(text: str, end: str) -> None:
    assert Document(text).line_end == end


def test_folding_keeps_offsets() -> None:
    assert fold("A\r\nB\rC\r\r\n") == "a \nb\nc\n \n"


def test_fix_keeps_crlf(cli: Cli) -> None:  # noqa: F811
    Path("a.txt").write_bytes(crlf(TEXT).encode())
    assert cli("fix", "a.txt").exit_code == 1
    assert Path("a.txt").read_bytes() == crlf(CLEAN).encode()


def test_run_and_restore_keep_crlf(cli: Cli) -> None:  # noqa: F811
    Path("in").mkdir()
    Path("in/a.txt").write_bytes(crlf(TEXT).encode())
    Path("in/b.jsonl").write_bytes(json.dumps({"text": crlf(TEXT)}).encode() + b"\r\n")
    Path("in/c.csv").write_bytes(b'n,text\r\n1,"' + crlf(TEXT).encode() + b'"\r\n')
    assert cli("run", "in", "out").exit_code == 0
    assert Path("out/a.txt").read_bytes() == crlf(CLEAN).encode()
    assert Path("out/b.jsonl").read_bytes() == json.dumps({"text": crlf(CLEAN)}).encode() + b"\r\n"
    assert Path("out/c.csv").read_bytes() == b'n,text\r\n1,"' + crlf(CLEAN).encode() + b'"\r\n'
    assert cli("restore", "out", "back").exit_code == 0
    for path in Path("in").iterdir():
        assert Path("back", path.name).read_bytes() == path.read_bytes()


def test_positions_are_those_that_editors_show(cli: Cli) -> None:  # noqa: F811
    """Lines and columns of CRLF texts are those of LF texts; offsets are of the text as it is."""
    outputs: dict[str, list[str]] = {}
    for name, text in (("lf", TEXT), ("crlf", crlf(TEXT))):
        Path("a.txt").write_bytes(text.encode())
        for form in ("text", "github", "gitlab", "sarif"):
            outputs.setdefault(form, []).append(cli("check", "a.txt", "--format", form).stdout)
        (run,) = json.loads(outputs["sarif"][-1])["runs"]
        assert run["results"], name
        for result in run["results"]:
            region = result["locations"][0]["physicalLocation"]["region"]
            start = region["charOffset"]
            assert text[start : start + region["charLength"]] == region["snippet"]["text"]
            lines = text.replace("\r\n", "\n").split("\n")
            shown = lines[region["startLine"] - 1][region["startColumn"] - 1 :]
            assert shown.startswith(region["snippet"]["text"].split("\r\n")[0].split("\n")[0])
    lf, with_cr = (text.split("|")[0] for text in outputs["text"])
    assert lf == with_cr
    places = [[line.split("title=")[0] for line in out.splitlines()] for out in outputs["github"]]
    assert places[0] == places[1]
    places = [[entry["location"] for entry in json.loads(out)] for out in outputs["gitlab"]]
    assert places[0] == places[1]
