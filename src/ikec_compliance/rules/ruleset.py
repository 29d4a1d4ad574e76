"""All rules, and what is in force on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ikec_compliance.model.rule import NotInForce, ResolvedRule, Status
from ikec_compliance.model.vocabulary import Vocabulary
from ikec_compliance.rules.laws import Laws
from ikec_compliance.rules.parameters import NoValue
from ikec_compliance.rules.version import RuleVersion


@dataclass(frozen=True, slots=True)
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
    _resolved: dict[tuple[date, frozenset[str] | None], InForce] = field(default_factory=dict)

    def on(self, day: date, regimes: Iterable[str] | None = None) -> InForce:
        """What is in force on ``day``; only ``published`` versions are evaluated."""
        wanted = frozenset(regimes) if regimes else None
        key = (day, wanted)
        if key not in self._resolved:
            self._resolved[key] = self._select(day, wanted)
        return self._resolved[key]

    def _select(self, day: date, regimes: frozenset[str] | None) -> InForce:
        rules: list[ResolvedRule] = []
        reasons: dict[str, NotInForce] = {}
        for version in self.versions:
            head = version.head
            if regimes is not None and head.regime not in regimes:
                continue
            reason = self._reason(version, day)
            if reason is None:
                try:
                    rules.append(version.resolve(day, self.vocabulary, self.laws))
                    continue
                except NoValue as error:
                    reason = str(error)
            reasons[head.id] = NotInForce(head.id, reason, head.regime)
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
