"""Accepted findings (``uitzonderingen_ci``) that no longer do anything: findings of their own."""

from __future__ import annotations

from datetime import date

from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass

EXPIRED, UNUSED = "verlopen", "ongebruikt"
"""The two ways in which an acceptance goes stale."""


@dataclass(frozen=True, slots=True)
class StaleAcceptance:
    """An acceptance that has expired, or that no finding needs; always of severity warning.

    ``rule`` and ``subject`` are those the acceptance names; ``until`` is its last day.
    """

    rule: str
    subject: str
    state: str
    message: str
    reason: str
    by: str
    until: date
    location: Location

    @property
    def code(self) -> str:
        """``CI-VERLOPEN`` or ``CI-ONGEBRUIKT``: the id of this kind of finding."""
        return f"CI-{self.state.upper()}"

    @property
    def title(self) -> str:
        """The kind of finding in Dutch."""
        return "Geaccepteerde bevinding is verlopen" if self.state == EXPIRED else "Uitzondering wordt niet gebruikt"

    @property
    def fingerprint(self) -> str:
        """Its lasting name: kind, rule and subject."""
        return f"{self.code}/{self.rule}/{self.subject}"
