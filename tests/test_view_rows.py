"""Rows of dates and counts, in many languages and in none that is known; and tables that resemble them."""

from __future__ import annotations

import time

import pytest

import cleantext

ONLY = cleantext.Cleaner(select=("CT102",))
BEFORE, AFTER = "The ferry runs again.", "It had been out of order."

ROWS = [
    "2021-06-02 07:18233 view",
    "2021-06-02 07:18 233 views",
    "yesterday233 likes",
    "5 hours ago317 views",
    "02/06/2021 07:18 | 29.7K views",
    "Views: 1,204 02/06/2021 07:18",
    "Posted on 2 June 2021 · 17 comments",
    "Wed, 2 Jun 2021 07:18 • 88 comments",
    "vor 11 Stunden4110 mal gelesen",
    "il y a 7 heures126 vues",
    "hace 3 horas 1.204 visualizaciones",
    "3 ore fa18 commenti",
    "há 19 horas3 visualizações",
    "02.06.2021 07:18 | 412 просмотров",
    "2. 6. 2021 07:18 412 zobrazení",
    "21 jam lalu119 kali dibaca",
    "15 giờ trước1082 lượt xem",
    "2021-06-02 29.7k阅读",
    "21次浏览 · 02/06/2021",
    "发布时间：2021-06-02 浏览：412",
    "2021年06月02日 1.5万回視聴",
    "17時間前3ビュー",
    "조회 16K 02.06.2021 09:13",
    "منذ 3 ساعات 412 مشاهدة",
    "٠٢/٠٦/٢٠٢١ ٤١٢ مشاهدة",
    # languages that the lexicon doesn't know, with the count fused to the time
    "02.06.2021 07:18233 vaatamist",
    "2021-06-02 07:18233 skoðanir",
]


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("count", [1, 3])
def test_row_goes(row: str, count: int) -> None:
    text = "\n".join([BEFORE, *[row] * count, AFTER])
    result = ONLY.clean(text)
    assert result.text == f"{BEFORE}\n{AFTER}", result.report.findings
    assert cleantext.restore(result.text, result.report) == text


@pytest.mark.parametrize("row", ROWS[:20])
def test_row_glued_to_a_paragraph_goes(row: str) -> None:
    assert ONLY.clean(f"{BEFORE}{row} {row}\n{AFTER}").text == f"{BEFORE}\n{AFTER}"


def test_column_of_a_language_that_is_not_known_goes() -> None:
    rows = "07:1823 vaatamist\n07:09118 vaatamist\n06:557 vaatamist"
    assert ONLY.clean(f"{BEFORE}\n{rows}\n{AFTER}").text == f"{BEFORE}\n{AFTER}"


TABLES = [
    "12 March 2019 45 points",
    "2019-03-12 300 votes",
    "5 May 2020, 3 plays",
    "Sunday 14:00 12 points",
    "Today 45 points",
    "1:1000 1:25000 12:30 45",
    "Psalm 12:345",
    "2024-03-09 08:15:02 INFO 412 reads from disk",
    "12:30 3 hits, 2 runs",
    "3 hours ago 12 shares were sold.",
    "2 days ago, 12 comments later, I left.",
    "08:15 Leeds 412 views",
    "2019-01-01 12:45123 kWh",
    "12:4512 km",
    "2021-05-03 06:40 14 herons\n2021-05-03 07:10 2 egrets\n2021-05-04 06:35 17 herons",
    "412 comments",
]


@pytest.mark.parametrize("text", TABLES)
def test_table_stays(text: str) -> None:
    whole = f"{BEFORE}\n{text}\n{AFTER}"
    assert ONLY.clean(whole).text == whole


def test_time_grows_with_the_text_and_no_faster() -> None:
    line = "In game 12 he scored 12 points, got 36 votes and 200 comments, and that was nice. "

    def seconds(text: str) -> float:
        start = time.process_time()
        ONLY.clean(text)
        return time.process_time() - start

    seconds(line)
    short, long = min(seconds(line * 500) for _ in range(3)), min(seconds(line * 8000) for _ in range(3))
    assert long < 120 * short  # 256 were quadratic
