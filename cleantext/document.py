"""A document as the rules see it: its text, a folded copy of equal length, and its lines.

Built once; nothing downstream splits or lowers the text again. All offsets are code points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import Any

# Each is replaced by one code point, so that offsets into the folded text are offsets into the
# text: white space that looks like a blank, apostrophes as typesetters write them, line ends other
# than LF, and the two letters whose lower case would change length or depend on its neighbours.
_FOLDS = (
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2009", " "),
    ("\u3000", " "),
    ("\u2019", "'"),
    ("\u2028", "\n"),
    ("\u2029", "\n"),
    ("\u0085", "\n"),
    ("\uff1a", ":"),
    ("\u0130", "i"),
)
_LONGEST_KEY = 1000

#: Lines that are remembered from pass to pass, each with about 200 bytes.
_MOST_REMEMBERED = 50_000


def fold(text: str) -> str:
    """The text in lower case with variants of blanks, apostrophes and line ends unified.

    As many code points as `text`, each at its old place.
    """
    folded = text
    if not text.isascii():
        for old, new in _FOLDS:
            if old in folded:
                folded = folded.replace(old, new)
    if "\r" in folded:  # a blank at the end of a line means as little as a CR does
        folded = folded.replace("\r\n", " \n").replace("\r", "\n")
    folded = folded.lower()
    if "\u03c2" in folded:  # the final sigma
        folded = folded.replace("\u03c2", "\u03c3")
    return folded


class Document:
    """A text and what every rule asks of it.

    text    as it was given
    folded  `fold(text)`
    lang    the caller's hint (BCP 47) or None
    among   the languages that it can be in (ISO 639-1), where the caller said so; else empty
    starts  where each line begins
    """

    def __init__(
        self,
        text: str,
        lang: str | None = None,
        among: frozenset[str] = frozenset(),
        lasting: dict[Any, Any] | None = None,
    ) -> None:
        self.text = text
        self.folded = fold(text)
        self.lang = lang
        self.among = among
        #: What rules work out once for all of them.
        self.memo: dict[str, Any] = {}
        #: The same from the text of a single line, so that it holds in the next pass as well.
        self.lasting: dict[Any, Any] = {} if lasting is None else lasting
        self._contents: dict[int, tuple[int, int]] = {}

    @cached_property
    def lines(self) -> list[str]:
        """The folded lines without their LF; where a CR stood before it is a blank."""
        return self.folded.split("\n")

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins, in code points."""
        starts = []
        at = 0
        for line in self.lines:
            starts.append(at)
            at += len(line) + 1
        return starts

    @cached_property
    def languages(self) -> frozenset[str] | None:
        """The languages that it may be in; None when that can't be told."""
        from cleantext.language import guess

        found = guess(self.folded)
        if self.among:
            found = self.among if found is None else (found & self.among or self.among)
        return found | {self.lang.split("-")[0].lower()} if found and self.lang else found

    @cached_property
    def line_end(self) -> str:
        """The line end to write where one is put in: CR LF in texts whose first line ends so, else LF."""
        first = self.text.find("\n")
        return "\r\n" if first > 0 and self.text[first - 1] == "\r" else "\n"

    def in_language(self, langs: Iterable[str]) -> bool:
        """Whether it may be in one of `langs`."""
        return self.languages is None or not self.languages.isdisjoint(langs)

    def line_at(self, offset: int) -> int:
        """The number of the line that holds `offset`, from 0."""
        return bisect_right(self.starts, offset) - 1

    def span(self, line: int) -> tuple[int, int]:
        """Start and end of a line, without its line end."""
        start = self.starts[line]
        stop = start + len(self.lines[line])
        if stop > start and self.text[stop - 1] == "\r":
            stop -= 1
        return start, stop

    def line(self, line: int) -> str:
        """A line of the text as it was given, without its line end."""
        start, stop = self.span(line)
        return self.text[start:stop]

    def remember(self, key: Any, value: Any) -> None:
        """Keep `value` in `lasting`, unless that holds a lot by now: a text can have millions of short lines."""
        if len(self.lasting) < _MOST_REMEMBERED:
            self.lasting[key] = value

    def key(self, start: int, stop: int) -> str | None:
        """The text of a line or a part of one, to remember something by; None where that is too long."""
        return self.text[start:stop] if stop - start <= _LONGEST_KEY else None

    def blank(self, line: int) -> bool:
        """Whether a line holds nothing but white space; lines outside the document are blank."""
        return not 0 <= line < len(self.lines) or not self.lines[line].strip()

    def content(self, line: int) -> tuple[int, int]:
        """Start and end of what a line holds but for white space around it; twice its start if that is nothing.

        Kept, for whoever takes many things out of one long line asks for each.
        """
        found = self._contents.get(line)
        if found is None:
            start, stop = self.span(line)
            shown = self.text[start:stop]
            inner = shown.lstrip()
            first = stop - len(inner) if inner else start
            found = self._contents[line] = first, first + len(inner.rstrip())
        return found

    def block(self, first: int, last: int) -> tuple[int, int]:
        """The span that removes the lines `first` to `last` and leaves no gap behind.

        Takes the line end along, and one of two blank runs that would otherwise meet.
        """
        start = self.starts[first]
        count = len(self.lines)
        if last + 1 < count:
            stop = self.starts[last + 1]
            if self.blank(first - 1) and self.blank(last + 1):
                while last + 1 < count and not self.lines[last + 1].strip():
                    last += 1
                stop = self.starts[last + 1] if last + 1 < count else len(self.text)
                if last + 1 >= count:
                    # nothing but blanks follows: the noise goes with the blanks before it
                    return self._tail(first)
            return start, stop
        return self._tail(first)

    def _tail(self, first: int) -> tuple[int, int]:
        """The span from the end of the last line with content before `first` to the text's end.

        A final line end stays where the text had one.
        """
        text = self.text
        before = first - 1
        while before >= 0 and not self.lines[before].strip():
            before -= 1
        if before < 0:
            return 0, len(text)
        start = self.span(before)[1]
        stop = len(text)
        if self.lines[-1] == "" and len(self.lines) > 1:
            stop = self.starts[-1] - 1
            if stop > start and text[stop - 1] == "\r":
                stop -= 1
            if stop <= start:
                stop = len(text)
        return start, stop
