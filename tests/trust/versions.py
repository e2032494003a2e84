"""``python -m tests.trust.versions lowest`` (or ``highest``): the tests with the oldest dependencies that are allowed.

The environment is made by uv, whose resolution mode ``lowest-direct`` takes the lower bounds of pyproject.toml.
The tests are those where a dependency has a say: reading, printing, settings, engines, the model.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

#: Exit status where what a trial needs can't be had.
CANT = 77

ROOT = Path(__file__).resolve().parents[2]
MODES = {"lowest": "lowest-direct", "highest": "highest"}
TESTS = (
    "tests/test_samples.py tests/test_seed.py tests/test_package.py tests/test_context.py "
    "tests/io tests/report tests/settings tests/cli/test_check.py tests/cli/test_formats.py tests/cli/test_main.py "
    "tests/run/test_folder.py tests/run/test_restore.py"
).split()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust.versions", description=__doc__)
    parser.add_argument("mode", choices=MODES)
    parser.add_argument("--extras", default="test", help="of the package, apart by commas")
    given, more = parser.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="cleantext-versions-") as folder:
        python = Path(folder) / "venv" / "bin" / "python"
        uv = [sys.executable, "-m", "uv", "--quiet"]
        wanted = f"cleantext-toolkit[{given.extras}] @ {ROOT.as_uri()}"
        to = ["--python", str(python)]
        made = [*uv, "venv", "--python", sys.executable, str(python.parents[1])]
        install = [*uv, "pip", "install", *to, "--resolution", MODES[given.mode], wanted]
        for command in (made, install):
            if subprocess.run(command, check=False, timeout=600).returncode:
                print("can't be installed from here: is uv there, and does it reach the packages?")
                return CANT
        subprocess.run([*uv, "pip", "check", *to], check=True)
        subprocess.run([*uv, "pip", "freeze", *to], check=True)
        environment = os.environ | {"CLEANTEXT_CACHE_DIR": str(Path(folder) / "cache")}
        environment.pop("PYTHONPATH", None)
        tests = [str(python), "-m", "pytest", "-p", "no:cacheprovider", *(more or TESTS)]
        return subprocess.run(tests, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
