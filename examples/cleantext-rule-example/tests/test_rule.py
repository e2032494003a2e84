import pytest
from cleantext_rule_example import PodcastPlayer

import cleantext

CLEANER = cleantext.Cleaner(select=("EX001",))


@pytest.mark.parametrize("example", PodcastPlayer.examples)
def test_example(example):
    result = CLEANER.clean(example.before)
    assert result.text == example.after
    assert {finding.rule for finding in result.report.findings} == {"EX001"}
    assert cleantext.restore(result.text, result.report) == example.before
    assert CLEANER.clean(result.text).text == result.text


@pytest.mark.parametrize("lookalike", PodcastPlayer.lookalikes, ids=lambda look: look.why)
def test_lookalike_stays(lookalike):
    assert not CLEANER.clean(lookalike.text).report.findings
