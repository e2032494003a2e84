"""What the formats share: files of many records, each with texts among other fields.

A format cuts a file into blocks of whole records, in the process that plans, and edits a block, in
any process. It knows nothing of cleaning: an `Editor` says what each text becomes. Whatever isn't
a text that the editor changed comes out as the bytes, or the values, that came in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, Literal, Protocol

import msgspec

from cleantext.errors import ConfigError, InputError
from cleantext.io.compress import most_unpacked

#: Bytes of input that make a block: about a tenth of a second of cleaning.
BLOCK = 1 << 20

#: Bytes that a single record may have; beyond it the file is taken for damaged.
MOST_RECORD = 1 << 30

#: Fields that hold the text where none is named, in the order in which they are looked for.
TEXT_FIELDS = ("text", "content", "raw_content")

#: The field or column that `--annotate` adds.
ANNOTATION = "cleantext_findings"

#: ``drop`` takes the annotation of an earlier run away.
Annotate = Literal["no", "beside", "instead", "drop"]


class Fields(msgspec.Struct, frozen=True):
    """Which fields of a record are what; ``a.b`` is the field ``b`` inside of ``a``.

    text      fields with texts to clean; empty: the first of `TEXT_FIELDS` that is there
    id        field with a name for the record, for the report
    url, lang hints for cleaning
    annotate  whether findings become a field: beside cleaning, or instead of it
    """

    text: tuple[str, ...] = ()
    id: str | None = None
    url: str | None = None
    lang: str | None = None
    annotate: Annotate = "no"

    @property
    def adds(self) -> bool:
        """Whether findings become a field."""
        return self.annotate in ("beside", "instead")

    def named(self, there: Iterable[str], what: str) -> tuple[str, ...]:
        """The text fields of a file with the fields `there`. Raises `InputError` when there is none."""
        if self.text:
            return self.text
        names = list(there)
        for name in TEXT_FIELDS:
            if name in names:
                return (name,)
        listed = ", ".join(names[:20]) + (", …" if len(names) > 20 else "")
        raise InputError(
            f"no {what} is named {' or '.join(TEXT_FIELDS)}: name the one with the text, such as "
            f"--text-field {next(iter(names), 'body')} (there {'is' if len(names) == 1 else 'are'}: {listed})"
        )


class Item(msgspec.Struct, frozen=True):
    """A text of a record: the number of the record in its file, from 0, and what else is known."""

    number: int
    field: str | None
    text: str
    id: str | None = None
    url: str | None = None
    lang: str | None = None


class Change(msgspec.Struct, frozen=True):
    """What becomes of a text: the text, and the findings as plain values for an annotation.

    `raw` are the bytes that are to stand for it, where that isn't left to the format.
    """

    text: str
    findings: list[dict[str, Any]] = []
    raw: bytes | None = None


#: Given what a text becomes: the bytes that stand for it in the file, if writing it again in the
#: manner of its successor wouldn't give the same, and None if it would.
Exact = Callable[[str], bytes | None]


class Editor(Protocol):
    """Decides what becomes of texts."""

    def edit(self, item: Item, exact: Exact) -> Change:
        """The change for a text."""

    def extract(self, number: int, page: bytes, identity: str | None, url: str | None) -> Change:
        """The main text of an HTML page, cleaned. Raises `InputError`."""

    def fail(self, number: int, reason: str, identity: str | None = None) -> None:
        """Take note of a record that can't be read; it stays as it is."""


class Block(msgspec.Struct, frozen=True):
    """Whole records of a file: bytes, the number of the first one and how many there are.

    `keep` are the numbers of those that go on, counted in the block; None: all. `extra` is what the
    format wants to know again when it edits.
    """

    first: int
    count: int
    data: bytes
    extra: dict[str, Any] = {}
    keep: tuple[int, ...] | None = None

    def wanted(self) -> set[int] | None:
        """`keep` as a set, for many look-ups."""
        return None if self.keep is None else set(self.keep)


class Format(Protocol):
    """A kind of file with records."""

    #: Its name for ``--from``.
    name: str
    #: Whether what `edit` gives is packed as the input was; a format with a packing of its own isn't.
    packs: bool

    def blocks(self, stream: IO[bytes], fields: Fields) -> Iterator[Block]:
        """The file as blocks in order. Raises `InputError` where it can't be read."""

    def edit(self, block: Block, fields: Fields, editor: Editor) -> list[bytes]:
        """The block after editing, as pieces each of which is packed alone."""

    def finish(self, part: str, finished: str) -> None:
        """Make the file `finished` of all edited blocks, one after the other in the file `part`."""


def check_fields(fields: Fields) -> Fields:
    """`fields`, when they can be meant. Raises `ConfigError`."""
    for name in (*fields.text, fields.id, fields.url, fields.lang):
        if name is not None and not all(name.split(".")):
            raise ConfigError(f"field {name!r} has an empty part: write a name, or a.b for b inside of a")
    if len(set(fields.text)) != len(fields.text):
        raise ConfigError("--text-field names a field twice: name it once")
    return fields


def line_blocks(stream: IO[bytes], size: int = 0) -> Iterator[bytes]:
    """A stream cut after line ends into pieces of about `size` bytes, or `BLOCK`."""
    rest: list[bytes] = []  # joined once: a line may be as long as a file
    length = 0
    most = min(MOST_RECORD, most_unpacked())
    while data := stream.read(size or BLOCK):
        cut = data.rfind(b"\n") + 1
        if cut:
            yield b"".join((*rest, data[:cut]))
            rest, length = [], 0
        rest.append(data[cut:])
        length += len(data) - cut
        if length > most:
            raise InputError(f"a line has more than {most >> 20} MB: this is no file of records")
    if length:
        yield b"".join(rest)


def text_of(value: object) -> str | None:
    """A field's value as the string that a hint or a name is; None for what is none."""
    if isinstance(value, str):
        return value or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None
