"""What people added to the findings: judgements on open norms, and findings accepted for now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from ikec_compliance.centre.centre import Centre
from ikec_compliance.model.result import Acceptance, Judgement


def read_judgements(centre: Centre, on: date) -> dict[tuple[str, str], Judgement]:
    """The ``oordelen`` given by then, by rule and subject: of several the newest that holds, else one that expired."""
    found = {}
    given = (raw for raw in centre.data.get("oordelen", ()) if raw["op"] <= on)
    for raw in sorted(given, key=lambda raw: (raw["geldig_tot"] >= on, raw["op"])):
        found[raw["regel"], raw["onderwerp"]] = Judgement(
            raw["oordeel"], raw["onderbouwing"], raw["door"], raw["op"], raw["geldig_tot"], raw["geldig_tot"] < on
        )
    return found


def read_acceptances(centre: Centre, on: date) -> dict[tuple[str, str], Acceptance]:
    """The ``uitzonderingen_ci`` that have not expired, by rule and subject."""
    return {
        (raw["regel"], raw["onderwerp"]): Acceptance(raw["reden"], raw["door"], raw["tot"])
        for raw in centre.data.get("uitzonderingen_ci", ())
        if raw["tot"] >= on
    }


def could_meet(rule: str, subject: str, days: Sequence[date], other_rules: Collection[str]) -> bool:
    """Whether a check could have met a rule and subject: one of other rules or days says nothing about it."""
    day = subject.partition("@")[2]
    return (not day or day in {str(own) for own in days}) and rule not in other_rules
