"""Which settings are in force for which file."""

from __future__ import annotations

import os
from typing import Self

from cleantext.config import Config
from cleantext.settings.files import find_file, load
from cleantext.settings.layers import Layer, Layered, Values


class Sources:
    """Settings by file: those of the nearest settings file, and the options on top.

    explicit  a settings file that holds for all files
    search    whether to look for settings files; those of the current folder hold where a file has none
    """

    def __init__(self, options: Values, explicit: str | None = None, *, search: bool = True) -> None:
        self._options = options
        self._explicit = Layered(load(explicit), options) if explicit else None
        self._search = search
        self._path = explicit
        self._folders: dict[str, str | None] = {}
        self._loaded: dict[str | None, Layered] = {}

    def with_options(self, options: Values) -> Self:
        """The same with further options, which win."""
        return type(self)({**self._options, **options}, self._path, search=self._search)

    def at(self, path: str | None = None) -> Layered:
        """The settings for the file or folder at `path`, or for the current folder.

        Raises `ConfigError` when a settings file is wrong.
        """
        if self._explicit:
            return self._explicit
        file = self._file(path) if self._search else None
        if file not in self._loaded:
            self._loaded[file] = Layered(load(file) if file else Layer(), self._options)
        return self._loaded[file]

    def file(self, path: str | None) -> str | None:
        """The settings file that is in force for `path`."""
        if self._explicit or not self._search:
            return self._path
        return self._file(path)

    def _file(self, path: str | None) -> str | None:
        if path is None:
            return find_file(".", self._folders)
        folder = path if os.path.isdir(path) else os.path.dirname(path) or "."
        return find_file(folder, self._folders) or find_file(".", self._folders)


def load_config(path: str | None = None, *, file: str | None = None) -> Config:
    """The settings from the files that hold for the file or folder `path`, or for the current folder.

    `file` names a settings file to take instead of the nearest. ``Cleaner(load_config())`` cleans as
    the command line does. Raises `ConfigError` with the file and the line of what is wrong.
    """
    return Sources({}, file).at(path).config(path)
