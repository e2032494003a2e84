"""Where a piece of program text ends: strings, comments and brackets of JavaScript, CSS and JSON.

No parser: it counts brackets outside of strings and knows where a statement can't go on. All offsets
are code points. A quotation mark or a comment that nothing closes is read to its end once in a text.
"""

from __future__ import annotations

from functools import cache

import regex

#: What reads on to its other half, by how it begins.
_CLOSED = {
    '"': r'(?P<text>"(?:[^"\\\n]|\\.)*+")',
    "'": r"(?P<text>'(?:[^'\\\n]|\\.)*+')",
    "`": r"(?P<text>`(?:[^`\\]|\\.)*+`)",
    "/": r"(?P<note>/\*.*?\*/)",
}
#: As far as a string reads that isn't closed.
_LINE = regex.compile(r"(?:[^\\\n]|\\.)*+", regex.DOTALL)
_REST = r"""
      (?P<note>//\s?(?:<!\[CDATA\[|\]\]>|-->)|(?<![:\w])//[^\n]*+)
    | (?P<open>[(\[{])
    | (?P<close>[)\]}])
    | (?P<end>;)
    | (?P<line>\n)
    | (?P<blank>[^\S\n]++)
    | (?P<word>[\w$]++)
    | (?P<other>.)
    """
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
    rf"(?:(?:{ELEMENTS}|(?<![a-z-])[a-z]++-[a-z-]++)(?![\w'’])|\*|(?=[.\#:\[]))"
    r"(?:[.\#][a-z_-][\w\\/-]*+|::?[a-z-]++(?:\([^(){};\n]{0,60}\))?|\[[^\]\n]{1,60}\])*+"
)
STYLE = regex.compile(
    rf"""
    @(?:media|supports|font-face|(?:-\w+-)?keyframes|page|layer|container)\b[^{{}};\n]{{0,200}}\{{
    | @(?:import\s+(?:url\(|["'])|charset\s+["'])[^;\n]{{1,300}};
    | /\*[^*\n]{{0,200}}\*/
    | (?<![A-Za-z0-9_$-])(?!(?<=[\])])[\[:]){_SIMPLE}(?:\s*+(?:[>+~,]\s*+)?+{_SIMPLE}){{0,40}}+\s*+\{{
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
      | [\w$]{1,40}+(?:\.[\w$]{1,40}+){0,6}+\s?=\s?(?:[\w$.]{1,80}+\s?\|\||function\b|\[|\{|["'][^"'\n]{0,200}["']\s?;
          |(?:-?[\d.]{1,20}|true|false|null)\s?;|new\s)
      | [\w$]{1,40}+(?:\.[\w$]{1,40}+){0,6}+\((?:["'\[{]|function\b|\)\s?;|\d[\d\s,.]{0,60}\)\s?;|[\w$.]{1,40}\s?[,)]\s?[;,\w$'"])
      | //\s?<!\[CDATA\[ | //[^\n]{0,120}+(?=\n) | /\*
    )
    """,
    regex.VERBOSE,
)


@cache
def _tokens(unclosed: frozenset[str]) -> regex.Pattern[str]:
    """The expression of a token, with marks that nothing closes as characters like others."""
    closed = [pattern for mark, pattern in _CLOSED.items() if mark not in unclosed]
    return regex.compile("|".join((*closed, _REST)), regex.VERBOSE | regex.DOTALL)


class Statements:
    """Where statements of one text end.

    read  how many code points were read so far, for whoever sets a limit to it
    """

    def __init__(self, text: str) -> None:
        self.read = 0
        self._text = text
        self._unclosed: dict[str, tuple[int, int]] = {}  # where a mark was read in vain, from and to

    def end(self, start: int, limit: int) -> int | None:
        """The end of the statement, rule or object that begins at `start`; None if none ends before `limit`."""
        walk = _Walk(self._text, start)
        place = start
        while place < limit:
            unclosed = frozenset(c for c, (low, high) in self._unclosed.items() if low <= place < high)
            until = min((self._unclosed[c][1] for c in unclosed), default=limit)
            for m in _tokens(unclosed).finditer(self._text, place, limit):
                place = m.end()
                if walk.done(m):
                    self.read += place - start
                    return walk.end
                if place >= until or (m.lastgroup == "other" and self._open(m, unclosed, limit)):
                    break
        self.read += limit - start
        return walk.at if walk.depth == 0 and walk.closed else None

    def _open(self, m: regex.Match[str], unclosed: frozenset[str], limit: int) -> bool:
        """Whether a character should begin something that has no end; notes how far that was read."""
        mark, after = m[0], m.end()
        if mark not in _CLOSED or mark in unclosed:
            return False
        if mark == "/" and not self._text.startswith("*", after):
            return False
        end = limit if mark in "/`" else max(_LINE.match(self._text, after, limit).end(), after)
        self._unclosed[mark] = m.start(), end
        self.read += end - after
        return True


class _Walk:
    """One statement, token by token. at: behind the last token; end: where it ends once that is known, if it does."""

    __slots__ = ("_text", "at", "closed", "depth", "end", "start")

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self.start = self.at = start
        self.end: int | None = None
        self.depth = 0
        self.closed = ""  # the last token, if it can end a statement

    def done(self, m: regex.Match[str]) -> bool:
        """Takes one token; whether nothing that follows matters."""
        kind = m.lastgroup
        if kind == "blank" or kind == "note":
            return False
        token = m[0]
        if self.depth == 0 and self.closed:
            if kind == "line":
                following = self._text[m.end() : m.end() + 40].lstrip()
                if self.closed in ")]" and following[:1] in _GOES_ON and following[:1] not in "[(*#":
                    return False
                return self._ends(self.at)
            goes_on = _AFTER_BLOCK if self.closed == "}" else _GOES_ON
            if token[0] not in goes_on and not (self.closed == "}" and _LATER.match(self._text, self.at)):
                return self._ends(self.at)
        if kind == "open":
            self.depth += 1
            self.closed = ""
        elif kind == "close":
            self.depth -= 1
            if self.depth < 0:
                return self._ends(self.at if self.at > self.start else None)
            self.closed = token if self.depth == 0 else ""
        elif kind == "end" and self.depth == 0:
            return self._ends(int(m.end()))
        elif kind == "line" and self.depth == 0:
            return self._ends(None)
        elif kind != "line":
            self.closed = ""
        self.at = m.end()
        return False

    def _ends(self, end: int | None) -> bool:
        self.end = end
        return True
