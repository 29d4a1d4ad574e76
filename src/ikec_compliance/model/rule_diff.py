"""What differs between two rule sets, or between the law of two days: plain records for reports."""

from __future__ import annotations

from datetime import date

from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Flip:
    """A configuration that is judged otherwise: ``given`` as in a rule test. ``None`` is no verdict: no such rule."""

    before: Verdict | None
    after: Verdict | None
    given: tuple[tuple[str, str], ...]
    on: date


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One rule on one stretch of days, from ``first`` up to and including ``last`` (open when ``None``).

    ``kind``: ``nieuw``, ``vervallen``, ``gewijzigd`` (another verdict for some configuration), ``tekst`` (other words,
    sources or tests, the same verdicts) or ``onbekend`` (too large to compare). ``keys`` are the keys that differ.
    """

    rule: str
    title: str
    kind: str
    first: date
    last: date | None
    keys: tuple[str, ...]
    flips: tuple[Flip, ...]
    old: Location | None
    new: Location | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TableFlip:
    """A group that needs another number of beroepskrachten; ``None`` is a group that is not allowed."""

    counts: tuple[tuple[str, int], ...]
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class TableChange:
    """The statutory table of one kind of opvang on one stretch of days.

    ``flips`` are the smallest groups that differ, of ``groups`` in all; ``rules`` read the outcome. ``kind`` is
    ``gewijzigd``, ``nieuw`` or ``vervallen``.
    """

    table: str
    title: str
    kind: str
    first: date
    last: date | None
    flips: tuple[TableFlip, ...]
    groups: int
    rules: tuple[str, ...]
    old: Location | None
    new: Location | None


@dataclass(frozen=True, slots=True)
class CentreFlip:
    """One line of a report that is judged otherwise."""

    rule: str
    subject: str
    before: Verdict | None
    after: Verdict | None
    message: str
    location: Location | None

    @property
    def worse(self) -> bool:
        """Whether a finding has come."""
        return self.after is Verdict.FAILS and self.before is not Verdict.FAILS


@dataclass(frozen=True, slots=True)
class CentreChange:
    """A centre under both rule sets, on a date or in a period; ``same`` lines are judged alike."""

    centre: str
    name: str
    old_days: str
    new_days: str
    flips: tuple[CentreFlip, ...]
    same: int


@dataclass(frozen=True, slots=True)
class RuleDiff:
    """Everything that differs; ``compared`` is the number of rules that were compared."""

    old: str
    new: str
    changes: tuple[RuleChange, ...]
    tables: tuple[TableChange, ...]
    centres: tuple[CentreChange, ...]
    compared: int
