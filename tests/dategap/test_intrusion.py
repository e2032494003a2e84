"""What falls into date phrases, in many languages, and dates that are whole."""

from __future__ import annotations

import pytest

import cleantext

ONLY = cleantext.Cleaner(select=("CT101",))

# Text before and after; `|` stands at the borders of the stranger, for the reader.
STRANGERS = [
    # a name, with a blank missing on either side or both
    ("The council met on |Imani Okafor|Thursday to vote.", "The council met on Thursday to vote."),
    ("The council met on| Imani Okafor| Thursday to vote.", None),
    ("The council met on|Imani Okafor| Thursday to vote.", "The council met on Thursday to vote."),
    ("The council met on|Imani Okafor|Thursday to vote.", "The council met on Thursday to vote."),
    ("The shop shut on Friday, 3 |I. M. OKAFOR|June 2011.", "The shop shut on Friday, 3 June 2011."),
    ("The shop shut on 3 June|Lars van den Bosch| 2011.", "The shop shut on 3 June 2011."),
    ("The ferry sank late on Sunday |Imani Okafor|night.", "The ferry sank late on Sunday night."),
    ("The paper published|Imani Okafor| Monday shows it.", "The paper published Monday shows it."),
    ("They sold two jets |Imani Okafor|Wednesday in Dubai.", "They sold two jets Wednesday in Dubai."),
    # sites
    ("They meet on |LakeNews24|Thursday.", "They meet on Thursday."),
    ("They meet on Thursday, |CoastPaper |14 March 2019.", "They meet on Thursday, 14 March 2019."),
    # credits, also with the head of another language, or one that nobody listed
    ("They meet on Thursday, |Photo: Imani Okafor |14 March.", "They meet on Thursday, 14 March."),
    ("They meet on Thursday, 14|Pixels: Imani Okafor| March.", "They meet on Thursday, 14 March."),
    ("They meet on |Imani Okafor, Staff Writer|Thursday.", "They meet on Thursday."),
    ("They meet on |Imani Okafor/AFP|Thursday.", "They meet on Thursday."),
    ("Sales rose |(Photo: Imani Okafor) |Monday at noon.", "Sales rose Monday at noon."),
    ("Sie treffen sich am|Foto von Imani Okafor| Montag wieder.", "Sie treffen sich am Montag wieder."),
    # ad labels, also before a date that nothing calls for
    ("The agency said |Story continues below advertisement |Monday.", "The agency said Monday."),
    ("Sie treffen sich am Montag|Anzeige|abend wieder.", "Sie treffen sich am Montag abend wieder."),
    ("Об этом он заявил в среду|Реклама|на встрече.", "Об этом он заявил в среду на встрече."),
    ("Rada sešla se v |Reklama|úterý 14. března 2017.", "Rada sešla se v úterý 14. března 2017."),
    # languages
    ("Le conseil vote mardi |Imani Okafor|soir à Lyon.", "Le conseil vote mardi soir à Lyon."),
    ("Se firmó el 14 de |I. Okafor|marzo de 2017.", "Se firmó el 14 de marzo de 2017."),
    ("Se firmó el 14 de marzo de|Imani Okafor|2017.", "Se firmó el 14 de marzo de 2017."),
    ("Zebranie jest w |Imani Okafor|piątek o ósmej.", "Zebranie jest w piątek o ósmej."),
    ("Nämnden möts |Imani Okafor|tisdagen den 14 mars.", "Nämnden möts tisdagen den 14 mars."),
    ("A döntés 2017. |Imani Okafor|március 14-én született.", "A döntés 2017. március 14-én született."),
    ("Kokous on tiistaina |Imani Okafor|14. maaliskuuta 2017.", "Kokous on tiistaina 14. maaliskuuta 2017."),
    ("Toplantı 14 |Imani Okafor|Mart 2017 günü.", "Toplantı 14 Mart 2017 günü."),
    ("Toplantı 14 Mart 2017|Reklam| Salı günü.", "Toplantı 14 Mart 2017 Salı günü."),
    ("Rapat digelar pada hari |Imani Okafor|Selasa.", "Rapat digelar pada hari Selasa."),
    ("Cuộc họp ngày 14|Imani Okafor| tháng 3 năm 2017.", "Cuộc họp ngày 14 tháng 3 năm 2017."),
    ("Η σύσκεψη είναι την |Imani Okafor|Τρίτη 14 Μαρτίου.", "Η σύσκεψη είναι την Τρίτη 14 Μαρτίου."),
    ("بैठक 14 |Imani Okafor |मार्च 2017 को होगी।", "بैठक 14 मार्च 2017 को होगी।"),
    ("تجتمع اللجنة يوم |سعيد المرزوقي|الخميس في تونس.", "تجتمع اللجنة يوم الخميس في تونس."),
    ("تجتمع اللجنة يوم الخميس |سعيد المرزوقي|14 مارس 2019.", "تجتمع اللجنة يوم الخميس 14 مارس 2019."),
    ("تجتمع اللجنة يوم الخميس 14 مارس|سعيد| 2019.", "تجتمع اللجنة يوم الخميس 14 مارس 2019."),
    ("委员会定于|Imani Okafor|2019年3月14日开会。", "委员会定于2019年3月14日开会。"),
    ("委员会定于2019年|广告|3月14日开会。", "委员会定于2019年3月14日开会。"),
    ("委員会は|LakeNews24|2019年3月14日に開かれる。", "委員会は2019年3月14日に開かれる。"),
    ("위원회는 2019년 3월 14일 |광고|목요일에 열린다.", "위원회는 2019년 3월 14일 목요일에 열린다."),
    ("위원회는 |한지민 기자|2019년 3월 14일에 열린다.", "위원회는 2019년 3월 14일에 열린다."),
]


