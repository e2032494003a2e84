"""Builds `docs/rules.md` from the rules themselves.

python tools/build_rule_table.py          writes the file
python tools/build_rule_table.py --check  exits 1 when the file isn't what this would write
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cleantext.rules import Rule, all_rules


def code(text: str) -> str:
    """A text as an indented block."""
    return "\n".join("    " + line for line in text.rstrip("\n").split("\n"))


def page(rule: Rule) -> str:
    """One rule's section."""
    body = rule.doc.partition("\n")[2].strip()
    parts = [f"## {rule.code} {rule.name}", "", f"Family `{rule.family}`. {rule.summary}", "", body, ""]
    for e in list(rule.examples)[:2]:
        parts += ["Before:", "", code(e.before), "", "After:", "", code(e.after), ""]
    if rule.lookalikes:
        parts += ["Stays:", ""]
        parts += [f"- {look.why}: `{look.text.splitlines()[0]}`" for look in rule.lookalikes]
        parts.append("")
    return "\n".join(parts)


def main() -> int:
    """Writes or checks the file."""
    rules = all_rules()
    table = ["| code | name | family | finds |", "| --- | --- | --- | --- |"]
    table += [f"| {r.code} | {r.name} | `{r.family}` | {r.summary.removeprefix('Finds ')} |" for r in rules]
    head = "# Rules\n\nMade from the rules by `tools/build_rule_table.py`; `cleantext explain CODE` shows the same.\n"
    text = "\n".join([head, *table, "", *(page(r) for r in rules)]).rstrip("\n") + "\n"
    path = ROOT / "docs" / "rules.md"
    if "--check" in sys.argv[1:]:
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            print("docs/rules.md is stale: run python tools/build_rule_table.py", file=sys.stderr)
            return 1
        return 0
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
