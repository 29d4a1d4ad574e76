"""A person put on the roster of a groep, as a form asks it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ikec_compliance.centre import Centre
from ikec_compliance.centre.centre import Record
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.repair import Edit
from ikec_compliance.serve.fields import check_time

WEEKDAYS = {"ma": "maandag", "di": "dinsdag", "wo": "woensdag", "do": "donderdag", "vr": "vrijdag", "za": "zaterdag",
            "zo": "zondag"}  # fmt: skip
ROLES = {"beroepskracht": "beroepskracht", "beroepskracht_in_opleiding": "beroepskracht in opleiding",
         "stagiair": "stagiair", "leraar": "leraar", "onderwijsassistent": "onderwijsassistent",
         "jeugdhulpverlener": "jeugdhulpverlener", "vrijwilliger": "vrijwilliger",
         "ondersteuner": "ondersteuner"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """A medewerker to choose: ``near`` when employed at a voorziening of the groep."""

    id: str
    label: str
    near: bool


def people(centre: Centre, groups: Sequence[str]) -> list[Person]:
    """The medewerkers to choose from, those of the voorziening of these groepen first."""
    places = {place for group in groups for place in _facilities(centre, group)}
    found = []
    for record in centre.records("medewerkers"):
        if record.get("vacature"):
            continue
        function = str(record.get("functie") or "medewerker").replace("_", " ")
        near = bool(places & set(map(str, record.get("werkt_bij") or ())))
        found.append(Person(record.id, f"{record.id} ({function})", near))
    return sorted(found, key=lambda person: not person.near)


def groups_of(subject: str, centre: Centre) -> list[Record]:
    """The groepen of ``groep:x``, or of ``voorziening:x``: those that have a roster."""
    kind, _, name = subject.partition(":")
    with_roster = {str(line.get("groep")) for line in centre.records("rooster")}
    return [
        record
        for record in centre.records("groepen")
        if record.id in with_roster
        and (record.id == name if kind == "groep" else name in map(str, record.get("voorzieningen") or ()))
    ]


def added(centre: Centre, posted: Mapping[str, str], days: Sequence[str]) -> tuple[Edit, str]:
    """The new line of the roster and a sentence that says so; ``InputError`` for what is not filled in well."""
    group = centre.find("groepen", posted.get("groep", ""))
    person = centre.find("medewerkers", posted.get("medewerker", ""))
    if group is None:
        raise InputError("kies een groep")
    if person is None:
        raise InputError("kies een medewerker")
    role = posted.get("rol", "")
    if role not in ROLES:
        raise InputError("kies als wat de medewerker er is")
    first, last = check_time(posted.get("van", ""), "van"), check_time(posted.get("tot", ""), "tot")
    if last <= first:
        raise InputError(f"de eindtijd ({last}) ligt niet na de begintijd ({first})")
    id_ = _free_id(centre)
    when, shown = _when(posted.get("datum", ""), days)
    line = {"id": id_, "groep": group.id, **when, "van": first, "tot": last, "rol": role, "medewerker": person.id}
    said = f"{person.id} op {group.get('naam') or group.id}: {shown} {first}–{last} ({ROLES[role]})"
    return Edit("add", "rooster", id_, "", line), said


def _when(day: str, days: Sequence[str]) -> tuple[dict[str, object], str]:
    """The days of a line of the roster, and how they are said."""
    if day and days:
        raise InputError("kies dagen van de week of één datum, niet allebei")
    if day:
        try:
            date.fromisoformat(day)
        except ValueError:
            raise InputError(f"‘{day[:20]}’ is geen datum; schrijf jjjj-mm-dd") from None
        return {"datum": day}, day
    chosen = [name for name in WEEKDAYS if name in days]
    if not chosen:
        raise InputError("kies ten minste één dag van de week, of een datum")
    return {"dag": chosen}, ", ".join(WEEKDAYS[name] for name in chosen)


def _free_id(centre: Centre) -> str:
    number = 1
    while centre.find("rooster", f"erbij-{number}") is not None:
        number += 1
    return f"erbij-{number}"


def _facilities(centre: Centre, group: str) -> list[str]:
    record = centre.find("groepen", group)
    return [] if record is None else list(map(str, record.get("voorzieningen") or ()))
