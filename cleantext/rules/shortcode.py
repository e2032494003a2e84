"""CT121: short codes and template tags that their system should have replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import regex

from cleantext.border import unit_end
from cleantext.document import Document
from cleantext.marks import Marks
from cleantext.rules.base import Candidate, Example, Hit, LookAlike, Rule
from cleantext.rules.excise import Standing, excise
from cleantext.rules.listing import (
    LESSON,
    backticked,
    code_talk,
    fenced,
    has_words,
    named,
    technical,
    to_write,
)
from cleantext.scan.trigger import Trigger

#: Short codes that need no attributes to be known, of systems and of widespread plug-ins.
_KNOWN = regex.compile(
    r"gallery|nggallery|toc|embed\w*|caption|wp_caption|media-credit|audio|video|videojs|playlist|youtube|vimeo|dailymotion|tweet|instagram"
    r"|soundcloud|spotify|divider|spacer|separator|clear(?:fix|both)?|raw|img_\d+|recaptcha|addtoany|ssba|sharethis|addthis\w*|nextpage|pagebreak"
    r"|page-?break|contact-form(?:-7)?|wpforms|ninja_forms?|gravityforms?|formidable|mailpoet\w*|mc4wp\w*|adrotate|adinserter|adsense|quads|bsa\w*"
    r"|one_(?:half|third|fourth|fifth|sixth)(?:_last|_first)?|two_thirds?(?:_last)?|three_fourths?(?:_last)?|col(?:umn|-?\d)s?|row|accordion|toggle"
    r"|tabs?|tabgroup|dropcap|pullquote|blockquote|button|highlight|lightbox|slider|slideshow|carousel|rev_slider|layerslider|metaslider|smartslider\d*"
    r"|products|woocommerce\w*|product_page|add_to_cart|bctt|ctt|click-?to-?tweet|related[-_]posts?\w*|recent[-_]posts?|popular[-_]posts?|sitemap"
    r"|yasr\w*|kkstarratings?|ratings?|polldaddy|wp-?polls?|poll|social[-_]\w+|share[-_]\w+|newsletter[-_]\w+|subscribe\w*_form|signup[-_]form|login[-_]form"
    r"|widget|sidebar|do_widget|template|elementor-template|loadposition|loadmodule|module|jcomments|component|nivo\w*|fl_builder\w*|x_\w+"
    r"|themify_\w+|siteorigin_\w+|cs_\w+|av_\w+|nectar_\w+|tatsu_\w+|mk_\w+|ultimate_\w+|thrive_\w+|tve_\w+"
)
#: Those whose contents go as well: addresses, captions, buttons, what is shown nowhere.
_SWALLOWED = regex.compile(
    r"(?:wp_)?caption|media-credit|credit|embed\w*|img|image|photo|picture|video\w*|audio|youtube|vimeo|dailymotion|flash|media|swf|gif|iframe|map|gmap\w*"
    r"|googlemaps?|\w*_?button|btn|script|style|css|js|html|raw_html|vc_raw_(?:html|js)|contact-form|form|poll|ads?|tweet|twitter|facebook|instagram|soundcloud"
    r"|spotify|gallery|attach(?:ment)?|file|thumb\w*|url_only|click-?to-?tweet|ctt|yt|link_only"
)
#: Tags of bulletin boards: they go, what they dress stays.
_BOARD = frozenset(
    "b i u s url link email img quote size color colour font center left right justify list li ul ol table tr td th indent"
    " spoiler youtube media attach attachment strike sub sup hr highlight align background h1 h2 h3 user mention".split()
)
_VALUED = frozenset(
    "url link email img quote size color colour font align list user mention highlight background td".split()
)
# Words that people put into brackets: an editor's, a recorder's, a dramatist's.
_PROSE = frozenset(
    "sic edit edited emphasis added applause laughter laughs laughing music sound silence pause crosstalk inaudible unintelligible"
    " note notes citation who when where which clarification ed eds tr trans citations page pages update updated video audio photo"
    " photos image images link links source sources spoiler quote url list row tab table map form poll caption embed left right center".split()
)
_ATTRIBUTE = r"""(?:[\w:.-]++\s?=\s?(?:"[^"\]\n]*+"|'[^'\]\n]*+'|[“”″&][^\]\n"]{0,200}?[“”″;](?=[\s\]/])|[^\s"'\]\[]++))"""
_SQUARE = regex.compile(
    rf"""
    \[ (?=/?[a-z]) (?=[^\]\n]{{1,2000}}+\]) (?: (?P<close>/)(?P<closed>[a-z][\w-]*+)
         | (?P<name>[a-z][\w-]*+)
           (?: (?P<attrs> (?:\s++{_ATTRIBUTE})++ (?:\s++[\w-]++)*+ )
             | (?P<value> =(?:"[^"\]\n]*+"|'[^'\]\n]*+'|[^\]\[\n]{{1,200}}) )
             | (?P<address> \s++(?:https?:)?//[^\]\s]++(?:\s++{_ATTRIBUTE})*+ )
             | (?P<token> \s++[\w-]{{4,40}}(?:\s++{_ATTRIBUTE})*+ )
             | (?P<piped> [|:\#](?!\s)[^\]\[\n]{{1,200}} )
           )?+
           \s*+/? ) \s*+ \]
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
# Media that take the mere identity of what they show: `[youtube a1b2C3]`.
_MEDIA = regex.compile(r"youtube\w*|yt|vimeo|dailymotion|tweet|twitter|instagram|soundcloud|spotify|giphy|vine|gist|wistia|jwplayer|brightcove|bcvideo|kaltura|video|poll\w*|form|ad|ads|widget|module|block|node|nid|slider|gallery|table|quiz|map|scribd|slideshare|ted|imgur|pinterest|tiktok|flickr\w*|facebook", regex.IGNORECASE)  # fmt: skip
_TEMPLATE = regex.compile(
    r"""
      (?P<mustache> \{\{\{?+\s{0,40}+ (?P<inner> [^{}\n]{1,300}+ ) \s{0,40}+\}\}\}? )
    | (?P<block> \{%-?[^%{}\n]{1,300}+-?%\} | \{\#[^#{}\n]{1,200}+\#\} )
    | (?P<server> <\?(?:php\b|=) | <%[=@-]?(?!%>) )
    | (?P<double> \[\[ (?: [*$!~%+]++[\w.-]++[^\]\n]{0,200}+ | [a-z_-]{2,20}:\w[^\]\n]{0,200}+ | [a-z]++(?:[-_][a-z0-9]++)++ ) \]\] )
    | (?P<record> \[\[\{" )
    | (?P<joomla> \{(?P<tag>(?:load(?:position|module)|module|jcomments|modal|youtube|vimeo|gallery|source|slider|tab|article|snippet|rsform|chronoform|phocagallery|simplepie|field|mosimage|mospagebreak|audio|video|mp3|flv|ad|ads)\b)[^{}\n]{0,200}+\}
        (?: (?=(?P<shut>[^{}\n]{0,300}+\{/(?P=tag)\})) (?P=shut) )? )
    | (?P<percent> %%[a-z][\w.-]{1,40}+%% | %[A-Z]{2,20}(?:_[A-Z]{2,20})++% )
    | (?P<dollar> (?:\$|\#|@)\{[a-z_][\w.]{1,60}+(?:\([^(){}\n]{0,60}+\))?+\} )
    | (?P<mark> <!--\s?+(?:more\b[^\n>]{0,80}|nextpage|noteaser)\s?+--> )
    | (?P<kramdown> \{:(?::\w[^{}\n]{0,80}|\s?[.\#][\w-]++[^{}\n]{0,80}|toc)\} )
    """,
    regex.VERBOSE | regex.IGNORECASE | regex.DOTALL,
)
#: What may begin a template tag; the patterns are only tried there.
_OPENER = regex.compile(r"[{$\#@]\{|\{[%\#:a-z]|<[?%!]|\[\[|%[%a-z]", regex.IGNORECASE)
_SHUT = {mark: regex.compile(regex.escape(mark)) for mark in ("?>", "%>", "}]]", "\n")}
_CALL = regex.compile(
    r"[\w.$-]+\s?\(.*\)|[#/>^&!]\s?[\w.$/-]+.*|.*\|\s?\w.*|widget .*|(?:else|yield|content|body)\b.*",
    regex.DOTALL,
)
_PATH = regex.compile(r"[a-z_$][\w$]*+(?:[.\-_][\w$-]++)*+", regex.IGNORECASE)
_DOCUMENT_TALK = regex.compile(
    r"\b(?:placeholders?|platzhalter\w*|templates?|variables?|merge (?:tags?|fields?)|wildcards?)\b|模板|占位符|テンプレート|шаблон"
)
_INI = regex.compile(r"\s*\n[^\S\n]*[\w.-]+[^\S\n]*=")


class Code(msgspec.Struct):
    """A short code: its span, how sure it is where it stands well, and how sure inside of a sentence."""

    start: int
    end: int
    sure: float
    inside: float
    keeps: bool = False  # whether it dresses words that stay


class Shortcode(Rule):
    """Finds short codes and template tags that the system of the page should have replaced.

    `[gallery ids="1,2"]`, `[vc_row]`, `{{ page.title }}`, `{% endif %}`, `[[nid:12]]`, `{loadposition ad}`,
    `<!--more-->`, `[b]…[/b]`: the plug-in or the template engine is gone, and its instruction shows in
    the text. Captions, addresses and buttons go with theirs; what a column or a bold tag holds stays.

    Leaves alone: brackets of editors and recorders ([sic], [applause], [1]), links of Markdown, sections of
    settings files, mathematics and LaTeX, lessons on templates, fences and backticks; placeholders
    in the middle of a sentence are only flagged, since nobody knows what belongs there.

    Source: the short codes of WordPress and of the plug-ins that most sites use; the template
    languages Jinja, Liquid, Handlebars, ERB and PHP; Joomla, MODX and Drupal; bulletin boards.
    """

    code = "CT121"
    name = "shortcode"
    family = "shortcode"
    examples = (
        Example(
            'The geese left.\n[gallery columns="2" ids="4,5"]\nOtto wept.', "The geese left.\nOtto wept."
        ),
        Example(
            'The geese left.[caption id="goose_7" width="300"]A grey goose[/caption]\nOtto wept.',
            "The geese left.\nOtto wept.",
        ),
        Example("[vc_row][vc_column]\nThe geese left.\n[/vc_column][/vc_row]\n", "The geese left.\n"),
        Example("The geese left. {{ slot('a7') }}\nOtto wept.", "The geese left.\nOtto wept."),
        Example(
            "[b]Otto[/b] wept.\n[url=https://goose.example/]Geese[/url] left.", "Otto wept.\nGeese left."
        ),
        Example(
            "Die Gänse gingen.\n{% include 'werbung.html' %}\nOtto weinte.",
            "Die Gänse gingen.\nOtto weinte.",
            "de",
        ),
    )
    lookalikes = (
        LookAlike('"He go [sic] home [applause] and [his wife] slept [1]."', "an editor's brackets"),
        LookAlike("[Geese](https://goose.example/) and [hats][1] are grey.", "Markdown"),
        LookAlike("[mysqld_safe]\nport = 3306\n[client]\nport = 3307", "a settings file"),
        LookAlike("The template language prints {{ name }}, and {% if %} begins a condition.", "a lesson"),
        LookAlike(r"\frac{{a}}{{b}} + \sum_{{i}} x = 3 [a = 1] [b = 2]", "mathematics"),
        LookAlike("[Verse 1]\nThe geese are grey\n[Chorus]\nOh grey", "a song"),
        LookAlike("[[Grey goose]] is a page of the notebook.", "a link of a wiki"),
        LookAlike("```\n[gallery ids=\"1\"]\n{{ goose }}\n```", "a fence"),
    )  # fmt: skip

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        for pattern in (
            "\\[/?[a-z][a-z0-9_-]* ?[=:|#/\\]]", "\\[[a-z][a-z0-9_-]* +[a-z0-9_:.-]+ ?[=\\]]", "\\[[a-z0-9_-]+ +(?:https?:)?//",
            "\\{\\{", "\\{[%#]", "<[?%]", "\\[\\[[*$!~%+{a-z_-]", "\\{/?[a-z0-9]+[ }]", "%%[a-z]", "%[a-z]+_[a-z_]+%", "[$#@]\\{[a-z_]",
            "<!-- ?(?:more|nextpage|noteaser)", "\\{:",
        ):  # fmt: skip
            yield Trigger("pattern", pattern), None

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        codes: list[Code] = []
        marks = Marks(doc.text)
        for line in sorted({doc.line_at(h.end - 1) for h in hits}):
            start, stop = doc.span(line)
            squares = _squares(doc.text, start, stop)
            codes += squares
            codes += _templates(doc.text, start, stop, marks)
        codes.sort(key=lambda c: (c.start, -c.end))
        source = bool(codes) and technical(doc, [(c.start, c.end) for c in codes])
        runs = list(_runs(doc.text, codes))
        about = {doc.line_at(run[0].start) for run in runs if _named(doc, run)}
        for run in runs:
            yield self._judge(doc, run, source, doc.line_at(run[0].start) in about)

    def _judge(self, doc: Document, run: list[Code], source: bool, about: bool) -> Candidate:
        start, stop = run[0].start, run[-1].end
        cut = excise(doc, start, stop)
        standing: Standing = cut.standing
        best = max(run, key=lambda c: c.sure)
        confidence = max(c.inside for c in run) if standing == "inside" else best.sure
        if standing in ("start", "end") and not any(c.keeps for c in run):
            confidence -= 0.02
        begin, end = cut.start, cut.end
        if standing != "alone" and any(c.keeps for c in run):
            begin, end = start, stop  # it dresses the words beside it
            confidence = best.sure
        glued = (
            best.sure >= 0.96 and cut.standing != "alone" and start > 0 and not doc.text[start - 1].isspace()
        )
        lesson = not glued and _lesson(doc, start, stop)  # who shows one sets it apart
        if fenced(doc, start) or backticked(doc, start, stop) or lesson or about:
            confidence = 0.5
        step = 0.04 if best.sure >= 0.95 else 0.1
        confidence -= step * min(code_talk(doc, start, stop), 4)
        shown = doc.text[start : min(stop, start + 60)].replace("\n", " ")
        if source:
            confidence -= 0.3
        return Candidate(
            begin, end, confidence, f"an instruction that its system should have replaced: {shown!r}",
            cut.replacement if (begin, end) == (cut.start, cut.end) else "",
        )  # fmt: skip


def _named(doc: Document, run: list[Code]) -> bool:
    """Whether a sentence speaks of the codes; those with settings in quotes are rarely set off by chance only."""
    start, stop = run[0].start, run[-1].end
    if min(c.sure for c in run) >= 0.97 and not code_talk(doc, start, stop):
        return to_write(doc, start)
    return named(doc, start, stop)


def _lesson(doc: Document, start: int, stop: int) -> bool:
    """Whether the words of the paragraph, before and after the code, talk about markup or templates."""
    low, high = doc.starts[doc.line_at(start)], doc.span(doc.line_at(stop - 1))[1]
    around = ((max(low, start - 600), start), (stop, min(high, stop + 600)))
    return any(has_words(doc, p, a, b) for a, b in around for p in (LESSON, _DOCUMENT_TALK))


def _squares(text: str, low: int, high: int) -> list[Code]:
    """The short codes in square brackets that begin in ``[low, high)``."""
    found = [
        m
        for m in _SQUARE.finditer(text, low, high)
        if text[m.start() - 1 : m.start()] not in ("[", "!", "\\", "]") or m["attrs"] or m["close"]
    ]
    closings: dict[str, list[regex.Match[str]]] = {}
    for m in found:
        if m["close"]:
            closings.setdefault(m["closed"].lower(), []).append(m)
    for waiting in closings.values():
        waiting.reverse()  # the next one last
    out: list[Code] = []
    done = low
    for m in found:
        if m.start() < done:
            continue
        if text[m.end() : m.end() + 1] in ("(", "]") or (
            text[m.end() : m.end() + 1] == ":" and not m["attrs"]
        ):
            continue
        name = (m["closed"] or m["name"]).lower()
        shut = None
        if not m["close"]:
            ahead = closings.get(name, [])
            while ahead and ahead[-1].start() < m.end():
                ahead.pop()
            shut = ahead[-1] if ahead else None
        code = _square(text, m, name, shut)
        if code:
            out.append(code)
            done = code.end
    return out


def _square(text: str, m: regex.Match[str], name: str, shut: regex.Match[str] | None) -> Code | None:
    start, end = m.span()
    board = name in _BOARD
    if shut is not None:
        if (
            shut.start() - end <= 600
            and _SWALLOWED.fullmatch(name)
            and (m["attrs"] or m["value"] or not board or "/" in text[end : shut.start()])
        ):
            return Code(start, shut.end(), 0.96, 0.93)
        dresses = unit_end(text, end, shut.start()) < shut.start()
        return Code(start, end, 0.95 if board else 0.93, 0.93 if board else 0.9, keeps=dresses)
    if m["close"]:
        known = board or "_" in name or "-" in name or _KNOWN.fullmatch(name)
        return Code(start, end, 0.93 if known else 0.84, 0.9 if known else 0.6, keeps=board)
    snake = "_" in name and regex.match(r"[a-z]{2,}", name) is not None
    known = _KNOWN.fullmatch(name) is not None
    if m["attrs"]:
        quoted = any(q in m["attrs"] for q in "\"'“”″")
        sure = 0.97 if quoted or known or snake else 0.82
        return Code(start, end, sure, 0.93 if quoted or known else 0.7)
    if m["address"]:
        return Code(start, end, 0.95, 0.92) if name not in _PROSE or _MEDIA.fullmatch(name) else None
    if m["token"]:
        if not _MEDIA.fullmatch(name) and not snake:
            return None
        token = m["token"].strip()
        mixed = any(c.isdigit() for c in token) or (
            token.lower() != token and token.upper() != token and not token.istitle()
        )
        return Code(start, end, 0.94, 0.9) if mixed else Code(start, end, 0.7, 0.5)
    if m["value"]:
        if name in _VALUED or known or _MEDIA.fullmatch(name):
            return Code(start, end, 0.92, 0.88, keeps=board)
        return Code(start, end, 0.7, 0.4) if snake else None
    if m["piped"]:
        if m["piped"][0] == "|":
            return Code(start, end, 0.94, 0.9) if "=" in m["piped"] else None
        return (
            Code(start, end, 0.88, 0.7)
            if _MEDIA.fullmatch(name)
            or name in ("inline", "view", "viewreference", "insert_view", "media", "embed", "node")
            else None
        )
    if text[start + 1 : end - 1].strip(" /") != name:
        return None  # capitals: a role, a label, a heading
    if snake:
        ini = _INI.match(text, end)
        return Code(start, end, 0.6, 0.4) if ini else Code(start, end, 0.9, 0.6)
    if known and name not in _PROSE:
        ini = _INI.match(text, end)
        return Code(start, end, 0.6, 0.4) if ini else Code(start, end, 0.86, 0.6)
    if board and name in ("b", "i", "u", "s", "hr", "center", "img"):
        return Code(start, end, 0.7, 0.4, keeps=True)
    return None


def _templates(text: str, low: int, high: int, marks: Marks) -> list[Code]:
    """The template tags that begin in ``[low, high)``."""
    out: list[Code] = []
    at = low
    while at < high:
        opener = _OPENER.search(text, at, min(len(text), high + 1))
        if opener is None or opener.start() >= high:
            break
        m = _TEMPLATE.match(text, opener.start())
        end = _shut(text, m, marks) if m else None
        if m is None or end is None:
            at = opener.start() + 1
            continue
        start, at = m.start(), end
        before = text[start - 1 : start]
        if m["mustache"]:
            inner = m["inner"].strip()
            if (
                (before and before in "}\\^_$&{")
                or "\\" in inner
                or regex.search(r"\\\w+$", text[max(0, start - 30) : start])
            ):
                continue
            if _CALL.fullmatch(inner):
                out.append(Code(start, end, 0.95, 0.9))
            elif _PATH.fullmatch(inner):
                out.append(Code(start, end, 0.92, 0.65))
            else:
                out.append(Code(start, end, 0.86, 0.6))
        elif m["block"]:
            sure = m["block"].startswith("{%")
            if not before or before not in "}\\^_$":
                out.append(Code(start, end, 0.95 if sure else 0.7, 0.9 if sure else 0.4))
        elif m["server"] or m["mark"]:
            out.append(Code(start, end, 0.95, 0.9))
        elif m["double"] or m["record"]:
            out.append(Code(start, end, 0.93, 0.88 if m["record"] or "{" in m[0] else 0.7))
        elif m["joomla"]:
            rest = m["joomla"][1 + len(m["tag"]) :].strip("} ")
            if rest or m["shut"]:
                out.append(Code(start, end, 0.92, 0.85))
        elif m["percent"]:
            if text[end : end + 1] != "\\":
                out.append(Code(start, end, 0.9, 0.6))
        elif m["dollar"]:
            out.append(Code(start, end, 0.7, 0.5))
        else:
            out.append(Code(start, end, 0.84, 0.5))
    return out


def _shut(text: str, m: regex.Match[str], marks: Marks) -> int | None:
    """Where a template tag ends: with the match, or with its closing mark; None where that is missing."""
    if m["server"]:
        end = marks.next(_SHUT["?>" if m[0][1] == "?" else "%>"], m.end())
        if end is not None and end.end() <= m.end() + (3000 if m[0][1] == "?" else 1000):
            return int(end.end())
        return len(text) if m[0][1] == "?" and end is None and len(text) - m.end() <= 3000 else None
    if m["record"]:
        end, line_end = marks.next(_SHUT["}]]"], m.end() + 2), marks.next(_SHUT["\n"], m.end())
        if end is None or end.end() > m.end() + 3000 or (line_end and line_end.start() < end.start()):
            return None
        return int(end.end())
    return int(m.end())


def _runs(text: str, codes: list[Code]) -> Iterator[list[Code]]:
    """Codes with nothing but blanks between them, in one line."""
    run: list[Code] = []
    for code in codes:
        if run and code.start < run[-1].end:
            continue
        if run and (text[run[-1].end : code.start].strip(" \t") or code.keeps != run[-1].keeps):
            yield run
            run = []
        run.append(code)
    if run:
        yield run
