"""CT801: lines that only their surroundings give away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from cleantext.context.abstain import abstains
from cleantext.document import Document
from cleantext.labels import line_entries
from cleantext.rules.base import Candidate, Example, LookAlike, Rule
from cleantext.rules.repeated_line import taken_lines

#: From this chance on a line that stays is reported as a flag.
_FLAG_FROM = 0.5


def _rows(places: str) -> str:
    """A column of links with counts, as beside an article."""
    return "".join(f"{place} ({7 * i % 50})\n" for i, place in enumerate(places.split()))


_TOWNS = _rows(
    "Norwich Ipswich Colchester Lowestoft Felixstowe Cromer Sheringham Southwold Aldeburgh Diss Thetford "
    "Beccles Bungay Harleston Halesworth Framlingham Woodbridge Saxmundham Leiston Eye"
)
_STORY = """\
The ferry between the two islands ran for the last time on Sunday evening, and nearly everyone came.
“My grandfather was its first engineer,” said the woman who sold tickets for the past thirty years.
From now on a bridge carries the traffic, which had grown beyond what the old boat could manage.
The council hasn't decided what will become of the pier, though a museum has asked for the ship itself.
"""
_CITIES = _rows(
    "Kiel Lübeck Flensburg Husum Plön Eutin Itzehoe Ratzeburg Mölln Elmshorn Schleswig Rendsburg Heide "
    "Bargteheide Preetz Glinde Wedel Uetersen Quickborn Reinbek"
)
_MILL = """\
Der Verein hat die alte Mühle am Bach gekauft und will sie bis zum nächsten Sommer wieder zum Laufen bringen.
Das Mühlrad fehlt seit fünfzig Jahren, doch die Pläne dafür lagen noch im Archiv der Gemeinde.
„Wir haben jeden Balken vermessen“, sagt der Zimmermann, der die Arbeiten seit dem Frühjahr leitet.
Im Erdgeschoss soll eine kleine Ausstellung entstehen, die zeigt, wie früher Mehl gemahlen wurde.
"""


class PageFurniture(Rule):
    """Finds page furniture that holds no keyword: menus, teasers, rows of a shop, names of sections.

    What gives such lines away is where they stand, that many short ones follow one another, that they end
    without an end mark, repeat, or have the same shape. A small network that was trained on pages in which
    people marked the content judges every line together with its surroundings; see `cleantext/context/`.
    It is asked once the other rules find nothing more.

    Leaves alone: texts of fewer than six lines or with hardly any short ones, headings above a paragraph
    that stays, lists, tables, verse, dialogue, code, recipes.

    Source: pages of news sites, shops, forums and blogs after text extraction; trained by `training/`.
    """

    code = "CT801"
    name = "page-furniture"
    family = "page-furniture"
    late = 1
    budgeted = False
    limits: ClassVar[Mapping[str, float]] = {"conservative": 0.8, "balanced": 0.675, "aggressive": 0.45}

    examples = (
        Example(_TOWNS + _STORY + _TOWNS, _STORY),
        Example(_CITIES + _MILL + _CITIES, _MILL, lang="de"),
    )
    lookalikes = (
        LookAlike(
            "Lentil soup\n\nFor the soup:\n200 g red lentils\n1 onion\n2 carrots\n1 l stock\nsalt\n\nPreparation\n\n"
            "Chop the onion and the carrots and fry them in a little oil for five minutes.\n"
            "Add lentils and stock, and let everything simmer for twenty minutes before you season it.\n",
            "a recipe",
        ),
        LookAlike(
            "Mara looked up from the letter that had come in the morning and shook her head slowly.\n“Well?”\n“No.”\n"
            "“Nothing at all?”\n“Nothing.”\n“And the money?”\n“Gone.”\n"
            "She put the letter back into its envelope, and for a long time neither of them said a word.\n",
            "a dialogue",
        ),
    )

    def judge(self, doc: Document, threshold: float) -> Iterator[Candidate]:
        """Groups of neighbouring lines that go, and those that were nearly sent away as flags."""
        if abstains(doc):
            return
        from cleantext.context import evidence, network
        from cleantext.context.decide import chosen, judge

        judged = judge(doc, network.load())
        if judged is None:
            return
        go = chosen(judged, threshold)
        flag = ~go & (judged.chance >= _FLAG_FROM)
        number = judged.lines.number.tolist()
        if known := taken_lines(doc):
            # They go with better evidence, once what is furniture beside them is gone.
            taken = [i for i, n in enumerate(number) if n in known]
            go[taken] = flag[taken] = False
        entries = line_entries(doc)
        for wanted, floor in ((go, threshold), (flag, 0.0)):
            for first, last in _groups(wanted.tolist()):
                start, stop = doc.block(number[first], number[last])
                chance = float(judged.chance[first : last + 1].mean())
                family = ""
                if first == last and number[first] in entries:
                    family = entries[number[first]][0].family
                yield Candidate(
                    start,
                    stop,
                    min(0.999, max(chance, floor)) if floor else min(chance, threshold - 0.001),
                    evidence.reason(judged.lines, first, last),
                    family=family,
                )


def _groups(wanted: list[bool]) -> Iterator[tuple[int, int]]:
    """First and last of each run of True."""
    first = -1
    for i, yes in enumerate(wanted):
        if yes and first < 0:
            first = i
        elif not yes and first >= 0:
            yield first, i - 1
            first = -1
    if first >= 0:
        yield first, len(wanted) - 1
