"""What the registers of options and of keys share: texts and files on which each of them shows."""

from pathlib import Path

DATE = "They meet on Marcus EriksonTuesday, kicking off a tour.\n"
#: English, with a stranger in a date in German: whether that is found is a question of languages.
GERMAN = (
    "The man and the woman were in the house, and it was late in the day when they left it for the town.\n"
    * 2
    + "Sie treffen sich am Marcus EriksonDienstag im Rathaus der Stadt.\n"
)
#: What only the rule of `own.toml` finds, and only modes below conservative act on.
ORDER = "Order no. 12\n"
OWN = """
[[rules]]
code = "MY001"
name = "order"
finds = "Finds order numbers."
patterns = ['^Order no\\. \\d+$']
confidence = 0.85
matches = ["Order no. 1"]
"""


def write_files() -> None:
    """Files that options and keys name, into the current folder."""
    Path("own.toml").write_text(OWN)
    Path("flags.toml").write_text(OWN + "only-flags = true\n")
    Path("review.toml").write_text(
        '[[findings]]\nverdict = "wrong"\nrule = "CT101"\ntext = "Marcus Erikson"\n'
    )
    Path("names.txt").write_text("Somebody\r\nMarcus Erikson\r\n")
    Path("other.toml").write_text('ignore = ["CT101"]\n')
