"""The documentation says what is so."""

import re
import tomllib
from pathlib import Path

import pytest

from cleantext.ownrules.definition import OwnRule, When
from cleantext.ownrules.load import load_rules
from cleantext.ownrules.testing import check_rules
from tools import build_config_docs

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
