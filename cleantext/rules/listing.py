"""What a text shows as code, on purpose: fences, backticks, indented lines, talk about markup.

Rules against markup and damage ask here before they touch a thing that a lesson may be about.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

import regex

from cleantext.document import Document

_FENCE = re.compile(
    r"^[ \t]{0,3}(?:```|~~~)[^\n`]*$|\[/?code\b[^\]\n]{0,60}\]|</?pre\b[^>\n]{0,80}>", re.MULTILINE
)

#: Words of people who explain markup, encodings or programs, in the folded text. A part of a word
#: is enough in languages that inflect or don't part their words.
LESSON = regex.compile(
    r"\b(?:html5?|xml|xhtml|markup|entit[yiäàeé]\w*|ampersands?|escap(?:e|ed|es|ing)|unicode|utf-?8|charset|mojibake"
    r"|encod(?:e|ed|ing|ings|age)|semicolon|soft hyphens?|tutorials?|syntax\w*|bbcode|jinja2?|handlebars|mustache"
    r"|snippets?|short-?codes?|quell(?:text|code)\w*|zeichensatz\w*|kodierung\w*|auszeichnung\w*|element<|tags? \(?<"
    r"|codificaci[oó]n|balises?|codage|wikitext|mediawiki)\b"
    r"|кодировк|сущност|разметк|мнемоник|乱码|亂碼|编码|編碼|文字化け|文字コード|実体参照|記法|マークアップ|ترميز|인코딩",
    regex.IGNORECASE,
)

#: Words of people who write about programs and pages, in the folded text.
_CODE_TALK = regex.compile(
    r"\b(?:javascript|typescript|jquery|css3?|html5?|php|json|node\.js|react|stylesheets?|style sheets?|snippets?"
    r"|source code|code|coders?|coding|programmers?|programming|developers?|debug\w*|compil\w+|algorithms?|variables?"
    r"|functions?|callbacks?|selectors?|media quer(?:y|ies)|frameworks?|librar(?:y|ies)|console|github|stack overflow"
    r"|(?:quell|beispiel|programm)\w*|funktion(?:en)?|skripte?|programmes?|fonctions?|exemple de code|c[oó]digo|funci[oó]n"
    r"|programa(?:ci[oó]n)?|codice|funzion[ei])\b|код\w{0,3}\b|функци|программ|скрипт|代码|代碼|函数|函數|编程|程序|コード|プログラム"
    r"|関数|スクリプト|코드|함수|프로그램"
)


_MARKDOWN = re.compile(
    r"^#{1,6} \S|^(?:```|~~~)|\]\((?:https?:|[#/.])[^)\s]*\)|^\[[^\]\n]+\]: \S", re.MULTILINE
)
_SOURCE_LINE = re.compile(
    r"[;{}\\]\s*$|^\s*(?://|/\*|#!|#\s*(?:include|define|if|endif)|--\s|\$ |>>> )|^\s*[\w.-]+\s?(?::=|==?)\s?\S|[)\]],?$"
)


#: Code points that are searched at once, and by how much a word may overlap their end.
_BLOCK, _OVERLAP = 2048, 64


def _words(doc: Document, pattern: regex.Pattern[str], block: int) -> tuple[list[int], list[str]]:
    """Where the pattern matches in a block of the folded text, and what; each block is searched once."""
    kept: dict[int, tuple[list[int], list[str]]] = doc.memo.setdefault(pattern.pattern, {})
    found = kept.get(block)
    if found is None:
        low = block * _BLOCK
        matches = [
            m
            for m in pattern.finditer(doc.folded, low, min(len(doc.folded), low + _BLOCK + _OVERLAP))
            if m.start() < low + _BLOCK
        ]
        found = kept[block] = [m.start() for m in matches], [m[0] for m in matches]
    return found


def words_in(doc: Document, pattern: regex.Pattern[str], low: int, high: int) -> Iterator[str]:
    """What the pattern matches of the folded text within ``[low, high)``.

    However many pieces of code ask for the words around them, each part of the text is searched once.
    """
    for block in range(low // _BLOCK, (max(low, high - 1)) // _BLOCK + 1):
        starts, words = _words(doc, pattern, block)
        for i in range(bisect_left(starts, low), bisect_left(starts, high)):
            if starts[i] + len(words[i]) <= high:
                yield words[i]


def has_words(doc: Document, pattern: regex.Pattern[str], low: int, high: int) -> bool:
    """Whether the pattern matches anything there."""
    return next(words_in(doc, pattern, low, high), None) is not None


def technical(doc: Document, spans: Iterable[tuple[int, int]] = ()) -> bool:
    """Whether the document is source code, settings or Markdown, which hold code on purpose.

    The lines of `spans`, in code points, don't count. A fifth of the other lines must look like code, or
    the marks of Markdown stand three times.
    """
    if len(_MARKDOWN.findall(doc.text)) >= 3:
        return True
    skip: set[int] = set()
    for start, stop in spans:
        skip.update(range(doc.line_at(start), doc.line_at(max(start, stop - 1)) + 1))
    lines = [line for i, line in enumerate(doc.lines) if i not in skip and line.strip()]
    looks = sum(_SOURCE_LINE.search(line) is not None for line in lines)
    return looks >= 4 and looks * 5 >= len(lines)


def code_talk(doc: Document, start: int, stop: int, reach: int = 1200) -> int:
    """How many different words about programs stand before and after the span."""
    low, high = max(0, start - reach), min(len(doc.folded), stop + reach)
    return len({*words_in(doc, _CODE_TALK, low, start), *words_in(doc, _CODE_TALK, stop, high)})


def lesson(doc: Document, start: int, stop: int, reach: int = 600) -> bool:
    """Whether the words around ``[start, stop)``, in its paragraph, talk about markup or encodings."""
    line = doc.line_at(start)
    low, high = doc.span(line)
    return has_words(doc, LESSON, max(low, start - reach), min(max(high, stop), stop + reach))


#: Verbs that introduce what somebody is to write, in the folded text.
_WRITE = regex.compile(
    r"\b(?:writes?|types?|puts?|inserts?|pastes?|adds?|enters?|uses?|schreib\w*|tipp\w*|setz\w*|füg\w*|verwend\w*|nutz\w*|écri\w*|tape[rz]?|ajoute\w*"
    r"|utilis\w*|insère\w*|escrib\w*|añad\w*|us[ae]\w*|pon\w*|scriv\w*|inseri\w*|escrev\w*|napisz\w*|wpisz\w*|напиш\w*|вставь\w*)\s(?:\w+\s)?$"
)


_BESIDE = 200


def to_write(doc: Document, start: int) -> bool:
    """Whether the words before `start` tell the reader to write what follows."""
    low = doc.span(doc.line_at(start))[0]
    return _WRITE.search(doc.folded, max(low, start - 40), start) is not None


def named(doc: Document, start: int, stop: int) -> bool:
    """Whether a sentence speaks of the code in it: set off by blanks like a word, or to be written."""
    line = doc.line_at(start)
    low, high = doc.span(line)
    text = doc.text
    if to_write(doc, start):
        return True
    # What stands beside it; how far away the line's ends are makes no difference.
    before = text[max(low, start - _BESIDE) : start]
    after = text[stop : min(high, stop + _BESIDE)] if stop < high else ""
    if after[:1] in tuple(",;:.?!)") and before[-1:] == " " and after.strip(" ,;:.?!)"):
        return True
    going = after.lstrip()[:1]
    opens = doc.content(line)[0] >= start
    set_off = after[:1].isspace() and (opens or before[-1:].isspace())
    return set_off and (going.islower() or going in tuple(",;")) and (opens or before.rstrip()[-1:].isalnum())


def named_lines(doc: Document, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The lines that speak of code: of one piece named, the others on its line are as well."""
    return frozenset(doc.line_at(start) for start, stop in spans if named(doc, start, stop))


