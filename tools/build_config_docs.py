"""Writes the table of settings in docs/configuration.md from the keys themselves. ``--check`` only compares."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from cleantext.settings.keys import KEYS, NOT_BY_PATH

PAGE = Path(__file__).parents[1] / "docs" / "configuration.md"
BEGIN, END = "<!-- keys: made by tools/build_config_docs.py -->\n", "<!-- end of keys -->\n"

MERGE = {
    "replaces": "The nearer file replaces it.",
    "adds": "Files add up.",
    "by entry": "Files add up, entry by entry.",
}


def keys() -> str:
    out = []
    for key in KEYS:
        default = "not set" if key.default is None else f"`{json.dumps(key.default)}`"
        where = " Not in overrides." if key.name in NOT_BY_PATH else ""
        out.append(
            f"### `{key.name}`\n\n{key.doc}\n\n"
            f"Takes {key.takes}. Default: {default}. {MERGE[key.merge]}{where}\n\n"
            f"```toml\n{key.name} = {key.example}\n```\n"
        )
    return "\n".join(out)


def page(text: str) -> str:
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return head + BEGIN + "\n" + keys() + "\n" + END + tail


def main() -> int:
    text = PAGE.read_text(encoding="utf-8")
    made = page(text)
    if "--check" in sys.argv:
        if made != text:
            print(f"{PAGE.name} is stale: run tools/build_config_docs.py")
        return int(made != text)
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
