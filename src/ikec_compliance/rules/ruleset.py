"""All rules, and what is in force on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import date, timedelta
from pathlib import Path

from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import NotInForce, ResolvedRule, RuleHead, Status
from ikec_compliance.model.vocabulary import Vocabulary
from ikec_compliance.rules.laws import Laws
from ikec_compliance.rules.parameters import NoValue
from ikec_compliance.rules.version import RuleVersion


@dataclass(frozen=True, slots=True, eq=False)
class InForce:
    """The rules to evaluate on a day, in file order, and those that are not, with the reason."""

    rules: tuple[ResolvedRule, ...]
    not_in_force: tuple[NotInForce, ...]


@dataclass(frozen=True, slots=True, eq=False)
class RuleSet:
    """Every version of every rule with the vocabulary and the laws they speak of. ``sha256`` covers all files."""

    versions: tuple[RuleVersion, ...]
    vocabulary: Vocabulary
    laws: Laws
    sha256: str
    folder: Path
    _resolved: dict[tuple[int, frozenset[str] | None], InForce] = field(default_factory=dict)
    _turns: list[date] = field(default_factory=list)

    def on(self, day: date, regimes: Iterable[str] | None = None) -> InForce:
        """What is in force on ``day``; only ``published`` versions are evaluated."""
        wanted = frozenset(regimes) if regimes else None
        key = (epoch(self.turns(), day), wanted)
        if key not in self._resolved:
            self._resolved[key] = self._select(day, wanted)
        return self._resolved[key]

    @property
    def heads(self) -> tuple[RuleHead, ...]:
        """Every version of every rule, in file order."""
        return tuple(version.head for version in self.versions)

    def turns(self) -> tuple[date, ...]:
        """The days, in order, from which another version or another value of a parameter may hold."""
        if not self._turns:
            days = {date.min}
            for version in self.versions:
                periods = [version.head.valid]
                periods += [value.valid for values in version.parameters.values.values() for value in values]
                for valid in periods:
                    days.add(valid.first)
                    if valid.last is not None and valid.last < date.max:
                        days.add(valid.last + timedelta(days=1))
            self._turns.extend(sorted(days))
        return tuple(self._turns)

    def _select(self, day: date, regimes: frozenset[str] | None) -> InForce:
        rules: list[ResolvedRule] = []
        reasons: dict[str, NotInForce] = {}
        # From the last version to the first: of those still to come the earliest says why there is nothing yet, and
        # of those that have ended the last says since when.
        ended: set[str] = set()
        for version in sorted(self.versions, key=lambda item: item.head.valid.first, reverse=True):
            head = version.head
            reason = self._reason(version, day)
            if reason is not None and head.id not in ended and (regimes is None or head.regime in regimes):
                reasons[head.id] = NotInForce(head.id, reason, head.regime)
                if head.status is Status.PUBLISHED and day >= head.valid.first:
                    ended.add(head.id)
        for version in self.versions:
            head = version.head
            if regimes is not None and head.regime not in regimes:
                continue
            if self._reason(version, day) is None:
                try:
                    rules.append(version.resolve(day, self.vocabulary, self.laws))
                except NoValue as error:
                    reasons[head.id] = NotInForce(head.id, str(error), head.regime)
        in_force = {rule.id for rule in rules}
        return InForce(tuple(rules), tuple(reasons[i] for i in sorted(reasons) if i not in in_force))

    @staticmethod
    def _reason(version: RuleVersion, day: date) -> str | None:
        head = version.head
        if head.status is not Status.PUBLISHED:
            return {Status.DRAFT: "concept", Status.ANNOUNCED: "aangekondigd, niet in werking",
                    Status.WITHDRAWN: "ingetrokken"}[head.status]  # fmt: skip
        if day < head.valid.first:
            return "nog niet in werking" if version.from_known else "oudere tekst niet gelezen"
        if head.valid.last is not None and day > head.valid.last:
            return f"vervallen na {head.valid.last.isoformat()}"
        return None


def epoch(turns: Sequence[date], day: date) -> int:
    """The number of the stretch of days without a change of law that holds ``day``."""
    return bisect_right(turns, day)
