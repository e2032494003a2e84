from pathlib import Path

import pytest

from cleantext.config import Config
from cleantext.errors import ConfigError
from cleantext.settings.layers import from_options
from cleantext.settings.sources import Sources


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def config(path: str | None = None, **options: object) -> Config:
    return Sources(from_options(options)).at(path).config(path)


def test_nothing_is_the_default() -> None:
    assert config() == config("a/b.txt") == Config()


def test_the_nearest_file_wins() -> None:
    write("cleantext.toml", 'lang = "en"')
    write("a/pyproject.toml", '[tool.cleantext]\nlang = "de"')
    write("a/b/pyproject.toml", '[tool.other]\ncleantext = "no table of ours"')
    write("a/b/c/x.txt", "")
    assert config().lang == config("x.txt").lang == "en"
    assert config("a/x.txt").lang == config("a/b/c/x.txt").lang == config("a").lang == "de"


def test_in_a_folder_cleantext_toml_comes_first() -> None:
    write("cleantext.toml", 'lang = "en"')
    write("pyproject.toml", '[tool.cleantext]\nlang = "de"')
    assert config().lang == "en"


def test_files_elsewhere_get_the_settings_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("project/cleantext.toml", 'lang = "de"')
    write("data/x.txt", "")
    monkeypatch.chdir("project")
    assert config("../data/x.txt").lang == "de"


def test_a_broken_pyproject_of_others_is_let_be() -> None:
    write("pyproject.toml", "[tool.other\n")
    assert config() == Config()
    write("pyproject.toml", "[tool.cleantext\n")
    with pytest.raises(ConfigError, match=r"pyproject\.toml is not TOML"):
        config()


def test_extend() -> None:
    write("base/root.toml", 'mode = "conservative"\nprotect = ["a"]\nthresholds = { CT1 = 0.5, CT2 = 0.6 }')
    write("base/base.toml", 'extend = ["root.toml"]\nselect = ["CT1"]\nprotect-files = ["names.txt"]')
    write("base/names.txt", "from the file")
    write(
        "cleantext.toml",
        'extend = "base/base.toml"\nprotect = ["b"]\nthresholds = { CT2 = 0.7 }\nlang = "de"',
    )
    assert config() == Config(
        mode="conservative",
        select=("CT1",),
        protect=("a", "b", "from the file"),
        thresholds={"CT1": 0.5, "CT2": 0.7},
        lang="de",
    )


def test_overrides_by_path() -> None:
    write(
        "cleantext.toml",
        """
ignore = ["CT102"]
[[overrides]]
paths = ["forum/**"]
ignore = ["CT3"]
protect = ["a"]
[[overrides]]
paths = ["*.md"]
mode = "conservative"
protect = ["b"]
""",
    )
    assert config("x.txt") == Config(ignore=("CT102",))
    assert config("forum/x.txt") == Config(ignore=("CT3",), protect=("a",))
    assert config("forum/x.md") == Config(ignore=("CT3",), protect=("a", "b"), mode="conservative")
    assert config("forum/x.md", mode="aggressive").mode == "aggressive"
    layered = Sources({}).at()
    assert layered.config("forum/1.txt") is layered.config("forum/2.txt")


def test_an_extended_file_brings_its_overrides_with_its_own_folder() -> None:
    write("base/base.toml", '[[overrides]]\npaths = ["x/*"]\nlang = "de"')
    write("cleantext.toml", 'extend = "base/base.toml"')
    assert config("x/a.txt").lang is None
    assert config("base/x/a.txt").lang == "de"


def test_options_win() -> None:
    write("cleantext.toml", 'mode = "aggressive"\nselect = ["CT1"]\nprotect = ["a"]')
    assert config(mode="balanced", select=("CT3",), protect=("b",)) == Config(
        select=("CT3",), protect=("a", "b")
    )


def test_explicit_and_none() -> None:
    write("cleantext.toml", 'lang = "de"')
    write("other.toml", 'lang = "fr"')
    assert Sources({}, "other.toml").at("x/y.txt").config().lang == "fr"
    assert Sources({}, search=False).at().config() == Config()


BAD = [
    ('\nmod = "x"', "cleantext.toml:2: unknown key 'mod': did you mean 'mode'?"),
    ("extend_select = []", "cleantext.toml:1: unknown key 'extend_select': did you mean 'extend-select'?"),
    ('mode = "aggresive"', "cleantext.toml:1: mode 'aggresive' is no mode: did you mean 'aggressive'?"),
    ("mode = 3", "cleantext.toml:1: mode wants a text in quotes, not a number"),
    ("select = 'CT1'", "cleantext.toml:1: select wants a list in brackets (selectors), not a text"),
    ('lang = "de"\nselect = [\n  "CT1",\n  "CT3030",\n]', "cleantext.toml:4: select: unknown rule 'CT3030': did you mean"),
    ('ignore = ["dateintrusion"]', "cleantext.toml:1: ignore: unknown rule 'dateintrusion': did you mean 'date-intrusion'?"),
    ("\n[thresholds]\nCT1 = 0.5\nnothing-such = 0.5", "cleantext.toml:4: thresholds: unknown rule 'nothing-such'"),
    ("[thresholds]\nCT1 = 80", "cleantext.toml:2: thresholds CT1: wants a number from 0 to 1, not 80"),
    ('modes = { CT1 = "brave" }', "cleantext.toml:1: modes CT1: 'brave' is no mode"),
    ("thresholds = 0.5", "cleantext.toml:1: thresholds wants a table"),
    ("budget = true", "cleantext.toml:1: budget wants a number from 0 to 1, not true or false"),
    ('unsafe-edits = "yes"', "cleantext.toml:1: unsafe-edits wants true or false, not a text"),
    ('protect = ["a",\n""]', "cleantext.toml:2: protect holds an empty text"),
    ("protect-patterns = ['a', '(?=b)']", "cleantext.toml:1: protect-patterns '(?=b)' is no RE2 pattern: invalid perl operator"),
    ('languages = ["eng"]', "cleantext.toml:1: languages 'eng' has no lexicon: did you mean 'en'?"),
    ('encoding = "utf8x"', "cleantext.toml:1: encoding 'utf8x' is unknown"),
    ('protect-files = ["none.txt"]', "cleantext.toml:1: none.txt: can't be read"),
    ('extend = "none.toml"', "cleantext.toml:1: extend: no file none.toml"),
    ('extend = "cleantext.toml"', "cleantext.toml extends itself"),
    ("overrides = 3", "cleantext.toml:1: overrides wants tables: write [[overrides]]"),
    ('[[overrides]]\nmode = "balanced"', 'cleantext.toml:1: overrides wants paths = ["forum/**", "*.md"]'),
    ('[[overrides]]\npaths = ["a"]\nencoding = "utf-8"', "cleantext.toml:3: can't differ by path: move 'encoding' out"),
    ('[[overrides]]\npaths = ["a"]\nmoode = "x"', "cleantext.toml:3: unknown key 'moode': did you mean 'mode'?"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says"), BAD, ids=[says.partition(": ")[2][:40] for _, says in BAD])
def test_messages_name_file_line_key_and_the_nearest(text: str, says: str) -> None:
    write("cleantext.toml", text)
    with pytest.raises(ConfigError) as e:
        config("a.txt")
    assert str(e.value).startswith(says)
