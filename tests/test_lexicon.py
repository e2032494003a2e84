"""The lexicon: its language of forms, and that its files are sound."""

from __future__ import annotations

import pytest

from cleantext.errors import RuleError
from cleantext.lexicon import calendar, languages
from cleantext.lexicon.dates import compile_source
from cleantext.lexicon.form import expansions, literals, parse, source
from tools.check_lexicon import problems


@pytest.mark.parametrize(
    ("form", "text", "found"),
    [
        ("share this (article|)", "talks.Share this articleThe minister", "Share this article"),
        ("share this (article|)", "x share thisness", None),
        ("photo by {name}", "on Photo by Marcus EriksonTuesday", "Photo by Marcus Erikson"),
        ("( photo : {name} )", "he ran (Photo: Ana Lima) home", "(Photo: Ana Lima)"),
        ("page {n} of {n}", "Page 3 of 12", "Page 3 of 12"),
        ("updated (on|:|) {date}", "Updated: 3 May 2024", "Updated: 3 May 2024"),
        ("iptal", "İPTAL", "İPTAL"),
    ],
)
def test_forms_match(form: str, text: str, found: str | None) -> None:
    m = compile_source(source(form)).search(text)
    assert (m.group() if m else None) == found


def test_expansions_and_literals() -> None:
    assert expansions("read (more|on)") == ("read more", "read on")
    assert expansions("by {name}") is None
    assert literals("sign up for {some} newsletter") == (("sign up for",), True)
    assert literals("{name} / {name}") == ((), False)


@pytest.mark.parametrize("form", ["(a|b", "a|b)", "{nothing}", "{n"])
def test_malformed_forms_are_refused(form: str) -> None:
    with pytest.raises(RuleError):
        parse(form)


@pytest.mark.parametrize("lang", languages())
def test_files_are_sound(lang: str) -> None:
    assert problems(lang) == []


def test_calendar_covers_the_languages() -> None:
    assert len(calendar()) >= 40
    for entry in calendar().values():
        assert len(entry["weekdays"]) >= 7
        assert len(entry["months"]) >= 12
