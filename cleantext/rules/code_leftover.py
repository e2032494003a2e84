"""CT120: scripts, style sheets and data of a page among its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import regex

from cleantext.border import unit_end, unit_start
from cleantext.document import Document
from cleantext.rules.base import Candidate, Example, Hit, LookAlike, Rule
from cleantext.rules.excise import excise
from cleantext.rules.listing import backticked, code_talk, fenced, indented, lesson, technical
from cleantext.rules.program import DATA, ELEMENTS, SCRIPT, STYLE, Statements
from cleantext.scan.trigger import Trigger

# What scripts do that make a page work, and hardly a script in a lesson does: services by name,
# the parts of a browser, the plug-ins of widespread systems.
_SERVICES = re.compile(
    r"adsbygoogle|googletag|googlefc|google_ad|dataLayer|gtag\(|\bfbq\(|\bga\(['\"]|GoogleAnalytics|_ga[qt]\b|__gaTracker"
    r"|_(?:paq|taq|hmt|mtm|satellite|comscore|sf_async_config|taboola|hsq|hsp|learnq|linkedin)\w*|chartbeat|hotjar|\bhj\("
    r"|\b(?:twq|pintrk|lintrk|snaptr|ttq|rdt|clarity|mixpanel|amplitude|analytics|ym|yaContextCb|criteo|apstag|pbjs|freestar"
    r"|OBR|NREUM|newrelic|Sentry|OneSignal|OneTrust|Optanon\w*|Cookiebot|CookieConsent|cookieconsent|__tcfapi|__cmp|__uspapi"
    r"|didomi\w*|usercentrics\w*|iubenda|_iub|disqus\w*|addthis\w*|FB\.|twttr|gapi|grecaptcha|hcaptcha|turnstile|Drupal"
    r"|Shopify|wpcf7|wc_\w+|woocommerce\w*|wp\.\w+|elementor\w*|jwplayer|videojs|brightcove|bc_player|tinymce|WebFont|Typekit"
    r"|lazySizes|lazyload\w*|_wpemojiSettings|__NEXT_DATA__|__NUXT__|__(?:INITIAL|PRELOADED|APOLLO)_STATE__|requirejs|docsearch"
    r"|Intercom|intercomSettings|drift|tawk_api|zE|HubSpot\w*|hbspt|optimizely|_vwo\w*|utag\w*|digitalData|s_gi|ADTECH|OA_show"
    r"|Outbrain|taboola|sharethis|stButtons|MathJax\.Hub|sas_\w+|adform|googlesyndication|doubleclick|cnxps|ezstandalone)\b"
    r"|div-gpt-ad|ezoic|UA-\d{3,}-\d|\bG-[A-Z0-9]{8,12}\b|GTM-[A-Z0-9]{4,}",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"window\.(?!alert|confirm|prompt)\w+\s*=|window\.\w+\s*\|\||\bwindow\[|document\.(?:write\(['\"(]*(?:unescape|<|\\x3c)|createElement|getElement|querySelector|cookie|body|head|location"
    r"|referrer|documentElement|readyState|addEventListener)|(?:add|remove)EventListener\(|XMLHttpRequest|navigator\.\w|location\."
    r"(?:href|search|hash|reload|replace)|(?:local|session)Storage|set(?:Timeout|Interval)\(|\.async\s*=|\.src\s*=|insertBefore\(|parentNode"
    r"|appendChild\(|(?:jQuery|\$)\((?:document|window|function|['\"])|['\"]use strict['\"]|\.push\(|<!\[CDATA\[|//# ?sourceMappingURL"
    r"|\.(?:slick|owlCarousel|fancybox|magnificPopup|flexslider|masonry|isotope|swiper|lightbox|carousel|modal|tooltip|datepicker)\("
    r"|ajaxurl|ajax_url|admin-ajax|\bnonce\b",
)
_PROPERTIES = re.compile(
    r"[{;\s](?:-(?:webkit|moz|ms|o)-[\w-]+|align-(?:items|self|content)|animation[\w-]*|background[\w-]*|border[\w-]*|bottom|box-[\w-]+|clear"
    r"|clip[\w-]*|color|columns?[\w-]*|content|cursor|direction|display|fill|filter|flex[\w-]*|float|font[\w-]*|gap|grid[\w-]*|height"
    r"|justify-[\w-]+|left|letter-spacing|line-height|list-style[\w-]*|margin[\w-]*|max-(?:width|height)|min-(?:width|height)|object-[\w-]+"
    r"|opacity|order|outline[\w-]*|overflow[\w-]*|padding[\w-]*|pointer-events|position|right|src|stroke[\w-]*|text-[\w-]+|top|transform[\w-]*"
    r"|transition[\w-]*|user-select|vertical-align|visibility|white-space|width|word-[\w-]+|z-index|zoom|--[\w-]+)\s?:\s?[^;{}]",
    re.IGNORECASE,
)
_KEYS = re.compile(
    r"[\"“]@(?:context|type|graph|id)[\"”]\s?:|[\"'](?:pageProps|buildId|props|ajaxurl|ajax_url|nonce|siteId|adUnit\w*|apiKey|api_key|csrf\w*|gtm\w*"
    r"|tracking\w*|pageview\w*|baseUrl|base_url|assetPrefix|endpoint|debug|locale|isMobile|prefetch|theme|plugins?|slots?)[\"']\s?:"
)
_GAP = regex.compile(r"[^\S\n]*+(?:\r?\n[^\S\n]*+){0,3}")
_NOTES = regex.compile(r"(?:\s*+/\*[^*]{0,2000}\*/)*+\s*+")
_CLOSERS = regex.compile(
    r"(?:/\*\s*\]\]>\s*\*/|//\s?\]\]>|//\s?-->)|(?:[;)}\]]|\]\]>|-->|\*/)(?:[^\S\n]|[;)}\]])*+(?=\n|$)"
)
#: Behind what a piece of code may begin that is glued to text.
_BORDER = regex.compile(r"(?:^|[.!?…。！？\"'”’»)\]>}:;]|\p{Lo})\s*$")
_LAST_WORD = regex.compile(r"\p{L}++\.(?=[\w$]++[.(\s=])")
_NAMED = re.compile(rf"(?:{_SERVICES.pattern})|window|document|jQuery|\$|self\b", re.IGNORECASE)
_PROSE = regex.compile(r"[\p{L},\p{N}] $")
_ELEMENT = regex.compile(rf"\.(?:{ELEMENTS})(?=[\s:,.#>{{\[])", regex.IGNORECASE)
_LONGEST = 200_000
#: How often a text may be read over to find where its statements end, and code points besides.
_READINGS, _READ = 6, 20_000


class CodeLeftover(Rule):
    """Finds scripts, style rules and data of a page that ended up among its text.

    `window.dataLayer = …`, `.post-meta{color:#999}`, `{"@context":"https://schema.org",…}`: what makes
    a page work is no part of what it says. A piece is followed from its first statement to its
    last, over several lines if need be, and taken as one, whether it fills its lines or is glued to a paragraph.

    Leaves alone: listings, in fences, backticks or behind a colon; code that a sentence goes on about;
    articles and documents about programming; code that does nothing with a page, a service or a browser; mathematics.

    Source: the calls and settings in the snippets that services of advertising, measuring and consent ask to paste into
    pages; the properties of CSS 3; schema.org.
    """

    code = "CT120"
    name = "code-leftover"
    family = "code-leftover"
    examples = (
        Example(
            "The geese left.\nwindow.hatLayer = window.hatLayer || [];\nfunction ping(){hatLayer.push(arguments);}\nOtto wept.",
            "The geese left.\nOtto wept.",
        ),
        Example("The geese left.\n.hat-box{color:#123;margin:0 2px}\n", "The geese left.\n"),
        Example(
            "The geese left.fbq('track', 'PageView'); fbq('init', '12');\nOtto wept.",
            "The geese left.\nOtto wept.",
        ),
        Example(
            '{"@context":"https://schema.org","@type":"Recipe","name":"Hat {grey}"}Heat the oven.',
            "Heat the oven.",
        ),
        Example(
            "Otto wept.\n@media screen and (min-width: 30em) {\n  .hat { float: left; }\n  #goose > p { width: 50% }\n}\nEdith left.",
            "Otto wept.\nEdith left.",
        ),
        Example(
            "Otto wept.\n(function(d, s) {\n  var js = d.createElement(s); js.async = true;\n  js.src = '//quill.example/a.js';\n\n"
            "  document.body.appendChild(js);\n})(document, 'script');\nEdith left.",
            "Otto wept.\nEdith left.",
        ),
        Example(
            "Der Hut ist grau. $(function(){ $('.hut').tooltip(); }); Die Gans auch.",
            "Der Hut ist grau. Die Gans auch.",
            "de",
        ),
    )
    lookalikes = (
        LookAlike(
            'function greet(name) {\n  console.log("Hello, " + name);\n}\ngreet("goose");', "a listing"
        ),
        LookAlike(
            "To hide the hat, write\n.hat { display: none; }\nand to show it again, delete the line.",
            "a sentence",
        ),
        LookAlike(
            "@media print { nav { display: none; } } removes the menu from the printed page.", "a lesson"
        ),
        LookAlike("Add this:\nwindow.hat = window.hat || {};\nThen reload.", "introduced by a colon"),
        LookAlike("Call `$('.hat').hide()` or `document.body.append(hat)`.", "in backticks"),
        LookAlike(
            'The service answers with\n{"@type": "Hat", "geese": 40}\nand nothing else.',
            "data that a sentence shows",
        ),
        LookAlike("Let f(x) = x^2 for x in {1, 2, 3}; then max{f(x)} = 9; window (open) = 3.", "mathematics"),
        LookAlike("```\nwindow.hat = 1;\n.hat{color:red}\n```", "a fence"),
    )

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        for pattern in (
            "window[.\\[][a-z_$'\"]", "document\\.[a-z]", "\\( ?function ?\\(", "[!+]function ?\\(", "\\.push\\(", "jquery[.(]",
            "\\$\\([a-z'\"]", "addeventlistener", "@(?:media|import|font-face|keyframes|supports|charset)[ \"({]",
            "\\{ ?-?-?[a-z-]+ ?: ?[a-z0-9#'\"-]", "[.#][a-z_-][a-z0-9_-]* ?\\{", "@(?:context|type|graph)[\"”] ?:",
            "function [a-z0-9_$]* ?\\(", "(?:var|let|const) [a-z0-9_$]+ ?=", "set(?:timeout|interval)\\(", "[a-z_$]\\([{\\[]? ?['\"]", "[a-z_$0-9]\\([a-z0-9_$]*\\) ?[;{]",
            "[a-z_$] ?= ?[\"'\\[{]", "[a-z_] ?= ?[0-9]+ ?;", "\\{ ?['\"][a-z_-]+['\"] ?: ?[\"'\\[{0-9tfn]",
            "__[a-z_]+__", "\\(\\{ ?[a-z]", "\\|\\| ?[\\[{]", "<!\\[cdata", "\"(?:pageprops|buildid|ajaxurl|ajax_url|nonce)\" ?:",
        ):  # fmt: skip
            yield Trigger("pattern", pattern), None

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        pieces_of = _Pieces(doc.text)
        done = 0
        pieces: list[tuple[int, int, float]] = []
        for line in sorted({doc.line_at(h.end - 1) for h in hits}):
            start, stop = doc.span(line)
            at = max(start, done)
            while at < stop:
                piece = pieces_of.next(at, stop)
                if piece is None:
                    break
                pieces.append(piece)
                at = done = piece[1]
        total = sum(stop - start for start, stop, _ in pieces)
        source = bool(pieces) and technical(doc, [piece[:2] for piece in pieces])
        for start, stop, weight in pieces:
            yield from _judge(doc, start, stop, weight, total, source)


class _Pieces:
    """The pieces of code in one text, asked for from left to right.

    A beginning that was found is kept until it is passed, and how much may be read to find ends has a
    limit: a text of beginnings without ends takes no more than a few readings.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._statements = Statements(text)
        self._most = _READINGS * len(text) + _READ
        # by pattern: the line's end, from where was searched, where a match begins, where code does
        self._known: dict[regex.Pattern[str], tuple[int, int, int, int | None]] = {}

    def next(self, at: int, stop: int) -> tuple[int, int, float] | None:
        """The first run of statements that begins in ``[at, stop)`` and is part of a page, with its weight."""
        low = at
        while at < stop and self._statements.read < self._most:
            begin = self._begin(at, low, stop)
            if begin is None:
                return None
            end = self._end(begin, stop)
            if end is None:
                at = begin + 1
                continue
            return begin, end, _weight(self._text[begin : min(end, begin + 20_000)])
        return None

    def _begin(self, at: int, low: int, stop: int) -> int | None:
        """Where code may begin: at the start, or behind a border."""
        if at == low and any(p.match(self._text, at, stop) for p in (SCRIPT, STYLE, DATA)):
            return at
        found = (self._behind_border(p, at, low, stop) for p in (SCRIPT, STYLE, DATA))
        return min((begin for begin in found if begin is not None), default=None)

    def _behind_border(self, pattern: regex.Pattern[str], at: int, low: int, stop: int) -> int | None:
        """Where a pattern begins, not inside of a word."""
        known = self._known.get(pattern)
        if known is not None:
            line, asked, first, begin = known
            if line == stop and asked <= at <= first:
                return begin
        first, begin = stop, None
        for m in pattern.finditer(self._text, at, stop):
            begin = _bordered(self._text, m, low, stop)
            if begin is not None:
                first = m.start()
                break
        self._known[pattern] = stop, at, first, begin
        return begin

    def _end(self, begin: int, line_end: int) -> int | None:
        """The end of the last statement of those that follow one another from `begin`."""
        text = self._text
        end = None
        at = begin
        while True:
            left = max(0, self._most - self._statements.read)
            stop = self._statements.end(at, min(len(text), at + min(_LONGEST, left)))
            if stop is None:
                # cut off: what is left of the line, when it is code to its end
                if end is None and text[line_end - 1 : line_end] in tuple("{}();,[]"):
                    stop = line_end
                else:
                    return end
            end = stop
            gap = _GAP.match(text, stop)
            at = gap.end() if gap else stop
            closers = _CLOSERS.match(text, at)
            if closers:
                end = closers.end()
                gap = _GAP.match(text, end)
                at = gap.end() if gap else end
            if at >= len(text) or not (SCRIPT.match(text, at) or STYLE.match(text, at)):
                return end


