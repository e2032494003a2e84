"""What a rule is: one class that declares where to look, decides, and explains itself."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

import msgspec

from cleantext.document import Document
from cleantext.scan.sieve import Gate, Hit
from cleantext.scan.trigger import Trigger

__all__ = ["Candidate", "Example", "Gate", "Hit", "LookAlike", "Rule", "Trigger"]


class Candidate(msgspec.Struct, frozen=True):
    """A piece of noise that a rule proposes: the span ``[start, end)`` in code points.

    `replacement` is what is to stand there instead; `confidence` the chance, 0 to 1, that a careful
    person would agree; `reason` one sentence for that person, with the evidence. `family` is given
    where the piece tells more about itself than the rule's family does.
    """

    start: int
    end: int
    confidence: float
    reason: str
    replacement: str = ""
    family: str = ""


class Example(msgspec.Struct, frozen=True):
    """A text before and after: documentation, and a test of spans, restoring and a second run."""

    before: str
    after: str
    lang: str = "en"


class LookAlike(msgspec.Struct, frozen=True):
    """A text that resembles the noise and must stay."""

    text: str
    why: str


class Rule:
    """Base of all rules; one subclass a file.

    A subclass sets the class variables, writes a docstring (its first line says what it finds; then
    why that is noise, what it leaves alone, and the source of the heuristic), and implements
    `triggers` and `find`. One object serves all threads: it keeps no state of a document.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    family: ClassVar[str]
    #: Whether it may act unattended; the others only flag unless they are selected by code.
    safe: ClassVar[bool] = True
    #: Families that know better where they overlap this rule's candidates.
    yields_to: ClassVar[frozenset[str]] = frozenset()
    #: Whether `find` is called for documents in which no trigger fired as well, if it is `wanted`.
    always: ClassVar[bool] = False
    #: Whether it finds something only with the profile of a corpus, so that its examples need one too.
    needs_profile: ClassVar[bool] = False
    #: Above 0 it is asked only once the others find nothing more, those of lower numbers included, by
    #: `judge` instead of `find`.
    late: ClassVar[int] = 0
    #: Whether what it removes counts for the modes' budgets; one that doesn't sees to its own limits.
    budgeted: ClassVar[bool] = True
    #: Thresholds by mode that are its own, for rules whose confidence comes from a measurement.
    limits: ClassVar[Mapping[str, float]] = {}
    examples: ClassVar[Sequence[Example]] = ()
    lookalikes: ClassVar[Sequence[LookAlike]] = ()

    def triggers(self) -> Iterable[tuple[Trigger, Any]]:
        """Where to look: triggers, each with whatever helps `find` when it fires."""
        return ()

    def gate(self, payload: Any) -> Gate | None:
        """What the place of a hit with `payload` has to be like; None: `find` wants every hit."""
        return None

    def wanted(self, doc: Document) -> bool:
        """Whether a rule with `always` has something to do in a document in which no trigger of its own fired.

        Rules for labels are asked besides where a whole line is a label of theirs.
        """
        return True

    def find(self, doc: Document, hits: Sequence[Hit]) -> Iterator[Candidate]:
        """The noise in `doc`; `hits` are this rule's triggers that fired, ordered by their end."""
        raise NotImplementedError

    def judge(self, doc: Document, threshold: float) -> Iterator[Candidate]:
        """What a late rule proposes; candidates from `threshold` upwards will be acted on."""
        raise NotImplementedError

    @property
    def doc(self) -> str:
        """The rule's documentation, as plain text."""
        return inspect.getdoc(type(self)) or ""

    @property
    def summary(self) -> str:
        """The first line of the documentation."""
        return self.doc.partition("\n")[0]
