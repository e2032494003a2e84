"""Builds `cleantext/lexicon/calendar.json`: weekdays and months of every language, from CLDR.

    python tools/build_calendar.py          writes the file
    python tools/build_calendar.py --check  exits 1 when the file isn't what this would write

Needs babel; the package itself doesn't.
"""

from __future__ import annotations

import json
import sys
import tomllib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from babel import Locale
from babel import __version__ as babel_version

LEXICON = Path(__file__).resolve().parent.parent / "cleantext" / "lexicon"
LANGUAGES = (
    "en de fr es it pt nl sv nb nn da is fi et lv lt pl cs sk sl hr sr bs mk bg ru uk be ro hu el tr az "
    "kk ca eu gl sq ga cy af id ms fil vi th lo km my zh zh_Hant ja ko ar fa ur he hi bn mr ta te ml kn gu "
    "pa ne si ka hy sw am"
).split()


def forms(locale: Locale, what: str, width: str) -> set[str]:
    """The names in the form used inside a date and in the one used alone."""
    table = getattr(locale, what)
    return {name.strip() for context in ("format", "stand-alone") for name in table[context][width].values()}


def names_of(code: str) -> dict[str, set[str]]:
    """The names of one locale."""
    locale = Locale.parse(code)
    return {
        "weekdays": forms(locale, "days", "wide"),
        "months": forms(locale, "months", "wide"),
        "short_months": {m.rstrip(".") for m in forms(locale, "months", "abbreviated")},
    }


def build() -> dict[str, dict[str, list[str]]]:
    """Language code -> weekdays, months and short months, sorted."""
    extra = tomllib.loads((LEXICON / "inflections.toml").read_text(encoding="utf-8"))
    out = {}
    # One process a locale: babel resolves aliases in shared dictionaries, so that names of one
    # locale turn up in others that are read after it.
    with ProcessPoolExecutor(max_workers=2, max_tasks_per_child=1) as pool:
        for code, names in zip(LANGUAGES, pool.map(names_of, LANGUAGES), strict=True):
            entry = out.setdefault(code.split("_")[0], {key: set() for key in names})
            entry["weekdays"] |= names["weekdays"] | set(extra["weekdays"].get(code, ()))
            entry["months"] |= names["months"] | set(extra["months"].get(code, ()))
            short = {m for m in names["short_months"] if len(m) >= 3 and not m[0].isdigit()}
            entry["short_months"] |= short - entry["months"]
    return {
        code: {key: sorted(n for n in names if any(c.isalpha() for c in n)) for key, names in entry.items()}
        for code, entry in out.items()
    }


def main() -> int:
    """Writes or checks the file."""
    data = {"source": f"CLDR via babel {babel_version}, with inflections.toml", "languages": build()}
    text = json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True) + "\n"
    path = LEXICON / "calendar.json"
    if "--check" in sys.argv[1:]:
        old = json.loads(path.read_text(encoding="utf-8"))
        if old["languages"] != data["languages"]:
            print(f"{path.name} is stale: run python tools/build_calendar.py", file=sys.stderr)
            return 1
        return 0
    path.write_text(text, encoding="utf-8")
    print(f"{path.name}: {len(data['languages'])} languages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
