"""The documentation says what is so."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

import cleantext
from cleantext.cli import COMMANDS, main
from cleantext.ownrules.definition import OwnRule, When
from cleantext.ownrules.load import load_rules
from cleantext.ownrules.testing import check_rules
from cleantext.report.rule_page import measured
from cleantext.report.rule_page import rule_page as explained
from cleantext.rules import Rule, all_rules
from tests.cli.process import ENVIRONMENT
from tools import build_config_docs, mkdocs_pages

DOCS = Path(__file__).parents[1] / "docs"


def test_configuration_page_is_up_to_date() -> None:
    text = build_config_docs.PAGE.read_text(encoding="utf-8")
    assert build_config_docs.page(text) == text, "run tools/build_config_docs.py"


def test_own_rule_of_the_page_passes_its_examples(tmp_path: Path) -> None:
    page = (DOCS / "own-rules.md").read_text(encoding="utf-8")
    block = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert block
    (tmp_path / "own.toml").write_text(block[1], encoding="utf-8")
    (outcome,) = check_rules(load_rules(str(tmp_path / "own.toml")))
    assert outcome.failures == ()
    for struct in (OwnRule, When):
        for field in struct.__struct_encode_fields__:
            assert f"`{field}`" in page or field in ("when", "origin"), field


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda p: p.name)
def test_toml_in_pages_is_toml(page: Path) -> None:
    for block in re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        tomllib.loads(block)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_page_of_a_rule_says_what_explain_says(rule: Rule) -> None:
    page = mkdocs_pages.rule_page(rule)
    for paragraph in rule.doc.split("\n\n"):
        assert paragraph.replace("\\", "") in page.replace("\\", "")
    assert measured(rule).replace("\\", "") in page.replace("\\", "")
    assert measured(rule) in " ".join(explained(rule).split())
    for example in rule.examples:
        assert example.before.rstrip("\n") in page
    for look in rule.lookalikes:
        assert look.text.rstrip("\n") in page


def test_pages_of_the_command_line_and_of_python_are_whole() -> None:
    page = mkdocs_pages.command_line()
    assert all(f"## cleantext {name}" in page for name in COMMANDS)
    page = mkdocs_pages.python()
    assert all(f"## {name}\n" in page for name in cleantext.__all__ if not name.startswith("__"))
    assert "### Report.to_dataframe" in page


def test_site_builds_without_warnings(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs", reason="mkdocs is not installed: pip install '.[docs]'")
    pytest.importorskip("material", reason="mkdocs-material is not installed: pip install '.[docs]'")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=DOCS.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for rule in all_rules():
        assert (tmp_path / "rules" / rule.code / "index.html").exists()


@pytest.mark.skipif(not shutil.which("sh"), reason="needs a shell")
def test_tutorial_runs(tmp_path: Path) -> None:
    """The commands of the tutorial after the installation, one after the other."""
    page = (DOCS / "tutorial.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    assert "pip install" in blocks[0]
    script = "cleantext() { " + f'"{sys.executable}" -m cleantext "$@"; }}\n' + "\n".join(blocks[1:])
    done = subprocess.run(
        ["sh"], input=script, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert "CT101" in done.stdout, done.stderr
    assert "the same, byte for byte" in done.stdout
    assert (tmp_path / "cleaned" / "report.html").exists()
    cleaned = (tmp_path / "cleaned" / "article.txt").read_text()
    assert cleaned.startswith("The president will arrive on Tuesday,")
    assert "view" not in cleaned
    assert "Share this" not in cleaned


README = DOCS.parent / "README.md"


@pytest.mark.parametrize("page", [README, DOCS / "index.md"], ids=lambda p: p.name)
def test_what_a_page_shows_of_check_is_what_check_prints(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = re.search(r"\$ cat article\.txt\n(.*?)\n\n", README.read_text(encoding="utf-8"), re.DOTALL)
    assert article
    (tmp_path / "article.txt").write_text(article[1] + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    printed = CliRunner().invoke(main, ["check", "article.txt"]).stdout
    shown = re.findall(r"^article\.txt:.*$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(shown) >= 2
    for line in shown:
        assert f"{line} | removed" in printed


def test_what_the_readme_shows_of_fix_is_what_fix_does() -> None:
    text = README.read_text(encoding="utf-8")
    article = re.search(r"\$ cat article\.txt\n(.*?)\n\n", text, re.DOTALL)
    fixed = re.search(r"\$ cleantext fix article\.txt && cat article\.txt\n(.*?)\n```", text, re.DOTALL)
    assert article
    assert fixed
    assert cleantext.clean(article[1] + "\n").text == fixed[1] + "\n"
