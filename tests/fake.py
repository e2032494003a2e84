"""A cleaner with simple rules of its own, so that tests of what surrounds cleaning don't depend on the rules.

It removes ``[[...]]``, replaces ``{{old|new}}`` and flags ``((...))``. Worker processes import it.
"""

import os
import re
import time

from cleantext.finding import Action, CleanResult, Finding, Report

_NOISE = re.compile(r"\[\[.*?\]\]\n?|\{\{([^|}]*)\|([^}]*)\}\}|\(\(.*?\)\)", re.DOTALL)
_KINDS: dict[str, tuple[str, str, Action, float, str]] = {
    "[": ("CT901", "share-bar", "remove", 0.97, "it stands in square brackets"),
    "{": ("CT902", "encoding", "replace", 0.91, "it stands in braces, with what was meant"),
    "(": ("CT903", "byline", "flag", 0.55, "it stands in round brackets"),
}


class FakeCleaner:
    """Misbehaves for texts that say so: ``RAISE``, ``KILL`` (ends its process), ``SLEEP``.

    ``ONCE path`` ends the process if there is no file at that path yet, and makes one.
    """

    def clean(self, text: str, lang: str | None = None, url: str | None = None) -> CleanResult:
        if "RAISE" in text:
            raise ValueError("a rule has a bug")
        if "KILL" in text:
            os._exit(3)
        if text.startswith("ONCE ") and not os.path.exists(text[5:]):
            open(text[5:], "w").close()
            os._exit(3)
        if "SLEEP" in text:
            time.sleep(300)
        findings, out, position = [], [], 0
        for m in _NOISE.finditer(text):
            rule, family, action, confidence, reason = _KINDS[m[0][0]]
            replacement = m[2] if action == "replace" else ""
            findings.append(
                Finding(rule, family, m.start(), m.end(), m[0], replacement, action, confidence, reason)
            )
            out.append(text[position : m.start()])
            out.append(m[0] if action == "flag" else replacement)
            position = m.end()
        cleaned = "".join(out) + text[position:]
        return CleanResult(
            cleaned,
            Report(tuple(findings), chars_in=len(text), chars_out=len(cleaned), version="9.9"),
        )
