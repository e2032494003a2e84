"""Every exception the package raises on purpose, under one base class."""

from __future__ import annotations


class CleantextError(Exception):
    """Base of all errors of this package. The message says what is wrong and what to do."""


class ConfigError(CleantextError):
    """A setting is unknown or has a value that it can't have."""


class RestoreError(CleantextError):
    """The cleaned text and the report don't belong together."""


class InputError(CleantextError):
    """A document can't be read as text."""


class OutputError(CleantextError):
    """A result can't be written."""


class RuleError(CleantextError):
    """A rule or a lexicon file is malformed."""


class ExtraError(CleantextError, ImportError):
    """A part of the package needs a distribution that isn't installed; the message names the extra."""
