"""From HTML to the main text, cleaned: decoding, extraction by several opinions, the pipeline.

Extractors disagree where pages are unusual, and each of them is right somewhere. Their outputs, and the
whole page's text after the context model, are judged by the same model; from their votes on the page's lines
another text is merged. What is expected to be nearest to the content is taken, and cleaned like any text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import cache
from typing import Protocol

import msgspec

from cleantext.cleaner import Cleaner, default_cleaner
from cleantext.document import Document
from cleantext.errors import ExtraError
from cleantext.finding import CleanResult, Report
from cleantext.io.text import BOMS
from cleantext.rules import all_rules, find_rule

#: What a page is read as where it names an encoding that browsers read as a larger one.
#: Source: WHATWG Encoding Standard, labels.
_READ_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([a-zA-Z0-9_:.-]{2,40})["']""")
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})""", re.IGNORECASE)
_HEAD = 4096
#: Elements within elements, of those that close only where their closing tag stands.
_DEEPEST = 2_000
_NESTED = re.compile(
    r"<(/?)(?:div|span|section|article|table|ul|ol|b|i|u|em|strong|font|center|blockquote|form|a)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
#: Longer pages, in code points, are read by resiliparse only: the others' time grows faster than the page.
LONGEST_PAGE = 3_000_000
#: Longer texts are taken as they come, without asking the model which is best.
LONGEST_TEXT = 400_000


class Part(msgspec.Struct, frozen=True):
    """An opinion on what a page's text is.

    source  the extractor, ``page`` for the text of the whole page, ``merged`` for what votes leave of its lines
    chars   length of its text before cleaning
    score   the F1 that is expected of it, cleaned, against what a person would mark, 0 to 1
    """

    source: str
    chars: int
    score: float


class CleansText(Protocol):
    """What extraction needs of a cleaner."""

    def clean(self, text: str, lang: str | None = None, url: str | None = None) -> CleanResult:
        """The cleaned text and its report."""


class ExtractResult(msgspec.Struct, frozen=True):
    """The main text of a page.

    text       what is left after cleaning
    extracted  what was extracted, before cleaning: `restore(text, report)` gives it back
    report     what cleaning took out
    source     whose extraction was taken
    parts      all opinions, the one taken first
    encoding   how the bytes were read; empty for a `str`
    """

    text: str
    extracted: str
    report: Report
    source: str
    parts: tuple[Part, ...]
    encoding: str = ""


def decode_html(data: bytes, content_type: str | None = None) -> tuple[str, str]:
    """The text of a page and the encoding it was read in. Never raises: bytes that fit nothing become U+FFFD.

    In the order of browsers: byte order mark, the HTTP header's charset, the page's own declaration; each
    is believed only if the bytes fit it. Then UTF-8, then what the bytes look like.
    """
    for mark, name in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace"), name
    named = []
    if content_type and (m := _HEADER.search(content_type)):
        named.append(m[1])
    for pattern in (_XML, _META):
        if found := pattern.search(data[:_HEAD]):
            named.append(found[1].decode("ascii"))
    known = [codec for n in named if (codec := _codec(n))]
    for name in (*known, "utf-8"):
        try:
            return data.decode(name), name
        except UnicodeDecodeError:
            continue
    # Nearly UTF-8, or nearly what it says: a few broken bytes don't make it another encoding.
    for name in dict.fromkeys(("utf-8", *known)):
        text = data.decode(name, "replace")
        if text.count("\ufffd") * 400 < len(text):
            return text, name
    name = _detected(data)
    return data.decode(name, "replace"), name


def _codec(label: str) -> str | None:
    """Python's name for an encoding as pages name it; None for one that can't be meant."""
    try:
        name = codecs.lookup(label.strip().lower()).name
        "".encode(name)
    except (LookupError, ValueError):
        return None
    if name.startswith(("utf-16", "utf-32", "utf-7")):
        return "utf-8"  # the declaration was readable as ASCII, so it isn't true
    return _READ_AS.get(name, name)


def _detected(data: bytes) -> str:
    """What the bytes look like."""
    try:
        from resiliparse.parse.encoding import detect_encoding
    except ImportError:
        return "cp1252"
    return _codec(detect_encoding(data) or "") or "cp1252"


def extract(
    html: str | bytes,
    url: str | None = None,
    *,
    lang: str | None = None,
    comments: bool = False,
    content_type: str | None = None,
    cleaner: CleansText | None = None,
) -> ExtractResult:
    """The main text of a page, cleaned.

    `url` and `lang` are hints; `comments` asks for readers' comments too; `content_type` is the HTTP
    header, which tells the encoding of bytes. Raises `ExtraError` without the extra ``html``, and
    `TypeError` for what is neither text nor bytes. A page from which nothing can be got gives an empty text.
    """
    if not isinstance(html, str | bytes):
        raise TypeError(f"extract wants str or bytes, not {type(html).__name__}")
    page, encoding = (html, "") if isinstance(html, str) else decode_html(html, content_type)
    cleaner = cleaner or default_cleaner()
    texts = opinions(page, url=url, comments=comments)
    names = list(texts)
    if max(map(len, texts.values())) > LONGEST_TEXT:
        scores = [float(bool(t)) for t in texts.values()]
    else:
        scores, texts["merged"] = judge_opinions(list(texts.values()), lang)
        names.append("merged")
    # The earlier of equals: extractors before the whole page.
    order = sorted(range(len(scores)), key=lambda i: (-round(scores[i], 3), i))
    best = names[order[0]]
    result = cleaner.clean(texts[best], lang=lang, url=url)
    return ExtractResult(
        text=result.text,
        extracted=texts[best],
        report=result.report,
        source=best,
        parts=tuple(Part(names[i], len(texts[names[i]]), round(scores[i], 3)) for i in order),
        encoding=encoding,
    )


def opinions(html: str, url: str | None = None, comments: bool = False) -> dict[str, str]:
    """What each extractor makes of a page; an empty text where it fails."""
    try:
        import trafilatura
        from resiliparse.extract.html2text import extract_plain_text
    except ImportError as e:
        raise ExtraError(
            f"HTML needs {e.name}: install the extra, as in `pip install 'cleantext-toolkit[html]'`"
        ) from e
    html = html.replace("\0", "")
    if _too_deep(html):
        return {"trafilatura": "", "resiliparse": "", "page": _TAG.sub(" ", html)}
    if len(html) > LONGEST_PAGE:
        return {
            "trafilatura": "",
            "resiliparse": _text(lambda: extract_plain_text(html, main_content=True, comments=comments)),
            "page": "",
        }
    return {
        "trafilatura": _text(lambda: trafilatura.extract(html, url=url, include_comments=comments)),
        "resiliparse": _text(lambda: extract_plain_text(html, main_content=True, comments=comments)),
        "page": _text(lambda: extract_plain_text(html, main_content=False)),
    }


def _too_deep(html: str) -> bool:
    """Whether elements are nested as on no page that people made: extractors take hours for a million."""
    if html.count("<") < _DEEPEST:
        return False
    depth = 0
    for m in _NESTED.finditer(html):
        depth = max(0, depth - 1) if m[1] else depth + 1
        if depth > _DEEPEST:
            return True
    return False


def _text(work: Callable[[], str | None]) -> str:
    """What an extractor returns; nothing where it raises, for they do on broken markup."""
    try:
        return work() or ""
    except Exception:
        return ""


def judge_opinions(texts: list[str], lang: str | None = None) -> tuple[list[float], str]:
    """The F1 to expect of each text, once cleaned, against what a person would mark; then that of a text
    made of the lines of the last by votes, and that text."""
    from cleantext.context import network
    from cleantext.context.choose import describe, expected
    from cleantext.context.decide import view
    from cleantext.context.merge import merged
    from cleantext.context.opinion import Opinion

    model = network.load()
    threshold = find_rule("page-furniture").limits["balanced"]
    rules = _rules()
    docs = [Document(rules.clean(t, lang=lang).text, lang) for t in texts]
    seen = tuple(Opinion(*view(doc, model, threshold)) for doc in docs)
    last, votes = merged(seen, model.arrays)
    kept = last.lines.number[last.keep].tolist() if last.lines is not None else []
    scores = [float(x) for x in expected(describe((*seen, last), votes), model.arrays)]
    return scores, _lines(docs[-1], kept)


def _lines(doc: Document, numbers: list[int]) -> str:
    """These lines of a text, with a blank line where one stood between two of them."""
    out: list[str] = []
    before = -1
    for n in numbers:
        if out and not all(doc.line(k).strip() for k in range(before + 1, n)):
            out.append("")
        out.append(doc.line(n))
        before = n
    return "\n".join(out)


@cache
def _rules() -> Cleaner:
    """The cleaner before the model is asked."""
    return Cleaner(ignore=tuple(r.code for r in all_rules() if r.late))
