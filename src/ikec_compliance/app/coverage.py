"""How much of the law in scope the rules cover, per regime."""

from __future__ import annotations

from collections.abc import Sequence

from ikec_compliance.model.record import dataclass
from ikec_compliance.rules.inventory import REGIMES
from ikec_compliance.rules.ledger import Cover, Covered, load_ledger
from ikec_compliance.rules.ruleset import RuleSet


@dataclass(frozen=True, slots=True)
class Coverage:
    """The ledger of one regime; ``units`` is ``None`` when it keeps none."""

    regime: str
    units: tuple[Covered, ...] | None

    @property
    def unclaimed(self) -> tuple[Covered, ...]:
        """Units that nobody answered for, or that are said to be unread."""
        return tuple(unit for unit in self.units or () if unit.cover is Cover.UNREAD)


def coverage(rules: RuleSet, regimes: Sequence[str] = ()) -> list[Coverage]:
    """The ledgers of the regimes asked for, or of all; ``InputError`` for a ledger that contradicts the rules."""
    return [Coverage(regime, load_ledger(rules, regime)) for regime in REGIMES if not regimes or regime in regimes]
