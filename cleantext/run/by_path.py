"""A cleaner whose settings differ by path."""

from __future__ import annotations

from cleantext.cleaner import Cleaner
from cleantext.config import Config
from cleantext.finding import CleanResult
from cleantext.settings.layers import Layered


class ByPath:
    """Cleans each file as its settings say. Goes to worker processes, so it pickles."""

    def __init__(self, settings: Layered) -> None:
        self._settings = settings
        self._cleaners: dict[int, tuple[Config, Cleaner]] = {}

    def __reduce__(self) -> tuple[type[ByPath], tuple[Layered]]:
        return ByPath, (self._settings,)

    def at(self, path: str | None) -> Cleaner:
        """The cleaner for the file at `path`."""
        config = self._settings.config(path)
        kept = self._cleaners.get(id(config))
        if kept is None:
            kept = self._cleaners[id(config)] = config, Cleaner(config)
        return kept[1]

    @property
    def identity(self) -> object:
        """What two of them that clean alike have in common."""
        return self._settings.identity

    def clean(self, text: str, lang: str | None = None, url: str | None = None) -> CleanResult:
        """The text, cleaned with the settings for no path in particular."""
        return self.at(None).clean(text, lang=lang, url=url)
