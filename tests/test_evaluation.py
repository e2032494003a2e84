import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.evaluation.align import removed
from cleantext.evaluation.gold import Gold
from cleantext.evaluation.score import score
from tests.cli.conftest import Cli, cli, fake, here  # noqa: F401
from tests.fake import FakeCleaner


@pytest.mark.parametrize(
    ("noisy", "clean", "gone"),
    [
        ("a\nb\nc\n", "a\nc\n", ["b\n"]),
        ("a b c", "a c", ["b "]),
        ("same", "same", []),
        ("", "x", []),
        ("x", "", ["x"]),
        ("on Marcus EriksonTuesday at", "on Tuesday at", ["Marcus Erikson"]),
        ("aa", "a", ["a"]),
        ("one Ã© two", "one é two", ["Ã", "©"]),
        ("a\nnoise here\nb\nnoise there\nc", "a\nb\nc", ["noise here\n", "noise there\n"]),
    ],
)
def test_removed(noisy: str, clean: str, gone: list[str]) -> None:
    found = [noisy[a:b] for a, b in removed(noisy, clean)]
    assert "".join(found) == "".join(gone)


@given(st.lists(st.tuples(st.text("ab .", max_size=5), st.booleans()), max_size=12))
def test_what_is_kept_is_the_clean_text(pieces: list[tuple[str, bool]]) -> None:
    lines = [f"{n}{text}\n" for n, (text, _) in enumerate(pieces)]
    noisy = "".join(lines)
    clean = "".join(line for line, (_, noise) in zip(lines, pieces, strict=True) if not noise)
    kept, at = "", 0
    for start, end in removed(noisy, clean):
        assert at <= start < end <= len(noisy)
        kept += noisy[at:start]
        at = end
    # a line that goes may leave characters that the next one begins with as well
    assert len(kept + noisy[at:]) == len(clean)


def test_large_texts_that_share_nothing_end_soon() -> None:
    assert sum(b - a for a, b in removed("x y\n" * 20_000, "z w\n" * 20_000)) >= 20_000


TEXTS = [
    Gold("keep [[noise]] keep", "keep  keep", "right", "en"),
    Gold("keep [[content]] keep", "keep [[content]] keep", "lost", "en"),
    Gold("keep\nnoise line\n", "keep\n", "left", "de"),
    Gold("a {{x1|y}} b", "a y b", "replaced", "de"),
]


def test_scores() -> None:
    scores = score(TEXTS, FakeCleaner())
    total = scores.total
    assert (total.texts, total.exact) == (4, 2)
    # noise: [[noise]] 9, "noise line" 9, {{x1|}} 7
    assert (total.noise, total.noise_taken, total.content_taken) == (25, 16, 11)
    assert total.precision == 16 / 27
    assert total.recall == 16 / 25
    assert total.lost == 11 / total.content
    assert scores.rules["CT901"].precision == 9 / 20
    assert scores.rules["CT902"].precision == 1
    assert scores.languages["en"].recall == 1
    assert [(c.name, c.lost, c.left, c.lost_text, c.left_text, c.rule) for c in scores.worst(5)] == [
        ("lost", 11, 0, "[[content]]", "", "CT901"),
        ("left", 0, 9, "", "noise line", ""),
    ]


def write_gold() -> None:
    lines = [{"noisy": g.noisy, "gold": g.clean, "id": g.name, "lang": g.lang} for g in TEXTS]
    labelled = {"lines": [{"text": "keep"}, {"text": "[[noise]]", "noise": True}], "lang": "fr"}
    Path("gold.jsonl").write_text("\n\n".join(json.dumps(line) for line in (*lines, labelled)) + "\n")


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleantext.cli.evaluate.make_cleaner", lambda config: FakeCleaner())


@pytest.mark.usefixtures("fakes")
def test_command(cli: Cli) -> None:  # noqa: F811
    write_gold()
    result = cli("eval", "gold.jsonl")
    assert result.exit_code == 0
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[0].startswith("5 texts, 34 characters of noise in ")
    assert "CT901 3 62.07 % - -" in [" ".join(line.split()) for line in lines] or "CT901 3 " in result.stdout
    assert any(line.startswith("fr 1 100.00 % 100.00 %") for line in lines)
    assert 'lost: lost 11 (CT901): "[[content]]"' in lines
    assert 'left: left 9: "noise line"' in lines
    data = json.loads(cli("eval", "gold.jsonl", "--format", "json").stdout)
    assert data["total"]["texts"] == 5
    assert data["worst"][0]["name"] == "lost"
    assert cli("eval", "gold.jsonl", "--worst", "1").stdout.count("lost: lost") == 1
    assert "left: left" not in cli("eval", "gold.jsonl", "--worst", "1").stdout


@pytest.mark.usefixtures("fakes")
def test_minimums(cli: Cli) -> None:  # noqa: F811
    write_gold()
    assert cli("eval", "gold.jsonl", "--min-precision", "0.5", "--min-recall", "0.5").exit_code == 0
    result = cli("eval", "gold.jsonl", "--min-precision", "0.99")
    assert (result.exit_code, result.stderr) == (1, "precision is 0.6944, below the minimum of 0.99\n")
    assert "recall is" in cli("eval", "gold.jsonl", "--min-recall", "0.99").stderr


def test_compare(cli: Cli) -> None:  # noqa: F811
    line = {
        "noisy": "They meet on Marcus EriksonTuesday, at noon.",
        "gold": "They meet on Tuesday, at noon.",
        "id": "d",
    }
    Path("gold.jsonl").write_text(json.dumps(line))
    Path("other.toml").write_text('ignore = ["CT101"]')
    out = cli("eval", "gold.jsonl", "--compare", "other.toml").stdout
    assert "Texts on which the two differ: 1" in out
    assert "d: lost 0 -> 0, left 0 -> 13" in out
    row = next(line.split() for line in out.splitlines() if line.startswith("all"))
    assert row == ["all", "1", "100.00", "%", "-", "100.00", "%", "0.00", "%", "0.00", "%", "0.00", "%"]
    data = json.loads(cli("eval", "gold.jsonl", "--compare", "other.toml", "--format", "json").stdout)
    assert (data["scores"]["total"]["recall"], data["compare"]["total"]["recall"]) == (1.0, 0.0)


def test_precision_by_review(cli: Cli) -> None:  # noqa: F811
    Path("review.toml").write_text(
        "".join(
            f'[[findings]]\nverdict = "{v}"\nrule = "CT101"\ntext = "x"\n'
            for v in ("right", "right", "right", "wrong")
        )
    )
    out = cli("eval", "--review", "review.toml").stdout.splitlines()
    assert out[1].split() == ["CT101", "3", "1", "0.75"]
    assert cli("eval").exit_code == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "gold.jsonl:1: "),
        ('\n{"noisy": "a"}', 'gold.jsonl:2: a line wants {"noisy": "...", "gold": "..."}'),
        ('{"noisy": 3, "gold": "x"}', "gold.jsonl:1: Expected `str | null`, got `int`"),
    ],
)
def test_bad_gold_is_named(cli: Cli, text: str, says: str) -> None:  # noqa: F811
    Path("gold.jsonl").write_text(text)
    result = cli("eval", "gold.jsonl")
    assert result.exit_code == 2
    assert says in result.stderr
