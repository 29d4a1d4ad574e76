"""Gathers what the reports for people show besides verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ikec_compliance.app.display import subject_title
from ikec_compliance.centre.centre import Centre, Record
from ikec_compliance.centre.references import REGIME_OF
from ikec_compliance.facts.base import FactBase
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.overview import Facility, GroupDay, Overview, Paper, PresenceSlice

_NUMBERS = {"kinderopvang": ("LRK", "lrk_nummer"), "onderwijs": ("BRIN", "brin"), "jeugdhulp": ("AGB", "agb")}
_PREFIXES = {"groepen": "groep", "documenten": "document", "raden": "raad", "regelingen": "regeling"}


def overview(centre: Centre, facts: FactBase) -> Overview:
    """The overview of a centre; presence over the days of ``facts``."""
    return Overview(
        facilities=tuple(_facility(record, centre) for record in centre.records("voorzieningen")),
        papers=tuple(_papers(centre)),
        belongs=_belongs(centre, facts),
        days=tuple(_days(centre, facts)),
        glossary={
            own: {regime: str(term) for regime, term in terms.items() if term}
            for own, terms in centre.data.get("woordenlijst", {}).items()
        },
    )


def _facility(record: Record, centre: Centre) -> Facility:
    kind = str(record.get("soort"))
    regime = REGIME_OF[kind]
    number_kind, key = _NUMBERS[regime]
    number = record.get(key)
    owner = str(record.get("organisatie") or "")
    return Facility(
        id=record.id,
        title=str(record.get("naam") or record.id),
        kind=kind,
        regime=regime,
        organisation=owner,
        organisation_title=subject_title(f"organisatie:{owner}", centre) if owner else "",
        number_kind=number_kind if number else "",
        number=str(number or ""),
        address=str(record.get("adres") or ""),
    )


def _papers(centre: Centre) -> Iterator[Paper]:
    for record in centre.records("documenten"):
        adopted = record.get("vastgesteld_op")
        day = adopted if isinstance(adopted, date) else None
        kinds = tuple(map(str, record.get("soorten") or ()))
        yield Paper(str(record.get("titel") or record.id), kinds, _named(record), day)
    for record in centre.records("regelingen"):
        adopted = record.get("vastgesteld_op")
        day = adopted if isinstance(adopted, date) else None
        title = str(record.get("naam") or record.get("titel") or record.id)
        yield Paper(title, (str(record.get("soort")),), _named(record), day)


def _named(record: Record) -> tuple[str, ...]:
    return tuple(map(str, record.get("voorzieningen") or ()))


def _belongs(centre: Centre, facts: FactBase) -> dict[str, tuple[str, ...]]:
    """Every subject a rule can have, with the voorzieningen it is part of, in file order."""
    found: dict[str, list[str]] = {}
    for facility in centre.records("voorzieningen"):
        found[f"voorziening:{facility.id}"] = [facility.id]
        if owner := facility.get("organisatie"):
            found.setdefault(f"organisatie:{owner}", []).append(facility.id)
    for key, prefix in _PREFIXES.items():
        for record in centre.records(key):
            found[f"{prefix}:{record.id}"] = list(_named(record))
    for person, facility in facts.context.pairs():
        found.setdefault(f"medewerker:{person.id}", []).append(facility.id)
        found[f"medewerker:{person.id}/voorziening:{facility.id}"] = [facility.id]
    return {subject: tuple(ids) for subject, ids in found.items()}


def _days(centre: Centre, facts: FactBase) -> Iterator[GroupDay]:
    """The days on which the law asks a number of beroepskrachten, groep by groep; of a bso as a whole."""
    made: dict[tuple[str, date], dict[tuple[int, int], PresenceSlice]] = {}
    unknown: set[tuple[str, date]] = set()
    for name in ("groepsmoment", "centrummoment"):
        for fact in facts.of_type(name):
            body, _, day = fact.subject.partition("@")
            if name == "centrummoment" and not _is_bso(body, centre):
                continue
            key = (body, date.fromisoformat(day))
            own = made.setdefault(key, {})
            if fact.interval is None:
                unknown.add(key)
            else:
                own.setdefault(fact.interval, _slice(fact, fact.interval))
    for (body, on), slices in made.items():
        known = (body, on) not in unknown
        if known and not any(part.required[1] for part in slices.values()):
            continue
        kind, _, id_ = body.partition(":")
        record = centre.find("groepen", id_) if kind == "groep" else None
        if not known and record is not None and record.get("soort") not in ("stamgroep", "basisgroep", "kog"):
            continue
        facilities = _named(record) if record is not None else (id_,)
        yield GroupDay(
            body, subject_title(body, centre), on, facilities, known, tuple(slices.values()) if known else ()
        )


def _is_bso(body: str, centre: Centre) -> bool:
    record = centre.find("voorzieningen", body.partition(":")[2])
    return record is not None and record.get("soort") == "bso"


def _slice(fact: Fact, interval: tuple[int, int]) -> PresenceSlice:
    start, end = interval
    return PresenceSlice(start, end, fact.value("kinderen"), fact.value("vereist"), fact.value("beroepskrachten"))
