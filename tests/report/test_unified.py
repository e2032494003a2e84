import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.finding import Finding
from cleantext.report.unified import unified


def edit(start: int, end: int, text: str, replacement: str = "") -> Finding:
    return Finding("CT901", "byline", start, end, text[start:end], replacement, "remove", 0.9, "why")


def apply_edits(text: str, edits: list[Finding]) -> str:
    for f in reversed(edits):
        text = text[: f.start] + f.replacement + text[f.end :]
    return text


def patched(original: str, diff: list[str]) -> str:
    """What `patch` makes of `original`; checks the numbers in the headers on the way."""
    lines = re.findall(r"[^\n]*\n|[^\n]+$", original)
    out: list[str] = []
    position = 0
    body = iter(diff[2:])
    sizes = (0, 0)
    counts = [0, 0]
    previous = ""
    for line in body:
        if line.startswith("@@"):
            assert sizes == tuple(counts)
            m = re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n", line)
            assert m
            sizes = (int(m[2] or 1), int(m[4] or 1))
            counts = [0, 0]
            begin = int(m[1]) - (1 if sizes[0] else 0)
            out += lines[position:begin]
            position = begin
            assert int(m[3]) - (1 if sizes[1] else 0) == len(out)
        elif line.startswith("\\"):
            if previous != "-":
                out[-1] = out[-1].removesuffix("\n")
            else:
                assert not lines[position - 1].endswith("\n")
        else:
            previous = line[0]
            if previous in " -":
                assert lines[position].removesuffix("\n") == line[1:].removesuffix("\n")
                position += 1
                counts[0] += 1
            if previous in " +":
                out.append(line[1:])
                counts[1] += 1
    assert sizes == tuple(counts)
    return "".join(out + lines[position:])


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, list[Finding]]:
    text = draw(st.text(st.sampled_from("ab\n\n\r\f"), max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    if len(cuts) % 2:
        cuts.pop()
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=True):
        replacement = draw(st.sampled_from(["", "x", "\n", "x\ny"]))
        edits.append(edit(start, end, text, replacement))
    return text, edits


@given(edited_texts())
def test_patching_gives_the_cleaned_text(case: tuple[str, list[Finding]]) -> None:
    text, edits = case
    diff = list(unified(text, edits, "a"))
    assert patched(text, diff) == apply_edits(text, edits)
    assert bool(diff) == (text != apply_edits(text, edits))


@pytest.mark.parametrize(
    ("text", "start", "end", "body"),
    [
        pytest.param("a\nb\nc\n", 2, 4, " a\n|-b\n| c\n", id="line-goes"),
        pytest.param("a\nb\nc\n", 1, 3, " a\n|-b\n| c\n", id="line-goes-with-the-end-before-it"),
        pytest.param("ab\nc\n", 1, 3, "-ab\n|-c\n|+ac\n", id="lines-are-joined"),
        pytest.param("a\nb", 2, 3, " a\n|-b\n|\\ No newline at end of file\n", id="last-line-without-end"),
        pytest.param("a\u2028b\x0cc\n", 1, 2, "-a\u2028b\x0cc\n|+ab\x0cc\n", id="only-lf-ends-lines"),
        pytest.param("a\r\nb\r\n", 0, 3, "-a\r\n| b\r\n", id="crlf"),
    ],
)
def test_change_is_whole_lines(text: str, start: int, end: int, body: str) -> None:
    assert "|".join(list(unified(text, [edit(start, end, text)], "a"))[3:]) == body


def test_nothing_for_nothing() -> None:
    assert list(unified("a\n", [], "a")) == []


def test_far_changes_get_hunks_of_their_own() -> None:
    text = "".join(f"{i:02}\n" for i in range(40))
    diff = list(unified(text, [edit(30, 33, text), edit(90, 93, text)], "a"))
    assert [line for line in diff if line.startswith("@@")] == ["@@ -8,7 +8,6 @@\n", "@@ -28,7 +27,6 @@\n"]


def test_million_blank_lines_take_no_time() -> None:
    text = "\n" * 500_000 + "noise\n" + "\n" * 500_000
    diff = list(unified(text, [edit(500_000, 500_006, text)], "a"))
    assert diff[2] == "@@ -499998,7 +499998,6 @@\n"
