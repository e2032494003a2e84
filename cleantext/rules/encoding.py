"""CT122: text that was decoded with the wrong character set."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import regex

from cleantext.document import Document, fold
from cleantext.rules.base import Candidate, Example, Hit, LookAlike, Rule
from cleantext.rules.charsets import SETS, CharacterSet, character_sets, pair, table_of, tails
from cleantext.rules.listing import LESSON, listed
from cleantext.scan.trigger import Trigger

_MARKS = frozenset("‐‑‒–—―‘’‚“”„†‡•…‰′″‹›€™←→↑↓■▪●★☆✓✔−\u00a0\u200b\u200e\u200f\u2009\u202f\ufeff")
#: What follows a capital at the end of a word in sound text, and so proves nothing: `AMANHÃ…`.
_AFTER_WORDS = frozenset("\u00a0»”’“‘›–—…™®©°ºª²³¹·\u00b7'")
#: Letters that no language puts behind those that lead a Western letter in code page 1250.
_ALIEN = frozenset("łśťźżľŁŚŤŹŻĽąĄˇ˘˝˛")
_NAMED = regex.compile(
    r"\b(?:letters?|characters?|lettres?|buchstaben?|zeichen|letras?|litera|буква|буквы)\b|字符|文字"
)
_TOKEN = 24  # code points on either side by which a lone damaged character is judged
_C1 = regex.compile("[\x80-\x84\x86-\x9f]")
#: Bytes of Windows' own set that came through as control characters: `it\x92s`.
_CONTROL = regex.compile("[\x80\x82-\x84\x86-\x8c\x8e\x91-\x9c\x9e\x9f]|\x85(?=[ \\w'\"])")
#: The rest of `â€\x9d` when the last byte was lost on the way, and of NBSP and `à` when it became a blank.
_REST = regex.compile(
    r"(?P<quote>(?:â€|вЂ|Ã¢â‚¬Â?)\ufffd?)(?=[\s.,;:!?)\]<]|$)|(?<=[\p{Ll}\p{N}.,;:!?…”’»)])(?P<nbsp>Â)(?=[ \u00a0]|$)"
    r"|(?P<grave>(?<=\p{Ll})Ã(?=[ ,.;:]|$)|(?<![^\s])Ã(?: (?= )|(?= \p{Ll})))"
)


class Mojibake(Rule):
    """Finds words whose UTF-8 bytes were read as another character set: `donâ€™t`, `cafÃ©`, `Ð\x9dÐ°`.

    It happens when a page declares the wrong encoding or none, to whole documents, or to single words
    and quotes pasted from elsewhere. Nobody meant these letters, so each damaged run is replaced by
    what its bytes say in UTF-8, decoded once more where it was damaged twice. Western, Central
    European, Cyrillic, Greek, Turkish, Baltic, Hebrew, Arabic and Thai Windows sets, Latin-1 with its
    control characters, the old Macintosh and DOS sets and KOI8-R are undone. Control characters that
    are Windows' quotes and dashes are replaced too, and two halves of a surrogate pair joined.
    U+FFFD is only flagged: what it stood for is lost.

    Leaves alone: letters that are right (`SÃO PAULO`, `ÂGE`, `«Ñ»`); a capital with a quote or a dash
    behind it at the end of a word; texts that explain encodings and quote the damage.

    Source: the layout of UTF-8 makes accidental runs of two or more characters next to impossible; a
    lone one is judged by the table of unlikely neighbours in ftfy (R. Speer), `ftfy.badness`.
    """

    code = "CT122"
    name = "mojibake"
    family = "encoding"
    examples = (
        Example("We donâ€™t sell the cafÃ© before spring.", "We don’t sell the café before spring."),
        Example("Ð\x9dÐ°Ñ\x81ÐµÐ»ÐµÐ½Ð¸Ðµ реки росло.", "Население реки росло.", "ru"),
        Example("РџРѕР»РєР° упала.", "Полка упала.", "ru"),
        Example(
            "Sie stand am Ã–lberg, fÃ¼nf Schritte weiter.", "Sie stand am Ölberg, fünf Schritte weiter.", "de"
        ),
        Example("Stara Ĺ‚Ăłdka stoi na brzegu.", "Stara łódka stoi na brzegu.", "pl"),
        Example("å‘³ã\x81Œå°‘ã\x81—è–„ã\x81„ã€‚\n次の店へ行った。", "味が少し薄い。\n次の店へ行った。", "ja"),
        Example("It Ã¢â‚¬Å“wonÃ¢â‚¬â„¢tÃ¢â‚¬\u009d rain.", "It “won’t” rain."),
        Example("The gooseâ\x80\x99s hat cost 40Â£ or 50 â‚¬.", "The goose’s hat cost 40£ or 50 €."),
        Example("La cittÃ\xa0 Ã¨ vuota.", "La città è vuota.", "it"),
        Example("It\x92s the \x93grey\x94 one \x96 again.", "It’s the “grey” one – again."),
        Example("A goose ðŸª¿ and \ud83d\ude00.", "A goose 🪿 and 😀."),
    )
    lookalikes = (
        LookAlike("SÃO PAULO, IRMÃ, AMANHÃ… e “IRMÔ.", "Portuguese capitals"),
        LookAlike("La letra «Ñ» y la “Ä” alemana; É” y «É».", "a capital in quotes"),
        LookAlike("“C'est le café”… dit-elle. «Perché»… “bebé”—disse.", "an accent before closing marks"),
        LookAlike(
            "The letter é, read in the wrong way, turns up as Ã© on the label.", "mojibake as the subject"
        ),
        LookAlike(
            "В\xa0Москве, С\xa0Петром, Рік, Січень, Сёмга, БАРІСІЯ", "Cyrillic that fits cp1251 by chance"
        ),
        LookAlike("Â din „român”; UN ÂNGER; PĂŞUNE; ÎNVĂŢAŢI»", "Romanian capitals"),
        LookAlike("The root √π and the set {√Ω, ≤, ≥}.", "mathematics"),
        LookAlike("NESCAFÉ® and JOSÉ’s PURINÉ™", "names with a trade mark"),
    )

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        # Folded leads and tails of two- and three-byte characters, as the most common sets show them.
        for name in ("cp1252", "cp1250"):
            yield Trigger("pattern", pair(name)), name
        yield Trigger("pattern", "\\xc2[\\x80-\\x84\\x86-\\x9f]"), "cp1252"
        for text in ("â€", "ã¢â"):
            yield Trigger("literal", text), "cp1252"
        for pattern in ("[a-z.,;:!?)]â ", "(?:^| |[a-z])ã(?: |[,.;:]|$)"):
            yield Trigger("pattern", pattern), "cp1252"
        for name, leads in (
            ("cp1251", "рс"),
            ("cp1254", "ğñ"),
            ("cp1253", "ξο"),
            ("cp1255", "׳"),
            ("cp1256", "طظ"),
            ("mac_roman", "–—"),
            ("cp866", "╨╤"),
            ("cp437", "╨╤"),
            ("koi8_r", "пя"),
        ):
            tail = tails(name)
            either = "(?:" + "|".join(leads) + ")"
            yield Trigger("pattern", f"{either}{tail}{either}{tail}"), name
        # an accented letter of a Latin word
        for name in (
            "cp1251",
            "cp1253",
            "cp1255",
            "cp1256",
            "cp1257",
            "cp874",
            "mac_roman",
            "cp437",
            "cp850",
            "koi8_r",
        ):
            table = table_of(name)
            leads = "|".join(fold(table[b]) for b in (0xC3, 0xC4, 0xC5) if b in table)
            yield Trigger("pattern", f"[a-z](?:{leads}){tails(name)}"), name
            yield Trigger("pattern", f"(?:^| )(?:{leads}){tails(name)}[a-z]"), name
        yield Trigger("pattern", "เ[ธน]...เ[ธน]".replace("[ธน]", "(?:ธ|น)")), "cp874"
        for text, name in (
            ("вђ", "cp1251"),
            ("β€", "cp1253"),
            ("‚ä", "mac_roman"),
            ("γç", "cp437"),
            ("ôç", "cp850"),
        ):
            yield Trigger("literal", text), name
        yield Trigger("pattern", "\\xed[\\xa0-\\xaf][\\x80-\\xbf]\\xed[\\xb0-\\xbf]"), "pair"
        yield Trigger("pattern", "(?:ã|ä|å|ð|ñ)$"), "cp1252"  # U+0085 folds to a line end
        yield Trigger("literal", "\ufffd"), "lost"

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        lines: dict[str, set[int]] = {}
        for h in hits:
            lines.setdefault(h.payload, set()).add(doc.line_at(h.end - 1))
        for start, stop in _stretches(doc, lines.pop("pair", set())):
            yield from _pairs(doc, start, stop)
        for start, stop in _stretches(doc, lines.pop("lost", set())):
            for m in regex.finditer("\ufffd+", doc.text, pos=start, endpos=stop):
                yield Candidate(
                    m.start(), m.end(), 0.5, "a character was lost here when the text was decoded"
                )
        taken: list[Candidate] = []
        for name in (n for n, _ in SETS if n in lines):
            charset = character_sets()[name]
            found = list(_damage(doc, charset, list(_stretches(doc, lines[name])), bool(taken)))
            if sum(c.confidence >= 0.93 for c in found) > 1:
                # where some words are damaged, what proves nothing by itself is, too
                found = list(_damage(doc, charset, [(0, len(doc.text))], True))
            spans = {(c.start, c.end) for c in taken}
            taken += [c for c in found if (c.start, c.end) not in spans]
        yield from taken


def _stretches(doc: Document, lines: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Lines as spans of the text; U+0085, half of a letter here, doesn't end one."""
    last = -1
    count = len(doc.lines)
    for line in sorted(lines):
        if line <= last:
            continue
        first = line
        while first - 1 > last and doc.text[doc.starts[first] - 1] == "\x85":
            first -= 1
        last = line
        while last + 1 < count and doc.text[doc.starts[last + 1] - 1] == "\x85":
            last += 1
        yield doc.starts[first], doc.span(last)[1]


