"""Finding in one pass where rules have to look at all.

Every rule declares triggers; all triggers of all enabled rules are compiled into one matcher. Two
engines do the work, with the same result: `native` (hyperscan: one automaton for everything) and
`portable` (ahocorasick_rs for literals, google-re2 for patterns), which is taken where hyperscan
has no wheel. ``CLEANTEXT_ENGINE=native`` or ``portable`` forces one.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence

from cleantext.errors import ConfigError
from cleantext.scan.trigger import Scanner, Trigger

__all__ = ["Scanner", "Trigger", "engine_name", "make_scanner"]


def engine_name() -> str:
    """The engine in force: ``"native"`` or ``"portable"``.

    Raises `ConfigError` when ``CLEANTEXT_ENGINE`` names something else or what isn't installed.
    """
    wanted = os.environ.get("CLEANTEXT_ENGINE", "").strip().lower()
    native = importlib.util.find_spec("hyperscan") is not None
    if wanted in ("", "auto"):
        return "native" if native else "portable"
    if wanted not in ("native", "portable"):
        raise ConfigError(f"CLEANTEXT_ENGINE={wanted} is unknown: use native, portable or auto")
    if wanted == "native" and not native:
        raise ConfigError("CLEANTEXT_ENGINE=native needs hyperscan: install it, or use portable")
    return wanted


def make_scanner(triggers: Sequence[Trigger]) -> Scanner:
    """A scanner for `triggers` with the engine in force."""
    if engine_name() == "native":
        from cleantext.scan.native import NativeScanner

        return NativeScanner(triggers)
    from cleantext.scan.portable import PortableScanner

    return PortableScanner(triggers)
