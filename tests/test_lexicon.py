"""The lexicon: its language of forms, and that its files are sound."""

from __future__ import annotations

import pytest

from cleantext.document import fold
from cleantext.errors import RuleError
from cleantext.lexicon import calendar, languages
from cleantext.lexicon.anchor import Anchor, anchors
from cleantext.lexicon.dates import compile_source
from cleantext.lexicon.form import expansions, parse, source
from cleantext.lexicon.matcher import match_at
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
        ("(please|) check your inbox", "Now. Check your inbox", "Check your inbox"),
    ],
)
def test_forms_match(form: str, text: str, found: str | None) -> None:
    m = compile_source(source(form)).search(text)
    assert (m.group() if m else None) == found
    ends = [(at, match_at(form, text, fold(text), at, len(text))) for at in range(len(text))]
    assert next((text[at:end] for at, end in ends if end), None) == found


def test_expansions() -> None:
    assert expansions("read (more|on)") == ("read more", "read on")
    assert expansions("by {name}") is None


def test_anchors_are_the_rarest_words() -> None:
    assert anchors("sign up for {some} newsletter") == (Anchor("sign up for", True),)
    assert anchors("on it {some} is a (gift|present)") == (
        Anchor("is a gift", False),
        Anchor("is a present", False),
    )
    assert anchors("abonnier(en|t) {some} newsletter") == (Anchor("newsletter", False),)
    assert anchors("abonnier(en|t)") == (Anchor("abonnieren", True), Anchor("abonniert", True))
    assert anchors("{name} / {name}") == ()


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
