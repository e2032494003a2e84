"""``python -m tests.trust.builds``: what is released, built twice and looked at.

Wheel and sdist are built in two copies of the tree, at other paths and other times: the same bytes. The wheel
holds the package and nothing else, and is installed without any extra: `pip check` is content, each module of it is
imported, or says which extra it needs. Licences of all that came along are those of the list in docs/licences.md.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

from tests.trust.versions import CANT

ROOT = Path(__file__).resolve().parents[2]
_EPOCH = "1735689600"

#: What may come along: licences that ask for no more than their text.
_PERMISSIVE = re.compile(
    r"\b(MIT|BSD|Apache|PSF|Python Software Foundation|MPL|ISC|Unlicense|0BSD|CC0|Zlib)\b"
)

_IMPORT_ALL = """
import importlib, json, pkgutil
import cleantext
from cleantext.errors import CleantextError
refused = {}
for module in pkgutil.walk_packages(cleantext.__path__, "cleantext."):
    if module.name.endswith("__main__") or module.name.rpartition(".")[2].startswith("__"):
        continue
    try:
        importlib.import_module(module.name)
    except (CleantextError, ImportError) as e:
        refused[module.name] = str(e)
print(json.dumps(refused))
"""

_LICENCES = """
import json
from importlib.metadata import distributions
out = {}
for d in distributions():
    m = d.metadata
    words = [m.get("License-Expression") or "", *(c for c in m.get_all("Classifier") or () if c.startswith("License"))]
    words = [w.rpartition("::")[2].strip() for w in words if w] or [(m.get("License") or "").splitlines()[:1]]
    out[m["Name"]] = ", ".join(w if isinstance(w, str) else " ".join(w) for w in words)
print(json.dumps(out))
"""


def _run(*command: str | Path, cwd: Path | None = None, **environment: str) -> str:
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONPYCACHEPREFIX")}
    done = subprocess.run(
        [str(c) for c in command],
        cwd=cwd,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def _environment(folder: Path, *packages: str | Path) -> Path:
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    _run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages)
    return python


def _tracked() -> list[str]:
    """The files of the project: those that Git knows, and new ones that it doesn't ignore."""
    listed = _run("git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def _copied(names: list[str], to: Path, time: int) -> None:
    for name in names:
        target = to / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / name).read_bytes())
        target.chmod((ROOT / name).stat().st_mode)
        os.utime(target, (time, time))


def built_twice(scratch: Path, names: list[str]) -> tuple[Path, list[str]]:
    """A wheel, and what isn't the same when all is built again elsewhere."""
    python = _environment(scratch / "builder", "hatchling", "setuptools")
    sums: list[dict[str, str]] = []
    for number, place in enumerate(("here", "some/where else")):
        _copied(names, scratch / place, 1_600_000_000 + number * 86_400 * 500)
        for target in ("wheel", "sdist"):
            out = scratch / f"dist{number}"
            _run(
                python, "-m", "hatchling", "build", "-t", target, "-d", out,
                cwd=scratch / place, SOURCE_DATE_EPOCH=_EPOCH, PYTHONHASHSEED=str(number + 1),
            )  # fmt: skip
        files = sorted((scratch / f"dist{number}").iterdir())
        sums.append({f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in files})
    apart = [f"{name}: not the same twice" for name in sums[0].keys() | sums[1].keys()
             if sums[0].get(name) != sums[1].get(name)]  # fmt: skip
    for name, digest in sums[0].items():
        print(f"sha256 {digest}  {name}")
    return next((scratch / "dist0").glob("*.whl")), apart


def contents(wheel: Path, names: list[str]) -> list[str]:
    """What the wheel holds too much, or too little."""
    with zipfile.ZipFile(wheel) as archive:
        there = set(archive.namelist())
        native = {n for n in there if n.endswith((".so", ".pyd"))}
        leaked = [n for n in native if str(wheel.parent.parent).encode() in archive.read(n)]
    package = {n for n in names if n.startswith("cleantext/") and not n.endswith(".c")}
    about = {n for n in there if n.split("/")[0].endswith(".dist-info")}
    sources = {n.removesuffix(".c") for n in names if n.startswith("cleantext/_") and n.endswith(".c")}
    found = [f"missing in the wheel: {n}" for n in sorted(package - there)]
    found += [f"too much in the wheel: {n}" for n in sorted(there - package - about - native)]
    found += [f"a path of this machine in {n}" for n in leaked]
    if native and {n.partition(".")[0] for n in native} != sources:
        found.append(f"extension modules: {sorted(native)} of {sorted(sources)}")
    if not any(n.endswith("licenses/LICENSE") for n in about):
        found.append("no licence in the wheel")
    print(f"{len(there)} files in the wheel, {wheel.stat().st_size / 1e6:.1f} MB, native: {len(native)}")
    return found


def installed(scratch: Path, wheel: Path) -> list[str]:
    """What is wrong with the wheel installed alone."""
    python = _environment(scratch / "plain", wheel)
    found = []
    if "No broken requirements" not in (said := _run(python, "-m", "pip", "check")):
        found.append(said)
    cache = {"CLEANTEXT_CACHE_DIR": str(scratch / "cache")}
    refused = json.loads(_run(python, "-c", _IMPORT_ALL, cwd=scratch, **cache))
    found += [f"{name} can't be imported: {why}" for name, why in refused.items() if "pip install" not in why]
    print(
        f"imported without extras; {len(refused)} modules name the extra that they need: {', '.join(refused)}"
    )
    said = _run(python, "-m", "cleantext", "--version", cwd=scratch, **cache)
    if not said.strip():
        found.append("no version")
    listed = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8").casefold()
    for name, licence in sorted(json.loads(_run(python, "-c", _LICENCES)).items()):
        if name in ("pip", "setuptools", "cleantext-toolkit"):
            continue
        if not _PERMISSIVE.search(licence):
            found.append(f"{name}: licence {licence!r} is none that docs/licences.md allows")
        if f"| {name.casefold()} |" not in listed:
            found.append(f"{name} ({licence}) isn't in docs/licences.md")
    return found


def main() -> int:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        print("no Git repository, which says what belongs to the project")
        return CANT
    names = _tracked()
    with tempfile.TemporaryDirectory(prefix="cleantext-builds-") as folder:
        scratch = Path(folder).resolve()
        wheel, found = built_twice(scratch, names)
        found += contents(wheel, names)
        found += installed(scratch, wheel)
    for line in found:
        print(line, file=sys.stderr)
    print("FAILED" if found else "the same bytes twice, and all as it should be")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
