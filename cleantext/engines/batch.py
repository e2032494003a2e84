"""The function under all engines: a batch of Arrow with texts, cleaned."""

from __future__ import annotations

from typing import Any

import msgspec

from cleantext.cleaner import Cleaner
from cleantext.config import Config
from cleantext.extras import need
from cleantext.finding import CleanResult
from cleantext.io.arrow import check_schema, edit_batch
from cleantext.io.records import Annotate, Change, Exact, Fields, Item, check_fields
from cleantext.report.summary import Totals
from cleantext.run.work import CleansText


class CleanBatch:
    """Cleans the texts of a record batch or table of Arrow; every other column stays the same object.

    `text`, `url`, `lang` name columns (``a.b`` is a field inside of a struct); without `text` it is
    the first of ``text``, ``content``, ``raw_content``. `annotate` adds the findings as a column,
    ``beside`` cleaning or ``instead`` of it. Settings are those of a `Config`, or a `Config`. A text
    that can't be cleaned stays as it was.

    Pickles, so that engines can send it to their workers.
    """

    def __init__(
        self,
        config: Config | None = None,
        *,
        text: str | tuple[str, ...] = (),
        url: str | None = None,
        lang: str | None = None,
        annotate: Annotate = "no",
        cleaner: CleansText | None = None,
        **settings: Any,
    ) -> None:
        names = (text,) if isinstance(text, str) else tuple(text)
        self.fields = check_fields(Fields(names, url=url, lang=lang, annotate=annotate))
        self.cleaner: CleansText = cleaner or Cleaner(config, **settings)
        #: Numbers of what this object has cleaned, in this process.
        self.totals = Totals()

    def __call__(self, batch: Any) -> Any:
        """The batch, or the table, with its texts cleaned."""
        pa = need("pyarrow")
        names = check_schema(batch.schema, self.fields)
        editor = _Editor(self)
        if isinstance(batch, pa.Table):
            parts = [edit_batch(b, names, self.fields, editor, 0, None) for b in batch.to_batches()]
            if not parts:
                empty = pa.RecordBatch.from_arrays(
                    [pa.array([], f.type) for f in batch.schema], schema=batch.schema
                )
                parts = [edit_batch(empty, names, self.fields, editor, 0, None)]
            return pa.Table.from_batches(parts)
        return edit_batch(batch, names, self.fields, editor, 0, None)


class _Editor:
    """Cleans texts and counts."""

    def __init__(self, clean: CleanBatch) -> None:
        self._clean = clean
        self._adds = clean.fields.adds
        self._instead = clean.fields.annotate == "instead"

    def edit(self, item: Item, exact: Exact) -> Change:
        """The text, cleaned; as it was where cleaning raises."""
        totals = self._clean.totals
        try:
            result: CleanResult = self._clean.cleaner.clean(item.text, lang=item.lang, url=item.url)
        except Exception:  # a bug in a rule: one document, not the job
            totals.failed += 1
            return Change(item.text)
        report = result.report
        changed = result.text != item.text and not self._instead
        totals.cleaned += changed
        totals.unchanged += not changed
        totals.chars_in += report.chars_in
        totals.chars_out += report.chars_in if self._instead else report.chars_out
        notes = (
            [{"field": item.field, **msgspec.to_builtins(f)} for f in report.findings] if self._adds else []
        )
        return Change(item.text if self._instead else result.text, notes)

    def extract(self, number: int, page: bytes, identity: str | None, url: str | None) -> Change:
        """Batches hold texts and no pages."""
        raise TypeError("a batch holds no pages")

    def fail(self, number: int, reason: str, identity: str | None = None) -> None:
        """A text that is no UTF-8 stays as it was."""
        self._clean.totals.failed += 1
