"""The small language in which the lexicon writes wordings, and what it compiles to.

``README.md`` in this folder describes it for people who add words. A form becomes a `regex` source
that matches on the text itself (words in any case, names by their capitals), and the literals of
which one must stand in the folded text for it to match: its triggers.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache

import msgspec
import regex

from cleantext.document import fold
from cleantext.errors import RuleError

#: White space inside a line.
SP = r"[^\S\n]"
#: Letters of scripts that set no blanks between words.
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
# A word begins after what is no letter, at a case edge (`talksShare`), or after a script without
# blanks; and ends likewise.
WORD_BEGIN = rf"(?:(?<![\p{{L}}\p{{M}}\p{{N}}])|(?<=[\p{{Ll}}\p{{Lo}}\p{{N}}])(?=\p{{Lu}})|(?<=[{UNSPACED}]))"
WORD_END = rf"(?:(?![\p{{L}}\p{{M}}\p{{N}}])|(?=\p{{Lu}})(?<!\p{{Lu}})|(?=[{UNSPACED}]))"

#: Small words inside of names.
PARTICLES = (
    "de del della di da das dos do du des la le van der den von zu zum zur af av bin binti ibn bint ben al el e y i und and "
    "te ter ten vom san st Ó Al"
).split()
_PARTICLE = f"(?:{'|'.join(PARTICLES)})"
# One word of a name. The inner capitals are those of real names, so that `EriksonTuesday` is two.
_NAME_WORD = (
    r"(?:(?:\p{Lu}\.(?:[^\S\n]?(?=\p{Lu}\.))?){1,3}|(?:Mc|Mac|O['’]|D['’]|L['’]|[Aa]l-|[Ee]l-|De|Di|Fitz|Le|La)?\p{Lu}[\p{Ll}\p{M}'’]+(?:-\p{Lu}?[\p{Ll}\p{M}]+)*"
    r"|\p{Lu}{2,}(?:['’-]\p{Lu}+)*(?![\p{Ll}]))"
)
_CAPS_NAME = rf"{_NAME_WORD}(?:{SP}+(?:{_PARTICLE}{SP}+){{0,2}}{_NAME_WORD}){{0,4}}"
_OTHER_NAME = (
    r"(?:\p{Han}{2,4}|\p{Hangul}{2,5}|[\p{Han}\p{Katakana}ー・]{2,12}|\p{Katakana}[\p{Katakana}ー・＝]{1,15}"
    rf"|[\p{{Arabic}}\p{{M}}]+(?:{SP}[\p{{Arabic}}\p{{M}}]+){{0,3}}|[\p{{Hebrew}}'׳״\"-]+(?:{SP}[\p{{Hebrew}}'׳״-]+){{0,3}}"
    rf"|[\p{{Devanagari}}]+(?:{SP}[\p{{Devanagari}}]+){{0,3}}|[\p{{Bengali}}]+(?:{SP}[\p{{Bengali}}]+){{0,3}}|[\p{{Thai}}]+(?:{SP}[\p{{Thai}}]+)?)"
)
NAME = rf"(?:{_CAPS_NAME}|{_OTHER_NAME})"
# Names of papers and firms: capitals, digits, camel case, dots, joined by small words.
_SITE_WORD = r"(?:\p{Lu}[\p{L}\p{M}\p{N}&!.'’-]*|\p{N}+|[a-z]+\.[a-z]{2,}|[a-z]\p{Lu}[\p{L}]+)"
SMALL = r"(?:of|the|and|de|du|des|del|la|le|el|di|da|do|dos|das|und|der|die|&|for|y|e|i|et)"
UNSPACED_SITE = rf"[{UNSPACED}\p{{Hangul}}\p{{Arabic}}\p{{Hebrew}}\p{{Devanagari}}]{{2,20}}"
SITE = rf"(?:{_SITE_WORD}(?:{SP}+(?:{SMALL}{SP}+){{0,2}}{_SITE_WORD}){{0,5}}|{UNSPACED_SITE})"
_NETS = (
    "facebook|twitter|x|instagram|linkedin|pinterest|whatsapp|telegram|reddit|tumblr|messenger|viber|line|"
    "youtube|tiktok|threads|mastodon|bluesky|snapchat|xing|flipboard|pocket|vk|vkontakte|вконтакте|вк|одноклассники|"
    "одноклассниках|ok|weibo|wechat|微博|微信|新浪微博|qq|qq空间|qzone|豆瓣|朋友圈|kakao|카카오톡|카카오스토리|네이버|밴드|"
    "페이스북|트위터|인스타그램|はてな|はてブ|はてなブックマーク|ツイッター|フェイスブック|facebooku|twitteru|facebookie|twitterze|"
    "facebook-on|zalo|discord|google\\+|google news|google noticias|digg|stumbleupon|buffer|email|e-mail|sms|rss|фейсбук|"
    "телеграм|твиттер|ватсап|فيسبوك|تويتر|واتساب|تيليجرام|انستغرام|إنستغرام|فیسبوک|تلگرام|توییتر|اینستاگرام|واتس اپ|פייסבוק|"
    "טוויטר|וואטסאפ|טלגרם|फेसबुक|ट्विटर|व्हाट्सएप|टेलीग्राम|เฟซบุ๊ก|ทวิตเตอร์|ไลน์"
)
NET = rf"(?i:(?:{_NETS})(?![\p{{Ll}}]))"
NUMBER = r"(?:\p{Nd}(?:[\p{Nd}.,']*\p{Nd})?(?:[^\S\n]?(?:[kKmM]\b|тыс\.?|млн|万|萬|億|亿|천|만|mil\b|mio\.?|tsd\.?|rb\b|jt\b|bin\b|tys\.?|tis\.?|mln\b))?)"
TIME = r"(?:(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?(?!\d)(?:[^\S\n]?(?:[aApP]\.?[mM]\b\.?))?(?:[^\S\n]?(?:Uhr|uhr|น\.|h\b))?)"
YEAR = r"(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?)"
_ROLE = (
    r"(?i:(?:(?:senior|chief|staff|political|business|sports|science|health|special|foreign|deputy|associate|contributing|assistant|managing|news|"
    r"freelance|international|national|data|technology|world|city|diplomatic|[\p{Ll}]+)[^\S\n]){0,3}"
    r"(?:writer|reporter|correspondent|editor|journalist|columnist|contributor|author|producer|editor-in-chief|blogger|"
    r"redakteur(?:in)?|redakcja|redactor(?:a)?|journaliste|periodista|giornalista|redacteur|корреспондент|журналист|редактор))"
)
_AGENCY = (
    r"(?:AP|AFP|EPA|EFE|dpa|DPA|ANSA|PAP|ANP|TT|NTB|APA|ČTK|CTK|TASR|MTI|AA|DHA|İHA|IHA|IANS|PTI|ANI|TASS|ТАСС|РИА Новости|RIA|"
    r"Reuters|REUTERS|Bloomberg|Xinhua|新华社|共同通信|時事|연합뉴스|뉴시스|Antara|ANTARA|Lusa|LUSA|EPA-EFE|Zuma|ZUMA|Imago|imago|"
    r"Getty Images|Getty|GETTY IMAGES|Shutterstock|SHUTTERSTOCK|Alamy|iStock|Unsplash|Pexels|Pixabay|Wikimedia Commons|Flickr|"
    r"picture alliance|Picture Alliance|Associated Press|Agence France-Presse|PA|PA Wire|PA Images|AAP|USA TODAY Sports|NurPhoto|"
    r"Anadolu|Ritzau|Scanpix|TT Nyhetsbyrån|Lehtikuva|NTB Scanpix|Agência Brasil|Folhapress|Europa Press|LaPresse|Keystone|UNIAN|УНИАН|Укринформ)"
)
_TZ = r"(?:[A-Z]{2,4}(?:[+-]\d{1,2})?|Uhr|Z)"
_WORD = r"(?:[\p{L}\p{M}\p{N}'’-]+)"
_SOME = rf"(?:{_WORD}(?:,?{SP}+{_WORD}){{0,3}})"
_CAT = rf"(?:#?[\p{{L}}\p{{M}}\p{{N}}&'’.-]+(?:{SP}[\p{{L}}\p{{M}}\p{{N}}&'’-]+){{0,3}})"
_CATS = rf"(?:{_CAT}(?:{SP}*[,、，|/·•;>»›→／｜>]{SP}*{_CAT}){{0,11}})"
_TITLE = r"(?:[^\n]{2,250})"
_SEPARATOR = r"(?:[|·•/–—-])"

# Slots that may match nothing, and then take the blank beside them along.
_MAY_BE_EMPTY = {"some", "tz"}
_CALENDAR_SLOTS = {"date"}


@cache
def slot(name: str) -> str:
    """The expression of a slot. Raises `RuleError` for an unknown one."""
    if name == "date":
        from cleantext.lexicon.dates import DATE

        return DATE
    try:
        return {
            "name": NAME,
            "site": SITE,
            "title": _TITLE,
            "time": TIME,
            "n": NUMBER,
            "cats": _CATS,
            "net": NET,
            "w": _WORD,
            "some": _SOME,
            "agency": _AGENCY,
            "role": _ROLE,
            "year": YEAR,
            "tz": _TZ,
            "sep": _SEPARATOR,
        }[name]
    except KeyError:
        raise RuleError(f"unknown slot {{{name}}}") from None


class Text(msgspec.Struct, frozen=True):
    """Words as they stand."""

    text: str


class Slot(msgspec.Struct, frozen=True):
    """A place for something."""

    name: str


class Group(msgspec.Struct, frozen=True):
    """One of several sequences; an empty one makes it optional."""

    options: tuple[tuple[Node, ...], ...]

    @property
    def optional(self) -> bool:
        return any(not o for o in self.options)


class Rest(msgspec.Struct, frozen=True):
    """Whatever follows, to the end of the sentence."""


Node = Text | Slot | Group | Rest


@cache
def parse(form: str) -> tuple[Node, ...]:
    """The form as a tree. Raises `RuleError` when its brackets don't match."""
    nodes, at = _sequence(form, 0, depth=0)
    if at != len(form):
        raise RuleError(f"unmatched ')' in {form!r}")
    return nodes


