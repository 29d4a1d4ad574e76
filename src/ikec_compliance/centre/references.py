"""Checks what a schema cannot: that every reference names something, and that roster lines make sense."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ikec_compliance.centre.centre import Centre, Record
from ikec_compliance.model.errors import InputError
from ikec_compliance.yamlio.suggest import did_you_mean

# list -> dotted field -> list it refers to. A list-valued or mapping-valued field refers with each item or key.
REFERENCES: Mapping[str, Mapping[str, str]] = {
    "voorzieningen": {"organisatie": "organisaties", "samenwerkingsverband": "organisaties"},
    "ruimtes": {"voorzieningen": "voorzieningen"},
    "buitenruimtes": {"voorzieningen": "voorzieningen"},
    "groepen": {"voorzieningen": "voorzieningen", "ruimte": "ruimtes", "verantwoordelijke": "medewerkers",
                "leerlingen_van": "voorzieningen", "vaste_gezichten": "medewerkers"},
    "medewerkers": {"organisatie": "organisaties", "werkt_bij": "voorzieningen"},
    "documenten": {"voorzieningen": "voorzieningen", "instemming": "raden", "advies": "raden"},
    "raden": {"voorzieningen": "voorzieningen"},
    "regelingen": {"voorzieningen": "voorzieningen"},
    "rooster": {"groep": "groepen", "ruimte": "ruimtes", "medewerker": "medewerkers"},
    "kinderen": {"voorziening": "voorzieningen"},
}  # fmt: skip

DEFAULT_REGIME = {"stamgroep": "kinderopvang", "basisgroep": "kinderopvang", "onderwijsgroep": "onderwijs",
                  "behandelgroep": "jeugdhulp"}  # fmt: skip

REGIME_OF = {"dagopvang": "kinderopvang", "bso": "kinderopvang", "so": "onderwijs", "sbo": "onderwijs",
             "basisschool": "onderwijs", "jeugdhulp": "jeugdhulp"}  # fmt: skip
_KINDS = {"kinderopvang": "dagopvang of bso", "onderwijs": "school", "jeugdhulp": "jeugdhulpvoorziening"}


def check_references(centre: Centre) -> None:
    """``InputError`` at the first reference that names nothing or roster line that cannot be read."""
    for key, fields in REFERENCES.items():
        for record in centre.records(key):
            for field, target in fields.items():
                _check(record.get(field), record, field, target, centre)
    for id_ in centre.data.get("dossiers", {}):
        if centre.find("voorzieningen", id_) is None:
            hint = did_you_mean(id_, centre.index["voorzieningen"])
            raise InputError(f"onbekende voorziening '{id_}'{hint}", centre.place("dossiers", id_))
    anything = {record.id for record in centre.everything()}
    for key, field in (("integratie", "deelt"), ("ontheffingen", "betreft")):
        for record in centre.records(key):
            for id_ in record.get(field):
                if id_ not in anything:
                    raise InputError(f"onbekende verwijzing '{id_}'{did_you_mean(id_, anything)}", record.place(field))
    for record in centre.records("groepen"):
        kind = record.get("soort")
        if kind in DEFAULT_REGIME and DEFAULT_REGIME[kind] not in _regimes(record, centre):
            raise InputError(
                f"groep '{record.id}' is een {kind}, maar geen van haar voorzieningen is een "
                f"{_KINDS[DEFAULT_REGIME[kind]]}: geen regel zou haar toetsen",
                record.place("voorzieningen"),
            )
    for record in centre.records("rooster"):
        _check_line(record, centre)


def _regimes(group: Record, centre: Centre) -> set[str]:
    found = (centre.find("voorzieningen", id_) for id_ in group.get("voorzieningen"))
    return {REGIME_OF[facility.get("soort")] for facility in found if facility is not None}


def _check(value: Any, record: Record, field: str, target: str, centre: Centre) -> None:
    ids: Iterable[str] = () if value is None else (value,) if isinstance(value, str) else value
    if field == "vaste_gezichten":
        ids = [id_ for own in value or () for id_ in own]
    for id_ in ids:
        if centre.find(target, id_) is None:
            known = centre.index.get(target, {})
            raise InputError(f"'{id_}' staat niet in {target}{did_you_mean(id_, known)}", record.place(field))


def _check_line(line: Record, centre: Centre) -> None:
    if ("dag" in line.data) == ("datum" in line.data):
        raise InputError("een roosterregel heeft precies een van dag en datum", line.place("id"))
    if ("medewerker" in line.data) == ("aantallen" in line.data):
        raise InputError("een roosterregel heeft precies een van medewerker en aantallen", line.place("id"))
    if line.data["tot"] <= line.data["van"]:
        raise InputError("tot ligt niet na van", line.place("tot"))
    if "rol" in line.data and "aantallen" in line.data:
        raise InputError("een regel met aantallen kinderen heeft geen rol", line.place("rol"))
    if "pauze" in line.data and "aantallen" in line.data:
        raise InputError("een regel met aantallen kinderen heeft geen pauze", line.place("pauze"))
    if "datum" in line.data and "kalender" in line.data:
        raise InputError("een regel met een datum heeft geen kalender", line.place("kalender"))
    group = centre.find("groepen", line.data["groep"])
    if group is not None and "regime" not in line.data and group.get("soort") not in DEFAULT_REGIME:
        raise InputError(
            f"groep '{group.id}' is een {group.get('soort')}: geef het regime van deze regel "
            "(kinderopvang, onderwijs of jeugdhulp)",
            line.place("id"),
        )
    if group is not None and "aantallen" in line.data:
        regime = line.get("regime") or DEFAULT_REGIME[group.get("soort")]
        if regime not in _regimes(group, centre):
            raise InputError(
                f"deze kinderen vallen onder {regime}, maar groep '{group.id}' hoort niet bij een {_KINDS[regime]}: "
                "geen regel zou hen tellen",
                line.place("regime"),
            )
