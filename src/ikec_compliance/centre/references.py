"""Checks what a schema cannot: that every reference names something, and that roster lines make sense."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ikec_compliance.centre.centre import Centre, Record
from ikec_compliance.model.errors import InputError
from ikec_compliance.yamlio.suggest import did_you_mean

# list -> dotted field -> list it refers to. A list-valued or mapping-valued field refers with each item or key.
_REFERENCES: Mapping[str, Mapping[str, str]] = {
    "voorzieningen": {"organisatie": "organisaties", "samenwerkingsverband": "organisaties"},
    "ruimtes": {"voorzieningen": "voorzieningen"},
    "buitenruimtes": {"voorzieningen": "voorzieningen"},
    "groepen": {"voorzieningen": "voorzieningen", "ruimte": "ruimtes", "verantwoordelijke": "medewerkers",
                "leerlingen_van": "voorzieningen"},
    "medewerkers": {"organisatie": "organisaties", "werkt_bij": "voorzieningen"},
    "documenten": {"voorzieningen": "voorzieningen", "instemming": "raden", "advies": "raden"},
    "raden": {"voorzieningen": "voorzieningen"},
    "regelingen": {"voorzieningen": "voorzieningen"},
    "rooster": {"groep": "groepen", "ruimte": "ruimtes", "medewerker": "medewerkers"},
    "kinderen": {"voorziening": "voorzieningen"},
}  # fmt: skip

DEFAULT_REGIME = {"stamgroep": "kinderopvang", "basisgroep": "kinderopvang", "onderwijsgroep": "onderwijs",
                  "behandelgroep": "jeugdhulp"}  # fmt: skip


def check_references(centre: Centre) -> None:
    """``InputError`` at the first reference that names nothing or roster line that cannot be read."""
    for key, fields in _REFERENCES.items():
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
    for record in centre.records("rooster"):
        _check_line(record, centre)


def _check(value: Any, record: Record, field: str, target: str, centre: Centre) -> None:
    ids: Iterable[str] = () if value is None else (value,) if isinstance(value, str) else value
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
    if "datum" in line.data and "kalender" in line.data:
        raise InputError("een regel met een datum heeft geen kalender", line.place("kalender"))
    group = centre.find("groepen", line.data["groep"])
    if group is not None and "regime" not in line.data and group.get("soort") not in DEFAULT_REGIME:
        raise InputError(
            f"groep '{group.id}' is een {group.get('soort')}: geef het regime van deze regel "
            "(kinderopvang, onderwijs of jeugdhulp)",
            line.place("id"),
        )
