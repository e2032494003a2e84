"""What a rule in TOML says, as data: it travels to worker processes and into reports."""

from __future__ import annotations

from typing import Literal

import msgspec


class When(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """Conditions; all that are set must hold.

    after, before    share of the text, 0 to 1, after or before which the match begins
    longest_line     code points that its line may have
    whole_line       nothing else stands on its lines but white space
    beside_blank     the line before or the line after is blank, or there is none
    near             RE2 patterns, one of which matches within `reach` lines
    not_near         RE2 patterns, none of which matches within `reach` lines
    reach            lines before and after, for the two
    repeats          how often the rule matches in the text at least
    languages        the text may be in one of these
    """

    after: float = 0.0
    before: float = 1.0
    longest_line: int | None = None
    whole_line: bool = False
    beside_blank: bool = False
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    reach: int = 3
    repeats: int = 1
    languages: tuple[str, ...] = ()


class Pair(msgspec.Struct, frozen=True):
    """A text before and after."""

    before: str
    after: str


class OwnRule(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """A rule of the user.

    code, name    unlike those of all other rules; codes that begin with CT are the package's
    finds         what it finds, in a sentence
    family        one of the package's families
    literals      texts to look for
    patterns      RE2 patterns to look for; ``^`` and ``$`` stand for the ends of lines
    ignore_case   whether `literals` and `patterns` disregard case
    removes       the ``line`` with a match, or the ``span`` that matched
    replacement   what stands there instead; only for a ``span``, and only where that is shorter
    confidence    0 to 1
    only_flags    whether it never changes the text
    matches       texts that it must find something in
    stays         texts that it must leave alone
    examples      texts before and after
    """

    code: str
    name: str
    finds: str
    family: str = "page-furniture"
    literals: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    ignore_case: bool = False
    removes: Literal["line", "span"] = "line"
    replacement: str = ""
    confidence: float = 0.9
    only_flags: bool = False
    when: When = When()
    matches: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    examples: tuple[Pair, ...] = ()
    origin: str = ""
