"""Writes a trained network as arrays."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from training.lexical import function_keys, furniture_keys
from training.net import DILATIONS, Net


def arrays(net: Net, words: np.ndarray, grams: np.ndarray) -> dict[str, np.ndarray]:
    """The weights by name, matrices as (in, out), vectors of words in 8 bits with a scale a column."""
    s = {k: v.detach().numpy() for k, v in net.state_dict().items()}
    out: dict[str, np.ndarray] = {"dilations": np.array(DILATIONS, dtype=np.int32)}
    for name, keys in (("words", words), ("grams", grams)):
        table = s[f"{name}.weight"][: len(keys) + 1].copy()
        table[0] = 0
        scale = np.abs(table).max(axis=0) / 127
        out[f"{name}.keys"] = keys.astype(np.uint64)
        out[f"{name}.vectors"] = np.round(table / scale).astype(np.int8)
        out[f"{name}.vectors.scale"] = scale.astype(np.float32)
    out["function.keys"], out["furniture.keys"] = function_keys(), furniture_keys()
    for name in ("first", "second", "out"):
        out[f"{name}.weight"] = s[f"{name}.weight"].T.astype(np.float16)
        out[f"{name}.bias"] = s[f"{name}.bias"].astype(np.float32)
    for k in range(len(DILATIONS)):
        out[f"conv.{k}.weight"] = s[f"convs.{k}.weight"].transpose(2, 1, 0).astype(np.float16)
        out[f"conv.{k}.bias"] = s[f"convs.{k}.bias"].astype(np.float32)
        out[f"wide.{k}.weight"] = s[f"wide.{k}.weight"].T.astype(np.float16)
        out[f"wide.{k}.bias"] = s[f"wide.{k}.bias"].astype(np.float32)
    return out


def write(target: Path, data: dict[str, np.ndarray]) -> None:
    """The arrays as a compressed npz; the same arrays give the same bytes."""
    import zipfile
    from io import BytesIO

    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
        for name, a in data.items():
            buffer = BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(a), allow_pickle=False)
            z.writestr(
                zipfile.ZipInfo(name + ".npy", (1980, 1, 1, 0, 0, 0)), buffer.getvalue(), zipfile.ZIP_DEFLATED
            )
