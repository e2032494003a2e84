"""Checks the lexicon: that every form parses and compiles, and can be found by some literal.

    python tools/check_lexicon.py [LANGUAGE ...]

Prints what is wrong with its file and list, and exits 1 when there is anything.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cleantext.errors import RuleError
from cleantext.lexicon import languages, pack
from cleantext.lexicon.anchor import anchors
from cleantext.lexicon.dates import compile_source
from cleantext.lexicon.form import expansions, has_rest, parse, source

FAMILIES = set(pack("en")["labels"])
CONCEPTS = set(pack("en")["concepts"])
KINDS = {"anywhere", "unit", "line", "weak", "header"}


def problems(lang: str) -> list[str]:
    """What is wrong with one language's file."""
    data = pack(lang)
    out = [f"labels.{f}: unknown family" for f in sorted(set(data.get("labels", {})) - FAMILIES)]
    out += [f"concepts.{c}: unknown concept" for c in sorted(set(data.get("concepts", {})) - CONCEPTS)]
    lists = [
        (f"labels.{f}.{k}", forms) for f, ks in data.get("labels", {}).items() for k, forms in ks.items()
    ]
    lists += [(f"{s}.{k}", data[s][k]) for s in ("views", "teaser") for k in data.get(s, {})]
    for where, forms in lists:
        if where.startswith("labels") and where.rpartition(".")[2] not in KINDS:
            out.append(f"{where}: unknown list")
        for form in forms:
            try:
                parse(form)
                if not where.startswith("labels"):
                    compile_source(source(form))
            except (RuleError, ValueError) as e:
                out.append(f"{where}: {form!r}: {e}")
                continue
            if not anchors(form) and where.startswith("labels"):
                out.append(f"{where}: {form!r} has no words of its own to find it by")
            if has_rest(form) and where.endswith(("line", "weak", "header")):
                out.append(f"{where}: {form!r}: a whole line has no rest")
            if where.endswith(("weak",)) and expansions(form) is None and "{n}" not in form:
                out.append(f"{where}: {form!r}: a weak label is plain words, or with a number")
        for form in sorted({f for f in forms if forms.count(f) > 1}):
            out.append(f"{where}: {form!r} stands twice")
    for concept, terms in data.get("concepts", {}).items():
        for term in terms:
            if term != term.lower() or not term.strip("* ") or term != term.strip():
                out.append(f"concepts.{concept}: {term!r} isn't lower case, or empty, or has outer blanks")
    return out


def main() -> int:
    """Checks the languages named, all without one."""
    bad = 0
    for lang in sys.argv[1:] or languages():
        for problem in problems(lang):
            print(f"{lang}.toml: {problem}")
            bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
