"""The recipes of the documentation, run as they stand there."""

import importlib.util
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "recipes.md"
SECTIONS = [
    (title, code)
    for title, text in re.findall(
        r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.M | re.S
    )
    for code in re.findall(r"```python\n(.*?)```", text, re.S)
]


def test_there_are_recipes() -> None:
    assert [title for title, _ in SECTIONS] == [
        "Many texts", "pandas", "polars", "Hugging Face datasets", "Haystack", "LangChain", "Scrapy",
    ]  # fmt: skip
    assert all("assert" in code for _, code in SECTIONS)


@pytest.mark.parametrize(("title", "code"), SECTIONS, ids=[title for title, _ in SECTIONS])
def test_recipe_runs(title: str, code: str) -> None:
    for module in re.findall(r"^(?:import|from) (\w+)", code, re.M):
        if importlib.util.find_spec(module) is None:
            pytest.skip(f"{module} is not installed")
    # a module of its own, as for a reader who pastes it into a file
    exec(compile(code, f"{PAGE.name}: {title}", "exec"), {"__name__": "recipe"})
