"""The five verdicts."""

from __future__ import annotations

from enum import Enum


class Verdict(str, Enum):
    """Outcome of one rule for one subject, worst first (the order of a presence day, DESIGN §6)."""

    FAILS = "voldoet_niet"
    UNDECIDED = "niet_te_bepalen"
    REVIEW = "te_beoordelen"
    PASSES = "voldoet"
    NOT_APPLICABLE = "niet_van_toepassing"

    @property
    def rank(self) -> int:
        """0 is worst."""
        return _RANKS[self._name_]


_RANKS = {verdict.name: number for number, verdict in enumerate(Verdict)}
