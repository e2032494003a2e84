"""Hugging Face datasets: ``clean_dataset(ds, text="body")``."""

from __future__ import annotations

from typing import Any

from cleantext.engines.batch import CleanBatch
from cleantext.extras import need


def clean_dataset(
    dataset: Any, *, batch_size: int = 1000, processes: int | None = None, **options: Any
) -> Any:
    """The dataset with its texts cleaned. `options` are those of `CleanBatch`."""
    need("datasets")
    clean = CleanBatch(**options)
    cleaned = dataset.with_format("arrow").map(
        clean.__call__, batched=True, batch_size=batch_size, num_proc=processes, desc="cleaning"
    )
    return cleaned.with_format(**{k: v for k, v in dataset.format.items() if k in ("type", "columns")})
