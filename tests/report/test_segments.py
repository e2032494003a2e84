from hypothesis import given
from hypothesis import strategies as st

from cleantext.finding import Action, Finding
from cleantext.report.segments import elided, segments


def finding(start: int, end: int, action: Action) -> Finding:
    return Finding("CT901", "byline", start, end, "", "", action, 0.5, "why")


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, list[Finding]]:
    text = draw(st.text(max_size=300))
    place = st.integers(0, len(text))
    cuts = sorted(draw(st.lists(place, max_size=8)))
    edits = [finding(a, b, "remove") for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    flags = [finding(min(p), max(p), "flag") for p in draw(st.lists(st.tuples(place, place), max_size=5))]
    return text, sorted(edits + flags, key=lambda f: (f.start, f.end))


@given(cases())
def test_segments_make_up_the_text_and_keep_edits_whole(case: tuple[str, list[Finding]]) -> None:
    text, findings = case
    parts = list(segments(text, findings))
    assert "".join(part.text for part in parts) == text
    shown = [part.finding for part in parts if part.finding and part.finding.action == "remove"]
    assert shown == [f for f in findings if f.action == "remove"]
    for part in parts:
        if part.finding and part.finding.action == "flag":
            assert len(part.text) <= part.finding.end - part.finding.start


def test_flag_under_an_edit_shows_what_is_left_of_it() -> None:
    flag, cut = finding(1, 7, "flag"), finding(3, 5, "remove")
    parts = [(part.text, part.finding) for part in segments("01234567", [flag, cut])]
    assert parts == [("0", None), ("12", flag), ("34", cut), ("56", flag), ("7", None)]


@given(cases(), st.integers(0, 30))
def test_eliding_counts_what_it_hides(case: tuple[str, list[Finding]], context: int) -> None:
    text, findings = case
    parts = list(elided(segments(text, findings), context))
    assert sum(len(part.text) + part.hidden for part in parts) == len(text)
    assert [part.finding for part in parts if part.finding] == [
        part.finding for part in segments(text, findings) if part.finding
    ]


def test_long_unchanged_text_is_cut_at_blanks() -> None:
    text = "word " * 100 + "NOISE" + " word" * 100
    parts = list(elided(segments(text, [finding(500, 505, "remove")]), 23))
    assert [(part.text, part.hidden) for part in parts] == [
        ("", 475),
        ("word word word word word ", 0),
        ("NOISE", 0),
        (" word word word word word", 475),
    ]
