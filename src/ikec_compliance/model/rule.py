"""Rules as loaded and as resolved for a date."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import Enum

from ikec_compliance.model.expr import Expr, Period
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass


class Evidence(str, Enum):
    """How a text or number was verified, strongest first."""

    READ = "gelezen"
    OLDER = "oudere_tekst"
    SECONDARY = "secundair"
    UNCONFIRMED = "onbevestigd"

    @property
    def rank(self) -> int:
        """0 is strongest."""
        return list(Evidence).index(self)


def weakest(*items: Evidence) -> Evidence:
    """The weakest of ``items``; read when there are none."""
    return max(items, key=lambda item: item.rank, default=Evidence.READ)


class Binding(str, Enum):
    """Legal force of a source, strongest first."""

    WET = "wet"
    AMVB = "amvb"
    REGELING = "regeling"
    VERORDENING = "verordening"
    BELEIDSREGEL = "beleidsregel"
    CAO = "cao"
    RICHTSNOER = "richtsnoer"
    TOEZICHTPRAKTIJK = "toezichtpraktijk"
    HUISREGEL = "huisregel"

    @property
    def rank(self) -> int:
        """0 is strongest."""
        return list(Binding).index(self)


class Status(str, Enum):
    """Life cycle of a rule version. Only ``published`` is evaluated."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Severity(str, Enum):
    """Weight of a finding."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Source:
    """Legal source: law code of wetten.yaml, article, lid, state of the text and deep links."""

    law: str
    article: str
    lid: str
    state: date
    url: str
    juriconnect: str
    note: str = ""

    def __str__(self) -> str:
        text = f"{self.law} art. {self.article}"
        return f"{text} lid {self.lid}" if self.lid else text


@dataclass(frozen=True, slots=True)
class Validity:
    """First and last day (inclusive) a version is in force; ``last`` open when ``None``."""

    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        """Whether ``day`` falls inside."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """One dated value of a parameter, in integer steps of its unit (or a calendar period)."""

    name: str
    unit: str
    value: int | Period
    shown: str
    valid: Validity
    source: tuple[Source, ...]
    evidence: Evidence
    place: Location


@dataclass(frozen=True, slots=True)
class RuleException:
    """An exception of a resolved rule. ``require`` is set when the effect is to replace."""

    id: str
    source: tuple[Source, ...]
    applies: Expr
    require: Expr | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class NormQuantity:
    """One quantity of a norm: its name, unit and counting rule.

    ``field`` is where its value is read; a quantity without one has ``choices`` of its own, and its value is what
    the integration declares. ``mapping`` turns values of a yes/no or choice field into those choices.
    """

    name: str
    unit: str
    counting: str
    field: str
    choices: tuple[str, ...] = ()
    mapping: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def path(self) -> str:
        """What the constraint calls the quantity: its field, or its own name when it has choices of its own."""
        return f"={self.name}" if self.choices else self.field


@dataclass(frozen=True, slots=True)
class Norm:
    """What the reconciler needs of a rule (DESIGN §9).

    ``constraint`` is what is asked of the quantities, in integer steps; the rule's own ``require`` when ``None``.
    ``merges`` names the kinds of integration choice the norm takes part in. ``window`` are the minutes of the day
    (first, one past last) for which it speaks; always when ``None``.
    """

    act: str
    addressee: str
    modality: str
    merges: tuple[str, ...]
    quantities: tuple[NormQuantity, ...]
    constraint: Expr | None
    shown: str
    window: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class RuleTest:
    """A test that a rule file carries: facts given, verdict expected."""

    name: str
    date: date
    given: Mapping[str, object]
    expect: str
    place: Location


@dataclass(frozen=True, slots=True)
class RuleHead:
    """Everything of a rule version that does not depend on the date of evaluation."""

    id: str
    regime: str
    theme: str
    title: str
    text: Mapping[str, str]
    source: tuple[Source, ...]
    evidence: Evidence
    binding: Binding
    valid: Validity
    status: Status
    severity: Severity
    subject: str
    open_norm: str
    repair_who: str
    repair_what: str
    tests: tuple[RuleTest, ...]
    place: Location
    message: str = ""
    """A sentence of its own for ``voldoet_niet``; ``{field}`` becomes the value found."""


@dataclass(frozen=True, slots=True)
class ResolvedRule:
    """A rule version with its parameters filled in for one date.

    ``require`` is ``None`` for a purely open norm. ``evidence`` is the weakest of the rule, its
    parameters and the calculators it cites.
    """

    head: RuleHead
    applies: Expr
    require: Expr | None
    exceptions: tuple[RuleException, ...]
    evidence: Evidence
    parameters: tuple[ParameterValue, ...] = ()
    norm: Norm | None = None

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.head.id

    @property
    def decides(self) -> bool:
        """Whether the evidence is strong enough for ``voldoet`` and ``voldoet_niet``."""
        return self.evidence is not Evidence.UNCONFIRMED


@dataclass(frozen=True, slots=True)
class NotInForce:
    """A rule id without a version to evaluate on a date, and why."""

    rule: str
    reason: str
    regime: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