@pytest.mark.parametrize(("marked", "expected"), STRANGERS)
def test_stranger_goes(marked: str, expected: str | None) -> None:
    text = marked.replace("|", "")
    result = ONLY.clean(text)
    assert result.text == (text if expected is None else expected), result.report.findings
    assert cleantext.restore(result.text, result.report) == text
    assert ONLY.clean(result.text).text == result.text


WHOLE = [
    "Ruby Tuesday opened on Friday 13 December 1929 in Knoxville.",
    "Wednesday Addams met Tuesday Weld on Sunday; the Good Friday Agreement came later.",
    "The Sunday Times wrote about Bloody Sunday, Happy Mondays and Joe Friday.",
    "Lt. Gen. Smith, Tuesday, said that the army would leave.",
    "In a letter to Mr. Brown Tuesday, the mayor wrote that he would resign.",
    "The company told Reuters Tuesday that it would cut jobs, and AP Wednesday that it would not.",
    "He arrived in Austin, Texas Tuesday morning, and in Dallas/Fort Worth Wednesday.",
    "The troops took most of Fallujah Wednesday, but still face pockets.",
    "WASHINGTON, March 3 (Reuters) - The White House said Monday.",
    "By Ana Ruiz Tuesday, March 4, 2014",
    "Photo: Ana Ruiz, Tuesday 4 March 2014",
    "Super Tuesday, Giving Tuesday, Cyber Monday, Taco Tuesday, Freaky Friday.",
    "#ThrowbackThursday and #MotivationMonday on CyberMonday with TacoTuesday deals.",
    "In 2017 April Jones met Theresa May. Bruno Mars 2010; August Wilson 1987.",
    "Monday Ana Ruiz, Tuesday Leo Park, Wednesday Ida Holm.",
    "Attack on Pearl Harbor 7 December 1941. The Battle of Hastings 14 October 1066.",
    "Sunday Night Football, Monday Night Raw, Saturday Night Live, Friday Night Lights.",
    "Wednesday Beverley Knight will sing; Thursday Reba McKnight.",
    "Sunday NFL night games; Saturday Ladies night at the club; Friday Jazz evening.",
    "4 July Independence Day 2020 sale; the 11 September Commission 2004 report.",
    "In September Apple 15 arrived; in July Windows 10; by May Agenda 2010 was done.",
    "Il 25 aprile Festa della Liberazione 2019; der 3. Oktober Tag der Deutschen Einheit 2020.",
    "Friday Leeds 13 June 2014, Saturday York 14 June 2014.",
    "On tour: Friday Royal Albert Hall 13 June 2014",
    "MANCHESTER UNITED SATURDAY 3 MAY, LIVERPOOL SUNDAY 4 MAY.",
    "The file ReadMe.txt said only: seeAlso Tuesday's notes.",
    "VORONIN AL ASALTO DE LA CORONA DE SOTOMAYOR",
    "Hij komt op Goedevrijdag, zij in de Paasweek op Pinkstermaandag.",
    "Prima di Ferragosto, a Ferragosto 2017 e dopo Ferragosto si chiude.",
    "Butiken är stängd på Skärtorsdagen den 9 april och på Långfredagen.",
    "Er erstattete am Dienstag Anzeige, zog die Anzeige Donnerstag aber zurück.",
    "Det sa Camila Vallejo til Reuters torsdag, og kampen i Granåsen søndag ble avlyst.",
    "رئیس مجلس روز چهارشنبه اعلام کرد که از روز پنجشنبه کار آغاز می‌شود.",
    "Thứ Hai, ngày 14 tháng 3 năm 2017, Quốc hội họp tại Hà Nội.",
]


@pytest.mark.parametrize("text", WHOLE)
def test_whole_date_stays(text: str) -> None:
    result = ONLY.clean(text)
    assert result.text == text, result.report.findings