def fenced(doc: Document, at: int) -> bool:
    """Whether `at` lies between two fences, or after one that is never closed."""
    marks = doc.memo.get("fences")
    if marks is None:
        text = doc.text
        some = "```" in text or "~~~" in text or "[code" in text or "<pre" in text
        marks = doc.memo["fences"] = [m.start() for m in _FENCE.finditer(text)] if some else []
    return bool(marks) and bisect_right(marks, at) % 2 == 1


def backticked(doc: Document, start: int, stop: int, reach: int = 300) -> bool:
    """Whether backticks or a pair of code tags enclose the span within its line."""
    low, high = doc.span(doc.line_at(start))
    before = doc.text[max(low, start - reach) : start]
    after = doc.text[stop : min(high, stop + reach)] if high > stop else ""
    if before.count("`") % 2 == 1 and "`" in after:
        return True
    return before.rfind("<code>") > before.rfind("</code>") and "</code>" in after


def indented(doc: Document, at: int) -> bool:
    """Whether the line of `at` is set off as a listing by a tab or four blanks."""
    start, stop = doc.span(doc.line_at(at))
    return doc.text.startswith(("    ", "\t"), start, stop)


def listed(doc: Document, start: int, stop: int) -> bool:
    """Whether the span is shown as code: fenced, in backticks or indented."""
    return fenced(doc, start) or backticked(doc, start, stop) or indented(doc, start)
