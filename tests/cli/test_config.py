import json
import tomllib
from pathlib import Path

from tests.cli.conftest import Cli


def test_shows_values_and_where_from(cli: Cli) -> None:
    Path("sub/forum").mkdir(parents=True)
    Path("sub/base.toml").write_text('mode = "conservative"\n')
    Path("sub/cleantext.toml").write_text(
        'extend = "base.toml"\nprotect = [\n  "a\\"b",\n]\n[[overrides]]\npaths = ["forum/*"]\nbudget = 0.5\n'
    )
    out = cli("config", "sub/forum/x.txt", "--protect", "ü", "--lang", "de").stdout
    assert out.startswith("# sub/cleantext.toml\n")
    lines = {line.partition(" ")[0]: " ".join(line.split()) for line in out.splitlines()}
    assert lines["mode"] == 'mode = "conservative" # sub/base.toml:1'
    assert lines["protect"] == 'protect = ["a\\"b", "ü"] # sub/cleantext.toml:3, --protect'
    assert lines["budget"] == "budget = 0.5 # sub/cleantext.toml:7"
    assert lines["lang"] == 'lang = "de" # --lang'
    assert lines["ignore"] == "ignore = [] # default"
    assert tomllib.loads(out)["protect"] == ['a"b', "ü"]
    assert "budget is not set" in cli("config", "sub/x.txt").stdout


def test_json(cli: Cli) -> None:
    Path("cleantext.toml").write_text("[thresholds]\nCT101 = 0.5\n")
    data = json.loads(cli("config", "--format", "json").stdout)
    assert data["settings"]["thresholds"] == {"value": {"CT101": 0.5}, "from": ["cleantext.toml:2"]}
    assert data["settings"]["mode"] == {"value": "balanced", "from": ["default"]}
    assert Path(data["file"]).name == "cleantext.toml"


def test_wrong_settings_are_told(cli: Cli) -> None:
    Path("cleantext.toml").write_text('selct = ["CT1"]\n')
    for command in (("config",), ("check", "x.txt"), ("rules",), ("explain", "CT101")):
        result = cli(*command)
        assert result.exit_code == 2
        assert result.stderr == "Error: cleantext.toml:1: unknown key 'selct': did you mean 'select'?\n"


def test_encoding_of_the_settings(cli: Cli) -> None:
    Path("latin").mkdir()
    Path("latin/a.txt").write_bytes("Zürich".encode("latin-1"))
    Path("b.txt").write_bytes("Zürich".encode())
    assert cli("check", "latin", "b.txt").exit_code == 2
    Path("latin/cleantext.toml").write_text('encoding = "latin-1"')
    assert cli("check", "latin", "b.txt").exit_code == 0
    assert cli("run", "latin", "out").exit_code == 0
    assert Path("out/a.txt").read_bytes() == "Zürich".encode("latin-1")


def test_overrides_hold_for_check_fix_diff_and_run(cli: Cli) -> None:
    noisy = "They meet on Marcus EriksonTuesday, kicking off a tour.\n"
    Path("in/forum").mkdir(parents=True)
    for name in ("in/a.txt", "in/forum/b.txt"):
        Path(name).write_text(noisy)
    Path("cleantext.toml").write_text('[[overrides]]\npaths = ["in/forum/**"]\nignore = ["CT101"]\n')
    assert "forum" not in cli("check", "in").stdout
    assert "forum" not in cli("diff", "in").stdout
    assert cli("run", "in", "out", "--jobs", "2").exit_code == 0
    assert cli("run", "in", "out1", "--jobs", "1").exit_code == 0
    for out in ("out", "out1"):
        assert Path(out, "forum/b.txt").read_text() == noisy != Path(out, "a.txt").read_text()
    cli("fix", "in")
    assert Path("in/forum/b.txt").read_text() == noisy != Path("in/a.txt").read_text()