def _bordered(text: str, m: regex.Match[str], low: int, stop: int) -> int | None:
    """Where code begins of what a pattern matched; None inside of a word."""
    before = text[m.start() - 1 : m.start()] if m.start() > low else ""
    if before and ((before.isalnum() and before.isascii()) or before in "_$-"):
        if m[0].startswith("(") and "||" in m[0] and before.isalnum():
            return int(m.start())  # `and(queue = window.queue || []).push(`: no call
        return None
    word = _LAST_WORD.match(text, m.start(), m.end()) if before else None
    prose = word and _PROSE.search(text, max(low, m.start() - 8), m.start())
    if word and (prose or _NAMED.match(text, word.end())) and SCRIPT.match(text, word.end(), stop):
        return int(word.end())  # `left.fbq(`: the last word of a sentence, and its stop
    if before.isalpha() and _ELEMENT.match(text, m.start()):
        return int(m.start()) + 1  # `left.body {`
    return int(m.start())


def _weight(piece: str) -> float:
    """How much of a page's machinery a piece of code shows; 0 for code that may be anybody's."""
    piece = piece[_NOTES.match(piece).end() :] or piece
    if STYLE.match(piece):
        n = len(_PROPERTIES.findall(piece))
        if not n and not piece.startswith(("@import", "@charset", "@media")):
            return 0.0
        return 2.0 + min(n, 6) * 0.3 + (1.0 if piece[0] in "@.#" else 0.0)
    if DATA.match(piece):
        keys = len(_KEYS.findall(piece))
        return 4.0 if "schema.org" in piece and keys else min(3.0, 1.3 * keys) if keys > 1 else 0.0
    services, page = len(_SERVICES.findall(piece)), len(_PAGE.findall(piece))
    if not services and not page:
        return 0.0
    return 3.0 * min(services, 2) + 1.6 * min(page, 4)