def _pairs(doc: Document, start: int, stop: int) -> Iterator[Candidate]:
    for m in regex.finditer("(?:[\ud800-\udbff][\udc00-\udfff])+", doc.text, pos=start, endpos=stop):
        meant = m[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        yield Candidate(
            m.start(), m.end(), 0.99, "two halves of a surrogate pair stand for one character", meant
        )


def _damage(
    doc: Document, charset: CharacterSet, stretches: Sequence[tuple[int, int]], known: bool
) -> Iterator[Candidate]:
    """Damaged runs in `stretches`; doubtful ones count where sure ones, or `known` ones, are near."""
    text = doc.text
    sure: list[Candidate] = []
    shown: list[Candidate] = []
    doubtful: list[tuple[int, int, str]] = []
    for start, stop in stretches:
        for m in charset.run.finditer(text, start, stop):
            meant = _meant(charset, m[0])
            if meant is None:
                continue
            strength = _strength(charset, text, m.start(), m.end(), meant)
            if strength and _quoted(doc, m.start(), m.end(), meant):
                yield Candidate(
                    m.start(), m.end(), 0.5, "looks damaged, but the text may be about that", meant
                )
            elif strength:
                sure.append(Candidate(m.start(), m.end(), strength, _reason(charset, m[0], meant), meant))
            else:
                doubtful.append((*m.span(), meant))
        if charset.name == "cp1252":
            sure += _rests(doc, start, stop)
    if len(sure) > 2 and len(shown) < len(sure):
        doubtful += [(c.start, c.end, c.replacement) for c in shown]
    else:
        yield from shown
    yield from sure
    evidence = known or any(c.confidence >= 0.95 for c in sure)
    ends = {c.start for c in sure}
    for start, stop, meant in doubtful:
        if start in ends:
            continue
        reason = _reason(charset, text[start:stop], meant)
        if evidence:
            yield Candidate(start, stop, 0.9, reason + ", as other words here", meant)
        elif meant.isalpha() and not text[start:stop].islower() and not text[start - 1 : start].isupper():
            yield Candidate(start, stop, 0.4, reason, meant)


def _reason(charset: CharacterSet, run: str, meant: str) -> str:
    shown = repr(run if len(run) <= 24 else run[:23] + "…")
    return f"{shown} is {meant[:24]!r} in UTF-8, read as {charset.name.replace('cp', 'code page ')}"


def _meant(charset: CharacterSet, run: str) -> str | None:
    """The run decoded, again if it was damaged more than once."""
    meant = charset.decode(run)
    for _ in range(3):
        western = character_sets()["cp1252"]
        if meant is None or len(meant) < 2 or not western.run.fullmatch(meant):
            break
        again = western.decode(meant)
        if again is None:
            break
        meant = again
    if meant is None or any(_unlikely(c) for c in meant[:400]):
        return None
    return meant


def _unlikely(c: str) -> bool:
    """Whether nobody writes it; beyond U+1F000 new emoji come with every version of Unicode."""
    return "\x80" <= c < "\xa0" or (c < "\U0001f000" and unicodedata.category(c) in ("Cn", "Co", "Cs"))


def _strength(charset: CharacterSet, text: str, start: int, stop: int, meant: str) -> float:
    """How sure it is that the run is damage, by itself and its word; 0 for doubt."""
    run = text[start:stop]
    western = charset.name == "cp1252"
    before = text[start - 1 : start]
    after = text[stop : stop + 1]
    if charset.name.startswith("cp125") and _C1.search(run):
        return 0.98
    if len(meant) * 3 < len(run) + 1 and western and len(run) > 4:
        return 0.98  # damaged more than once
    if len(meant) >= 2:
        if charset.lone != "no" and _capitals(run, before):
            return 0.0
        return 0.98 if len(meant) > 2 or western else 0.93
    if meant in _MARKS and len(run) == 3:
        return 0.97
    if meant == "\u00a0" and not western:
        return 0.0
    if run[0] > "\u02ff":
        # an accented Latin letter in a Latin word, shown in another script: `cafГ©`, `caf√©`
        latin = _latin(before) or (_latin(after) and not before.isalpha())
        fits = "\xc0" <= meant <= "\u017f" and meant.isalpha()
        sure = before.isalpha() or not (run[0] == "√" or run.isalpha())
        return 0.93 if latin and fits and sure else 0.0
    if charset.lone == "no":
        return 0.0
    if len(run) == 3 and not before.isspace() and before and run[1:].strip("".join(_AFTER_WORDS)) == "":
        return 0.0  # an accent and two closing marks, which happen to name a Chinese character
    if before.islower() and run[0].isupper() and after.islower() and meant.isalpha():
        return 0.93  # `cznoÅ›ci`: a capital inside of a word
    at_end = (before.isupper() and not after.islower()) or (not after.isalpha() and not before.islower())
    if run[-1] in _AFTER_WORDS and at_end and (run[0] != "Â" or before.isupper()):
        return 0.9 if run == "Ã\xa0" and not before.strip() else 0.0
    if (
        run[0] in "ÂĂÄĹ"
        and run[-1] in _ALIEN
        and not (before.isupper() and run.isupper() and not after.islower())
    ):
        return 0.93
    if run == "Ă\xa0":
        return 0.93 if before.islower() else 0.0
    if 0x250 <= ord(meant) < 0x300 and not (before.islower() and after.islower()):
        return 0.0  # phonetic letters, which chance makes of `É™` and `É»`
    from ftfy.badness import badness  # here, because it takes longer to import than the rest of us

    low, high = max(0, start - _TOKEN), stop + _TOKEN
    left = text[low:start].split()[-1:] if before.strip() else []
    right = text[stop:high].split()[:1] if after.strip() else []
    word = "".join([*left, run, *right])
    fixed = "".join([*left, meant, *right])
    if badness(word) > badness(fixed):
        return 0.95
    if run.isalpha() or not meant.isalpha():
        return 0.0
    inside = before.islower() or after.islower() or not before.isalpha()
    return 0.9 if inside and (run[0] in "ÃÄÅÐÑÎÏØÙ" or before.isalpha()) else 0.0


def _latin(c: str) -> bool:
    return c.isalpha() and c < "\u0250"


def _capitals(run: str, before: str) -> bool:
    """Whether a run may be a word in capitals, of a language with letters in the upper half."""
    letters = run.rstrip("".join(_AFTER_WORDS))
    return letters.isalpha() and letters.isupper() and (before.isupper() or not before.isalpha())


def _quoted(doc: Document, start: int, stop: int, meant: str) -> bool:
    """Whether the text speaks of the damage, or shows it as code."""
    text = doc.text
    before, after = text[start - 1 : start], text[stop : stop + 1]
    if before.isalpha() or after.isalpha() or len(meant) > 12:
        return False
    low, high = doc.span(doc.line_at(start))
    low, high = max(low, start - 400), min(max(high, stop), stop + 400)
    if LESSON.search(doc.folded, low, high) or listed(doc, start, stop):
        return True
    return meant.isalpha() and bool(_NAMED.search(doc.folded, low, high)) and meant in text[low:high]


def _rests(doc: Document, start: int, stop: int) -> Iterator[Candidate]:
    """What is left of damage that lost a byte, and control characters that are quotes and dashes."""
    text = doc.text
    for m in _CONTROL.finditer(text, start, stop):
        before = text[m.start() - 1 : m.start()]
        if before and 0xC2 <= ord(before) <= 0xF4 and before != "×":
            continue  # part of a run, or of one that is beyond repair
        meant = m[0].encode("latin-1").decode("cp1252")
        yield Candidate(
            m.start(),
            m.end(),
            0.95,
            f"control character {ord(m[0]):#x} is {meant!r} in code page 1252",
            meant,
        )
    for m in _REST.finditer(text, start, stop):
        if m["quote"]:
            yield Candidate(m.start(), m.end(), 0.9, "a closing quote in UTF-8 whose last byte was lost", "”")
        elif m["nbsp"]:
            yield Candidate(m.start(), m.end(), 0.93, "half of a no-break space in UTF-8", "")
        elif m["grave"]:
            lone = m[0] == "Ã " or text[m.start() - 1 : m.start()].isspace() or m.start() == 0
            yield Candidate(m.start(), m.end(), 0.85 if lone else 0.93, "half of an à in UTF-8", "à")
