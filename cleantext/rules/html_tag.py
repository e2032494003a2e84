"""CT125: tags and comments of HTML among the text."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import regex

from cleantext.document import Document
from cleantext.marks import Marks
from cleantext.rules.base import Candidate, Example, Hit, LookAlike, Rule
from cleantext.rules.excise import excise
from cleantext.rules.listing import LESSON, backticked, code_talk, fenced, has_words, named_lines, technical
from cleantext.scan.trigger import Trigger

_LT = r"(?:<|&(?:amp;)?lt;|&(?:amp;)?\#0*60;)"
_GT = r"(?:>|&(?:amp;)?gt;|&(?:amp;)?\#0*62;)"
#: Elements that part what stands before them from what follows.
_BLOCKS = frozenset(
    "address article aside blockquote body br button center dd details div dl dt fieldset figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 head header hgroup hr html iframe legend li link main map menu meta nav noscript object ol optgroup option p"
    " param picture script section select source style summary table tbody td template textarea tfoot th thead title tr ul"
    " video audio canvas embed ins svg path".split()
)
_INLINE = frozenset(
    "a abbr acronym area b bdi bdo big cite code del dfn em font g i img input kbd label mark q s samp small span strike"
    " strong sub sup time tt u var wbr".split()
)
_CUSTOM = regex.compile(r"(?:amp|g|fb|ng|v|o|w|st1|app|ps|fn)[-:][a-z][\w:-]*+")
#: Elements whose contents are not text that a reader sees where they stand.
_SWALLOWED = frozenset(
    "script style noscript iframe svg object select template video audio canvas textarea".split()
)
_TAG = regex.compile(
    rf"{_LT}(?:(?P<note>!--)|(?P<close>/)?(?P<name>[a-z][a-z0-9]*+(?:[-:][\w:-]*+)?)(?P<rest>(?:[\s/](?:(?!{_LT}|{_GT}).){{0,2000}}+)?){_GT})",
    regex.IGNORECASE | regex.DOTALL,
)
_OPENER = regex.compile(rf"{_LT}(?=!--|/?[a-z])", regex.IGNORECASE)
_NOTE_END = regex.compile(rf"--{_GT}")
#: A tag that the end of its line cuts off.
_CUT = regex.compile(
    rf"{_LT}(?P<name>img|a|iframe|div|span|script|p|input|ins)\s++[a-z-]{{2,20}}=[\"'][^<>\n]{{0,300}}+(?=\n|\Z)",
    regex.IGNORECASE,
)
_ATTRIBUTES = regex.compile(
    r"""(?P<one>\s*+[a-z@:_][\w:.@-]*+(?:\s*+=\s*+(?P<value>"[^"]*+"|'[^']*+'|“[^”]*+”|[^\s"'<>=`]++))?+)*+\s*+/?\s*+""",
    regex.IGNORECASE,
)
_FLAGS = frozenset(
    "async defer allowfullscreen webkitallowfullscreen mozallowfullscreen disabled checked hidden controls autoplay loop muted"
    " nowrap novalidate required selected itemscope noshade nomodule playsinline reversed open multiple readonly crossorigin"
    " data-lazy amp4ads clear".split()
)
#: Where the contents of such an element end.
_ENDS = {name: regex.compile(rf"{_LT}/{name}\s*+{_GT}", regex.IGNORECASE) for name in _SWALLOWED}
_PARAGRAPH = regex.compile("\n\n")
_MARKS = regex.compile(r"more\b|nextpage|noteaser", regex.IGNORECASE)  # short codes: CT121
_SOURCE = regex.compile(r"\s*+(?:<!doctype|<html|<\?xml|<rss|<svg)\b", regex.IGNORECASE)
_GAP = regex.compile(r"\s{0,40}")
_ABOUT = regex.compile(
    r"\s*+(?:-|–)?\s*+(?:tags?|elements?|attribut\w*|elemente?\w*|balises?|etiquetas?|тег\w*|タグ|标签|標籤)\b"
)
_LONGEST = 40_000


class Tag(msgspec.Struct):
    """A tag, an element that goes with its contents, or a comment."""

    start: int
    end: int
    name: str
    close: bool = False
    sure: bool = False


class HtmlTag(Rule):
    """Finds tags and comments of HTML that stand in the text, also when their brackets are escaped.

    `<div class="ad-slot" id="ad-3"></div>`, `<!-- wp:paragraph -->`, `&lt;iframe src="…"&gt;&lt;/iframe&gt;`: an extractor that
    took the page's source for text leaves its tags behind. Scripts, styles and frames go with
    what is in them; of all other elements the tags go and the words stay.

    Leaves alone: tags in fences and backticks, in lessons on markup and beside talk about programs, or named
    in a sentence (the `<b>` element); whole documents of markup, which `extract` is for; XML of other kinds;
    comparisons (a < b and c > d), addresses in angle brackets, types such as `List<T>`.

    Source: the elements and boolean attributes of the HTML standard.
    """

    code = "CT125"
    name = "html-tag"
    family = "code-leftover"
    examples = (
        Example(
            'The geese left.\n<div class="slot" id="slot-7"></div>\nOtto wept.', "The geese left.\nOtto wept."
        ),
        Example(
            'The geese left.<script src="https://quill.example/a.js"></script>\nOtto wept.',
            "The geese left.\nOtto wept.",
        ),
        Example(
            'The geese left.\n&lt;iframe src="https://quill.example/e/7" width="5"&gt;&lt;/iframe&gt;\nOtto wept.',
            "The geese left.\nOtto wept.",
        ),
        Example(
            'Otto <strong class="x">wept</strong> for days.<br />Edith left.<!-- end of slot -->',
            "Otto wept for days.\nEdith left.",
        ),
        Example("<p>Otto wept.</p><p>Edith left.</p>", "Otto wept.\nEdith left."),
    )
    lookalikes = (
        LookAlike("The <b> element makes text bold; close it with </b>.", "a lesson"),
        LookAlike("If a <b and c> d, then a + c < b + d holds for all i <p and q> s.", "mathematics"),
        LookAlike("Write to Otto <otto@geese.example> or see <https://geese.example/>.", "addresses"),
        LookAlike("It returns a List<String> and a Map<K, V>.", "types"),
        LookAlike('```\n<div class="goose"></div>\n```', "a fence"),
        LookAlike('Put `<img src="goose.png">` on the page.', "backticks"),
    )

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        yield Trigger("pattern", "<[a-z!/]"), None
        yield Trigger("pattern", "&(?:amp;)?(?:lt|#0*60);[a-z!/]"), None

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        if _SOURCE.match(doc.text):
            return
        tags, strange = _tags(doc, sorted({doc.line_at(h.end - 1) for h in hits}))
        if strange > len(tags) // 3:
            return  # XML of another kind, or types
        _pair(doc, tags)
        source = bool(tags) and technical(doc, [(t.start, t.end) for t in tags])
        runs = list(_runs(doc.text, tags))
        about = named_lines(doc, [(run[0].start, run[-1].end) for run in runs])
        for run in runs:
            yield self._judge(doc, run, source, doc.line_at(run[0].start) in about)

    def _judge(self, doc: Document, run: list[Tag], source: bool, about: bool) -> Candidate:
        start, stop = run[0].start, run[-1].end
        joint = doc.line_end if any(t.name in _BLOCKS for t in run) and run[0].name != "!" else ""
        cut = excise(doc, start, stop, joint, parts=run[0].name not in _INLINE)
        confidence = 0.95 if any(t.sure for t in run) else 0.86 if cut.standing != "inside" else 0.7
        if not any(t.sure for t in run) and cut.standing != "alone" and not _touches(doc.text, run):
            confidence = 0.6  # named in a sentence, likelier
        about = about or _ABOUT.match(doc.folded, stop) is not None
        if about or fenced(doc, start) or backticked(doc, start, stop) or _lesson(doc, start, stop):
            confidence = 0.5
        elif cut.standing in ("between", "inside"):
            confidence -= 0.02
        confidence -= 0.1 * min(code_talk(doc, start, stop), 4)
        if source:
            confidence -= 0.3
        what = "a comment of the page's source" if run[0].name == "!" else "tags of the page's source"
        shown = doc.text[start : min(stop, start + 60)].replace("\n", " ")
        return Candidate(cut.start, cut.end, confidence, f"{what}: {shown!r}", cut.replacement)


def _lesson(doc: Document, start: int, stop: int) -> bool:
    """Whether the words of the paragraph, before and after the tags, talk about markup."""
    low, high = doc.starts[doc.line_at(start)], doc.span(doc.line_at(stop - 1))[1]
    around = ((max(low, start - 600), start), (stop, min(high, stop + 600)))
    return any(has_words(doc, LESSON, a, b) for a, b in around)


def _tags(doc: Document, lines: Sequence[int]) -> tuple[list[Tag], int]:
    """The tags that begin in the lines, in order, and how many that HTML doesn't know stand with them."""
    text = doc.text
    marks = Marks(text)
    tags: list[Tag] = []
    strange = 0
    at = 0
    for line in lines:
        start, stop = doc.span(line)
        at = max(at, start)
        while at < stop:
            opener = _OPENER.search(text, at, stop + 4)
            if opener is None or opener.start() >= stop:
                break
            m = _TAG.match(text, opener.start(), min(len(text), stop + 2100))
            if m is None:
                at = opener.start() + 1
                continue
            tag = _note(text, m, marks) if m["note"] else _element(text, m, marks)
            at = tag.end if tag else m.end()
            if tag is None:
                strange += not m["note"] and not m["rest"].startswith("/")
            else:
                tags.append(tag)
        m = _CUT.search(text, at, min(len(text), stop + 1)) if at < stop else None
        if m and m.start() < stop:
            tags.append(Tag(m.start(), m.end(), m["name"].lower(), sure=True))
            at = m.end()
    return tags, strange


def _note(text: str, m: regex.Match[str], marks: Marks) -> Tag | None:
    end = marks.next(_NOTE_END, m.end())
    if end is None or end.end() > m.end() + 5000 or _MARKS.match(text, m.end()):
        return None
    return Tag(m.start(), end.end(), "!", sure=True)


def _element(text: str, m: regex.Match[str], marks: Marks) -> Tag | None:
    """The tag of a match, with its contents if they go along; None if HTML has no such tag."""
    name = m["name"].lower()
    rest = m["rest"]
    custom = _CUSTOM.fullmatch(name) is not None
    if name not in _BLOCKS and name not in _INLINE and not custom:
        return None
    close = m["close"] is not None
    sure = custom
    if rest.strip(" /\n"):
        found = _ATTRIBUTES.fullmatch(html.unescape(rest))
        if found is None or close:
            return None
        values = found.captures("value")
        names = [one.strip().lower() for one in found.captures("one") if "=" not in one]
        if any(one not in _FLAGS for one in names):
            return None
        sure = bool(values or names)
    end = m.end()
    if name in _SWALLOWED and not close:
        closing = marks.next(_ENDS[name], end)
        if (
            closing
            and closing.end() <= end + _LONGEST
            and (
                name not in ("select", "textarea", "object", "video")
                or not _parted(marks, end, closing.start())
            )
        ):
            return Tag(m.start(), closing.end(), name, sure=True)
    return Tag(m.start(), end, name, close, sure)


def _parted(marks: Marks, start: int, stop: int) -> bool:
    """Whether a blank line stands in the span."""
    gap = marks.next(_PARAGRAPH, start)
    return gap is not None and gap.end() <= stop


def _pair(doc: Document, tags: list[Tag]) -> None:
    """Opening and closing tags that belong together, close to one another, are sure."""
    opened: dict[str, list[Tag]] = {}
    for tag in tags:
        if not tag.close:
            opened.setdefault(tag.name, []).append(tag)
            continue
        stack = opened.get(tag.name)
        if stack:
            first = stack.pop()
            if tag.start - first.end < 3000 and _hugs(doc.text, first, tag):
                first.sure = tag.sure = True


def _hugs(text: str, first: Tag, last: Tag) -> bool:
    """Whether two tags enclose something tightly, as markup does, and not as a sentence that names them."""
    return first.sure or (
        first.end < last.start and not text[first.end].isspace() and not text[last.start - 1].isspace()
    )


def _touches(text: str, run: list[Tag]) -> bool:
    """Whether a run of block tags stands at the very words, as in a page's source."""
    start, stop = run[0].start, run[-1].end
    blank = (not text[start - 1 : start].strip(), not text[stop : stop + 1].strip())
    return run[0].name in _BLOCKS and not all(blank)


def _runs(text: str, tags: list[Tag]) -> Iterator[list[Tag]]:
    """Tags with nothing but white space between them, on one line or on lines of their own."""
    run: list[Tag] = []
    for tag in tags:
        if run:
            gap = _GAP.match(text, run[-1].end)
            if gap is None or gap.end() != tag.start:
                yield run
                run = []
        run.append(tag)
    if run:
        yield run
