from collections.abc import Iterator

import pytest

import cleantext
from cleantext.errors import ConfigError

TEXTS = ["One.", "They meet on Marcus EriksonTuesday, kicking off a tour.", "", "Two.", "\ud800"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_are_those_of_clean_in_order(jobs: int) -> None:
    assert list(cleantext.clean_many(TEXTS, jobs=jobs)) == [cleantext.clean(text) for text in TEXTS]


def test_settings_and_cleaner() -> None:
    (result,) = cleantext.clean_many([TEXTS[1]], ignore=("CT101",))
    assert result.text == TEXTS[1]
    (result,) = cleantext.clean_many([TEXTS[1]], cleaner=cleantext.Cleaner(ignore=("CT101",)))
    assert result.text == TEXTS[1]
    with pytest.raises(ConfigError, match="not both"):
        cleantext.clean_many([], cleaner=cleantext.Cleaner(), mode="balanced")
    with pytest.raises(ConfigError, match="give 1 or more"):
        cleantext.clean_many([], jobs=0)


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_more_is_read_than_is_needed(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleantext.many._CHUNK_TEXTS", 3)
    read = []

    def endless() -> Iterator[str]:
        while True:
            read.append(1)
            yield "A text."

    results = cleantext.clean_many(endless(), jobs=jobs)
    for _ in range(5):
        assert next(results).text == "A text."
    results.close()
    assert len(read) <= (5 if jobs == 1 else 3 * 7)


def test_other_processes_do_the_work() -> None:
    list(cleantext.clean_many(["x"], jobs=2))
    from cleantext import many

    assert many._cleaner is None


def test_progress() -> None:
    seen: list[int] = []
    list(cleantext.clean_many(TEXTS, progress=seen.append))
    assert seen == [1, 2, 3, 4, 5]


def test_progress_bar_is_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    list(cleantext.clean_many(iter(TEXTS), progress=True))
    assert capsys.readouterr().out == ""


def test_load_config(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    assert cleantext.load_config() == cleantext.Config()
    (tmp_path / "cleantext.toml").write_text('lang = "de"')
    (tmp_path / "other.toml").write_text('lang = "fr"')
    assert cleantext.load_config().lang == "de"
    assert cleantext.load_config("x/y.txt").lang == "de"
    assert cleantext.load_config(file="other.toml").lang == "fr"
