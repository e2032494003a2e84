"""CT303: the credit or the source of a picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import regex

from cleantext.document import Document
from cleantext.lexicon.form import SP, slot
from cleantext.rules import pieces
from cleantext.rules.base import Candidate, Example, Hit, LookAlike
from cleantext.rules.pieces import RowRule
from cleantext.scan.trigger import Trigger

_OFFICE = r"(?:기자|특파원|記者|记者|撮影|摄|攝)"
# Words for pictures, so that a name behind one is that of a photographer.
_PICTURE = regex.compile(
    r"phot|foto|fot\.|bild|image|pictur|imag|obraz|zdj|kép|kuva|bilde|billed|fénykép|слик|фото|снимк|сним|изображ|ілюстр|иллюстр|illustr"
    r"|ilustr|afbeeld|beeld|photograph|εικόν|φωτο|görsel|resim|صور|عکس|תמונה|צילום|图|圖|摄|攝|写真|画像|撮影|사진|이미지|फोटो|चित्र|तस्वीर"
    r"|ภาพ|ảnh|hình|gambar|credit|crédit|crèdit|snímk|slika|ছবি|تصویر|nuotr|grafik|graphic"
)
#: Words that mean a credit and nothing else.
_SURE = regex.compile(
    r"credit|crédit|courtesy|source|quelle|fonte|fuente|źródło|zdroj|kaynak|來源|来源|提供|出典|by|par|von|door|af|av|autor|cortesía|©"
)
_STOCK = regex.compile(
    r"file|stock|archiv|illustrat|represent|library|symbol|themen|archief|arkiv|arkist|архив|иллюстрат|ілюстрат|archív|ilustr|ilustra"
    r"|d'archives|prétexte|repertorio|资料|資料|配图|示意|자료|प्रतीकात्मक|फाइल|temsili|arşiv|أرشيف|تعبيرية|dokument|minh họa|kuvitus"
)


class PhotoCredit(RowRule):
    """Finds credits of pictures: who took one, who sells it, where it comes from.

    A credit belongs to a picture that the text no longer has: "Photo: Ana Lima/AFP", "Getty Images",
    "Image source, PA". Names of agencies and the form `word: name` make it sure.

    Leaves alone: captions that describe ("Figure 3. Visitors a day"), sentences about photographs and
    agencies, acknowledgements.

    Source: style books of news agencies; captions of news sites.
    """

    code = "CT303"
    name = "photo-credit"
    family = "photo-credit"
    _SOLD = regex.compile(rf"{slot('agency')}|/|©|(?i:credit|courtesy|getty)|^\s*[(\[]")

    def context(self, doc: Document, line: int) -> float:
        """`Photo: Ana Lima` alone, without an agency, may be a caption of the text itself."""
        return 0.0 if self._SOLD.search(doc.line(line)) else -0.1

    never = frozenset({"start", "start-glued", "sentence"})
    what = "the credit or the source of a picture"
    examples = (
        Example(
            "The bridge opens in May.\nFile photo. | Ana Lima\nIt was shut.\n",
            "The bridge opens in May.\nIt was shut.\n",
        ),
        Example(
            "桥将于五月通车。\n图片来源：李建国\n市长这样说。\n", "桥将于五月通车。\n市长这样说。\n", "zh"
        ),
        Example(
            "The bridge opens in May.\nPhoto: Ana Lima/AFP\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "The bridge opens in May.\n(AP Photo/Ana Lima)\nIt was shut.\n",
            "The bridge opens in May.\nIt was shut.\n",
        ),
        Example(
            "Die Brücke öffnet im Mai.Foto: Ana Lima/dpa\n",
            "Die Brücke öffnet im Mai.\n",
        ),
    )
    lookalikes = (
        LookAlike("The photo was taken by Ana Lima on a Tuesday in May.", "a sentence"),
        LookAlike("Getty Images bought the archive in 1998.", "a sentence"),
        LookAlike("Figure 3. Visitors a day. Source: museum records.", "a caption that says something"),
    )

    @cached_property
    def _credit(self) -> regex.Pattern[str]:
        """A word for pictures and who made them; or an agency, a name and the word for a file picture."""
        heads = pieces.heads(self.family, "name") | pieces.heads(self.family, "site")
        said = r"(?i:\L<said>)"
        who = rf"(?:{pieces.PERSON}|{slot('agency')}|{slot('site')})"
        more = rf"(?:{SP}*(?:[/|,–—-]|\b(?i:via|for|für|pour|para|per|voor)\b){SP}*{who}){{0,3}}"
        stock = r"(?P<stock>(?i:\L<stock>))"
        return pieces.compiled(
            rf"[(\[]?(?:(?P<said>{said}){SP}*(?P<mark>[:：=/|,])?{SP}*(?P<who>{who}){more}(?:{SP}?{_OFFICE})?"
            rf"|{stock}(?:{SP}*[.:|/–—-])+{SP}*{who}{more}"
            rf"|{slot('agency')}{SP}*/{SP}*{pieces.PERSON}(?:{SP}*/{SP}*{stock})?)[)\]]?\.?",
            said=(w for w in heads if _PICTURE.search(w)),
            stock=(w for w in pieces.plain(self.family, "unit", "line") if _STOCK.search(w)),
        )

    def row_triggers(self) -> Iterable[Trigger]:
        return ()

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        """Rows first; a label that is a part of one would leave the rest behind."""
        rows = [c for line in sorted({doc.line_at(h.end - 1) for h in hits}) for c in self.rows(doc, line)]
        yield from rows
        for c in super().find(doc, hits):
            if not any(
                r.start <= c.start and c.end <= r.end and r.end - r.start > c.end - c.start for r in rows
            ):
                yield c

    def rows(self, doc: Document, line: int) -> Iterator[Candidate]:
        row = pieces.whole(doc, line, self._credit, 140)
        if row is not None:
            yield Candidate(
                *doc.block(line, line), self._confidence(row.match), "the line says who made a picture"
            )
            return
        row = pieces.tail(doc, line, self._credit)
        if row is not None and (row.match["mark"] or not row.match["said"] or "/" in row.match[0]):
            start = row.start
            while start and doc.text[start - 1] in " \t\u00a0":
                start -= 1
            sure = self._confidence(row.match) - (0.0 if row.where == "end-glued" else 0.1)
            yield Candidate(start, doc.span(line)[1], sure, "the paragraph ends in who made a picture")

    @staticmethod
    def _confidence(m: regex.Match[str]) -> float:
        """Sure with an agency, a second name, or a word that means nothing but a credit."""
        if m["said"] is None:
            return 0.92
        if "/" in m[0] or _SURE.search(m["said"]) or regex.search(slot("agency"), m[0]):
            return 0.93
        name = m["who"]
        full = len(name.split()) >= 2 or not name[0].isupper()
        if m["mark"]:
            return 0.86 if full else 0.5
        return 0.82 if full and len(m["said"].split()) >= 2 else 0.4
