"""The first sheet of a workbook: in Dutch, how to fill it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ikec_compliance.importers.forms import EMPTY, UNKNOWN
from ikec_compliance.importers.layout import BLOCK, LIST, PLANNER, Sheet

_HOW = (
    ("Gele koppen", "Deze kolom is verplicht zodra er een regel staat. Zet de muis op een kop voor uitleg."),
    ("Lege cel", "Niet ingevuld: het rapport stelt zo nodig een vraag."),
    (UNKNOWN, "Het gegeven bestaat, maar u weet het (nog) niet."),
    (EMPTY, "De lijst is er en is leeg. In de eerste cel onder de kop: dit hele blad is er en is leeg."),
    ("Lijst in een cel", "Zet komma's tussen de waarden: ma, di, do"),
    ("Namen met waarden", "Zet ze als naam: waarde, met komma's ertussen: mr: 2026-01-15, oudercommissie: ja"),
    ("Kop met een punt", "contract.bezoldigd is het gegeven ‘bezoldigd’ van het contract."),
    ("Blad met een punt", "Hoort bij een ander blad. De eerste kolom noemt de regel (id) van dat blad, zo vaak "
                          "als nodig."),
    ("Datum en tijd", "Gebruik echte datums en tijden van Excel; een datum als tekst schrijft u als 2026-11-23. "
                      "24:00 is het einde van de dag."),
    ("Tekst met aanhalingstekens", 'Een tekst die leeg is of alleen uit ? of - bestaat, zet u zo neer: "-"'),
    ("Formules", "Worden geweigerd: plak waarden."),
    ("Eigen bladen en kolommen", "Laat hun naam beginnen met een liggend streepje (_): die slaat ikec over."),
    ("Kinderen", "Zet nooit namen, adressen of burgerservicenummers van kinderen in deze werkmap."),
    ("Inlezen", "ikec import werkmap.xlsx --output map, en daarna: ikec check map"),
)  # fmt: skip
_SHAPES = {LIST: "een regel per stuk", BLOCK: "een regel"}


def guide_rows(title: str, sheets: Sequence[Sheet]) -> Iterator[tuple[str, str, bool]]:
    """Left text, right text, and whether it is a heading."""
    yield title, "", True
    yield "", "", False
    yield "Zo vult u in", "", True
    for left, right in _HOW:
        yield left, right, False
    yield "", "", False
    yield "Bladen", "Begin met " + ", ".join(PLANNER) + "; de andere bladen zijn voor beleid en administratie.", True
    for sheet in sheets:
        yield sheet.name, _about(sheet), False


def _about(sheet: Sheet) -> str:
    what = _SHAPES.get(sheet.shape, "een regel per naam (kolom sleutel)")
    if sheet.parent is not None:
        what = f"hoort bij {sheet.parent.name}: {what}"
    needed = [column.header for column in sheet.columns if column.required]
    parts = [sheet.description, f"{what[:1].upper()}{what[1:]}"]
    if needed:
        parts.append("verplicht: " + ", ".join(needed))
    return ". ".join(part for part in parts if part) + "."
