"""The pipeline: document, scan, rules, resolve, edits, until nothing more is found."""

from __future__ import annotations

import gc
import threading
from functools import cache
from typing import TYPE_CHECKING, Any

from cleantext.compose import Composition, apply
from cleantext.config import Config
from cleantext.document import Document
from cleantext.errors import ConfigError
from cleantext.finding import CleanResult, Finding, Report
from cleantext.labels import line_families
from cleantext.ownrules.definition import OwnRule
from cleantext.patterns import compile_pattern
from cleantext.resolve import resolve
from cleantext.rules import Candidate, Rule
from cleantext.rules.label import LabelRule
from cleantext.rules.repeated_line import MEMO
from cleantext.scan import Scanner, engine_name, make_scanner
from cleantext.scan.sieve import Sieve
from cleantext.selection import rules_of, selected, threshold
from cleantext.version import __version__

if TYPE_CHECKING:
    from cleantext.corpus.site import SiteLines

# Every edit makes the text shorter, so the passes end by themselves; the limit bounds what a text
# made for the purpose can cost. Real pages need two, one of which finds nothing.
_MAX_PASSES = 12
# The same for late rules, which are followed by passes of the others. A text on which they don't
# settle is cleaned without them: a second run decides the same, so it changes nothing more.
_MAX_ROUNDS = 10

_lock = threading.Lock()


