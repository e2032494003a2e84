"""CT123: HTML entities left in running text."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from html.entities import html5
from typing import Any

import regex

from cleantext.document import Document
from cleantext.rules.base import Candidate, Example, Hit, LookAlike, Rule
from cleantext.rules.listing import lesson, listed
from cleantext.scan.trigger import Trigger

# An ampersand, itself escaped any number of times, and what it introduces. `&nbsp` and numbers are
# read without their semicolon, too, as browsers do.
_ENTITY = regex.compile(
    r"""
    (?: &[ ]?(?=\#[0-9]{2,6};|amp;|nbsp;|quot;|[lr]squo;|[lr]dquo;|[mn]dash;|hellip;|apos;|lt;|gt;) | & )
    (?: amp; | \#0*38; | \#x0*26; )*+
    (?: \#(?P<decimal>[0-9]{2,7}) (?: ; | (?![0-9;]) )
      | \#x(?P<hex>[0-9a-f]{2,6}) ;
      | (?P<name>[a-z][a-z0-9]{1,31}) ;
      | (?P<open>nbsp|amp|quot) (?![a-z0-9;=])
    )
    # `word#8217;s`, the ampersand lost
    | (?<=[\p{L}\s]) \# (?P<bare>821[1267] | 822[0-2] | 8230 | 0?39 | 34) ;
    # a lone escaped ampersand
    | & (?P<amp> amp; | \#0*38; | \#x0*26; )++ (?!\#)
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
#: Two halves of one character as numbers: `&#55357;&#56832;`.
_HALVES = regex.compile(r"&(?:amp;)*#(5[5-6][0-9]{3});&(?:amp;)*#(5[6-7][0-9]{3});")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
#: One-letter words with an accent, of French, Italian, Portuguese, Spanish, Czech, the Nordic languages.
_WORDS = frozenset("àèéìíòóôáýåöøæÀÈÉÌÍÒÓÔÁÝÅÖØÆ")
_URL = regex.compile(r"(?:https?://|www\.)\S*+$|[?&][\w.-]+=\S*+$", regex.IGNORECASE)
_OPEN = "\"'“‘„«‹([{<`"
_REACH = 120


class HtmlEntity(Rule):
    """Finds HTML entities in running text: `&amp;rsquo;`, `&#261;`, `&nbsp;`, escaped once or more often.

    They are left where a page was escaped twice, or its source was taken for its text. A reader wants
    the character; each entity is replaced by it in one go, however deep it is nested.

    Leaves alone: texts that explain HTML and write entities as their subject; entities in quotes,
    brackets, backticks or listings; `AT&T;` and other names that are no entity; the parameters of
    addresses (`&copy=1`), in which only `&amp;` is undone.

    Source: the table of names of HTML 5, in Python's `html.entities`; numbers from 128 to 159 are read as
    code page 1252, as browsers do.
    """

    code = "CT123"
    name = "html-entity"
    family = "encoding"
    examples = (
        Example("I don&amp;rsquo;t know &amp;ndash; yet.", "I don’t know – yet."),
        Example("Geese&amp;amp;rsquo;s hats &#38;#8212; grey.", "Geese’s hats — grey."),
        Example("Id&#261; g&#281;si &#x2019;", "Idą gęsi ’", "pl"),
        Example("Quill &amp; Sons&nbsp;Ltd &copy;&nbsp;1931", "Quill & Sons\u00a0Ltd ©\u00a01931"),
        Example("C&#39;est &agrave; l&rsquo;&eacute;cole.", "C'est à l’école.", "fr"),
        Example("A hat &#55357;&#56832; for 3 &euro; &lt; 4 &euro;.", "A hat 😀 for 3 € < 4 €."),
        Example("Otto#8217;s goose &#150; grey.", "Otto’s goose – grey."),
        Example("See https://quill.example/?a=1&amp;b=2 now.", "See https://quill.example/?a=1&b=2 now."),
    )
    lookalikes = (
        LookAlike("In HTML an ampersand is written &amp; and a less-than sign &lt;.", "a lesson on HTML"),
        LookAlike("Im Quelltext steht &auml; für ä und &szlig; für ß.", "the same in German"),
        LookAlike(
            "The soft hyphen (&shy;) and the no-break space (&nbsp;) are typed like that.", "in brackets"
        ),
        LookAlike("Type `&rsquo;` or “&rsquo;”, whichever you like.", "in backticks and in quotes"),
        LookAlike("AT&T; R&D; Q&A; rock&roll;", "an ampersand and a semicolon"),
        LookAlike("https://quill.example/?a=1&copy=1&reg;=2&lt=3", "parameters of an address"),
        LookAlike("Use it so:\n\n    print(a &amp;&amp; b)\n    x = y &lt; 3;", "a listing"),
        LookAlike(
            "if (a && b) and &c. or &#c; and (&) and & ; and issue #8217.", "ampersands of other kinds"
        ),
    )

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        yield Trigger("pattern", "&[a-z#][a-z0-9]{1,31};"), None
        yield Trigger("pattern", "&(?:nbsp|amp|quot|#[0-9]{2,7})"), None
        yield Trigger("pattern", "& (?:#[0-9x]|[a-z]{2,6};)"), None
        yield Trigger("pattern", "#(?:82[0-9][0-9]|0?39|34);"), None

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        found: list[tuple[int, int, str]] = []
        for line in sorted({doc.line_at(h.end - 1) for h in hits}):
            found += _entities(doc, *doc.span(line))
        about = [i for i, (start, stop, _) in enumerate(found) if _subject(doc, start, stop)]
        shown = set(about)
        inside = sum(
            1
            for i, (start, stop, _) in enumerate(found)
            if i not in shown and _in_word(doc.text, start, stop)
        )
        for i, (start, stop, meant) in enumerate(found):
            entity = doc.text[start:stop]
            if i in shown and (inside < 3 or listed(doc, start, stop)):
                yield Candidate(
                    start, stop, 0.4, f"{entity!r} is {meant!r}, but may be shown on purpose", meant
                )
                continue
            confidence = 0.97
            if not _in_word(doc.text, start, stop):
                # a text that shows some entities on purpose may mean all that stand alone
                confidence = 0.5 if shown and inside < 3 else _alone(doc.text, start, stop, meant, inside)
            yield Candidate(
                start, stop, confidence, f"the HTML entity {entity[:40]!r} stands for {meant!r}", meant
            )


def _entities(doc: Document, start: int, stop: int) -> Iterator[tuple[int, int, str]]:
    """What is an entity in ``text[start:stop]``, with its character."""
    text = doc.text
    at = start
    for m in _HALVES.finditer(text, start, stop):
        pair = chr(int(m[1])) + chr(int(m[2]))
        if 0xD800 <= ord(pair[0]) < 0xDC00 <= ord(pair[1]) < 0xE000:
            yield from _single(text, at, m.start())
            yield m.start(), m.end(), pair.encode("utf-16", "surrogatepass").decode("utf-16")
            at = m.end()
    yield from _single(text, at, stop)


def _single(text: str, start: int, stop: int) -> Iterator[tuple[int, int, str]]:
    for m in _ENTITY.finditer(text, start, stop):
        meant = _character(m)
        if meant is None:
            continue
        if _URL.search(text, max(start, m.start() - 200), m.start()) and meant != "&":
            continue
        yield m.start(), m.end(), meant


def _character(m: regex.Match[str]) -> str | None:
    """The character that an entity stands for; None when it is none, or no text."""
    number = m["decimal"] or m["bare"]
    if number or m["hex"]:
        code = int(number) if number else int(m["hex"], 16)
        if code < 32 or code > 0x10FFFF or 0xD800 <= code < 0xE000:
            return None
        if m["decimal"] and not m[0].endswith(";") and code < 130 and code not in (34, 38, 39):
            return None
        return html.unescape(f"&#{code};") or None
    if m["amp"]:
        return "&"
    name = m["name"] or m["open"]
    for form in (name, name.lower() if name.isupper() else name):
        if form + ";" in html5:
            return html5[form + ";"]
    return None


def _in_word(text: str, start: int, stop: int) -> bool:
    """Whether letters, or other entities, stand on both sides, or a letter on one and no bracket."""
    before, after = text[start - 1 : start], text[stop : stop + 1]
    left = before.isalnum() or before == ";"
    right = after.isalnum() or after == "&"
    return (left and right) or ((left or right) and before not in _OPEN and after not in "\"'”’»)]}>`=")


def _alone(text: str, start: int, stop: int, meant: str, inside: int) -> float:
    """How sure an entity is noise that no letter touches."""
    before, after = text[start - 1 : start], text[stop : stop + 1]
    if before and before in "\"'“‘„«‹([`" and after and after in "\"'”’»›)]`":
        return 0.5
    if meant in _INVISIBLE:
        return 0.9
    if meant.isalpha() and meant not in _WORDS and not inside:
        return 0.6
    return 0.95


def _subject(doc: Document, start: int, stop: int) -> bool:
    """Whether an entity is what the text is about."""
    text = doc.text
    if listed(doc, start, stop):
        return True
    before, after = text[start - 1 : start], text[stop : stop + 1]
    if before and before in "“‘„«‹(`\"'" and after and after in "”’»›)`\"'":
        return text[start:stop].count("&") == 1
    return lesson(doc, start, stop, _REACH)
