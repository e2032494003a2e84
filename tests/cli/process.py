"""The command line in a process of its own, for what can't be seen from inside."""

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Literal

#: So that the package is found from any folder, installed or not.
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}


def python(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *args], capture_output=True, text=True, env=ENVIRONMENT, check=False
    )


def on_terminal(
    *args: str, stream: Literal["stdout", "stderr"], **environment: str
) -> tuple[subprocess.CompletedProcess[bytes], bytes]:
    """Run cleantext with one stream on a terminal; gives what came there too."""
    import pty

    leader, follower = pty.openpty()
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: follower}
    command = [sys.executable, "-m", "cleantext", *args]
    parts: list[bytes] = []

    def drain() -> None:
        # a terminal hands out a few kilobytes at a time, and stops its writer when nobody reads
        with contextlib.suppress(OSError):  # the other end is closed
            while part := os.read(leader, 10_000):
                parts.append(part)

    reader = threading.Thread(target=drain)
    reader.start()
    done = subprocess.run(command, **streams, env=ENVIRONMENT | environment, check=False)
    os.close(follower)
    reader.join()
    os.close(leader)
    shown = b"".join(parts)
    return done, shown
