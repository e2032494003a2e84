"""Ray Data: ``clean_dataset(ds, text="body")``."""

from __future__ import annotations

from typing import Any

from cleantext.engines.batch import CleanBatch
from cleantext.extras import need


def clean_dataset(
    dataset: Any, *, batch_size: int = 1024, ray_options: dict[str, Any] | None = None, **options: Any
) -> Any:
    """The Ray dataset with its texts cleaned; lazy, as Ray's transformations are.

    `options` are those of `CleanBatch`; `ray_options` go to ``map_batches``. Ray tries a batch again
    whose worker died.
    """
    need("ray.data")
    clean = CleanBatch(**options)
    return dataset.map_batches(
        clean.__call__, batch_format="pyarrow", batch_size=batch_size, **(ray_options or {})
    )
