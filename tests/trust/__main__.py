"""``python -m tests.trust``: all trials, one after the other, in the short form, in minutes; ``--full`` in hours.

``--beside-suite`` leaves out what the test suite has anyway, as CI does; names of rows do only these. The exit
status is 1 when any of them fails.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
import time

from tests.trust.rows import ROWS
from tests.trust.versions import CANT


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="rows, such as 'signals'")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--beside-suite", action="store_true")
    parser.add_argument("--list", action="store_true", help="the commands only")
    given = parser.parse_args()
    if unknown := set(given.names) - {row.name for row in ROWS}:
        parser.error(
            f"no such row: {', '.join(sorted(unknown))}; there are: {', '.join(r.name for r in ROWS)}"
        )
    failed = []
    for row in ROWS:
        settings = dict(row.settings) if given.full else {}
        command = (given.full and row.full) or row.short
        if not command or (given.names and row.name not in given.names) or (given.beside_suite and row.suite):
            continue
        said = "".join(f"{k}={v} " for k, v in settings.items()) + f"python -m {command}"
        print(f"{row.name}: {said}", flush=True)
        if given.list:
            continue
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", *shlex.split(command)], env=os.environ | settings, check=False
        )
        ok = done.returncode in (0, CANT)
        how = "CAN'T BE HAD HERE" if done.returncode == CANT else "ok" if ok else "FAILED"
        print(f"{row.name}: {how} in {time.monotonic() - began:.0f} s\n", flush=True)
        if not ok:
            failed.append(row.name)
    print(f"FAILED: {', '.join(failed)}" if failed else "all of it held")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
