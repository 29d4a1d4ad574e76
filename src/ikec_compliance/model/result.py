"""The one result object of a check: everything a report can show, in a stable order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from ikec_compliance.model.overview import Overview
from ikec_compliance.model.place import Location
from ikec_compliance.model.receipt import Asked, Results
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.repair import Repair
from ikec_compliance.model.rule import Binding, Evidence, NotInForce, Severity, Source
from ikec_compliance.model.stale import StaleAcceptance
from ikec_compliance.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class ReadValue:
    """A field that a clause read: its path, its value in Dutch (``onbekend`` when unknown), and where it came from."""

    path: str
    title: str
    shown: str
    formula: str
    places: tuple[Location, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One comparison of a rule with its truth (``waar``, ``onwaar``, ``onbekend``) for a subject.

    ``role`` is ``geldt``, ``eis`` or the id of an exception; ``depth`` its nesting.
    """

    role: str
    text: str
    truth: str
    depth: int
    values: tuple[ReadValue, ...]


@dataclass(frozen=True, slots=True)
class BreachInterval:
    """A maximal breaching stretch of a presence day, as clock times, with what was there and what decides."""

    start: str
    end: str
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact that would help decide a verdict: subject, field, the question to ask and where the answer goes."""

    subject: str
    path: str
    question: str
    location: Location


@dataclass(frozen=True, slots=True)
class AppliedException:
    """An exception that held (``state`` geldt) or may hold (``state`` onbekend) for a subject."""

    id: str
    text: str
    state: str
    source: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's judgement on an open norm, from ``oordelen``."""

    judgement: str
    reasoning: str
    by: str
    on: date
    until: date
    expired: bool


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A finding accepted for now, from ``uitzonderingen_ci``: the verdict stays, only the exit code changes."""

    reason: str
    by: str
    until: date


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """The verdict of one rule for one subject."""

    rule: str
    regime: str
    title: str
    subject: str
    subject_title: str
    verdict: Verdict
    severity: Severity
    evidence: Evidence
    binding: Binding
    message: str
    repair_who: str
    repair_what: str
    source: tuple[Source, ...]
    location: Location
    missing: tuple[MissingFact, ...] = ()
    clauses: tuple[Clause, ...] = ()
    intervals: tuple[BreachInterval, ...] = ()
    slices: int = 0
    valid_until: date | None = None
    harmless: bool = False
    exceptions: tuple[AppliedException, ...] = ()
    judgement: Judgement | None = None
    accepted: Acceptance | None = None

    @property
    def is_finding(self) -> bool:
        """A ``voldoet_niet`` (DESIGN §6)."""
        return self.verdict is Verdict.FAILS


@dataclass(frozen=True, slots=True)
class NormLine:
    """A norm of a conflict as it is shown: who asks what of the merged subject, and how sure that is.

    ``domain`` is the set of values it allows, as text that a certificate check can read back. ``standing`` is
    ``hard``, ``verlof`` (restricts nothing) or why it is no hard norm.
    """

    rule: str
    regime: str
    act: str
    addressee: str
    modality: str
    quantity: str
    shown: str
    source: tuple[Source, ...]
    evidence: Evidence
    binding: Binding
    applied_to: str
    domain: str = ""
    standing: str = "hard"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What proves a conflict's class. Anyone can check it by hand.

    ``kind`` is ``mus`` (J empty: ``core`` cannot hold together, ``proof`` says why, ``witnesses`` gives for each norm
    a value that satisfies all the others) or ``joint`` (J not empty: ``joint`` is J, ``binding_norms`` who restricts;
    ``value`` and ``broken`` when the centre's value lies outside). ``free`` names the parties that leave the
    quantity free. ``conflicts`` and ``removals`` are the minimal sets of norms that cannot hold together and those
    whose removal leaves what can; all of them when ``complete``, else the first ones. ``quantities`` says what values
    each quantity can have, when several are at stake.
    """

    kind: str
    core: tuple[str, ...]
    proof: tuple[str, ...]
    witnesses: Mapping[str, str]
    joint: str
    binding_norms: tuple[str, ...]
    value: str
    broken: tuple[str, ...]
    free: tuple[str, ...] = ()
    conflicts: tuple[tuple[str, ...], ...] = ()
    removals: tuple[tuple[str, ...], ...] = ()
    complete: bool = True
    quantities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A collision of norms of several acts or addressees on one merged subject."""

    id: str
    code: str
    title: str
    conflict_class: str
    state: str
    severity: Severity
    evidence: Evidence
    binding: Binding
    binds: tuple[str, ...]
    reason: str
    explanation: str
    subject: str
    norms: tuple[NormLine, ...]
    certificate: Certificate
    resolutions: tuple[str, ...]
    sources: tuple[str, ...]
    location: Location
    repairs: tuple[Repair, ...] = ()
    accepted: Acceptance | None = None

    @property
    def listed(self) -> bool:
        """Whether a documented friction describes it."""
        return self.code.startswith("CF-")

    @property
    def is_finding(self) -> bool:
        """A conflict in state ``open``."""
        return self.state == "open"


@dataclass(frozen=True, slots=True)
class Question:
    """One question whose answer helps decide verdicts; ``decides`` counts those it decides by itself.

    ``rules`` counts the rules of which it alone makes verdicts decidable, the harmless ones included.
    """

    subject: str
    subject_title: str
    path: str
    question: str
    decides: int
    helps: int
    location: Location
    rules: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was checked with what: a report can be repeated from it."""

    version: str
    on: date
    on_source: str
    days: tuple[date, ...]
    centre: str
    centre_name: str
    centre_path: str
    centre_sha256: str
    rules_path: str
    rules_packaged: bool
    rules_sha256: str
    engine: str
    laws: Mapping[str, date]
    regimes: tuple[str, ...]
    verified: bool
    asked: Asked = field(default_factory=Asked)
    results: Results = field(default_factory=Results)


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of verdicts, findings and conflicts. ``per_regime`` maps a regime to verdict counts."""

    verdicts: Mapping[str, int]
    per_regime: Mapping[str, Mapping[str, int]]
    violations: int
    warnings: int
    conflicts_open: int
    conflicts: int
    unknown: int
    harmless: int
    review: int
    subjects: int
    rules: int
    slices: int


@dataclass(frozen=True, slots=True)
class WithoutSubject:
    """A rule in force that has no subject in this centre."""

    rule: str
    regime: str
    subject_type: str


@dataclass(frozen=True, slots=True)
class Report:
    """The result of ``check`` (schema ``ikec-report/v1``)."""

    receipt: Receipt
    summary: Summary
    verdicts: tuple[VerdictLine, ...]
    conflicts: tuple[ConflictLine, ...] = ()
    questions: tuple[Question, ...] = ()
    repairs: tuple[Repair, ...] = ()
    notices: tuple[str, ...] = ()
    not_in_force: tuple[NotInForce, ...] = ()
    without_subject: tuple[WithoutSubject, ...] = ()
    stale: tuple[StaleAcceptance, ...] = ()
    """Accepted findings that have expired or that nothing needs: warnings of their own."""
    vocabulary: Mapping[str, str] = field(default_factory=dict)
    """The centre's own words → the law's terms, for readers."""
    dated: frozenset[tuple[str, date]] = frozenset()
    """(groep or voorziening, day) for which the roster has lines of that date alone; see ``model.fingerprint``."""
    baseline: frozenset[str] = frozenset()
    """Fingerprints of findings that were there before: they stay visible and no longer count."""
    overview: Overview | None = None
    """What the reports for people show besides; only when it was asked for."""
