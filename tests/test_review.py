from pathlib import Path

import pytest

import cleantext
from cleantext.config import Reviewed
from cleantext.errors import ConfigError
from cleantext.review import Spared, load_review


@pytest.mark.parametrize(
    ("rule", "text", "spared"),
    [
        ("CT1", "a  b\n", True),
        ("CT9", "a b", True),
        ("CT1", "a b c", False),
        ("CT2", "before one long enough text after", True),
        ("CT2", "long enough text", True),
        ("CT2", "text", False),
        ("CT9", "before one long enough text after", False),
        ("CT9", "It begins like this and goes on", True),
        ("CT9", "Then it begins like this", False),
        ("CT9", "x\ud800y", True),
    ],
)
def test_spared(rule: str, text: str, spared: bool) -> None:
    wrong = Spared(
        [
            Reviewed("wrong", "CT1", "a b"),
            Reviewed("wrong", "CT2", "one long enough text"),
            Reviewed("wrong", "CT3", "It begins like", cut=True),
            Reviewed("wrong", "CT3", "x\ufffdy"),
        ]
    )
    assert wrong.spares(rule, text) is spared


def test_what_was_wrong_becomes_a_flag_and_what_was_right_goes() -> None:
    text = "They meet on Marcus EriksonTuesday, kicking off a tour.\n"
    (finding,) = cleantext.clean(text).report.findings
    wrong = cleantext.Cleaner(reviewed=(Reviewed("wrong", finding.rule, finding.text),)).clean(text)
    assert wrong.text == text
    assert wrong.report.findings[0].reason.endswith("left alone: a review found it wrong to take")
    right = cleantext.Cleaner(reviewed=(Reviewed("right", finding.rule, finding.text),)).clean(text)
    assert right.text != text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\nfinding = 1", "review.toml:2: unknown key 'finding': did you mean 'findings'?"),
        ("findings = 3", "review.toml:1: Expected `object`"),
        (
            '[[findings]]\nverdict = "right"\nrule = "a"\ntext = "b"\n[[findings]]\nverdict = "rigt"',
            "review.toml:5: ",
        ),
        ('[[findings]]\nverdict = "right"', "review.toml:1: Object missing required field `rule`"),
    ],
)
def test_messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, says: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("review.toml").write_text(text)
    with pytest.raises(ConfigError) as e:
        load_review("review.toml")
    assert str(e.value).startswith(says)
