"""CT304: a line of the page's footer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import regex

from cleantext.document import Document
from cleantext.lexicon.form import SMALL, SP, UNSPACED_SITE, slot
from cleantext.rules import pieces
from cleantext.rules.base import Candidate, Example, LookAlike
from cleantext.rules.pieces import RowRule
from cleantext.scan.trigger import Trigger

# A word of a site's name; a full stop may stand inside it, but not before the next sentence.
_WORD = r"(?:\p{Lu}(?:[\p{L}\p{M}\p{N}&!'’-]|\.(?!\p{Lu}))*|\p{N}+|[a-z]+\.[a-z]{2,}|[a-z]\p{Lu}[\p{L}]+)"
# Words of rights, of which one stands in "all rights reserved" of every language.
_RIGHTS = regex.compile(
    r"right|recht|droit|derech|direit|diritt|prava|práva|prawa|права|drept|jog|δικαι|hak|حق|زكو|זכויות|版权|版權|权利|著作|転載|無断|권|अधिकार"
    r"|स्वत्व|สงวน|oikeu|rättigh|rettigh|bản quyền|quyền|drets|স্বত্ব|hakcipta|teisės|tiesības|õigus|pravice"
)


class CopyrightLabel(RowRule):
    """Finds lines of the page's footer: rights, links to terms and privacy, who built the site.

    "© 2024 The Ledger. All rights reserved.", "Privacy Policy | Terms | Contact us", "Powered by WordPress"
    belong to the site.

    Leaves alone: sentences about copyright, a statute or a ruling, the imprint of a book that is quoted.

    Source: footers of news sites, blogs and shops.
    """

    code = "CT304"
    name = "footer-link"
    family = "copyright-footer"
    what = "a line of the page's footer"
    examples = (
        Example(
            "The bridge opens in May.\nAll Rights Reserved. The Ledger 2024.\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "The bridge opens in May.\n© 2024 The Ledger. All rights reserved.\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "Die Brücke öffnet im Mai.\n© 2024 Der Bote. Alle Rechte vorbehalten.",
            "Die Brücke öffnet im Mai.",
        ),
    )
    lookalikes = (
        LookAlike(
            "The sign © was added to the act in 1954, and it still stands on every title page.",
            "a sentence on copyright",
        ),
        LookAlike(
            "(1) The author is the first owner of the copyright.\n(2) All rights pass to the heirs.",
            "a statute",
        ),
        LookAlike('"All rights reserved" has had no effect since 2000, the court held.', "a quotation"),
    )

    def _rights(self) -> frozenset[str]:
        """Wordings that keep the rights."""
        return frozenset(w for w in pieces.starts_of_rest(self.family) if _RIGHTS.search(w))

    @cached_property
    def _footer(self) -> regex.Pattern[str]:
        """A sign, a year, the site's name, the rights, the links of the footer: two of them or more."""
        rights = r"(?P<rights>(?i:\L<rights>))"
        links = r"(?P<link>(?i:\L<links>)(?![\p{Ll}\p{Lo}]))"
        sign = r"(?P<sign>©|(?i:copyright|\(c\)|&copy;))"
        space = r"[^\S\n]*+[.,|·•:;/–—-]?+[^\S\n]*+"
        year = rf"(?P<year>{slot('year')})"
        piece = rf"(?>{sign}|{rights}|{year}|{links}|(?:(?i:by){SP}++)?(?:{_WORD}|{UNSPACED_SITE}))"
        # Sites word by word, and nothing is given back: else twenty capitalised words cost hours.
        return pieces.compiled(
            rf"{piece}(?:{space}(?:(?:{SMALL}{SP}++){{0,2}}+(?={_WORD}))?{piece}){{1,60}}+[.]?",
            rights=self._rights(),
            links=pieces.plain(self.family, "line"),
        )

    @cached_property
    def _head(self) -> regex.Pattern[str]:
        """What ends in a year or the rights, so that its border shows when a sentence is glued to it."""
        rights = r"(?i:\L<rights>)"
        sign = r"(?:©|(?i:copyright|\(c\)))"
        return pieces.compiled(
            rf"(?:{sign}{SP}?{slot('year')}{SP}[^\n.]{{2,50}}\.{SP}{rights}\.?|{rights}\.?{SP}{slot('site')}{SP}{slot('year')}\.?)",
            rights=self._rights(),
        )

    def row_triggers(self) -> Iterable[Trigger]:
        yield Trigger("literal", "©")
        yield Trigger("pattern", r"(?:copyright|\(c\)) ?©? ?(?:19|20)[0-9][0-9]")
        rights = sorted(self._rights())
        yield Trigger(
            "pattern",
            "(?:" + "|".join(regex.escape(w, special_only=True, literal_spaces=True) for w in rights) + ")",
        )

    def rows(self, doc: Document, line: int) -> Iterator[Candidate]:
        for row in (pieces.whole(doc, line, self._footer), pieces.tail(doc, line, self._footer)):
            if row is None:
                continue
            m = row.match
            told = sum(bool(m[g]) for g in ("sign", "rights", "year")) + (len(m.captures("link")) >= 2)
            if told < 2 or not (m["sign"] or m["rights"]):
                continue
            if row.where == "whole":
                yield Candidate(*doc.block(line, line), 0.95, "the line says whose the page is")
            else:
                start = row.start
                while start and doc.text[start - 1] in " \t\u00a0":
                    start -= 1
                sure = 0.93 if row.where == "end-glued" else 0.88
                yield Candidate(start, doc.span(line)[1], sure, "the paragraph ends in whose the page is")
            return
        row = pieces.head(doc, line, self._head)
        if row is not None:
            yield Candidate(doc.span(line)[0], row.end, 0.86, "the paragraph begins with whose the page is")
