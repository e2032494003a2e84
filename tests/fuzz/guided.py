"""``python -m tests.fuzz.guided --seconds 600``: the same checks, guided by what of the package is reached.

Needs atheris, which has wheels for Linux and CPython. Inputs are bytes: the first says what is done with the
others. Every other change is one of `Mutator`, which knows the domain; libFuzzer makes the rest. What doesn't hold
goes to the folder ``--out`` and doesn't end it; the exit status is 1 then.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzz.mutate import Mutator


def text_of(data: bytes) -> str:
    """Any bytes as a text; what isn't UTF-8 becomes lone surrogates."""
    return data.decode("utf-8", "surrogateescape")


class Guided:
    """What is done with an input."""

    def __init__(self, out: Path, most: int) -> None:
        from cleantext.cleaner import Cleaner
        from tests.fuzz.check import MODES, contract, report_comes_back
        from tests.fuzz.targets import TARGETS

        self._cleaners = [Cleaner(**settings) for settings in MODES.values()]
        self._contract, self._report = contract, report_comes_back
        self._targets = [TARGETS[name][0] for name in ("readers", "packed", "settings", "reports")]
        self.out, self.most, self.done, self.failed = out, most, 0, 0

    def check(self, data: bytes) -> str | None:
        """What doesn't hold for an input; mostly texts are cleaned."""
        kind, text = (data[0] if data else 0), text_of(data[1:])
        if kind % 8 == 7:
            return self._targets[kind // 8 % len(self._targets)]([text], Random(hash(data)))
        why, result = self._contract(self._cleaners[kind % len(self._cleaners)], text)
        if why is None and result is not None and kind & 8:
            why = self._report(result, text)
        return why

    def one(self, data: bytes) -> None:
        """An input; what fails is kept."""
        why = self.check(data)
        self.done += 1
        if why:
            self.failed += 1
            self.out.mkdir(parents=True, exist_ok=True)
            name = hashlib.blake2b(data, digest_size=6).hexdigest()
            record = {"target": "guided", "why": why, "text": text_of(data[1:]), "bytes": data.hex()}
            (self.out / f"guided-{name}.json").write_text(json.dumps(record, indent=1) + "\n")
            print(f"guided: {why}\n  {text_of(data)[:300]!a}", file=sys.stderr, flush=True)
        if self.done == self.most or self.done % 1000 == 0:
            print(json.dumps({"inputs": self.done, "failures": self.failed}), flush=True)
        if self.done == self.most:
            os._exit(1 if self.failed else 0)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.guided", description=__doc__)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--inputs", type=int, default=-1)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=Path("fuzz-found"))
    given = parser.parse_args()
    if importlib.util.find_spec("atheris") is None:
        print("atheris isn't installed: it has wheels for Linux and CPython")
        return 0
    import atheris

    with atheris.instrument_imports(include=["cleantext"]):
        guided = Guided(given.out, given.inputs)
    mutator = Mutator(given.seed)
    chance = Random(given.seed)

    def change(data: bytes, most: int, seed: int) -> bytes:
        if chance.random() < 0.5:
            return bytes(atheris.Mutate(data, len(data)))
        changed = mutator.changed(text_of(data[1:])).encode("utf-8", "surrogateescape_or_pass")
        return (data[:1] or b"\0") + changed[: most - 1]

    with tempfile.TemporaryDirectory() as seeds:
        for n in range(300):
            text = mutator.text().encode("utf-8", "surrogatepass")
            (Path(seeds) / str(n)).write_bytes(bytes([chance.randrange(256)]) + text)
        options = [sys.argv[0], f"-max_total_time={given.seconds}", f"-runs={given.inputs}", "-max_len=1500"]
        options += [f"-seed={given.seed}", "-timeout=60", "-print_final_stats=1", "-verbosity=1", seeds]
        atheris.Setup(options, guided.one, custom_mutator=change)
        atheris.Fuzz()
    return int(guided.failed > 0)


def _encoded(error: UnicodeError) -> Any:
    """Surrogates that stand for a byte become that byte, the others their three bytes."""
    assert isinstance(error, UnicodeEncodeError)
    out = b""
    for char in error.object[error.start : error.end]:
        code = ord(char)
        out += bytes([code - 0xDC00]) if 0xDC80 <= code <= 0xDCFF else char.encode("utf-8", "surrogatepass")
    return out, error.end


if __name__ == "__main__":
    import codecs

    codecs.register_error("surrogateescape_or_pass", _encoded)
    sys.exit(main())
