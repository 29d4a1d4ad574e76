"""Counts from the configuration itself how many verdicts there must be: none may get lost on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ikec_compliance.centre.centre import Centre, Record
from ikec_compliance.facts.period import WEEKDAYS
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.vocabulary import SubjectType

_REGIME = {"so": "onderwijs", "sbo": "onderwijs", "basisschool": "onderwijs", "dagopvang": "kinderopvang",
           "bso": "kinderopvang", "jeugdhulp": "jeugdhulp"}  # fmt: skip
_GROUP_REGIME = {"stamgroep": "kinderopvang", "basisgroep": "kinderopvang", "onderwijsgroep": "onderwijs",
                 "behandelgroep": "jeugdhulp"}  # fmt: skip


def count_subjects(subject: SubjectType, centre: Centre, days: Sequence[date]) -> int:
    """Subjects of a type, counted without the facts."""
    if subject.name == "inzet":
        return len(_worked(centre))
    if subject.name == "gedeeld_document":
        return sum(1 for record in centre.records("documenten") if len(set(record.get("soorten"))) > 1)
    if not subject.per_day:
        return len(centre.records(subject.list_key))
    rostered = _rostered(centre, subject.list_key)
    found = 0
    for record in centre.records(subject.list_key):
        named = _open(record, centre) | rostered.get(record.id, set())
        found += sum(1 for day in days if WEEKDAYS[day.weekday()] in named or day in named)
    return found


def _rostered(centre: Centre, key: str) -> dict[str, set[str | date]]:
    """Per groep, or per voorziening of such a groep, the weekdays and dates on which children are rostered."""
    found: dict[str, set[str | date]] = {}
    for line in centre.records("rooster"):
        if "aantallen" not in line.data:
            continue
        named = line.get("datum") or line.get("dag")
        group = centre.find("groepen", line.get("groep"))
        ids = [line.get("groep")] if key == "groepen" or group is None else group.get("voorzieningen")
        for id_ in ids:
            found.setdefault(id_, set()).update(named if isinstance(named, list | tuple) else [named])
    return found


def _open(record: Record, centre: Centre) -> set[str | date]:
    ids = record.get("voorzieningen") if record.key == "groepen" else [record.id]
    days: set[str | date] = set()
    for id_ in ids:
        facility = centre.find("voorzieningen", id_)
        hours = facility.get("openingstijden") if facility else None
        days |= set(hours["dagen"]) if hours else set(WEEKDAYS)
    return days


def _worked(centre: Centre) -> set[tuple[str, str]]:
    pairs = {(person.id, id_) for person in centre.records("medewerkers") for id_ in person.get("werkt_bij") or ()}
    for line in centre.records("rooster"):
        group = centre.find("groepen", line.get("groep"))
        if line.get("medewerker") is None or group is None:
            continue
        regime = line.get("regime") or _GROUP_REGIME[group.get("soort")]
        for id_ in group.get("voorzieningen"):
            facility = centre.find("voorzieningen", id_)
            if facility is not None and _REGIME[facility.get("soort")] == regime:
                pairs.add((line.get("medewerker"), id_))
    return pairs


def check_count(expected: int, found: int) -> None:
    """``InternalError`` when a verdict is missing or double."""
    if expected != found:
        raise InternalError(f"er zijn {found} oordelen waar er {expected} moeten zijn; er is geen rapport gemaakt")


def unique_subjects(subjects: Iterable[str]) -> int:
    """How many different subjects were judged."""
    return len(set(subjects))