def _judge(
    doc: Document, start: int, stop: int, weight: float, total: int, source: bool
) -> Iterator[Candidate]:
    text = doc.text
    first, last = doc.line_at(start), doc.line_at(max(start, stop - 1))
    low, high = doc.starts[first], doc.span(last)[1]
    before = doc.content(first)[0] < start
    after = doc.content(last)[1] > stop
    going = text[unit_end(text, stop, high)] if after else ""
    what = "style rules" if STYLE.match(text, start) else "data" if DATA.match(text, start) else "a script"
    lines = f"{last - first + 1} lines of" if last > first else "a line of"
    confidence = min(0.98, 0.86 + 0.03 * weight)
    if weight < 2:
        plain = (
            not source
            and len(text) - total >= max(150, total)
            and not code_talk(doc, start, stop, reach=20_000)
        )
        confidence = 0.0 if not weight and not _busy(text[start:stop]) else 0.7
        if plain and confidence:
            confidence = 0.89 if weight else 0.83
        elif not weight:
            return
    if _shown(doc, start, stop, first, last, before, going):
        confidence = 0.5
    talk = code_talk(doc, start, stop)
    confidence -= 0.12 * min(talk, 4) if weight < 5 else 0.08 * min(talk, 4)
    if source:
        confidence -= 0.3
    if total > 0.6 * len(text) and len(text) - total < 400 and total > 600:
        confidence = min(confidence, 0.7)  # hardly anything else: the document may be code
    if not before and not after:
        begin, end = doc.block(first, last)
        yield Candidate(begin, end, confidence, f"{lines} {what} that belongs to the page, not to its text")
        return
    reason = f"{what} that belongs to the page, glued to the text"
    if not before:
        yield Candidate(start, unit_end(text, stop, high), confidence - 0.02, reason)
    elif not after:
        if not _BORDER.search(text, max(low, start - 6), start):
            confidence = min(confidence - 0.05, 0.85)
        yield Candidate(unit_start(text, start, low), high, confidence - 0.02, reason)
    else:
        cut = excise(doc, start, stop)
        if cut.standing == "inside":
            confidence = min(confidence - 0.06, 0.88) if weight >= 3 else 0.6
        yield Candidate(cut.start, cut.end, confidence - 0.03, reason, cut.replacement)


