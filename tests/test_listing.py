"""Documents that hold code on purpose."""

import cleantext
from cleantext.document import Document
from cleantext.rules.listing import technical

PROSE = "The geese left the lake before the ice came.\n" * 12
LEFTOVER = "window.hatQueue = window.hatQueue || [];\n"


def test_prose_is_not_technical() -> None:
    assert not technical(Document(PROSE))
    assert not technical(Document(PROSE + "(1) The geese left;\n(2) the hats stayed;\n"))


def test_markdown_settings_and_source_are() -> None:
    assert technical(Document("# Geese\n\n## Hats\n\n### Ice\n" + PROSE))
    assert technical(Document("port = 3306\n" * 6 + "[client]\n" * 2))
    assert technical(Document("#include <goose.h>\nint main() {\n  return 0;\n}\nvoid f() {\n}\n"))


def test_the_leftover_itself_does_not_count() -> None:
    text = LEFTOVER * 8 + PROSE
    assert technical(Document("x;\n" * 8 + "The geese left.\n"), [(0, 4)])
    assert not technical(Document(text), [(0, len(LEFTOVER) * 8)])


def test_code_stays_where_the_text_talks_of_it() -> None:
    listing = "toggle('#hat', {speed: 'slow'});\n"
    assert cleantext.clean(PROSE + listing + PROSE).text == PROSE + PROSE
    talk = "The function takes a selector; this JavaScript snippet hides the hat.\n"
    assert listing in cleantext.clean(PROSE + talk + listing + PROSE).text
