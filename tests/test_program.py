"""Where a piece of program text ends."""

import pytest

from cleantext.rules.program import DATA, SCRIPT, STYLE, Statements


@pytest.mark.parametrize(
    "code",
    [
        "var a = 'x;}' + \"{\";",
        "f({a: [1, 2]}, function () { return '}'; });",
        "(function () {\n  /* } */ g(1); // )\n})();",
        "if (a) { b(); } else { c(); }",
        ".hat > a:hover { color: red; }",
        "@media print {\n  .hat { top: 0 }\n}",
        '{"a": {"b": "}"}}',
    ],
)
def test_a_statement_ends_with_its_last_bracket(code: str) -> None:
    for follows in (" Otto wept.", "\nOtto wept.", "Otto wept."):
        assert Statements(code + follows).end(0, len(code + follows)) == len(code)


@pytest.mark.parametrize("text", ["f(a", '{"a": [1', "'abc"])
def test_what_is_cut_off_has_no_end(text: str) -> None:
    assert Statements(text).end(0, len(text)) is None


@pytest.mark.parametrize("opener", ['"', "'", "`", "/*"])
def test_what_nothing_closes_is_read_once(opener: str) -> None:
    text = f"f(\\{opener}a);\n" * 2_000
    statements = Statements(text)
    ends = [statements.end(at, len(text)) for at in range(0, len(text), text.index("\n") + 1)]
    assert all(end is not None and text[end - 1] == ";" for end in ends)
    assert statements.read < 3 * len(text)


def test_brackets_by_the_ten_thousand_take_no_time() -> None:
    assert Statements("(" * 50_000).end(0, 50_000) is None


@pytest.mark.parametrize(
    "text", ["a quick answer. .x", "The main article {", "button, said the man {", "Form and table"]
)
def test_prose_is_no_selector(text: str) -> None:
    assert STYLE.match(text) is None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (STYLE, "#nav ul li a, .hat::before { "),
        (STYLE, "a:not(.hat):hover{"),
        (SCRIPT, "window.hat = "),
        (SCRIPT, "(hat = window.hat || []).push("),
        (SCRIPT, "!function(a,b){"),
        (DATA, '{"@context" : '),
    ],
)
def test_code_is_told_by_its_beginning(pattern: object, text: str) -> None:
    assert pattern.match(text)  # type: ignore[attr-defined]
