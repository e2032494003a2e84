"""Runs one other cleaner over texts: ``PYTHON -I benchmarks/peers.py NAME < TEXTS > CLEANED``.

TEXTS are JSON lines with ``text`` and ``lang``, CLEANED the same with ``text``, and last the seconds of CPU time.
It stands alone, for it is run by the Python of another environment: `clean-text` installs a package of this
project's name. What a cleaner drops as a whole becomes the empty text.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

Clean = Callable[[str, str], str]


def ftfy() -> Clean:
    import ftfy

    return lambda text, lang: str(ftfy.fix_text(text))


def clean_text() -> Clean:
    import cleantext  # the other one

    return lambda text, lang: str(cleantext.clean(text, lang="de" if lang == "de" else "en"))


def clean_text_careful() -> Clean:
    import cleantext

    return lambda text, lang: str(
        cleantext.clean(text, to_ascii=False, lower=False, keep_two_line_breaks=True)
    )


def c4_lines() -> Clean:
    from datatrove.data import Document
    from datatrove.pipeline.filters import C4QualityFilter

    rules = C4QualityFilter(min_num_sentences=-1)

    def clean(text: str, lang: str) -> str:
        document = Document(text=text, id="")
        kept = rules.filter(document)
        return document.text if kept is True else ""

    return clean


def fineweb() -> Clean:
    from datatrove.data import Document
    from datatrove.pipeline.filters import FineWebQualityFilter

    rules = FineWebQualityFilter()
    return lambda text, lang: text if rules.filter(Document(text=text, id="")) is True else ""


def justext_lines() -> Clean:
    import html

    import justext

    names = {"en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "nl": "Dutch",
             "pt": "Portuguese", "ru": "Russian", "pl": "Polish", "cs": "Czech", "sv": "Swedish", "tr": "Turkish",
             "uk": "Ukrainian", "el": "Greek", "ro": "Romanian", "hu": "Hungarian", "fi": "Finnish", "da": "Danish",
             "no": "Norwegian_Bokmal", "id": "Indonesian", "vi": "Vietnamese", "ar": "Arabic", "ko": "Korean"}  # fmt: skip
    lists = {lang: justext.get_stoplist(name) for lang, name in names.items()}

    def clean(text: str, lang: str) -> str:
        page = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))
        if lang not in lists:
            return text  # it knows no function words of it
        parts = justext.justext(page.encode(), lists[lang], encoding="utf-8")
        return "\n".join(part.text for part in parts if not part.is_boilerplate)

    return clean


def ours() -> Clean:
    import cleantext

    cleaner = cleantext.Cleaner()
    return lambda text, lang: cleaner.clean(text).text


#: Name -> what makes the function, and the distributions whose versions are told.
PEERS: dict[str, tuple[Callable[[], Clean], tuple[str, ...]]] = {
    "cleantext-toolkit": (ours, ("cleantext-toolkit",)),
    "ftfy": (ftfy, ("ftfy",)),
    "clean-text": (clean_text, ("clean-text",)),
    "clean-text, case and letters kept": (clean_text_careful, ("clean-text",)),
    "C4 line rules of datatrove": (c4_lines, ("datatrove",)),
    "FineWeb quality filter of datatrove": (fineweb, ("datatrove",)),
    "jusText, a line a paragraph": (justext_lines, ("jusText",)),
}


def _version(distribution: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(distribution)
    except PackageNotFoundError:  # run from the repository
        return ""


def main() -> None:
    make, distributions = PEERS[sys.argv[1]]
    clean = make()
    texts = [json.loads(line) for line in sys.stdin]
    cleaned = [clean(entry["text"], entry["lang"]) for entry in texts]
    began = time.process_time()  # what is loaded at first use isn't measured
    for entry in texts:
        clean(entry["text"], entry["lang"])
    seconds = time.process_time() - began
    sys.stdout.write("".join(json.dumps({"text": text}) + "\n" for text in cleaned))
    sys.stdout.write(
        json.dumps({"seconds": seconds, "versions": {name: _version(name) for name in distributions}}) + "\n"
    )


if __name__ == "__main__":
    main()
