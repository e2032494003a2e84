"""Settings of a cleaner: one frozen object, checked when it is made."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Literal, get_args

import msgspec

from cleantext.errors import ConfigError
from cleantext.ownrules.definition import OwnRule

Mode = Literal["conservative", "balanced", "aggressive"]

#: A finding is acted on from this confidence upwards.
THRESHOLDS: dict[str, float] = {"conservative": 0.93, "balanced": 0.8, "aggressive": 0.6}

#: The share of a document's code points that may be removed; more than that leaves the document
#: as it was, with every finding a flag: a document that is nearly all noise wants a person's eye.
BUDGETS: dict[str, float] = {"conservative": 0.6, "balanced": 0.9, "aggressive": 1.0}


class Reviewed(msgspec.Struct, frozen=True):
    """A verdict on a finding. `cut`: `text` is only its beginning."""

    verdict: Literal["right", "wrong"]
    rule: str
    text: str
    path: str = ""
    cut: bool = False


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """How to clean.

    Rules are named by selectors: a code (``CT303``), the beginning of codes (``CT3``), a rule's name or
    a family. Where several selectors name a rule, the most specific one decides.

    mode              how sure a finding must be to be acted on
    select            rules to use; empty: all
    extend_select     rules to use besides
    ignore            rules to leave out; wins where it is as specific as what selects
    modes             a mode of its own for rules, by selector
    thresholds        confidence from which findings are acted on, by selector; wins over `modes`
    unsafe_edits      whether rules act that otherwise only flag
    extend_safe       rules that may act although they only flag unasked
    extend_unsafe     rules that only flag
    protect           texts (case matters) that are never touched: a finding that overlaps one is a flag
    protect_patterns  RE2 patterns, the same
    budget            share of a document's code points that may be removed, 0 to 1, instead of the mode's
    lang              language of the texts as a hint (BCP 47, such as ``"de"``)
    languages         languages that the texts can be in; empty: guessed for each text
    own_rules         rules of the user, from `cleantext.ownrules`
    profile           path of the profile of a corpus (`cleantext profile`): lines that repeat on the
                      site of a text's URL are found
    reviewed          a person's verdicts on findings; what was found wrong is left alone

    Raises `ConfigError` for a value that can't be meant.
    """

    mode: Mode = "balanced"
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    modes: dict[str, Mode] = {}
    thresholds: dict[str, float] = {}
    unsafe_edits: bool = False
    extend_safe: tuple[str, ...] = ()
    extend_unsafe: tuple[str, ...] = ()
    protect: tuple[str, ...] = ()
    protect_patterns: tuple[str, ...] = ()
    budget: float | None = None
    lang: str | None = None
    languages: tuple[str, ...] = ()
    own_rules: tuple[OwnRule, ...] = ()
    reviewed: tuple[Reviewed, ...] = ()
    profile: str | None = None

    def __post_init__(self) -> None:
        for mode in (self.mode, *self.modes.values()):
            if mode not in get_args(Mode):
                raise ConfigError(f"mode {mode!r} is unknown: {did_you_mean(mode, get_args(Mode))}")
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
