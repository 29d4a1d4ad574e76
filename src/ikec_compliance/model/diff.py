"""What a change of configuration flips, finding by finding."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.verdict import Verdict

_RANKS = {Verdict.FAILS: 0, Verdict.UNDECIDED: 1, Verdict.REVIEW: 2, Verdict.PASSES: 3, Verdict.NOT_APPLICABLE: 3}
_FINE = 3


class Flip(str, Enum):
    """What became of a verdict or conflict, the one to look at first first."""

    WORSE = "worse"
    NEW = "new"
    BETTER = "better"
    OTHER = "other"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one side says of a rule and subject, or of a conflict.

    ``word`` is the verdict or the state of the conflict; ``rank`` orders them, 0 is worst and equal ranks are neither
    better nor worse. ``kind`` is the class of a conflict, empty for a verdict. ``severity`` is error or warning.
    """

    code: str
    subject: str
    title: str
    word: str
    kind: str
    rank: int
    finding: bool
    severity: str
    accepted: bool
    message: str
    articles: str
    location: Location


@dataclass(frozen=True, slots=True)
class Change:
    """One fingerprint of which the two sides say something else; a side that does not have it is ``None``."""

    fingerprint: str
    flip: Flip
    then: Outcome | None
    now: Outcome | None

    @property
    def shown(self) -> Outcome:
        """The side to show: what is there now, else what was."""
        found = self.now if self.now is not None else self.then
        assert found is not None
        return found

    @property
    def worsens(self) -> bool:
        """Whether it counts for the exit code.

        A verdict that became worse does, and a finding about a subject that was not there; not what was accepted.
        """
        if self.now is None or self.now.accepted:
            return False
        return self.flip is Flip.WORSE or (self.flip is Flip.NEW and self.now.finding)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two configurations: how it is named, and what it was checked with."""

    name: str
    centre_name: str
    on: date
    days: tuple[date, ...]
    regimes: tuple[str, ...]
    rules_sha256: str
    outcomes: Mapping[str, Outcome]


@dataclass(frozen=True, slots=True)
class Diff:
    """Every change, in the order of the new side and then of the old; ``same`` counts what did not change."""

    then: Side
    now: Side
    changes: tuple[Change, ...]
    same: int

    @property
    def worsens(self) -> bool:
        """Whether anything counts for the exit code."""
        return any(change.worsens for change in self.changes)


def rank_of_verdict(verdict: Verdict, harmless: bool) -> int:
    """0 is worst; what complies, does not apply or is harmless ranks alike."""
    return _FINE if harmless else _RANKS[verdict]


def rank_of_conflict(state: str, kind: str) -> int:
    """0 is worst: open and without any choice that is allowed."""
    if state == "open":
        return 0 if kind == "tegenstrijdig" else 1
    return 2 if state == "onbekend" else _FINE


def keep_worst(outcomes: dict[str, Outcome], name: str, outcome: Outcome) -> None:
    """The same weekday of several weeks has one fingerprint: the worst of them speaks."""
    other = outcomes.get(name)
    if other is None or outcome.rank < other.rank:
        outcomes[name] = outcome
