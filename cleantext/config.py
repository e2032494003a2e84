"""Settings of a cleaner: one frozen object, checked when it is made."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

import msgspec

from cleantext.errors import ConfigError

Mode = Literal["conservative", "balanced", "aggressive"]

#: A finding is acted on from this confidence upwards.
THRESHOLDS: dict[str, float] = {"conservative": 0.93, "balanced": 0.8, "aggressive": 0.6}

#: The share of a document's code points that may be removed; more than that leaves the document
#: as it was, with every finding a flag: a document that is nearly all noise wants a person's eye.
BUDGETS: dict[str, float] = {"conservative": 0.6, "balanced": 0.9, "aggressive": 1.0}


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """How to clean.

    mode        how sure a finding must be to be acted on
    select      codes or prefixes of codes (``CT1``), names or families of rules to use; empty: all
    ignore      the same, of rules to leave out; wins over `select`
    thresholds  confidence from which findings of a rule (code) or family are acted on,
                instead of the mode's
    protect     texts (case matters) that are never touched: a finding that overlaps one is a flag
    budget      share of a document's code points that may be removed, 0 to 1, instead of the mode's
    lang        language of the texts as a hint (BCP 47, such as ``"de"``)

    Raises `ConfigError` for a value that can't be meant.
    """

    mode: Mode = "balanced"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    thresholds: dict[str, float] = {}
    protect: tuple[str, ...] = ()
    budget: float | None = None
    lang: str | None = None

    def __post_init__(self) -> None:
        if self.mode not in get_args(Mode):
            raise ConfigError(f"mode {self.mode!r} is unknown: {did_you_mean(self.mode, get_args(Mode))}")
        if self.budget is not None and not 0 <= self.budget <= 1:
            raise ConfigError(f"budget {self.budget} is out of range: give a share from 0 to 1")
        for key, value in self.thresholds.items():
            if not 0 <= value <= 1:
                raise ConfigError(f"threshold {key} = {value} is out of range: give a confidence from 0 to 1")
        if any(not p for p in self.protect):
            raise ConfigError("protect holds an empty text, which is everywhere: remove it")

    @property
    def threshold(self) -> float:
        """The mode's threshold."""
        return THRESHOLDS[self.mode]

    @property
    def removal_budget(self) -> float:
        """The budget in force."""
        return BUDGETS[self.mode] if self.budget is None else self.budget


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint for an unknown word: the nearest known one, and else all of them if they are few."""
    known = list(known)
    near = difflib.get_close_matches(word, known, n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    return "use one of " + ", ".join(known) if len(known) <= 30 else "`cleantext rules` lists what there is"


def from_mapping(settings: Mapping[str, object], where: str) -> Config:
    """A `Config` from parsed TOML or JSON; `where` names its source in error messages."""
    names = Config.__struct_fields__
    for key in settings:
        if key not in names:
            raise ConfigError(f"{where}: unknown key {key!r}: {did_you_mean(key, names)}")
    try:
        return msgspec.convert(dict(settings), type=Config)
    except msgspec.ValidationError as e:
        raise ConfigError(f"{where}: {e}") from e
    except ConfigError as e:
        raise ConfigError(f"{where}: {e}") from e