def _sequence(form: str, at: int, depth: int) -> tuple[tuple[Node, ...], int]:
    nodes: list[Node] = []
    text: list[str] = []

    def flush() -> None:
        if text:
            nodes.append(Text("".join(text)))
            text.clear()

    while at < len(form):
        c = form[at]
        literal_bracket = c in "()" and not _groups(form, at)
        if c == "(" and not literal_bracket:
            flush()
            options: list[tuple[Node, ...]] = []
            while True:
                option, at = _sequence(form, at + 1, depth + 1)
                options.append(option)
                if at >= len(form):
                    raise RuleError(f"unmatched '(' in {form!r}")
                if form[at] == ")":
                    break
            nodes.append(Group(tuple(options)))
        elif (depth and (c == "|" or (c == ")" and not literal_bracket))) or (
            c == ")" and not literal_bracket
        ):
            break
        elif c == "{":
            flush()
            end = form.find("}", at)
            if end < 0:
                raise RuleError(f"unmatched '{{' in {form!r}")
            slot(form[at + 1 : end])
            nodes.append(Slot(form[at + 1 : end]))
            at = end
        elif c == "…" and at == len(form) - 1:
            flush()
            nodes.append(Rest())
        else:
            text.append(c)
        at += 1
    flush()
    return tuple(nodes), at


