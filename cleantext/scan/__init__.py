"""Finding in one pass where rules have to look at all.

Every rule declares triggers; all triggers of all enabled rules are compiled into one matcher. Three
engines do the work, with the same findings: `compiled` (literals by the extension module of this
package, patterns by hyperscan), `native` (hyperscan: one automaton for everything), which is taken
where the extension module wasn't built, and `portable` (ahocorasick_rs for literals, google-re2 for
patterns), where hyperscan has no wheel. ``CLEANTEXT_ENGINE`` forces one by its name.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence

from cleantext.errors import ConfigError
from cleantext.scan.sieve import Gate
from cleantext.scan.trigger import Scanner, Trigger

__all__ = ["ENGINES", "Scanner", "Trigger", "engine_name", "make_scanner"]


ENGINES = ("compiled", "native", "portable")


def engine_name() -> str:
    """The engine in force: ``"compiled"``, ``"native"`` or ``"portable"``.

    Raises `ConfigError` when ``CLEANTEXT_ENGINE`` names something else or what isn't installed.
    """
    wanted = os.environ.get("CLEANTEXT_ENGINE", "").strip().lower()
    if wanted in ("", "auto"):
        if importlib.util.find_spec("cleantext._literals") is not None:
            return "compiled"
        return "native" if importlib.util.find_spec("hyperscan") is not None else "portable"
    if wanted not in ENGINES:
        raise ConfigError(f"CLEANTEXT_ENGINE={wanted} is unknown: use {', '.join(ENGINES)} or auto")
    if wanted == "native" and importlib.util.find_spec("hyperscan") is None:
        raise ConfigError("CLEANTEXT_ENGINE=native needs hyperscan: install it, or use portable")
    if wanted == "compiled" and importlib.util.find_spec("cleantext._literals") is None:
        raise ConfigError(
            "CLEANTEXT_ENGINE=compiled needs the extension module, which wasn't built here: "
            "install cleantext-toolkit again with a C compiler, or use native"
        )
    return wanted


def make_scanner(triggers: Sequence[Trigger], gates: Sequence[Gate]) -> Scanner:
    """A scanner for `triggers` with the engine in force; a hit that its gate refuses may be left out."""
    engine = engine_name()
    if engine == "portable" or importlib.util.find_spec("hyperscan") is None:
        from cleantext.scan.portable import PortableScanner as Engine
    else:
        from cleantext.scan.native import NativeScanner as Engine  # type: ignore[assignment]
    if engine != "compiled":
        return Engine(triggers)
    from cleantext.scan.literals import LiteralScanner

    return LiteralScanner(triggers, gates, Engine)
