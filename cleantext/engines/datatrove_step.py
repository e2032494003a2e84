"""datatrove: ``CleanText()`` as a step of a pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from cleantext.cleaner import Cleaner
from cleantext.config import Config
from cleantext.extras import need
from cleantext.io.records import ANNOTATION
from cleantext.run.work import CleansText

need("datatrove")

from datatrove.pipeline.base import PipelineStep  # noqa: E402 - after the message on what is missing


class CleanText(PipelineStep):  # type: ignore[misc]
    """Cleans the text of each document; ``metadata["url"]`` and ``metadata["language"]`` are hints.

    `annotate` puts the findings into the metadata. Settings are those of a `Config`, or a `Config`.
    A document whose cleaning raises goes on as it was, and is counted.
    """

    type = "🧹 - CLEAN"
    name = "cleantext"

    def __init__(
        self,
        config: Config | None = None,
        *,
        url: str = "url",
        lang: str = "language",
        annotate: bool = False,
        cleaner: CleansText | None = None,
        **settings: Any,
    ) -> None:
        super().__init__()
        self.cleaner: CleansText = cleaner or Cleaner(config, **settings)
        self.url, self.lang, self.annotate = url, lang, annotate

    def run(self, data: Iterable[Any], rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        """The documents, cleaned, with statistics."""
        for document in data:
            with self.track_time():
                self._clean(document)
            yield document

    def _clean(self, document: Any) -> None:
        hints = [document.metadata.get(name) for name in (self.lang, self.url)]
        lang, url = (hint if isinstance(hint, str) and hint else None for hint in hints)
        try:
            result = self.cleaner.clean(document.text, lang=lang, url=url)
        except Exception:  # a bug in a rule: one document, not the job
            self.stat_update("failed")
            return
        self.stat_update("cleaned" if result.text != document.text else "unchanged")
        self.stat_update("chars_in", value=result.report.chars_in, unit="chars")
        self.stat_update("chars_out", value=result.report.chars_out, unit="chars")
        for finding in result.report.edits:
            self.stat_update(f"removed-{finding.family}")
        if self.annotate:
            document.metadata[ANNOTATION] = [msgspec.to_builtins(f) for f in result.report.findings]
        document.text = result.text