class _Program:
    """Rules with their triggers compiled: what cleaners with the same rules share."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self.sieve = Sieve(rules)
        self.scanner: Scanner = make_scanner(self.sieve.triggers, self.sieve.gates)
        self.sieve.trust(self.scanner.asks)
        self.always = [r for r, rule in enumerate(rules) if rule.always]
        #: Rules for labels are asked as well where a whole line is a label of theirs.
        self.labels: dict[str, list[int]] = {}
        for r, rule in enumerate(rules):
            if isinstance(rule, LabelRule):
                self.labels.setdefault(rule.key, []).append(r)
        self.late = sorted((rule for rule in rules if rule.late), key=lambda rule: rule.late)

    def propose(self, doc: Document) -> list[tuple[Rule, Candidate]]:
        """What the rules propose for one document."""
        rules = self.rules
        hits = self.sieve.hits(doc, self.scanner.scan(doc))
        for r in self.always:
            if r not in hits and rules[r].wanted(doc):
                hits[r] = []
        if self.labels:
            for family in line_families(doc):
                for r in self.labels.get(family, ()):
                    hits.setdefault(r, [])
        return [(rules[r], c) for r in sorted(hits) for c in rules[r].find(doc, hits[r])]


@cache
def _program(codes: tuple[str, ...], own: tuple[OwnRule, ...], engine: str) -> _Program:
    rules = {rule.code: rule for rule in rules_of(Config(own_rules=own))}
    # Some hundred thousand objects come to stay: looking at each again and again takes a third of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _Program(tuple(rules[code] for code in codes))
    finally:
        if collecting:
            gc.enable()


class Cleaner:
    """Cleans texts with one set of settings; compiles once, then is cheap to call.

    >>> from cleantext import Cleaner
    >>> Cleaner(mode="conservative").clean("One line.").text
    'One line.'

    Thread-safe, and picklable for worker processes. Settings are a `Config`, or its fields by name.
    Raises `ConfigError` for settings that can't be meant.
    """

    def __init__(self, config: Config | None = None, **settings: Any) -> None:
        if config is None:
            try:
                config = Config(**settings)
            except TypeError as e:
                raise ConfigError(f"{e}; settings are {', '.join(Config.__struct_fields__)}") from e
        elif settings:
            raise ConfigError("give a Config or settings by name, not both")
        self.config = config
        rules = selected(config)
        self._codes = tuple(r.code for r in rules)
        self._own = tuple(own for own in config.own_rules if own.code in self._codes)
        self._thresholds = {r.code: threshold(r, config) for r in rules}
        self._repeated = next(
            (self._thresholds[r.code] for r in rules if r.needs_profile and config.profile is not None), None
        )
        self._languages = frozenset(config.languages)
        for pattern in config.protect_patterns:
            compile_pattern(pattern)
        if config.profile is not None:
            from cleantext.corpus.site import check_profile

            check_profile(config.profile)  # now, for cleaning never raises

    def __reduce__(self) -> tuple[type[Cleaner], tuple[Config]]:
        return Cleaner, (self.config,)

    def clean(self, text: str, lang: str | None = None, url: str | None = None) -> CleanResult:
        """The text without its noise, and the report from which `restore` gives it back.

        `lang` (BCP 47) and `url` are hints. Any string is text: nothing that it holds raises.
        Raises `TypeError` for what is no string.
        """
        if not isinstance(text, str):
            raise TypeError(f"clean wants a str, not {type(text).__name__}: decode it first")
        program = self._compiled()
        lang = lang or self.config.lang
        site = self._site(url) if url and self._repeated is not None else None
        done = self._settle(program, text, lang, site, program.late)
        if done is None:
            done = self._settle(program, text, lang, site, [])
            assert done is not None
        now, findings = done
        report = Report(
            findings=tuple(findings),
            mode=self.config.mode,
            chars_in=len(text),
            chars_out=len(now),
            version=__version__,
        )
        return CleanResult(now, report)

    def _site(self, url: str) -> SiteLines | None:
        """What the profile says about the site of `url`."""
        from cleantext.corpus.lines import site_of
        from cleantext.corpus.site import site_lines

        assert self.config.profile is not None
        return site_lines(self.config.profile, site_of(url))

    def _settle(
        self, program: _Program, text: str, lang: str | None, site: SiteLines | None, late: list[Rule]
    ) -> tuple[str, list[Finding]] | None:
        """The text after which nothing more is found, and the findings; None where `late` doesn't settle."""
        composition = Composition(text)
        now = text
        flags: list[Finding] = []
        lasting: dict[Any, Any] = {}  # from pass to pass
        rounds = 0
        while True:
            for _ in range(_MAX_PASSES):
                doc = self._document(now, lang, site, lasting)
                proposals = program.propose(doc)
                found = resolve(now, proposals, self.config, self._of) if proposals else []
                edits = [f for f in found if f.action != "flag"]
                if not edits:
                    break
                composition.add(edits)
                now = apply(now, edits)
            flags = [f for f in found if f.action == "flag"] if not edits else []
            if edits or not late:
                break
            for rule in late:
                more = [(rule, c) for c in rule.judge(doc, self._of(rule))]
                if not more:
                    continue
                proposals = proposals + more
                found = resolve(now, proposals, self.config, self._of)
                edits = [f for f in found if f.action != "flag"]
                if edits:
                    break
                flags = found
            if not edits:
                break
            # The rule that found something goes on alone, for all the others cost ten times as much.
            while edits:
                if rounds == _MAX_ROUNDS:
                    return None
                rounds += 1
                composition.add(edits)
                now = apply(now, edits)
                doc = self._document(now, lang, site, lasting)
                more = [(rule, c) for c in rule.judge(doc, self._of(rule))]
                found = resolve(now, more, self.config, self._of) if more else []
                edits = [f for f in found if f.action != "flag"]
        findings = composition.edits
        if flags:
            findings = sorted(
                findings + composition.flags(flags), key=lambda f: (f.start, f.end, f.rule, f.action)
            )
        return now, findings

    def _document(
        self, text: str, lang: str | None, site: SiteLines | None, lasting: dict[Any, Any]
    ) -> Document:
        doc = Document(text, lang, self._languages, lasting)
        if site is not None:
            doc.memo[MEMO] = (site, self._repeated)
        return doc

    def _compiled(self) -> _Program:
        with _lock:  # two threads must not compile the same automaton
            return _program(self._codes, self._own, engine_name())

    def _of(self, rule: Rule) -> float:
        return self._thresholds[rule.code]


@cache
def default_cleaner() -> Cleaner:
    """The cleaner behind `cleantext.clean`."""
    return Cleaner()


def clean(text: str, lang: str | None = None, url: str | None = None) -> CleanResult:
    """The text without its noise, and a report on what was taken out and why.

    `lang` (BCP 47, such as ``"de"``) and `url` are hints. Offsets in the report are code points
    into `text`; `restore(result.text, result.report)` gives `text` back. Never raises on any string.
    """
    return default_cleaner().clean(text, lang=lang, url=url)
