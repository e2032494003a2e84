"""Where a piece of program text ends: strings, comments and brackets of JavaScript, CSS and JSON.

No parser: it counts brackets outside of strings and knows where a statement can't go on. All offsets
are code points; one walk is linear in what it reads.
"""

from __future__ import annotations

import regex

_TOKEN = regex.compile(
    r"""
      (?P<text>"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`)
    | (?P<note>/\*.*?\*/|//\s?(?:<!\[CDATA\[|\]\]>|-->)|(?<![:\w])//[^\n]*+)
    | (?P<open>[(\[{])
    | (?P<close>[)\]}])
    | (?P<end>;)
    | (?P<line>\n)
    | (?P<blank>[^\S\n]++)
    | (?P<word>[\w$]++)
    | (?P<other>.)
    """,
    regex.VERBOSE | regex.DOTALL,
)
# What lets a statement go on behind a closing bracket, and at the beginning of a next line.
_GOES_ON = frozenset(").,;([=?:&|+-*/<>!%^{]}")
_AFTER_BLOCK = frozenset(").,;(")
_LATER = regex.compile(r"\s*+(?:else|catch|finally|while)\b")

#: Elements that a style sheet names, at the beginning of a selector.
ELEMENTS = (
    "html|body|div|span|p|a|ul|ol|li|h[1-6]|img|table|t[drh]|nav|header|footer|section|article|aside|main|form|input"
    "|button|select|textarea|video|iframe|figure|figcaption|blockquote|pre|svg"
)
_SIMPLE = (
    rf"(?:(?:{ELEMENTS}|[a-z]++-[a-z-]++)(?![\w'’])|\*|(?=[.\#:\[]))"
    r"(?:[.\#][a-z_-][\w\\/-]*+|::?[a-z-]++(?:\([^(){};\n]{0,60}\))?|\[[^\]\n]{1,60}\])*+"
)
STYLE = regex.compile(
    rf"""
    @(?:media|supports|font-face|(?:-\w+-)?keyframes|page|layer|container)\b[^{{}};\n]{{0,200}}\{{
    | @(?:import\s+(?:url\(|["'])|charset\s+["'])[^;\n]{{1,300}};
    | /\*[^*\n]{{0,200}}\*/
    | {_SIMPLE}(?:\s*+(?:[>+~,]\s*+)?+{_SIMPLE}){{0,40}}+\s*+\{{
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
DATA = regex.compile(r"""\[?\s{0,9}\{\s{0,9}["“]@?[\w-]++["”]\s{0,9}:""")
SCRIPT = regex.compile(
    r"""
    (?: (?:var|let|const)\s+[\w$]++\s*+(?:=(?!=)|[,;])
      | (?:async\s+)?function\b\s*+[\w$]*+\s*+\([^()\n]{0,120}\)\s*+\{
      | [!;+~]?\(\s{0,9}(?:async\s+)?(?:function\b|\([\w$,\s]{0,60}\)\s*+=>)
      | [!+]function\b
      | \(\s?[\w$.]{1,60}\s?=\s?[\w$.]{1,60}\s?\|\|
      | (?:if|for|while|switch)\s?\(
      | (?:try|do)\s?\{ | return\b[^\n.]{0,80}; | ["']use\ strict["'];
      | (?:window|document|self|location|navigator|localStorage|sessionStorage|console|parent|top)\s?[.\[]\s?[\w$'"]
      | (?:jQuery|\$)\s?[(.]
      | [\w$]{1,40}(?:\.[\w$]{1,40}){0,6}\s?=\s?(?:[\w$.]{1,80}\s?\|\||function\b|\[|\{|["'][^"'\n]{0,200}["']\s?;
          |(?:-?[\d.]{1,20}|true|false|null)\s?;|new\s)
      | [\w$]{1,40}(?:\.[\w$]{1,40}){0,6}\((?:["'\[{]|function\b|\)\s?;|\d[\d\s,.]{0,60}\)\s?;|[\w$.]{1,40}\s?[,)]\s?[;,\w$'"])
      | //\s?<!\[CDATA\[ | //[^\n]{0,120}(?=\n) | /\*
    )
    """,
    regex.VERBOSE,
)


def statement_end(text: str, start: int, limit: int) -> int | None:
    """The end of the statement, rule or object that begins at `start`; None if none ends before `limit`."""
    depth = 0
    at: int = start
    closed = ""  # the last token, if it can end a statement
    for m in _TOKEN.finditer(text, start, limit):
        kind = m.lastgroup
        if kind == "blank" or kind == "note":
            continue
        token = m[0]
        if depth == 0 and closed:
            if kind == "line":
                following = text[m.end() : m.end() + 40].lstrip()
                if closed in ")]" and following[:1] in _GOES_ON and following[:1] not in "[(*#":
                    continue
                return at
            goes_on = _AFTER_BLOCK if closed == "}" else _GOES_ON
            if token[0] not in goes_on and not (closed == "}" and _LATER.match(text, at)):
                return at
        if kind == "open":
            depth += 1
            closed = ""
        elif kind == "close":
            depth -= 1
            if depth < 0:
                return at if at > start else None
            at = m.end()
            closed = token if depth == 0 else ""
            continue
        elif kind == "end" and depth == 0:
            return int(m.end())
        elif kind == "line" and depth == 0:
            return None
        elif kind != "line":
            closed = ""
        at = m.end()
    return at if depth == 0 and closed else None
