"""Arrow batches: the texts of columns exchanged, every other column the very same object."""

from __future__ import annotations

from typing import Any

from cleantext.errors import InputError
from cleantext.extras import need
from cleantext.io.records import ANNOTATION, Editor, Fields, Item, text_of


def check_schema(schema: Any, fields: Fields) -> tuple[str, ...]:
    """The text columns of a schema. Raises `InputError` when one is missing or holds no text."""
    names = fields.named(schema.names, "column")
    for name in names:
        kind = _type_at(schema, name)
        if kind is None:
            listed = ", ".join(schema.names[:20])
            raise InputError(f"no column is named {name}: name one with --text-field (there are: {listed})")
        if not _is_text(kind):
            raise InputError(f"column {name} holds {kind}, no text: name one with text by --text-field")
    if fields.adds and ANNOTATION in schema.names:
        raise InputError(f"it has a column {ANNOTATION} already: leave out --annotate, or rename it")
    return names


def edit_batch(
    batch: Any, names: tuple[str, ...], fields: Fields, editor: Editor, first: int, rows: Any
) -> Any:
    """The record batch with the texts that the editor gives.

    `first` is the number of its first row in the file; `rows` are the rows to keep, None: all.
    """
    pa = need("pyarrow")
    if rows is not None:
        batch = batch.take(pa.array(rows, pa.int64()))
    numbers = [first + at for at in (rows if rows is not None else range(batch.num_rows))]
    hints = [_hints(batch, name) for name in (fields.id, fields.url, fields.lang)]
    notes: list[list[dict[str, Any]]] = [[] for _ in numbers]
    for name in names:
        path = _path(batch.schema, name)
        column = batch.column(path[0])
        texts = _texts(column, path[1:])
        changed = False
        for at, text in enumerate(texts):
            if text is None:
                continue
            if isinstance(text, bytes):
                editor.fail(numbers[at], f"column {name} is not valid UTF-8", hints[0][at])
                continue
            item = Item(numbers[at], name, text, *(hint[at] for hint in hints))
            change = editor.edit(item, lambda new: None)
            notes[at] += change.findings
            if change.text != text:
                texts[at] = change.text
                changed = True
        if changed:
            place = batch.schema.get_field_index(path[0])
            batch = batch.set_column(place, batch.schema.field(place), _with_texts(column, path[1:], texts))
    if fields.annotate == "drop":
        return batch.drop_columns([ANNOTATION])
    if fields.adds:
        batch = batch.append_column(annotation_field(), pa.array(notes, annotation_field().type))
    return batch


def annotation_field() -> Any:
    """The column that ``--annotate`` adds: a list of findings."""
    pa = need("pyarrow")
    text, number = pa.string(), pa.int64()
    finding = pa.struct(
        [
            ("field", text),
            ("rule", text),
            ("family", text),
            ("start", number),
            ("end", number),
            ("text", text),
            ("replacement", text),
            ("action", text),
            ("confidence", pa.float64()),
            ("reason", text),
        ]
    )
    return pa.field(ANNOTATION, pa.list_(finding))


def annotated_schema(schema: Any, fields: Fields) -> Any:
    """The schema with that column, if `fields` ask for it."""
    if fields.annotate == "drop":
        return schema.remove(schema.get_field_index(ANNOTATION))
    return schema.append(annotation_field()) if fields.adds else schema


def _path(schema: Any, name: str) -> tuple[str, ...]:
    return (name,) if name in schema.names else tuple(name.split("."))


def _type_at(schema: Any, name: str) -> Any:
    pa = need("pyarrow")
    path = _path(schema, name)
    if schema.names.count(path[0]) != 1:
        return None
    kind = schema.field(path[0]).type
    for part in path[1:]:
        if not pa.types.is_struct(kind) or kind.get_field_index(part) < 0:
            return None
        kind = kind.field(kind.get_field_index(part)).type
    return kind


def _is_text(kind: Any) -> bool:
    types = need("pyarrow").types
    if types.is_dictionary(kind):
        kind = kind.value_type
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _texts(column: Any, path: tuple[str, ...]) -> list[str | bytes | None]:
    """The texts of a column, or of a field inside of its structs; bytes where they are no UTF-8."""
    for part in path:
        # a null struct has values under it that don't count
        column = need("pyarrow.compute").struct_field(column, part)
    try:
        texts: list[str | bytes | None] = column.to_pylist()
    except UnicodeDecodeError:  # readers don't check
        pa = need("pyarrow")
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        texts = [_text_or_bytes(value) for value in column.cast(pa.large_binary()).to_pylist()]
    return texts


def _text_or_bytes(value: bytes | None) -> str | bytes | None:
    try:
        return None if value is None else value.decode("utf-8")
    except UnicodeDecodeError:
        return value


def _with_texts(column: Any, path: tuple[str, ...], texts: list[str | bytes | None]) -> Any:
    """The column with other texts, of the same type."""
    pa = need("pyarrow")
    kind = column.type
    if path:
        place = kind.get_field_index(path[0])
        children = [need("pyarrow.compute").struct_field(column, [i]) for i in range(kind.num_fields)]
        children[place] = _with_texts(children[place], path[1:], texts)
        fields = [kind.field(i) for i in range(kind.num_fields)]
        return pa.StructArray.from_arrays(children, fields=fields, mask=column.is_null())
    if pa.types.is_dictionary(kind):
        return _text_array(texts, kind.value_type).dictionary_encode().cast(kind)
    return _text_array(texts, kind)


def _text_array(texts: list[str | bytes | None], kind: Any) -> Any:
    pa = need("pyarrow")
    if any(isinstance(text, bytes) for text in texts):
        data = [text.encode("utf-8") if isinstance(text, str) else text for text in texts]
        return pa.array(data, pa.large_binary()).cast(kind, safe=False)
    return pa.array(texts, kind)


def _hints(batch: Any, name: str | None) -> list[str | None]:
    if name is None or _type_at(batch.schema, name) is None:
        return [None] * batch.num_rows
    path = _path(batch.schema, name)
    return [text_of(value) for value in _texts(batch.column(path[0]), path[1:])]
