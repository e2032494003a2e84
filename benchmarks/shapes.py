"""Texts made to be slow: whatever a rule looks for, over and over, and what it then waits for in vain.

Shapes of every rule are made from the rule itself, so that a new rule has them on its first day.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import msgspec

from cleantext.rules import Rule, all_rules

#: Literals of a rule and kind of which shapes are made.
_LITERALS = 2


class Shape(msgspec.Struct, frozen=True):
    """A kind of text.

    group  what it belongs to: a rule's code, or what it is about
    name   unlike the others' of the group
    build  gives a text of about so many code points
    """

    group: str
    name: str
    build: Callable[[int], str]


def repeated(unit: str) -> Callable[[int], str]:
    """The unit as often as it takes."""
    return lambda size: unit * (size // len(unit) + 1)


def counted(unit: str) -> Callable[[int], str]:
    """The unit with `%d` in it, each time with another number, so that no two lines are alike."""

    def build(size: int) -> str:
        out, at = [], 0
        while at < size:
            out.append(unit % len(out))
            at += len(out[-1])
        return "".join(out)

    return build


_PROSE = "The old bridge over the river was closed in winter, and nobody in the town knew for how long. "
_NEWS = (
    "The council voted late in the evening to close three of its libraries, a decision that came as a surprise "
    "to those who work there.\n"
)

#: Issues of texts as a whole, told by the user or found by reading.
GENERAL: dict[str, str] = {
    "one line of prose": _PROSE,
    "lines of prose": _NEWS,
    "blank lines": "\n",
    "blank lines of Windows": "\r\n",
    "lone carriage returns": "\r",
    "line separators": "\u2028",
    "blanks": " ",
    "tabs and blanks": "\t ",
    "ideographic blanks": "\u3000",
    "lines of a blank": " \n",
    "one letter": "a",
    "one letter, lines": "a\n",
    "capitals": "A",
    "single letters": "a ",
    "single capitals": "A ",
    "capitals and stops": "A. ",
    "words with capitals": "Otto Edith ",
    "words with capitals, lines": "Otto Edith\n",
    "words glued by capitals": "OttoEdith",
    "digits": "7",
    "digits and blanks": "7 ",
    "digits and commas": "7,",
    "digits and colons": "15:",
    "digits and stops": "12.",
    "digits and slashes": "12/",
    "digits and hyphens": "12-",
    "years": "2024 ",
    "underscores": "_",
    "hyphens": "-",
    "dashes with blanks": "– ",
    "stops": ".",
    "commas": ",",
    "colons": ":",
    "semicolons": ";",
    "bars": "|",
    "bars with blanks": "a | ",
    "bullets": "• ",
    "arrows": "» ",
    "greater than": "Otto > ",
    "ellipses": "…",
    "stops in threes": "... ",
    "question marks": "?",
    "backticks": "`",
    "tildes": "~",
    "stars": "*",
    "hashes": "#",
    "hash tags": "#a ",
    "equal signs": "a=",
    "ampersands": "&",
    "ampersands and letters": "&a",
    "per cent signs": "%",
    "at signs": "@",
    "at signs and letters": "aa@abc_",
    "mail addresses": "a@b.example ",
    "slashes": "/",
    "backslashes": "\\",
    "addresses": "https://a.example/b ",
    "address without an end": "a/",
    "www": "www.",
    "brackets": "[",
    "brackets with a letter": "[a",
    "brackets shut": "]",
    "parentheses": "(",
    "parentheses with a letter": "(a",
    "parentheses in pairs": "()",
    "braces": "{",
    "double braces": "{{",
    "double braces with a word": "{{ a ",
    "less than": "<",
    "less than and a letter": "<a",
    "less than and a word": "<a b",
    "less than and a mark": "<!",
    "tags": "<b>",
    "tags with a setting": "<a b=",
    "tags with an open quotation": '<a b="',
    "tags shut": "</b>",
    "nested elements": "<div><p>",
    "comments without an end": "<!-- ",
    "scripts without an end": "<script>",
    "scripts": "<script></script>",
    "escaped tags": "&lt;b&gt;",
    "escaped tags without an end": "&lt;b ",
    "quotation marks": '"',
    "quotation marks and letters": '"a',
    "apostrophes": "'",
    "apostrophes and letters": "a'",
    "curly quotation marks": "“",
    "curly quotation marks in pairs": "“a” ",
    "guillemets": "«a",
    "PHP": "<?php ",
    "PHP, lines": "<?php\n",
    "template tags": "{% if a %}",
    "template tags without an end": "{% if ",
    "short codes": "[a][/b]",
    "short codes without an end": "[a b=",
    "short codes with an open quotation": '[a b="',
    "short codes in pairs": "[b]a[/b]",
    "short codes of columns": "[vc_row][vc_column]",
    "double brackets": "[[a",
    "double brackets with a brace": '[[{"',
    "Joomla": "{module a}",
    "per cent tags": "%%a",
    "dollar tags": "${a",
    "dollar tags with a call": "${a(",
    "conditional comments": "<!--[if",
    "calls": "a(",
    "calls with a quotation": "a('",
    "functions": "(function(){",
    "functions without an end": "(function(",
    "script statements": "window.a=1;",
    "script statements without an end": "window.a={",
    "script statements, lines": "window.dataLayer = [];\n",
    "style rules": ".a{color:red}",
    "style rules without an end": ".a{color:",
    "style rules nested": "@media a{",
    "style selectors": "a.b ",
    "style selectors with commas": "a.b, ",
    "style comments": "/* ",
    "data": '{"@type":',
    "data without an end": '{"a": ',
    "data in lists": '[{"a":1},',
    "line comments": "// ",
    "entities": "&amp;",
    "nested entities": "&amp;amp;",
    "deeper entities": "&amp;amp;amp;amp;",
    "entities without an end": "&amp",
    "entities of a number": "&#38;",
    "entities of a number without an end": "&#3",
    "mojibake": "Ã©",
    "mojibake, twice": "ÃƒÂ©",
    "mojibake in words": "cafÃ© ",
    "mojibake, quotation": "â€œ",
    "replacement characters": "\ufffd",
    "combining marks": "\u0301",
    "combining marks on letters": "e\u0301\u0302\u0303",
    "soft hyphens": "a\u00ad",
    "zero width": "\u200b",
    "zero width in words": "a\u200b",
    "bidi marks": "\u202e",
    "bidi pairs": "\u202ba\u202c",
    "surrogates": "\ud800",
    "NUL": "\x00",
    "one emoji sequence": "👩\u200d",
    "flags": "🏳️\u200d🌈",
    "regional letters": "🇩🇪",
    "ideographs": "中",
    "ideographs and commas": "中文，",
    "ideographic lines": "上海今天晴。\n",
    "kana": "のは",
    "hangul": "한국어 ",
    "arabic": "قال ",
    "thai": "ไทย",
    "devanagari": "हिन्दी ",
    "greek": "όσος ",
    "turkish": "İ",
    "sharp s": "ß",
    "fused dates": "2025-04-28 15:34834 view",
    "fused dates, lines": "2025-04-28 15:34834 view\n",
    "fused dates, blanks": "2025-04-28 15:34834 view ",
    "dates": "14 March 2023 ",
    "dates, lines": "14 March 2023\n",
    "dates fused with names": "on Marcus EriksonTuesday, ",
    "month names": "May ",
    "weekday names": "Tuesday",
    "weekday and a comma": "Tuesday, ",
    "times": "15:34 ",
    "ago": "3 hours ago ",
    "ago, lines": "3 hours ago\n",
    "counts": "834 views ",
    "cut lines": "The council voted late in the evening to close three of its libraries, a decision that c\n",
    "cut words": "decisio\n",
    "lines with an ellipsis": "The council voted late in…\n",
    "headlines": "A Ferry Sinks Off Oslo\n",
    "menu": "Home\n",
    "menu in a line": "Home News Sport ",
    "menu with arrows": "Home > News > ",
    "credits": "Photo: Otto Edith/AFP ",
    "bylines": "By Otto Edith\n",
    "bylines in a line": "By Otto Edith, ",
    "names with commas": "Otto Edith, ",
    "names with and": "Otto and ",
    "Markdown links": "[a](b) ",
    "Markdown links without an end": "[a](",
    "Markdown headings": "# a\n",
    "Markdown tables": "|a|b|\n",
    "fences": "```\n",
    "copyright signs": "© ",
    "copyright and a year": "© 2024 ",
    "one word": "the ",
    "one word and a comma": "and, ",
    "words and a hyphen": "a-",
    "words and an underscore": "a_b",
    "sentences of a word": "No. ",
    "questions": "Why? ",
    "indented lines": "    a\n",
}

#: Bases whose lines differ, so that no table of seen lines helps.
COUNTED: dict[str, str] = {
    "lines of prose, all different": "The council of ward %d voted late in the evening to close three of its libraries.\n",
    "cut lines, all different": "Ward %09d voted late in the evening to close three of its old libraries, a decision that c\n",
    "cut lines of equal width, many blocks": "Ward %09d voted late in the evening to close three of its old lib\n\n",
    "labels, all different": "Photo: Otto Edith %d/AFP\n",
    "dates, all different": "Posted on 14 March %d by Otto\n",
    "fused dates, all different": "2025-04-28 15:34%d view\n",
    "entities of numbers, all different": "&#%d;",
    "short codes, all different": "[a%d][/b]",
    "tags, all different": "<x%d>",
    "script names, all different": "var a%d = window.b;\n",
    "teasers, all different": "Ferry %d sinks off Oslo\nThe ferry went down late in the evening, and the…\nRead more\n",
}

#: Openers, each many times, then prose: what waits for its other half.
_OPENERS = (
    "(",
    "[",
    "{",
    "<",
    "“",
    "«",
    '"',
    "'",
    "`",
    "<!--",
    "{{",
    "{%",
    "<?php",
    "/*",
    "&lt;",
    "[[",
    "<script>",
)


def _late() -> Iterator[tuple[str, Callable[[int], str]]]:
    """One opener at the start of a long text and of each of its words, the other half missing or at the end."""
    for opener in _OPENERS:
        yield f"{opener} before each word", repeated(f"{opener}bridge ")
    for opener, closer in (
        ("{{", "}}"),
        ("[b]", "[/b]"),
        ("<div>", "</div>"),
        ("(", ")"),
        ("<!--", "-->"),
        ("{", "}"),
    ):

        def deep(size: int, opener: str = opener, closer: str = closer) -> str:
            depth = size // (len(opener) + len(closer)) + 1
            return opener * depth + closer * depth

        def peeled(size: int, opener: str = opener, closer: str = closer) -> str:
            unit = f"{opener}a{closer}"
            for _ in range(6):
                unit = f"{opener}{unit}{closer}"
            return (unit + " ") * (size // len(unit) + 1)

        yield f"{opener} nested", deep
        yield f"{opener} in nests of seven", peeled


#: What makes every rule look at its line.
AWAKE = (
    "Share on Facebook | By Otto Edith, 14 March 2023 | 3 hours ago | Photo: Otto Edith/AFP | Read more: © 2024 All rights reserved. "
    "Subscribe to our newsletter. window.a=1; [b] {{ a }} <b> &amp; Ã© Home > News | Reply | Page 1 of 2 | #a @abc | Advertisement "
)


def _awake() -> Iterator[tuple[str, Callable[[int], str]]]:
    """Long runs of anything in a line at which every rule looks."""
    for name, unit in GENERAL.items():
        if "\n" not in unit:

            def build(size: int, unit: str = unit) -> str:
                return AWAKE + unit * (size // len(unit) + 1) + AWAKE

            yield name, build


def _onion(size: int) -> str:
    """Entities within entities, as deep as the text is long: what each pass would peel once."""
    return "&" + "amp;" * (size // 4)


def _sandwich(size: int) -> str:
    """Labels that become neighbours only when those between them are gone."""
    out = [
        "Share on Facebook",
        "3 comments",
        "Read more",
        "[gallery]",
        "<b></b>",
        "By Otto Edith",
        "A Ferry Sinks",
    ]
    lines: list[str] = []
    while len(lines) * 12 < size:
        lines += out
    return "\n".join(lines)


def matching(pattern: str, longest: bool) -> str:
    """A text that the pattern matches: each repeat as short, or up to three times as long, as it may be."""
    return "".join(_of(parser.parse(pattern), longest))


def _of(parsed: Any, longest: bool) -> Iterator[str]:
    for op, arg in parsed:
        name = str(op)
        if name == "LITERAL":
            yield chr(arg)
        elif name == "NOT_LITERAL":
            yield "a" if arg != ord("a") else "b"
        elif name == "ANY":
            yield "a"
        elif name == "IN":
            yield _one(arg)
        elif name == "BRANCH":
            branches = arg[1]
            yield from _of(branches[-1 if longest else 0], longest)
        elif name == "SUBPATTERN":
            yield from _of(arg[-1], longest)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            low, high, inner = arg
            for _ in range(min(int(high), low + 3) if longest else low):
                yield from _of(inner, longest)


def _one(choices: Any) -> str:
    """A character of a class."""
    excluded: set[int] = set()
    negated = False
    for op, arg in choices:
        name = str(op)
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            if not negated:
                return chr(arg)
            excluded.add(arg)
        elif name == "RANGE":
            if not negated:
                return chr(arg[0])
            excluded.update(range(arg[0], arg[1] + 1))
        elif not negated:
            return {"CATEGORY_DIGIT": "7", "CATEGORY_SPACE": " "}.get(str(arg), "a")
    return next(c for c in "a7 -é.中" if ord(c) not in excluded)


def _of_rule(rule: Rule, chance: random.Random) -> Iterator[Shape]:
    for n, example in enumerate(rule.examples, 1):
        text = example.before
        yield Shape(rule.code, f"example {n}", repeated(text))
        yield Shape(rule.code, f"example {n}, lines", repeated(text.rstrip("\n") + "\n"))
        if n == 1:
            yield Shape(rule.code, "in a paragraph", repeated(text.rstrip("\n") + "\n\n" + _NEWS))
    alikes = "".join(alike.text.rstrip("\n") + "\n" for alike in rule.lookalikes)
    if alikes:
        yield Shape(rule.code, "look-alikes", repeated(alikes))
    kinds: dict[str, list[str]] = {}
    for trigger, _ in rule.triggers():
        kinds.setdefault(trigger.kind, []).append(trigger.text)
    for kind, texts in sorted(kinds.items()):
        texts = sorted(set(texts))
        if kind == "pattern":
            units = [t for p in texts for t in {matching(p, False), matching(p, True)} if t]
        else:
            units = chance.sample(texts, min(_LITERALS, len(texts)))
        for unit in sorted(set(units)):
            shown = ascii(unit[:40])
            yield Shape(rule.code, f"{kind} {shown}", repeated(unit))
            yield Shape(rule.code, f"{kind} {shown}, lines", repeated(unit + "\n"))
            if kind == "pattern":
                yield Shape(rule.code, f"{kind} {shown}, blanks", repeated(unit + " "))


def general() -> list[Shape]:
    """Those that belong to no rule."""
    out = [Shape("general", name, repeated(unit)) for name, unit in GENERAL.items()]
    out += [Shape("general", name, counted(unit)) for name, unit in COUNTED.items()]
    out += [Shape("pairs", name, build) for name, build in _late()]
    out += [Shape("a line looked at", name, build) for name, build in _awake()]
    out += [
        Shape("passes", "an onion of entities", _onion),
        Shape("passes", "labels between labels", _sandwich),
    ]
    return out


def all_shapes(seed: int = 7) -> list[Shape]:
    """Every shape there is; of the many literals of a rule a choice that the seed decides."""
    out = general()
    for rule in all_rules():
        out += _of_rule(rule, random.Random(f"{seed} {rule.code}"))
    return out
