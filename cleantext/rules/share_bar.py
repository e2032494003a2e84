"""CT301: buttons to share or follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import regex

from cleantext.document import Document
from cleantext.lexicon.form import slot
from cleantext.rules import pieces
from cleantext.rules.base import Candidate, Example, LookAlike
from cleantext.rules.pieces import RowRule
from cleantext.scan.trigger import Trigger

# Networks that stand in a row of buttons and seldom side by side in prose.
_TELLING = (
    "facebook twitter whatsapp pinterest linkedin telegram reddit tumblr messenger email e-mail instagram youtube "
    "tiktok viber xing flipboard вконтакте одноклассники 微博 微信 qq空间 qq 朋友圈 豆瓣 카카오톡 페이스북 트위터 "
    "はてブ はてなブックマーク ツイート pocket فيسبوك تويتر واتساب فیسبوک تلگرام פייסבוק טוויטר וואטסאפ फेसबुक ट्विटर "
    "व्हाट्सएप เฟซบุ๊ก ไลน์"
).split()

# The slot looks at case no more than the names do; buttons may be glued: `FacebookTwitter`.
_NETWORK = slot("net").replace(r"(?![\p{Ll}])", "") + r"(?!\p{Ll})"


class ShareBar(RowRule):
    """Finds share bars: buttons that send the page to a network, copy its link, or ask to be followed.

    They stand above, below and beside an article and say nothing of it: "Share on Facebook", "Copy link",
    "979 shares". Wordings with the name of a network are sure wherever they stand; single words ("Tweet",
    "Print") count only beside other buttons.

    Leaves alone: sentences about sharing and about networks, instructions that name a button, recipes
    that end in "share with friends".

    Source: interface texts of sharing plug-ins and news sites.
    """

    code = "CT301"
    name = "share-bar"
    family = "share-bar"
    what = "buttons to share or follow"
    examples = (
        Example(
            "The bridge opens in May.\nThe ferry stops.\nFacebookTwitterWhatsAppEmail\n",
            "The bridge opens in May.\nThe ferry stops.\n",
        ),
        Example(
            "桥将于五月通车。\n渡轮停运。\n分享到：微信 微博 QQ空间\n", "桥将于五月通车。\n渡轮停运。\n", "zh"
        ),
        Example(
            "The bridge opens in May.\nShare on Facebook Share on Twitter\n",
            "The bridge opens in May.\n",
        ),
        Example(
            "Die Brücke öffnet im Mai.Auf Facebook teilen\n",
            "Die Brücke öffnet im Mai.\n",
        ),
        Example(
            "Tweet\nPin\nEmail\nThe bridge opens in May.\n",
            "The bridge opens in May.\n",
        ),
    )
    lookalikes = (
        LookAlike("The firm sold ads on Facebook, Twitter and Instagram for a year.", "a sentence"),
        LookAlike("Press Share, then choose Copy link to send the map to a friend.", "instructions"),
        LookAlike("Share the bread with your neighbours and keep one slice for the birds.", "a sentence"),
        LookAlike("Yes.\nNo.\nLike him?", "dialogue"),
    )

    @cached_property
    def _buttons(self) -> regex.Pattern[str]:
        """Three buttons or more, of which two name networks; or a label and two of them."""
        nets = _NETWORK
        long = "qq空间|qzone|google\\+|新浪微博|はてなブックマーク"
        said = r"(?:(?i:\L<heads>)[^\S\n]*[:：]?[^\S\n]*)?"
        words = {w for w in pieces.plain("share-bar", "weak", "line") if len(w) > 2 or not w.isascii()}
        item = rf"(?:(?i:{long})|{nets}|(?i:\L<words>)(?![\p{{Ll}}\p{{M}}]))"
        space = r"[^\S\n]*[,|·•/:：、]?[^\S\n]*"
        return pieces.compiled(
            # nothing is tried twice: `카카오톡 페이스북` is one label and two, and rows of them have no end
            rf"{said}(?>{item})(?:{space}(?>{item})){{1,11}}+",
            words=words,
            heads=pieces.heads(self.family, "net"),
        )

    @cached_property
    def _nets(self) -> regex.Pattern[str]:
        return regex.compile(_NETWORK)

    def row_triggers(self) -> Iterable[Trigger]:
        nets = "(?:" + "|".join(regex.escape(n, special_only=True) for n in _TELLING) + ")"
        yield Trigger("pattern", nets + rf"[^\n]{{0,16}}{nets}")
        yield Trigger("pattern", "はてブ|twittern|twitteren|tweetear|twittear|twitta|twittare")

    def rows(self, doc: Document, line: int) -> Iterator[Candidate]:
        for found in self.placed(doc, line, self._buttons, 0.93, "a row of buttons to share"):
            text = doc.text[found.start : found.end]
            nets = {m.group().lower() for m in self._nets.finditer(text)}
            words = len(text.split())
            if (nets and words >= 3) or len(nets) >= 3:
                yield found
