"""Where a piece of program text ends."""

import pytest

from cleantext.rules.program import DATA, SCRIPT, STYLE, statement_end


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
        assert statement_end(code + follows, 0, len(code + follows)) == len(code)


@pytest.mark.parametrize("text", ["f(a", '{"a": [1', "'abc"])
def test_what_is_cut_off_has_no_end(text: str) -> None:
    assert statement_end(text, 0, len(text)) is None


def test_brackets_by_the_ten_thousand_take_no_time() -> None:
    assert statement_end("(" * 50_000, 0, 50_000) is None


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