def _groups(form: str, at: int) -> bool:
    """Whether a bracket groups; one with a blank on its inner side, or alone, is itself."""
    if form[at] == "(":
        return at + 1 < len(form) and not form[at + 1].isspace()
    return at > 0 and not form[at - 1].isspace()


@cache
def source(form: str) -> str:
    """The `regex` source of a form, with borders; its slots and groups capture nothing."""
    nodes = parse(form)
    body = _source(tuple(n for n in nodes if not isinstance(n, Rest)))
    return f"{WORD_BEGIN}{body}{WORD_END}"


def has_rest(form: str) -> bool:
    """Whether the form goes on to the end of its sentence."""
    nodes = parse(form)
    return bool(nodes) and isinstance(nodes[-1], Rest)


# `'` in a form stands for the apostrophe as typesetters write it, too.
_STRAIGHT, _APOSTROPHE = regex.escape("'"), "['’]"
_LOOSE = regex.compile(rf"[\p{{P}}\p{{S}}{UNSPACED}]")


def _source(nodes: Sequence[Node]) -> str:
    """Joins the nodes; the blanks between them are what needs care."""
    pieces: list[tuple[str, bool, str, str]] = []  # source, optional, first char, last char
    for node in nodes:
        if isinstance(node, Text):
            for part in _split(node.text):
                if part == " ":
                    pieces.append((" ", False, " ", " "))
                elif part:
                    pieces.append(
                        (
                            f"(?i:{regex.escape(part).replace(_STRAIGHT, _APOSTROPHE)})",
                            False,
                            part[0],
                            part[-1],
                        )
                    )
        elif isinstance(node, Slot):
            pieces.append((f"(?:{slot(node.name)})", node.name in _MAY_BE_EMPTY, "", ""))
        elif isinstance(node, Group):
            inner = "|".join(_source(o) for o in node.options if o)
            if not inner:
                continue
            # `updated (on|:|)`: no blank need stand before the colon
            mark = next((m for o in node.options if o and (m := _mark(o[0]))), "")
            pieces.append((f"(?:{inner})", node.optional, mark, ""))
    out = ""
    i = 0
    while i < len(pieces):
        src, optional, _, _ = pieces[i]
        if src == " ":
            after = pieces[i + 1] if i + 1 < len(pieces) else None
            before = pieces[i - 1] if i else None
            loose = bool((after and _LOOSE.match(after[2])) or (before and _LOOSE.match(before[3])))
            blank = f"{SP}*" if loose else f"{SP}+"
            if after and after[1]:  # a blank before something optional belongs to it
                loose_after = i + 2 < len(pieces) and pieces[i + 2][0] == " "
                out += f"(?:{blank}{after[0]})?"
                i += 2
                if not loose_after and i < len(pieces):
                    continue
                continue
            out += blank
        elif optional:
            if i + 1 < len(pieces) and pieces[i + 1][0] == " " and (i == 0 or pieces[i - 1][0] != " "):
                # at the start: the blank after it goes with it
                out += f"(?:{src}{SP}*)?" if not out else f"(?:{src})?"
                if out.endswith(f"{SP}*)?"):
                    i += 1
            else:
                out += f"(?:{src})?"
        else:
            out += src
        i += 1
    return out


