"""CT101: what fell into a date phrase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import msgspec
import regex

from cleantext.document import Document, fold
from cleantext.lexicon import calendar, words
from cleantext.lexicon.dates import compile_source
from cleantext.lexicon.form import UNSPACED, expansions
from cleantext.rules.base import Candidate, Example, Hit, LookAlike, Rule
from cleantext.scan.trigger import Trigger
from cleantext.strays import cjk_name_source, kind_of

_WINDOW = 96  # code points looked at on either side of a date word
_SP = r"[^\S\n]"
_DAY = r"(?<![\d.,:/-])(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|º|ª|°|\.)?(?![\d:/])"
_YEAR = r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)"
# Prepositions that take a place or a person as readily as a date: what follows them may be theirs.
_BROAD = frozenset(
    "in of at from to by for after before until till since during between and through with under near the "
    "von vom in im bei zu nach vor seit bis für und der die das de du des à en par pour sur dans depuis avant après "
    "la le les el los a al del por para desde hasta con y e da do na no em di della dal dalla il lo alla per su "
    "van voor tot sinds te aan door w we z od do na o przed po v ve ze s k na do od po před в во с со на от до по к и "
    "у з на від до по i på av til fra for om ved under og med de a la în din pe pentru "
    "di ke dari untuk sampai sejak pada the ve ile için του της το τον την στις στην στο από σε με και vào từ đến tại của".split()
)
# Months that are names or words of their own: a date around them has to show itself.
_AMBIGUOUS = frozenset(
    "may april june august march mars mai mei maj maja mayo juin marta marte marca avril julia julio juli juni "
    "augusta augusto augustus abril jun jul mart ocak kasım ekim listopad září".split()
)


class _Word(msgspec.Struct, frozen=True):
    """A weekday or a month of the calendar."""

    text: str  # as its language writes it
    folded: str
    month: bool
    langs: tuple[str, ...]


class DateIntrusion(Rule):
    """Finds names, credits, ad labels and names of sites that fell into a date phrase, and mends the phrase.

    A byline, a caption's credit or an ad that floats in the page's layout is set into the running text
    where it happens to stand: `on Marcus EriksonTuesday, kicking off`, `14 Photo by Ana LimaMarch 2023`.
    A date leaves no room for a name between its parts, so what stands there is a stranger: between
    a preposition that calls for a date and the weekday, between weekday and day, day and month, month
    and year. A missing blank (`EriksonTuesday`) makes it certain. The strange words go, and one blank
    stays where words would touch.

    Leaves alone: names that hold a weekday or a month (Ruby Tuesday, Good Friday, Theresa May), lists
    of names and days, and the press style that sets a weekday right behind a name (`Mayor Ana Ruiz
    Tuesday signed`), which is why a name in front of a weekday, with blanks on both sides, is only
    flagged unless what stands before it calls for a date.

    Source: weekdays and months in 70 languages from Unicode CLDR; prepositions per language by hand.
    """

    code = "CT101"
    name = "date-stranger"
    family = "date-intrusion"
    examples = (
        Example(
            "They arrive in Oslo on Marcus EriksonTuesday, kicking off a tour.",
            "They arrive in Oslo on Tuesday, kicking off a tour.",
        ),
        Example(
            "The hall opened on 12Photo by Ana LimaJune 1998 and closed later.",
            "The hall opened on 12 June 1998 and closed later.",
        ),
        Example("Sie trafen sich am AnzeigeDienstag in Bonn.", "Sie trafen sich am Dienstag in Bonn.", "de"),
        Example(
            "Le conseil vote le 2 Jean Dupont juin 2009 à Lyon.",
            "Le conseil vote le 2 juin 2009 à Lyon.",
            "fr",
        ),
        Example(
            "La sesión fue el 14 de Ana Lima marzo de 2017 en Lima.",
            "La sesión fue el 14 de marzo de 2017 en Lima.",
            "es",
        ),
    )
    lookalikes = (
        LookAlike(
            "We ate at Ruby Tuesday on Good Friday with Wednesday Addams.", "names that hold a weekday"
        ),
        LookAlike("Mayor Ana Ruiz Tuesday signed the bill.", "press style"),
        LookAlike("Cleaning: Ana Ruiz Tuesday, Leo Park Wednesday.", "a list of names and days"),
        LookAlike("In 2016 Theresa May became prime minister.", "a name that is a month"),
        LookAlike("Am Karfreitag und am Ostermontag bleibt das Museum zu.", "compounds with weekdays"),
    )

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        for word in self._words:
            # The shortest would be found inside of every other word.
            short = word.folded.isascii() and len(word.folded) < 4
            yield Trigger("word" if short else "literal", word.folded), word
        yield Trigger("pattern", "[0-9](?:年|월|月|년|日|일)"), None

    @cached_property
    def _words(self) -> list[_Word]:
        """The weekdays and months, one object for each written form."""
        found: dict[tuple[str, bool], set[str]] = {}
        for lang, entry in calendar().items():
            for key in ("weekdays", "months"):
                for name in entry[key]:
                    if len(name) > 2 and not any(c.isdigit() for c in name):
                        found.setdefault((name, key == "months"), set()).add(lang)
        return [_Word(t, fold(t), m, tuple(sorted(ls))) for (t, m), ls in sorted(found.items())]

    @cached_property
    def _calls(self) -> dict[str, frozenset[str]]:
        """Word or words that call for a date -> languages."""
        out: dict[str, set[str]] = {}
        for lang, forms in words("date", "before").items():
            for form in forms:
                for w in expansions(form) or ():
                    out.setdefault(w, set()).add(lang)
        return {w: frozenset(ls) for w, ls in out.items()}

    @cached_property
    def _named(self) -> frozenset[str]:
        """Words that make a name with a weekday or a month."""
        return frozenset(
            w for forms in words("date", "named").values() for f in forms for w in expansions(f) or ()
        )

    @cached_property
    def _left(self) -> dict[str, regex.Pattern[str]]:
        """What may stand before a stranger, by what stands behind it."""
        calls = "|".join(
            regex.escape(w, literal_spaces=True) for w in sorted(self._calls, key=lambda w: (-len(w), w))
        )
        join = "|".join(regex.escape(w, literal_spaces=True) for w in self._joins)
        # Before a capital that touches it, a preposition ends as well: `onMarcus`.
        end = r"(?=$|[^\p{L}\p{M}\p{N}]|\p{Lu})"
        capital = "|".join(
            regex.escape(w[:1].upper() + w[1:], literal_spaces=True)
            for w in sorted(self._calls, key=lambda w: (-len(w), w))
        )
        call = rf"(?P<call>(?:(?<![\p{{L}}\p{{M}}\p{{N}}])(?:{calls})|(?<![^\n]|[^.!?…:\"“][^\S\n])(?:{capital})){end})"
        day = rf"(?P<day>{_DAY}(?:{_SP}+(?:{join}){end})?,?)"
        weekday = rf"(?P<weekday>(?<![\p{{L}}\p{{M}}])\L<weekdays>(?![\p{{Ll}}\p{{Lo}}\p{{M}}]),?(?:{_SP}+(?:{join}){end})?)"
        return {
            "weekday": compile_source(rf"{call}|{weekday}"),
            "month": compile_source(rf"{day}|{weekday}|{call}"),
            "day": compile_source(rf"{weekday}|{call}"),
        }

    @cached_property
    def _joins(self) -> list[str]:
        found = {w for forms in words("date", "join").values() for f in forms for w in expansions(f) or ()}
        return sorted(found, key=lambda w: (-len(w), w))

    @cached_property
    def _right(self) -> dict[str, regex.Pattern[str]]:
        """What may stand behind a stranger, by what stands before it."""
        after = {w for forms in words("date", "after").values() for f in forms for w in expansions(f) or ()}
        daypart = "|".join(
            regex.escape(w, literal_spaces=True)
            for w in sorted(after, key=lambda w: (-len(w), w))
            if len(w) > 2
        )
        part = rf"(?P<part>(?<![\p{{L}}\p{{M}}])(?:{daypart})(?![\p{{L}}\p{{M}}]))"
        year = rf"(?P<year>{_YEAR})"
        return {
            "weekday": compile_source(
                rf"(?P<date>{_DAY}{_SP}?(?:(?:{'|'.join(self._joins)}){_SP})?\L<months>|\L<months>{_SP}{_DAY})|{part}"
            ),
            "month": compile_source(
                rf"{year}|(?P<date>(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?=,|{_SP}|[.;)]|$))"
            ),
            "year": compile_source(part),
        }

    @cached_property
    def _join_before(self) -> regex.Pattern[str]:
        return compile_source(
            rf"(?:{_SP}*,)?(?:{_SP}+(?:{'|'.join(self._joins)})(?=$|[^\p{{L}}\p{{M}}\p{{N}}]|\p{{Lu}}))?"
        )

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        done: set[tuple[int, int]] = set()
        for hit in hits:
            found = (
                self._cjk(doc, hit.end) if hit.payload is None else self._around(doc, hit.end, hit.payload)
            )
            for c in found:
                if hit.payload is not None and not doc.in_language(hit.payload.langs):
                    break  # asked only now, because it takes a look at the whole beginning
                if (c.start, c.end) not in done:
                    done.add((c.start, c.end))
                    yield c

    def _around(self, doc: Document, end: int, word: _Word) -> Iterator[Candidate]:
        """What stands before and behind one weekday or month."""
        text = doc.text
        start = end - len(word.folded)
        if start < 0 or doc.folded[start:end] != word.folded:
            return
        capital = word.text[:1].isupper()
        if capital and not text[start].isupper():
            return  # `may`, `freitag` inside of a compound
        if end < len(text) and (
            text[end].islower() or (text[end] in "'’" and text[end + 1 : end + 2].isalpha())
        ):
            return
        if end < len(text) and text[end].isalpha() and not text[end].isupper() and not text[end].isspace():
            return
        low, high = _window(text, start, end)
        day = self._day_before(text, low, start) if word.month else None
        if day is None:
            yield from self._before(doc, low, start, end, word, "month" if word.month else "weekday")
        else:
            yield from self._before(doc, low, day, end, word, "day")
        touched = start > low and text[start - 1].isalpha()
        if not touched:
            yield from self._behind(doc, start, end, high, word)

    def _day_before(self, text: str, low: int, start: int) -> int | None:
        """Where the day number directly before a month begins."""
        m = self._day_tail.search(text, low, start)
        return m.start("day") if m else None

    @cached_property
    def _day_tail(self) -> regex.Pattern[str]:
        return compile_source(
            rf"(?P<day>(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|º|ª|°|\.)?){_SP}*(?:(?:{'|'.join(self._joins)}){_SP}+|d['’])?$"
        )

    def _before(
        self, doc: Document, low: int, start: int, end: int, word: _Word, kind: str
    ) -> Iterator[Candidate]:
        """A stranger that ends at `start`, where a weekday, a month or a day number begins."""
        text = doc.text
        stop = start
        while stop > low and text[stop - 1].isspace():
            stop -= 1
        fused_right = stop == start
        if stop <= low:
            return
        last = text[stop - 1]
        if not (last.isalnum() or last in ".)]"):
            return
        if not fused_right and last.islower() and not self._may_end(text, low, stop):
            return
        if (
            fused_right
            and word.text[0].islower()
            and not _CAPITAL_NEAR.search(text, max(low, start - 60), start)
        ):
            return  # a longer word that ends like a date word
        best: tuple[float, int, int, str] | None = None
        for m in self._left[kind].finditer(text, low, stop):
            begin = m.end()
            while begin < stop and text[begin].isspace():
                begin += 1
            piece = text[begin:stop]
            if len(piece) < 2 or len(piece) > 80:
                continue
            what = kind_of(piece)
            if what is None:
                continue
            if begin == m.end() and piece[0].isalnum() and text[begin - 1].isdigit() and piece[0].isdigit():
                continue
            fused_left = begin == m.end() and text[begin - 1] not in "(["
            confidence = self._confidence(doc, m, piece, what, fused_left, fused_right, word, kind, end)
            if confidence > 0:
                best = (confidence, m.end() if not fused_left else begin, begin, what)
                break  # the farthest one: `de la` inside of a name calls for nothing
        if best is None:
            if fused_right:
                yield from self._touching(doc, low, start, word)
            return
        confidence, _, begin, what = best
        fused_left = begin > low and not text[begin - 1].isspace()
        if fused_left and fused_right:
            blank = "" if _unspaced(text[begin - 1]) or _unspaced(text[start]) else " "
            cut = (begin, start)
        elif fused_left or fused_right:
            blank, cut = "", (begin, stop)
        else:
            blank, cut = "", (begin, start)
        yield Candidate(
            *cut,
            confidence,
            self._reason(what, text[begin:stop], text[start:end], fused_left or fused_right),
            blank,
        )

    def _may_end(self, text: str, low: int, stop: int) -> bool:
        """Whether the word that ends at `stop` has a capital or may be the end of a credit."""
        begin = stop
        while begin > low and not text[begin - 1].isspace():
            begin -= 1
        return (
            text[begin].isupper()
            or not text[begin].islower()
            or text[begin] in "(/"
            or "/" in text[begin:stop]
            or kind_of(text[begin:stop]) is not None
            or text[begin:stop].lower()
            in ("writer", "editor", "reporter", "correspondent", "advertisement", "content")
        )

    def _touching(self, doc: Document, low: int, start: int, word: _Word) -> Iterator[Candidate]:
        """`Marcus EriksonTuesday` with nothing before it that calls for a date: seen, hardly ever sure."""
        text = doc.text
        begin = start
        best = None
        while begin > low:
            previous = begin
            while previous > low and not text[previous - 1].isspace():
                previous -= 1
            piece = text[previous:start]
            what = kind_of(piece)
            if what is not None:
                best = (previous, what)
            elif (edge := _CASE_EDGE.search(text, previous, start)) and (
                what := kind_of(text[edge.end() : start])
            ):
                best = (edge.end(), what)
                break
            elif start - previous > 60:
                break
            begin = previous
            while begin > low and text[begin - 1].isspace():
                begin -= 1
            if text[begin - 1 : begin] in tuple(".!?,;:"):
                break
        if best is None or start - best[0] < 3:
            return
        begin, what = best
        piece = text[begin:start]
        if begin > low and text[begin - 1].islower() and len(piece) > 3:
            blank = " "
            yield Candidate(begin, start, 0.92, self._reason(what, piece, word.text, True), blank)
            return
        if what == "name" and (len(piece) < 4 or fold(piece) in self._named or not word.text[:1].isupper()):
            return
        yield Candidate(
            begin, start, 0.9 if what != "name" else 0.6, self._reason(what, piece, word.text, True)
        )

    def _behind(self, doc: Document, start: int, end: int, high: int, word: _Word) -> Iterator[Candidate]:
        """A stranger that begins at `end`, behind a weekday or a month."""
        text = doc.text
        kind = "month" if word.month else "weekday"
        base = end
        if word.month:
            m = regex.compile(rf"{_SP}?(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,", regex.V1).match(
                text, end, high
            )
            bases = [end] + ([m.end()] if m else [])
        else:
            bases = [end]
        for base in bases:
            j = self._join_before.match(text, base, high)
            after = j.end() if j else base
            if after >= high:
                continue
            begin = after
            while begin < high and text[begin].isspace():
                begin += 1
            if begin >= high or not (text[begin].isalpha() or text[begin] in "(["):
                continue
            fused_left = begin == after
            if not fused_left and text[begin].islower() and kind_of(text[begin:high].split(" ")[0]) is None:
                continue
            for m in self._right[kind].finditer(text, begin, high):
                stop = m.start()
                while stop > begin and text[stop - 1].isspace():
                    stop -= 1
                piece = text[begin:stop]
                if len(piece) < 2:
                    continue
                what = kind_of(piece)
                if what is None:
                    if len(piece) > 60:
                        break
                    continue
                fused_right = stop == m.start()
                confidence = self._behind_confidence(
                    text, start, m, piece, what, fused_left, fused_right, word
                )
                if fused_left and fused_right:
                    cut, blank = (begin, m.start()), "" if _unspaced(text[begin - 1]) else " "
                elif fused_left or fused_right:
                    cut, blank = (begin, stop), ""
                else:
                    cut, blank = (begin, m.start()), ""
                if confidence > 0:
                    around = f"{text[start:end]} … {m.group()}"
                    yield Candidate(
                        *cut, confidence, self._reason(what, piece, around, fused_left or fused_right), blank
                    )
                break

    def _confidence(
        self,
        doc: Document,
        m: regex.Match[str],
        piece: str,
        what: str,
        fused_left: bool,
        fused_right: bool,
        word: _Word,
        kind: str,
        end: int,
    ) -> float:
        """How sure a piece between `m` and a date word is a stranger."""
        text = doc.text
        groups = m.groupdict()
        fused = fused_left or fused_right
        several = len(piece.split()) > 1
        folded = fold(piece)
        if folded in self._named or (not several and fused_right and folded in self._named):
            return 0.0
        dated = bool(_DATE_GOES_ON.match(text, end))
        ambiguous = word.month and word.folded in _AMBIGUOUS and kind == "month" and not dated
        if what in ("ad", "credit"):
            return 0.97 if fused else 0.93
        if groups.get("day"):
            if fused:
                return 0.96
            return 0.35 if ambiguous else 0.95 if dated else 0.84
        if groups.get("weekday"):
            if kind == "weekday":
                return 0.3
            return 0.97 if fused else 0.9
        call = fold(m["call"])
        langs = self._calls.get(call, frozenset())
        if not langs & set(word.langs):
            return 0.55 if fused and several else 0.0
        broad = call in _BROAD
        dated = dated or (kind == "weekday" and bool(_DATE_FOLLOWS.match(text, end)))
        if fused_left and fused_right:
            return 0.95 if several or not broad else 0.88
        if fused_right:
            if kind == "month" and not dated and not several:
                return 0.6
            return 0.96 if not broad else 0.9 if several else 0.84
        if fused_left:
            return 0.95 if not broad else 0.9
        if ambiguous:
            return 0.3
        english = "en" in langs and "en" in word.langs
        if kind == "weekday":
            if english and dated:
                return 0.86 if not broad else 0.5
            if english:
                return (
                    0.86
                    if call in ("last", "next", "this", "until", "late", "early", "every") and several
                    else 0.5
                )
            if "de" in word.langs:
                return 0.82 if several and not broad else 0.5
            return 0.84 if several and not broad else 0.81 if several else 0.7
        if kind == "day":
            return 0.9 if not broad and several else 0.84 if not broad else 0.62
        return 0.75 if dated and several and not broad else 0.5

    def _behind_confidence(
        self,
        text: str,
        start: int,
        m: regex.Match[str],
        piece: str,
        what: str,
        fused_left: bool,
        fused_right: bool,
        word: _Word,
    ) -> float:
        fused = fused_left or fused_right
        part = bool(m.groupdict().get("part"))
        if what in ("ad", "credit"):
            return 0.97 if fused else 0.92
        day = bool(
            regex.search(
                rf"\d(?:st|nd|rd|th|er|º|\.)?{_SP}*(?:(?i:de|of|den){_SP}+)?$",
                text[max(0, start - 10) : start],
            )
        )
        if word.month and word.folded in _AMBIGUOUS and not day and not fused:
            return 0.4
        if fused:
            return 0.95 if not part else 0.9
        if part:
            return 0.8 if len(piece.split()) > 1 else 0.6
        return 0.92 if day else 0.82

    def _reason(self, what: str, piece: str, around: str, fused: bool) -> str:
        kinds = {"ad": "an ad label", "credit": "a credit", "name": "a name"}
        glued = ", with a blank missing" if fused else ""
        return f"{kinds[what]} ({piece!r}) stands inside of a date at {around!r}{glued}"

    @cached_property
    def _year_first(self) -> regex.Pattern[str]:
        """Dates that begin with the year, with something between their parts."""
        name = cjk_name_source()
        stray = rf"(?P<stray>(?:{name}|[^\n\d。，、；！？,;!?]{{2,60}}?))"
        return regex.compile(
            rf"(?P<left>\d{{4}}[年년]|(?<!\d)\d{{1,2}}[月월])(?P<gap1>{_SP}*){stray}(?P<gap2>{_SP}*)(?P<right>\d{{1,2}}[月월]|\d{{1,2}}[日일])"
            rf"|(?P<left2>\d{{1,2}}[日일])(?P<gap3>{_SP}*)(?P<stray2>[^\n\d。，、；！？,;!?]{{2,60}}?)(?P<gap4>{_SP}*)(?P<right2>星期[一二三四五六日天]|周[一二三四五六日]|[月火水木金土日]曜日?|[월화수목금토일]요일)"
        )

    @cached_property
    def _name_before_year(self) -> regex.Pattern[str]:
        return regex.compile(
            rf"(?P<call>[于於在从從自到至は、にが]|[\p{{Hangul}}][는은이가을를에서도]{_SP})(?P<stray>[^\n\d。，、；！？,;!?]{{2,40}}?)(?P<gap>{_SP}*)(?=(?:19|20)\d\d[年년])"
        )

    def _cjk(self, doc: Document, end: int) -> Iterator[Candidate]:
        text = doc.text
        low, high = _window(text, end, end)
        m = self._year_first.search(text, max(low, end - 6), high)
        if m and m.start() < end <= m.start() + 6:
            n = "2" if m["left2"] else ""
            piece = m["stray" + n]
            what = kind_of(piece.strip())
            if what is not None:
                gap_left = m["gap3"] if n else m["gap1"]
                gap_right = m["gap4"] if n else m["gap2"]
                start, stop = m.span("stray" + n)
                hangul = bool(regex.search(r"\p{Hangul}", m.group()))
                blank = " " if hangul and not gap_left and not gap_right else ""
                if gap_left and gap_right:
                    stop += len(gap_right)
                    start -= 0 if hangul else len(gap_left)
                yield Candidate(
                    start,
                    stop,
                    0.95 if what != "name" else 0.9,
                    self._reason(what, piece, m.group(), True),
                    blank,
                )
        y = regex.search(r"(?:19|20)\d\d[年년]$", text[max(low, end - 6) : end])
        if not y:
            return
        at = max(low, end - 6) + y.start()
        for m in self._name_before_year.finditer(text, max(low, at - 44), min(high, end)):
            if m.end() != at:
                continue
            what = kind_of(m["stray"].strip())
            start, stop = m.span("stray")
            if what in ("ad", "credit"):
                yield Candidate(
                    start,
                    stop + len(m["gap"]) if m["call"][-1].isspace() else stop,
                    0.9,
                    self._reason(what, m["stray"], text[at:end], True),
                )
            elif what == "name" and (m["stray"].isascii() or m["call"][-1].isspace()):
                gap = len(m["gap"])
                yield Candidate(
                    start,
                    stop + gap,
                    0.86 if not gap else 0.7,
                    self._reason(what, m["stray"], text[at:end], not gap),
                )


_DATE_GOES_ON = compile_source(
    rf"(?:st|nd|rd|th)?,?{_SP}*(?:(?i:de|del|of|den|do|dem|the){_SP}+)?(?:{_DAY}|{_YEAR}|\L<months>)"
)
_DATE_FOLLOWS = compile_source(
    rf",?{_SP}(?:{_DAY}{_SP}(?:(?:of|de|den){_SP})?\L<months>|\L<months>{_SP}{_DAY})"
)
# A word with a capital, a mark or a figure in it that ends right here.
_CAPITAL_NEAR = regex.compile(r"(?:[^\p{Ll}\s][^\s]*|\p{Lu}\S*\s[\p{Ll}]+)$")
# `chargedBeritaKini`: a word in lower case, then a capital
_CASE_EDGE = regex.compile(r"(?<![\p{L}\p{N}])[\p{Ll}]{2,}(?=\p{Lu})")
_UNSPACED = regex.compile(rf"[{UNSPACED}]")


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of the line around a span that is looked at."""
    low = max(0, start - _WINDOW)
    high = text.find("\n", end, end + _WINDOW)
    return max(low, text.rfind("\n", low, start) + 1), high if high >= 0 else min(len(text), end + _WINDOW)


def _unspaced(c: str) -> bool:
    """Whether a script sets no blanks between words."""
    return bool(_UNSPACED.match(c))
