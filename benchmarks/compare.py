"""Other tools on the same texts. ``python -m benchmarks compare --peers FOLDER [--gold FILE]``.

The first run with ``--setup`` makes two environments in FOLDER and installs the others from the package
index: one for clean-text, whose package has this project's name, one for the rest. The texts are the
repository's samples, or those of a file in the form of `cleantext eval`. Everything is counted as there:
of the noise, the share that went; of the content, the share that was lost; texts that came out exactly
right but for blanks; and of texts without noise those that were changed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from benchmarks.markdown import put_between
from benchmarks.peers import PEERS
from cleantext.evaluation.align import removed
from cleantext.evaluation.gold import Gold, read_gold
from cleantext.evaluation.score import score
from cleantext.finding import CleanResult, Finding, Report

ROOT = Path(__file__).resolve().parents[1]
_RUNNER = Path(__file__).with_name("peers.py")
#: Environment -> what is installed there, and the cleaners that run there.
_ENVIRONMENTS = {
    "clean-text": ("clean-text",),
    "others": ("ftfy", "datatrove", "spacy", "nltk", "justext", "lxml_html_clean"),
}


class Row(msgspec.Struct):
    """Shares from 0 to 1; `rate` in megabytes (10^6 bytes of UTF-8) a second of CPU time."""

    name: str
    versions: dict[str, str]
    removed: float
    lost: float
    exact: float
    clean_changed: float
    rate: float


class _Outcome:
    """A cleaner that gives texts that are known already, with what went as findings."""

    def __init__(self, cleaned: dict[str, str]) -> None:
        self._cleaned = cleaned

    def clean(self, text: str, lang: str | None = None, url: str | None = None) -> CleanResult:
        out = self._cleaned[text]
        found = tuple(
            Finding("-", "-", a, b, text[a:b], "", "remove", 1.0, "") for a, b in removed(text, out)
        )
        return CleanResult(out, Report(found, chars_in=len(text), chars_out=len(out)))


def samples() -> list[Gold]:
    """The documents of ``corpus_samples``, and their expected texts as texts without noise."""
    out = []
    for path in sorted((ROOT / "corpus_samples" / "input").glob("*.txt")):
        wanted = ROOT / "corpus_samples" / "expected" / path.name
        noisy, clean = (p.read_bytes().decode("utf-8") for p in (path, wanted))
        lang = path.name.partition("-")[0]
        out.append(Gold(noisy, clean, path.stem, lang))
        if noisy != clean:
            out.append(Gold(clean, clean, f"{path.stem} (clean)", lang))
    return out


def set_up(folder: Path) -> None:
    """Make the environments of the others."""
    for name, packages in _ENVIRONMENTS.items():
        subprocess.run([sys.executable, "-m", "venv", str(folder / name)], check=True)
        subprocess.run(
            [
                str(_python(folder, name)),
                "-m",
                "pip",
                "install",
                "-q",
                "--disable-pip-version-check",
                *packages,
            ],
            check=True,
        )


def _python(folder: Path, peer: str) -> Path:
    name = "clean-text" if peer.startswith("clean-text") else "others"
    programs = "Scripts" if sys.platform == "win32" else "bin"
    return folder / name / programs / "python"


def measure(texts: Sequence[Gold], folder: Path) -> Iterator[Row]:
    """What each cleaner does, one after the other."""
    given = "".join(json.dumps({"text": t.noisy, "lang": t.lang}) + "\n" for t in texts)
    size = sum(len(t.noisy.encode("utf-8", "surrogatepass")) for t in texts) / 1e6
    untouched = [t for t in texts if t.noisy == t.clean]
    for name in PEERS:
        own = name == "cleantext-toolkit"
        if not own and not _python(folder, name).exists():
            print(f"{name}: not measured: there is no {_python(folder, name)}: give --setup", file=sys.stderr)
            continue
        command = [sys.executable] if own else [str(_python(folder, name)), "-I"]
        done = subprocess.run(
            [*command, "-c", "from benchmarks.peers import main; main()", name] if own else [*command, str(_RUNNER), name],
            input=given, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False,
        )  # fmt: skip
        if done.returncode:
            print(f"{name}: not measured: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
            continue
        *lines, last = [json.loads(line) for line in done.stdout.splitlines()]
        cleaned = {t.noisy: line["text"] for t, line in zip(texts, lines, strict=True)}
        total = score(texts, _Outcome(cleaned)).total
        changed = sum(cleaned[t.noisy].split() != t.noisy.split() for t in untouched)
        yield Row(
            name,
            last["versions"],
            total.recall or 0.0,
            total.lost or 0.0,
            total.exact / total.texts,
            changed / max(1, len(untouched)),
            size / last["seconds"],
        )


def table(rows: Sequence[Row], texts: Sequence[Gold], source: str) -> str:
    """The figures as Markdown."""
    untouched = sum(t.noisy == t.clean for t in texts)
    languages = len({t.lang for t in texts})
    spoken = f"{languages} languages" if languages > 1 else f"one language ({texts[0].lang})"
    out = [
        f"{len(texts):,} texts in {spoken}, {untouched:,} of them without noise: {source}",
        "",
        "| tool | noise removed | content lost | exactly right | clean texts changed | MB/s |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for r in rows:
        version = "" if r.name == "cleantext-toolkit" else f" {', '.join(r.versions.values())}"
        shares = (r.removed, r.lost, r.exact, r.clean_changed)
        out.append(f"| {r.name}{version} | {' | '.join(_percent(s) for s in shares)} | {r.rate:.1f} |")
    return "\n".join(out)


def _percent(share: float) -> str:
    """Never nothing for a little, nor all for nearly all."""
    return f"{100 * share:.2f} %" if 0 < share < 0.01 else f"{100 * share:.1f} %"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks compare", description=__doc__)
    parser.add_argument(
        "--peers", type=Path, required=True, help="folder with the environments of the others"
    )
    parser.add_argument("--setup", action="store_true", help="make them first; installs packages")
    parser.add_argument("--gold", type=Path, help="texts in the form of `cleantext eval`; the samples else")
    parser.add_argument("--lang", help="only texts in this language")
    parser.add_argument("--source", default="", help="where these texts are from, for the table's heading")
    parser.add_argument("--into", type=Path, help="a page that takes the table between its marks")
    parser.add_argument("--mark", default="samples", help="which marks")
    given = parser.parse_args(arguments)
    if given.setup:
        set_up(given.peers)
    texts = list(read_gold(str(given.gold))) if given.gold else samples()
    if given.lang:
        texts = [t for t in texts if t.lang == given.lang]
    source = given.source or (str(given.gold) if given.gold else "the samples of this repository.")
    text = table(list(measure(texts, given.peers)), texts, source)
    print(text)
    if given.into:
        put_between(given.into, given.mark, text)
    return 0
