"""cleantext finds the noise that scraping leaves in text, and takes it out so that it can be put back.

>>> import cleantext
>>> result = cleantext.clean("They meet on Marcus EriksonTuesday, kicking off a tour.")
>>> result.text
'They meet on Tuesday, kicking off a tour.'
>>> cleantext.restore(result.text, result.report)
'They meet on Marcus EriksonTuesday, kicking off a tour.'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleantext._shadow import check as _check
from cleantext.version import __version__

_check(__file__)

if TYPE_CHECKING:
    from cleantext.cleaner import Cleaner, clean
    from cleantext.config import Config
    from cleantext.errors import (
        CleantextError,
        ConfigError,
        ExtraError,
        InputError,
        OutputError,
        RestoreError,
        RuleError,
    )
    from cleantext.finding import FAMILIES, CleanResult, Finding, Report, restore
    from cleantext.html import ExtractResult, extract
    from cleantext.many import clean_many
    from cleantext.settings.sources import load_config

__all__ = [
    "FAMILIES",
    "CleanResult",
    "Cleaner",
    "CleantextError",
    "Config",
    "ConfigError",
    "ExtraError",
    "ExtractResult",
    "Finding",
    "InputError",
    "OutputError",
    "Report",
    "RestoreError",
    "RuleError",
    "__version__",
    "clean",
    "clean_many",
    "extract",
    "load_config",
    "restore",
]

# Loaded at first use, so that `import cleantext` and `cleantext --version` stay quick.
_HOMES = {
    "cleantext.cleaner": ("Cleaner", "clean"),
    "cleantext.config": ("Config",),
    "cleantext.errors": (
        "CleantextError",
        "ConfigError",
        "InputError",
        "ExtraError",
        "OutputError",
        "RestoreError",
        "RuleError",
    ),
    "cleantext.html": ("ExtractResult", "extract"),
    "cleantext.finding": ("FAMILIES", "CleanResult", "Finding", "Report", "restore"),
    "cleantext.many": ("clean_many",),
    "cleantext.settings.sources": ("load_config",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'cleantext' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
