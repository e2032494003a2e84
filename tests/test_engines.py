"""Both scan engines give the same findings; the kept automaton is safe."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

import cleantext
from cleantext.cleaner import Cleaner
from cleantext.scan import ENGINES, engine_name
from tests.strategies import PIECES, texts

hyperscan = pytest.importorskip("hyperscan", reason="hyperscan has no wheel for this platform")


def with_engine(name: str, text: str) -> cleantext.CleanResult:
    before = os.environ.get("CLEANTEXT_ENGINE")
    os.environ["CLEANTEXT_ENGINE"] = name
    try:
        return Cleaner().clean(text)
    finally:
        if before is None:
            del os.environ["CLEANTEXT_ENGINE"]
        else:
            os.environ["CLEANTEXT_ENGINE"] = before


@settings(max_examples=150, deadline=None)
@given(text=texts)
def test_same_findings(text: str) -> None:
    assert len({repr(with_engine(engine, text)) for engine in built()}) == 1


def built() -> list[str]:
    """The engines that this installation has."""
    return [e for e in ENGINES if e != "compiled" or importlib.util.find_spec("cleantext._literals")]


def test_same_findings_on_the_samples() -> None:
    samples = sorted(Path("corpus_samples/input").glob("*.txt"))
    assert samples
    for path in samples:
        text = path.read_bytes().decode("utf-8")
        assert len({repr(with_engine(engine, text)) for engine in built()}) == 1, path.name


def test_unknown_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANTEXT_ENGINE", "turbo")
    with pytest.raises(cleantext.ConfigError, match="use compiled, native, portable or auto"):
        engine_name()


def test_damaged_and_missing_caches_are_made_anew(tmp_path: Path) -> None:
    """Several processes at once, an empty folder, then a damaged file: the same result."""
    text = "\n".join(PIECES[:8])
    # few rules, for what is compiled has no part in this
    rules = ("CT101", "CT102")
    code = f"import cleantext; print(len(cleantext.Cleaner(select={rules}).clean({text!r}).report.findings))"
    env = {**os.environ, "CLEANTEXT_CACHE_DIR": str(tmp_path), "CLEANTEXT_ENGINE": "native"}
    run = [sys.executable, "-c", code]
    first = [subprocess.Popen(run, env=env, stdout=subprocess.PIPE) for _ in range(2)]
    counts = {p.communicate()[0] for p in first}
    kept = list(tmp_path.glob("scan-*.db"))
    assert len(kept) == 1
    kept[0].write_bytes(kept[0].read_bytes()[:-50])
    counts.add(subprocess.run(run, env=env, capture_output=True, check=True).stdout)
    assert len(counts) == 1
    assert counts != {b"0\n"}
    assert not list(tmp_path.glob(".partial-*"))
