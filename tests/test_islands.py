"""Labels in the middle of sentences."""

import pytest

import cleantext
from cleantext.document import Document
from cleantext.islands import islands_at, prefixes

LABELS = {
    "en": [
        "Advertisement",
        "Share this article",
        "Story continues below advertisement",
        "Photo: Ana Lima/Reuters",
    ],
    "fr": ["Publicité"],
    "es": ["Publicidad"],
    "pl": ["Reklama"],
    "tr": ["Reklam"],
}
SENTENCES = {
    "en": ("It was in the spring that the geese", "came back to the lake and to the ice."),
    "fr": ("C'est au printemps que les oies sont", "revenues sur le lac avec tous les autres."),
    "es": ("Fue en la primavera cuando las ocas", "volvieron al lago con todas las otras."),
    "pl": ("To było na wiosnę, kiedy gęsi", "wróciły nad jezioro i na lód, jak co roku."),
    "tr": ("Kazlar bahar gelince bu yıl da göle", "geri döndü ve buzun üzerinde kaldı."),
}


@pytest.mark.parametrize(("lang", "label"), [(lang, label) for lang, ls in LABELS.items() for label in ls])
def test_the_sentence_is_whole_again(lang: str, label: str) -> None:
    left, right = SENTENCES[lang]
    whole = f"{left} {right}"
    texts = [f"{left}{label} {right}", f"{left}{label}{right}"]
    if " " in label:  # a single word between blanks may be a name: `she studied Advertising`
        texts.append(f"{left} {label} {right}")
    for text in texts:
        result = cleantext.clean(text)
        assert result.text == whole, text
        assert cleantext.restore(result.text, result.report) == text


@pytest.mark.parametrize("label", LABELS["en"])
def test_lower_case_and_quoted_labels_stay(label: str) -> None:
    left, right = SENTENCES["en"]
    for text in (f"{left} {label.lower()} {right}", f"{left} “{label}” {right}"):
        assert cleantext.clean(text).text == text


@pytest.mark.parametrize("lang", sorted(LABELS))
def test_a_single_word_between_blanks_is_flagged(lang: str) -> None:
    left, right = SENTENCES[lang]
    text = f"{left} {LABELS[lang][0]} {right}"
    result = cleantext.clean(text)
    if lang != "fr":  # the French one breaks off behind a verb that calls for more
        assert result.text == text
    assert [f.rule for f in result.report.findings] == ["CT105"]


def test_a_headline_that_cuts_a_sentence_goes_to_the_end_of_its_line() -> None:
    text = "The geese that came back\nRead more: A hat was lost on the ice\nto the lake were grey."
    assert cleantext.clean(text).text == "The geese that came back to the lake were grey."


def test_the_sentence_behind_a_label_stays() -> None:
    text = "The geese that came back toRead more: the lake were grey.\nOtto wept.\n"
    assert cleantext.clean(text).text == "The geese that came back to the lake were grey.\nOtto wept.\n"


def test_an_agency_ends_a_credit() -> None:
    text = "The geese that Photo: Ana Lima/Getty Imagescame back were grey."
    assert cleantext.clean(text).text == "The geese that came back were grey."


def test_every_prefix_begins_a_wording() -> None:
    assert all(p == p.strip() and p for p in prefixes())
    doc = Document("geese Advertisement geese")
    prefix = next(p for p in prefixes() if "advertisement".startswith(p) and len(p) > 5)
    assert any(i.end == 19 for i in islands_at(doc, 6, prefix, 25))
