"""Whether a change made `clean` slower: this tree beside the commit that it branched off, in one run.

``python -m benchmarks guard [--base REV]`` takes out the merge base into a folder of its own, builds its extension
modules, and has a process of each clean the same texts in turns. It prints the ratio of the medians of their CPU
time; the exit status is 1 above `--most`. Where there is nothing to compare with it says so, and that is all.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.speed import generate

ROOT = Path(__file__).resolve().parents[1]

#: Runs in both trees, so it asks of a tree only what each has: `cleantext.clean`.
_WORKER = """
import json, sys, time
import cleantext
texts = json.loads(sys.stdin.readline())
for line in sys.stdin:
    start = time.process_time()
    for text in texts:
        cleantext.clean(text)
    print(time.process_time() - start, flush=True)
"""


def git(*args: str) -> str | None:
    """What Git says; None where it fails, or isn't there."""
    if shutil.which("git") is None:
        return None
    done = subprocess.run(["git", "-C", ROOT, *args], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def base_of(given: str | None) -> str | None:
    """The commit to compare with: the given one, where the main branch was left, or the one before."""
    if git("rev-parse", "HEAD") is None:
        return None
    if given:
        return git("rev-parse", "--verify", f"{given}^{{commit}}")
    head = git("rev-parse", "HEAD")
    for branch in ("origin/main", "origin/HEAD", "main"):
        found = git("merge-base", "HEAD", branch)
        if found is not None and found != head:
            return found
    return git("rev-parse", "--verify", "HEAD~1")


def built(tree: Path) -> bool:
    """Builds the extension modules of a tree; whether that went well."""
    command = [sys.executable, "hatch_build.py"]
    return subprocess.run(command, cwd=tree, capture_output=True, check=False).returncode == 0


class Side:
    """A process that cleans with the package of a tree."""

    def __init__(self, tree: Path, scratch: Path, texts: list[str], engine: str | None) -> None:
        scratch.mkdir()
        kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPYCACHEPREFIX", "CLEANTEXT_ENGINE")}
        environment = kept | {"PYTHONPATH": str(tree), "CLEANTEXT_CACHE_DIR": str(scratch)}
        if engine:
            environment["CLEANTEXT_ENGINE"] = engine
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-c", _WORKER],
            cwd=scratch,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._say(json.dumps(texts))

    def _say(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def round(self) -> float:
        """Seconds of CPU time for all texts."""
        self._say("go")
        assert self._process.stdout
        return float(self._process.stdout.readline())

    def end(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def compare(before: Path, after: Path, scratch: Path, texts: list[str], rounds: int) -> tuple[float, float]:
    """Median seconds of both trees, in turns; the first round, which compiles, doesn't count."""
    engine = None
    if not all([built(before), built(after)]):
        print("the extension modules can't be built here: hyperscan does their work in both")
        engine = "native"
    sides = [
        Side(before, scratch / "before", texts, engine),
        Side(after, scratch / "after", texts, engine),
    ]
    try:
        times: list[list[float]] = [[], []]
        for turn in range(rounds + 1):
            for side in (0, 1) if turn % 2 else (1, 0):
                seconds = sides[side].round()
                if turn:
                    times[side].append(seconds)
    finally:
        for side_ in sides:
            side_.end()
    return statistics.median(times[0]), statistics.median(times[1])


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks guard", description=__doc__)
    parser.add_argument("--base", help="the commit to compare with  [default: where main was left]")
    parser.add_argument("--most", type=float, default=1.5, help="the ratio above which it fails")
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args(arguments)
    base = base_of(given.base)
    if base is None:
        print("there is no commit to compare with")
        return 2 if given.base else 0
    with tempfile.TemporaryDirectory(prefix="cleantext-guard-") as folder:
        scratch = Path(folder).resolve()
        tree = scratch / "tree"
        if git("worktree", "add", "--quiet", "--detach", str(tree), base) is None:
            print(f"{base[:12]} can't be taken out: this is no whole clone")
            return 0
        try:
            texts = generate(given.documents)
            before, after = compare(tree, ROOT, scratch, texts, given.rounds)
        finally:
            git("worktree", "remove", "--force", str(tree))
    ratio = after / before
    print(
        f"{base[:12]}: {before:.3f} s; this tree: {after:.3f} s; ratio {ratio:.2f} (it fails above {given.most:g})"
    )
    return int(ratio > given.most)