def _busy(piece: str) -> bool:
    """Whether code of no known purpose is code beyond doubt: it ends as such, and quotes or nests."""
    end = piece.rstrip()[-1:]
    marks = sum(piece.count(c) for c in "(){}[];=\"'")
    return end in (";", "}", ")", ">", "/") and marks >= 5 and marks * 25 >= len(piece)


def _shown(doc: Document, start: int, stop: int, first: int, last: int, glued: bool, going: str) -> bool:
    """Whether a sentence introduces the code or goes on about it, or a fence or backticks enclose it."""
    if fenced(doc, start) or backticked(doc, start, stop) or lesson(doc, start, start):
        return True
    if glued:
        return False
    if going and (going.islower() or going in ",;:)=`とをはがもの"):
        return True
    previous = first - 1
    while previous >= 0 and first - previous <= 3 and doc.blank(previous):
        previous -= 1
    intro = doc.line(previous).rstrip() if previous >= 0 else ""
    if intro.endswith((":", "：")):
        return True
    following = last + 1
    while following - last <= 2 and following < len(doc.lines) and doc.blank(following):
        following += 1
    outro = doc.line(following).lstrip() if following < len(doc.lines) else ""
    open_end = bool(intro) and intro[-1].isalpha()
    if open_end and outro[:1].islower():
        return True
    return indented(doc, start) and open_end and not outro
