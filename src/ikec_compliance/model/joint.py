"""The result of ``conflicts --joint``: everything that one group or person must satisfy."""

from __future__ import annotations

from datetime import date

from ikec_compliance.model.record import dataclass
from ikec_compliance.model.result import Receipt
from ikec_compliance.model.rule import Binding, Evidence, Source
from ikec_compliance.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class JointLine:
    """One quantity of a group or person: what satisfies every regime at once, and who binds it.

    ``binds`` are the rules that restrict, ``rules`` all that speak of it; ``verdict`` is the worst of theirs. An
    ``impossible`` line has no value that satisfies all.
    """

    quantity: str
    requirement: str
    binds: tuple[str, ...]
    rules: tuple[str, ...]
    source: tuple[Source, ...]
    verdict: Verdict
    impossible: bool = False


@dataclass(frozen=True, slots=True)
class JointDuty:
    """A duty of a group or person that is no number or choice.

    ``scope`` names a voorziening for which it holds as a whole.
    """

    rule: str
    regime: str
    text: str
    source: tuple[Source, ...]
    binding: Binding
    evidence: Evidence
    verdict: Verdict
    scope: str = ""


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """A stretch of a day in which somebody works: under which regime, in which role, counted where, on which terms.

    ``counted`` says whether it counts for the beroepskracht-kindratio; ``registration`` what that regime wants of the
    person and whether it is there; ``note`` what is wrong or unsure.
    """

    day: date
    start: str
    end: str
    groups: tuple[str, ...]
    regimes: tuple[str, ...]
    role: str
    registration: str
    counted: str
    cao: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class JointRequirement:
    """Everything that one group or person must satisfy, of all regimes at once."""

    receipt: Receipt
    subject: str
    title: str
    regimes: tuple[str, ...]
    lines: tuple[JointLine, ...]
    duties: tuple[JointDuty, ...]
    times: tuple[WorkingTime, ...] = ()
