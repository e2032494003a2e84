"""Outputs as they are to be, byte for byte. ``UPDATE_GOLDEN=1 pytest`` writes them anew; read the diff."""

import os
from pathlib import Path

HERE = Path(__file__).parent


def same_as_golden(name: str, got: bytes) -> bool:
    if os.environ.get("UPDATE_GOLDEN"):
        (HERE / name).write_bytes(got)
    assert got.decode() == (HERE / name).read_bytes().decode()
    return True
