"""CT107: addresses and handles that fell into the middle of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import regex

from cleantext.document import Document
from cleantext.inside import place_of
from cleantext.rules.base import Candidate, Example, Hit, LookAlike, Rule
from cleantext.rules.excise import excise
from cleantext.rules.listing import technical
from cleantext.scan.trigger import Trigger

_NETWORKS = (
    "pic.twitter.com/", "pic.x.com/", "t.co/", "bit.ly/", "youtu.be/", "instagr.am/", "fb.me/", "buff.ly/", "ow.ly/",
    "dlvr.it/", "goo.gl/", "tinyurl.com/", "lnkd.in/", "trib.al/", "wp.me/",
)  # fmt: skip
#: Addresses that networks put in where a post or its picture stood.
_SHORT = regex.compile(
    r"(?:https?://)?(?:pic\.(?:twitter|x)\.com|t\.co|bit\.ly|youtu\.be|instagr\.am|fb\.me|buff\.ly|ow\.ly|dlvr\.it|goo\.gl|tinyurl\.com|lnkd\.in|trib\.al|wp\.me)"
    r"/[A-Za-z0-9_-]{3,40}/?"
)
_ADDRESS = regex.compile(r"https?://[\w.-]++(?:/[^\s<>\"“”«»]*+)?")
_HANDLE = regex.compile(r"(?:[Ff]ollow[^\S\n])?@[A-Za-z0-9_]{3,30}+(?![\w@-]{0,60}+\.[a-z])")
_LAST = regex.compile(r"[\p{L}\p{M}'’-]++(?=[^\p{L}\p{N}]*$)")
_HEAD_GLUED = regex.compile(r"[\p{L}\p{M}]++$")
_CALLS = frozenset(
    "at see on via visit to from link url here site is in through using under unter auf siehe bei über voir sur à en a su vedi presso"
    " zie op op: na se på hos pada di по на в зі з на".split()
)


class InlineLink(Rule):
    """Finds addresses of posts and pictures, glued addresses and handles in the middle of a sentence.

    `at the 2020pic.twitter.com/5yqH3 show`, `in thehttps://quill.example/a room`, `of the@otto_goose ice`: what a
    network put where a post stood, run into the text around it.

    Leaves alone: addresses and handles between blanks that a sentence may speak of, those at its end, e-mail addresses, and
    everything in source code.

    Source: the short addresses of networks and of the services that shorten for them.
    """

    code = "CT107"
    name = "inline-link"
    family = "inline-intrusion"
    examples = (
        Example("They spoke of thepic.twitter.com/a7Hx29 geese.", "They spoke of the geese."),
        Example("They spoke of the@otto_goose geese.", "They spoke of the geese."),
        Example("The geese left.https://t.co/a7Hx29Qw Otto wept.", "The geese left. Otto wept."),
    )
    lookalikes = (
        LookAlike("He wrote to otto@geese.example and saw https://geese.example/ice then.", "addresses"),
        LookAlike("The geese, said @otto_goose on Friday, were grey.", "a handle in a sentence"),
        LookAlike("See https://t.co/a7Hx29Qw for the geese.", "an address that the sentence speaks of"),
        LookAlike("Otto@GEESE 06/02/2001 wrote that the ice was thin.", "a name in an old mail system"),
    )

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        for name in _NETWORKS:
            yield Trigger("literal", name), None
        yield Trigger("pattern", "[^ \\n@/.<(\"']https?://"), None
        yield Trigger("pattern", "[a-z0-9,.!?]@[a-z0-9_]{3}"), None
        yield Trigger("pattern", "follow @[a-z0-9_]{3}"), None

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        lines = sorted({doc.line_at(h.end - 1) for h in hits})
        found = [c for line in lines for c in _links(doc, line)]
        if found and not technical(doc):
            yield from found


def _links(doc: Document, line: int) -> Iterator[Candidate]:
    """Addresses of posts and pictures, glued addresses and handles in a line."""
    text = doc.text
    low, high = doc.span(line)
    for m in _SHORT.finditer(text, low, high):
        yield from _link(doc, m.start(), m.end(), low, high, 0.9, "an address of a network")
    for m in _ADDRESS.finditer(text, low, high):
        if _SHORT.match(text, m.start()) is None and m.start() > low and text[m.start() - 1].islower():
            yield from _link(doc, m.start(), m.end(), low, high, 0.84, "an address")
    for m in _HANDLE.finditer(text, low, high):
        follow = text[m.start()] in "Ff"
        before = _HEAD_GLUED.search(text, max(low, m.start() - 30), m.start())
        if follow and text[m.start()] == "F":
            yield from _link(doc, m.start(), m.end(), low, high, 0.9, "a handle")
        elif follow:
            continue
        elif text[m.start() - 1 : m.start()] in ".!?" and m.start() > low:
            yield from _link(doc, m.start(), m.end(), low, high, 0.86, "a handle")
        elif text[m.start() - 1 : m.start()].isdigit() or (
            before and not m[0].isupper() and (before[0].islower() or "_" in m[0] or m[0][-1].isdigit())
        ):
            yield from _link(doc, m.start(), m.end(), low, high, 0.85, "a handle")


def _link(
    doc: Document, start: int, end: int, low: int, high: int, sure: float, what: str
) -> Iterator[Candidate]:
    p = place_of(doc, start, end, low, high)
    if not p.before or not p.after or (p.glued_right and p.after not in "#@"):
        return
    if p.ended and p.glued_left:
        if p.after.islower():
            return
        where = "right behind a sentence"
    elif p.inside and (p.before.isalnum() or p.before in ",’'"):
        going = p.after.islower() or p.after.isdigit() or (p.glued_left and p.after.isalpha())
        if not going:
            return
        where = "in the middle of a sentence"
        if p.glued_left:
            sure += 0.03 if p.after.islower() else -0.02
        elif _colon(doc.text, low, start):
            return
    else:
        return
    cut = excise(doc, start, end)
    yield Candidate(cut.start, cut.end, sure, f"{what} {where}: {doc.text[start:end]!r}", cut.replacement)


def _colon(text: str, low: int, start: int) -> bool:
    """Whether the words before an address call for one: `see`, `at`, `on`, `via`, or a verb of visiting."""
    last = _LAST.search(text, max(low, start - 30), start)
    return last is not None and last[0].lower() in _CALLS
