"""The package as users meet it: its names, its weight, and strangers in its folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import cleantext
from cleantext._shadow import check


def test_exported_names_exist() -> None:
    for name in cleantext.__all__:
        assert getattr(cleantext, name) is not None
    assert set(cleantext.__all__) <= set(dir(cleantext))
    with pytest.raises(AttributeError, match="nonsense"):
        cleantext.nonsense  # noqa: B018


def test_import_is_light() -> None:
    code = "import sys, cleantext; print(*[m for m in ('regex', 'hyperscan', 'click', 'rich', 'ftfy') if m in sys.modules])"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == ""
    )


@pytest.mark.parametrize("stranger", ["clean.py", "cleantext.py"])
def test_strangers_are_named(tmp_path: Path, stranger: str) -> None:
    (tmp_path / stranger).write_text("")
    with pytest.raises(ImportError, match="pip uninstall -y cleantext clean-text"):
        check(str(tmp_path / "__init__.py"))
    (tmp_path / stranger).unlink()
    check(str(tmp_path / "__init__.py"))
