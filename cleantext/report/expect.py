"""Whether a run takes out far more than an earlier one: ``run --expect summary.json``.

A rule that suddenly removes several times its share of the text says that the input has changed, or
that the rule has; either wants a person's eye before the result is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from cleantext.errors import ConfigError
from cleantext.io.text import read_named

#: A share may grow to so many times the earlier one, and by this share of the text besides.
_TIMES, _BESIDES = 2.0, 0.005


def read_summary(path: str) -> dict[str, Any]:
    """The ``summary.json`` of an earlier run. Raises `ConfigError` when it is none."""
    try:
        summary: dict[str, Any] = msgspec.json.decode(read_named(path), type=dict[str, Any])
        jumps(summary, summary)
    except (msgspec.MsgspecError, AttributeError, KeyError, TypeError, UnicodeError) as e:
        raise ConfigError(f"--expect: {path} is no summary.json of a run") from e
    return summary


def jumps(now: Mapping[str, Any], before: Mapping[str, Any]) -> list[str]:
    """What grew too much, the whole first and then rules, each as a sentence."""
    found = []
    shares = _shares(before)
    for name, share in _shares(now).items():
        was = shares.get(name, 0.0)
        if share > was * _TIMES + _BESIDES:
            found.append(f"{name} took out {share:.2%} of the text, and {was:.2%} in the earlier run")
    return found


def _shares(summary: Mapping[str, Any]) -> dict[str, float]:
    size = max(1, int(summary["chars_in"]))
    out = {"the run": float(summary["removed_share"])}
    for rule, numbers in summary["rules"].items():
        out[rule] = max(0, int(numbers["chars_removed"])) / size
    return out