def _mark(node: Node) -> str:
    """The punctuation that a node begins with, if it does."""
    return node.text[0] if isinstance(node, Text) and _LOOSE.match(node.text) else ""


def _split(text: str) -> list[str]:
    """The text at its blanks, each run of them as one blank."""
    out: list[str] = []
    for part in regex.split(r"(\s+)", text):
        if part:
            out.append(" " if part.isspace() else part)
    return out


_PRODUCT_LIMIT = 200


@cache
def expansions(form: str) -> tuple[str, ...] | None:
    """All wordings of a form without slots, folded; None when it has slots or too many."""
    options = expand(parse(form))
    if options is None or len(options) > _PRODUCT_LIMIT:
        return None
    return tuple(sorted({fold(" ".join(o.split())) for o in options} - {""}))


def expand(nodes: Sequence[Node]) -> list[str] | None:
    """All wordings of a sequence of texts and groups; None when it holds a slot or there are too many."""
    columns: list[list[str]] = []
    for node in nodes:
        if isinstance(node, Text):
            columns.append([node.text])
        elif isinstance(node, Group):
            column: list[str] = []
            for option in node.options:
                inner = expand(option)
                if inner is None:
                    return None
                column += inner
            columns.append(column)
        else:
            return None
        size = 1
        for c in columns:
            size *= len(c)
        if size > 4 * _PRODUCT_LIMIT:
            return None
    return ["".join(p) for p in itertools.product(*columns)]


@cache
def finite() -> dict[str, tuple[str, ...]]:
    """Slots with so few values that each can be a trigger."""

    def options(alternation: str) -> tuple[str, ...]:
        words = {fold(w.replace("\\\\+", "+")) for w in alternation.split("|")}
        return tuple(sorted(w for w in words if len(w) > 2 or not w.isascii()))

    return {"agency": options(_AGENCY.removeprefix("(?:").removesuffix(")"))}
