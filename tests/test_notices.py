"""Concepts of a sentence, the model over them, and the readings of a line."""

import pytest

import cleantext
from cleantext.concepts import concepts, expressed
from cleantext.document import Document, fold
from cleantext.notices import best, features, model
from cleantext.rules import all_rules
from cleantext.rules.notice import NoticeRule, read


def found(text: str, lang: str = "en") -> set[str]:
    folded = fold(text)
    return set(concepts(folded, 0, len(folded), lang))


def removed(text: str) -> list[tuple[str, str]]:
    return [(f.family, f.text) for f in cleantext.clean(text).report.findings if f.action == "remove"]


@pytest.mark.parametrize(
    ("text", "lang", "concept", "there"),
    [
        ("We value your privacy.", "en", "we", True),
        ("The weather was wet.", "en", "we", False),
        ("A linked list.", "en", "link", True),
        ("He blinked.", "en", "link", False),
        ("keep  reading", "en", "continue_reading", True),
        ("They keep on reading.", "en", "continue_reading", False),
        ("Hier geht es zum Wochennewsletter", "de", "newsletter", True),
        ("当サイトではCookieを使用しています", "ja", "cookie", True),
        ("Cookiesheetを使う", "ja", "cookie", False),
        ("© 2020", "en", "copyright", True),
    ],
)
def test_concept_is_found_where_its_term_stands(text: str, lang: str, concept: str, there: bool) -> None:
    assert (concept in found(text, lang)) is there


def test_spans_are_those_of_the_terms() -> None:
    text = "xx Sign up for our newsletter"
    spans = concepts(fold(text), 3, len(text), "en")
    assert text[slice(*spans["newsletter"])] == "newsletter"
    assert all(a >= 3 for a, _ in spans.values())


@pytest.mark.parametrize(
    ("text", "lang", "family"),
    [
        ("We may be paid when you order through a link on this page.", "en", "affiliate-disclaimer"),
        ("Let us send the week's best stories to your inbox.", "en", "newsletter-prompt"),
        ("Wir setzen Cookies ein, um unser Angebot zu verbessern.", "de", "cookie-notice"),
        ("Solo los suscriptores pueden leer este artículo.", "es", "paywall-prompt"),
        ("Installez notre appli sur votre téléphone.", "fr", "app-prompt"),
        ("Copyright 2012 Coastal Media. Do not copy without permission.", "en", "copyright-footer"),
    ],
)
def test_likeliest_family(text: str, lang: str, family: str) -> None:
    folded = fold(text)
    this = expressed(folded, 0, len(folded), lang)
    name, odds = best(text, this.spans, this.words)
    assert name == family
    assert odds > 0


@pytest.mark.parametrize(
    "text",
    [
        "The court said that sites must ask before they set cookies.",
        "The paper lost half of its subscribers when it began to charge.",
        "He signed up for the mailing list of the bird society in May.",
    ],
)
def test_a_report_is_no_notice(text: str) -> None:
    folded = fold(text)
    this = expressed(folded, 0, len(folded), "en")
    assert best(text, this.spans, this.words)[1] < 0


def test_every_weighted_feature_can_occur() -> None:
    """A weight for a concept that no language lists, or a shape that nothing produces, is dead."""
    from cleantext.lexicon import languages, pack

    listed = {c for lang in languages() for c in pack(lang)["concepts"]}
    for name in model().weights:
        parts = name.split("&")
        if len(parts) == 2 and name not in ("copyright&year", "copyright&names"):
            assert set(parts) <= listed, name


def test_pairs_of_concepts_are_features_in_one_order() -> None:
    names = features("x", {"b": 1, "a": 1}, 2)
    assert "a&b" in names
    assert "b&a" not in names


def test_anchors_of_every_rule_are_concepts() -> None:
    from cleantext.lexicon import pack

    rules = [r for r in all_rules() if isinstance(r, NoticeRule)]
    assert len(rules) == len(model().families)
    assert {r.family for r in rules} == set(model().families)
    for rule in rules:
        assert set(rule.anchors) <= set(pack("en")["concepts"])


def test_notice_at_the_end_of_a_paragraph_goes_alone() -> None:
    text = "The mayor spoke for an hour. Nobody left.Subscribe to our newsletter to get our stories by email.\nMore.\n"
    assert removed(text) == [
        ("newsletter-prompt", "Subscribe to our newsletter to get our stories by email."),
    ]


def test_notice_without_an_end_mark_is_cut_from_what_follows() -> None:
    text = "Download our app for iPhone and AndroidThe mayor spoke for an hour. Nobody left.\nMore.\n"
    assert cleantext.clean(text).text == "The mayor spoke for an hour. Nobody left.\nMore.\n"


def test_buttons_behind_a_notice_go_along() -> None:
    text = "Our site uses cookies to improve your visit. Accept Decline\nThe mayor spoke.\nNobody left.\n"
    assert cleantext.clean(text).text == "The mayor spoke.\nNobody left.\n"


def test_long_paragraphs_are_judged_by_sentence() -> None:
    text = " ".join(["The mayor spoke for an hour about the harbour."] * 12)
    text += " If you buy through our links we may earn a commission."
    doc = Document(text)
    (reading,) = read(doc, 0, "en")
    assert not reading.whole
    assert text[reading.start : reading.stop].strip().startswith("If you buy")


def test_line_too_long_is_left() -> None:
    assert read(Document("We use cookies on this site. " * 400), 0, "en") == []
