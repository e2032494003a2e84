"""Every document of corpus_samples/input becomes its namesake in corpus_samples/expected, byte for byte."""

import re
from itertools import zip_longest
from pathlib import Path

import pytest

import cleantext
from tests.known import cases

SAMPLES = Path(__file__).resolve().parent.parent / "corpus_samples"
NAMES = sorted(path.stem for path in (SAMPLES / "input").glob("*.txt"))
ROW = re.compile(r"^\| ([a-z]{2}-[a-z]+-\d+) \|", re.MULTILINE)


def read(folder: str, name: str) -> str:
    # read_text would turn CR LF into LF, and the samples are compared byte for byte
    return (SAMPLES / folder / f"{name}.txt").read_bytes().decode("utf-8")


def first_difference(got: str, expected: str) -> str:
    pairs = zip_longest(got.splitlines(keepends=True), expected.splitlines(keepends=True))
    for number, (have, want) in enumerate(pairs, start=1):
        if have != want:
            return f"line {number} of the cleaned text\n  got      {have!r}\n  expected {want!r}"
    return "no difference"


def test_every_sample_has_both_files_and_a_row_in_the_table() -> None:
    expected = sorted(path.stem for path in (SAMPLES / "expected").glob("*.txt"))
    table = ROW.findall((SAMPLES / "README.md").read_text(encoding="utf-8"))
    assert len(NAMES) >= 30
    assert expected == NAMES
    assert sorted(table) == NAMES


@pytest.mark.parametrize("name", cases("samples", NAMES))
def test_sample_becomes_what_is_expected(name: str) -> None:
    expected = read("expected", name)
    result = cleantext.clean(read("input", name))
    assert result.text == expected, f"{name}: {first_difference(result.text, expected)}"


@pytest.mark.parametrize("name", cases("expected", NAMES))
def test_expected_text_is_left_alone(name: str) -> None:
    expected = read("expected", name)
    result = cleantext.clean(expected)
    assert result.text == expected, f"{name}: {first_difference(result.text, expected)}"


@pytest.mark.parametrize("name", NAMES)
def test_sample_is_restored(name: str) -> None:
    text = read("input", name)
    result = cleantext.clean(text)
    assert cleantext.restore(result.text, result.report) == text
