"""Two other distributions, `cleantext` and `clean-text`, install a package of this name.

Whoever is installed last overwrites files of the other, and pip says nothing. This looks once, at
import, and says so clearly instead of letting a mixture fail somewhere later.
"""

from __future__ import annotations

import os

_OURS = "cleantext-toolkit"
# Files that only they install (clean-text 0.7.1, cleantext 1.1.4).
_THEIRS = (
    "clean.py",
    "constants.py",
    "sklearn.py",
    "specials.py",
    "utils.py",
    "cleantext.py",
    "exceptions.py",
)


def check(init: str) -> None:
    """Raises `ImportError` when files of another distribution lie in this package's folder."""
    folder = os.path.dirname(init)
    strangers = [name for name in _THEIRS if os.path.exists(os.path.join(folder, name))]
    if strangers:
        raise ImportError(
            f"{folder} holds {', '.join(strangers)} of another distribution with the same import name "
            f"(cleantext or clean-text). Uninstall both and install again: "
            f"pip uninstall -y cleantext clean-text {_OURS} && pip install {_OURS}"
        )
