"""Fills the template for a regular kindcentrum (school, day care, after-school care), by what the sheets say only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

Rows = Sequence[Mapping[str, Any]]


def clock(hour: int, minute: int = 0) -> timedelta:
    """A time as Excel holds it."""
    return timedelta(hours=hour, minutes=minute)


DAY = date(2026, 11, 23)
REGISTER = "registraties.personenregister"


def _person(id_: str, place: str, start: date, linked: date, **more: Any) -> dict[str, Any]:
    return {"id": id_, "functie": "pedagogisch_medewerker", "organisatie": "houder", "werkt_bij": place,
            "meerderjarig": "ja", "in_dienst_op": start, "contract.bezoldigd": "ja",
            "contract.werkgever_is_houder": "ja",
            f"{REGISTER}.ingeschreven_op": date(2024, 1, 8), f"{REGISTER}.gekoppeld_op": linked, **more}  # fmt: skip


def _room(id_: str, kind: str, place: str, size: int, play: str) -> dict[str, Any]:
    return {"id": id_, "soort": kind, "voorzieningen": place, "m2": size, "ingericht_voor_spelen": play}


CONTENT: dict[str, Rows] = {
    "centrum": [{"id": "regenboog", "naam": "Kindcentrum De Regenboog", "peildatum": DAY}],
    "organisaties": [
        {"id": "bestuur", "soort": "schoolbestuur", "naam": "Stichting De Regenboogscholen"},
        {"id": "houder", "soort": "houder_kinderopvang", "naam": "Regenboog Opvang", "geschillencommissie": "nee"},
    ],
    "voorzieningen": [
        {"id": "school", "soort": "basisschool", "organisatie": "bestuur", "naam": "Basisschool De Regenboog",
         "onderwijstijd.totaal": 7500, "onderwijstijd.eerste_vier_jaar": 3700, "onderwijstijd.laatste_vier_jaar": 3800,
         "antipestpersoon": "nee"},
        {"id": "dagopvang", "soort": "dagopvang", "organisatie": "houder", "kindplaatsen": 12,
         "openingstijden.dagen": "ma, di, wo, do, vr"},
        {"id": "bso", "soort": "bso", "organisatie": "houder", "openingstijden.dagen": "ma, di, do"},
    ],
    "ruimtes": [
        _room("zaal-1", "groepsruimte", "dagopvang", 25, "ja"),
        _room("zaal-2", "groepsruimte", "dagopvang", 15, "ja"),
        _room("slaap", "slaapruimte", "dagopvang", 9, "nee"),
        _room("bso-zaal", "groepsruimte", "bso", 40, "ja"),
        _room("lokaal", "leslokaal", "school", 50, "nee"),
    ],
    "groepen": [
        {"id": "peuters", "soort": "stamgroep", "voorzieningen": "dagopvang", "ruimte": "zaal-1", "plaatsing.2": 9},
        {"id": "babys", "soort": "stamgroep", "voorzieningen": "dagopvang", "ruimte": "zaal-2", "plaatsing.0": 3},
        {"id": "bso-groep", "soort": "basisgroep", "voorzieningen": "bso", "ruimte": "bso-zaal", "plaatsing.5": 10},
        {"id": "groep-1-2", "soort": "onderwijsgroep", "voorzieningen": "school", "plaatsing.5": 20},
    ],
    "medewerkers": [
        _person("pm-1", "dagopvang", date(2024, 3, 4), date(2024, 2, 26)),
        _person("pm-2", "dagopvang", date(2026, 11, 2), date(2026, 11, 5)),
        _person("pm-3", "bso", date(2024, 3, 4), date(2024, 2, 26)),
    ],
    "medewerkers.diplomas": [
        {"medewerkers": who, "naam": "mbo-4 pedagogisch medewerker", "kwalificeert": "dagopvang, bso"}
        for who in ("pm-1", "pm-2", "pm-3")
    ],
    "rooster": [
        {"id": "r-1", "groep": "peuters", "dag": "ma", "van": clock(7, 30), "tot": clock(18), "aantallen.2": 9},
        {"id": "r-2", "groep": "peuters", "dag": "ma", "van": clock(7, 30), "tot": clock(18), "medewerker": "pm-1",
         "rol": "beroepskracht"},
        {"id": "r-3", "groep": "babys", "dag": "ma", "van": clock(7, 30), "tot": clock(18), "aantallen.0": 3},
        {"id": "r-4", "groep": "babys", "dag": "ma", "van": clock(7, 30), "tot": clock(18), "medewerker": "pm-2",
         "rol": "beroepskracht"},
        {"id": "r-5", "groep": "bso-groep", "dag": "ma", "van": clock(14, 30), "tot": clock(18), "aantallen.5": 10},
        {"id": "r-6", "groep": "bso-groep", "dag": "ma", "van": clock(14, 30), "tot": clock(18), "medewerker": "pm-3",
         "rol": "beroepskracht"},
    ],
    "kalender": [{"schoolweken": "2026-08-24/2027-07-09"}],
    "documenten": [
        {"id": "schoolplan", "titel": "Schoolplan De Regenboog", "soorten": "schoolplan", "voorzieningen": "school",
         "vastgesteld_op": date(2022, 6, 1)},
        {"id": "beleidsplan", "titel": "Pedagogisch beleidsplan", "soorten": "pedagogisch_beleidsplan",
         "voorzieningen": "dagopvang, bso", "vastgesteld_op": date(2026, 1, 12)},
    ],
    "volledig": [{"ruimtes": "ja", "medewerkers": "ja", "diplomas": "ja", "groepen": "ja", "voorzieningen": "ja",
                  "rooster": "2026-11-23/2026-11-23"}],
}  # fmt: skip


def fill_template(template: bytes, content: Mapping[str, Rows] = CONTENT) -> bytes:
    """The workbook with these rows; fails on a sheet, column or choice that the workbook does not offer."""
    book = load_workbook(BytesIO(template))
    for name, rows in content.items():
        page = book[name]
        places = {str(cell.value): cell.column for cell in page[1]}
        choices = {letter: words for letter, words in _choices(book, page)}
        for number, row in enumerate(rows, start=2):
            for header, value in row.items():
                letter = get_column_letter(places[header])
                assert value in choices.get(letter, (value,)), f"{name}.{header}: {value} is not offered"
                cell = page.cell(row=number, column=places[header], value=value)
                if isinstance(value, timedelta):
                    cell.number_format = "[hh]:mm"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _choices(book: Any, page: Any) -> Any:
    """The words of each dropdown of a sheet, by column letter; lists of ids on other sheets are not fixed words."""
    for check in page.data_validations.dataValidation:
        if check.type != "list":
            continue
        formula = str(check.formula1)
        if formula.startswith('"'):
            words = formula.strip('"').split(",")
        elif formula.startswith("keuzelijsten!"):
            left, top, _, bottom = range_boundaries(formula.partition("!")[2].replace("$", ""))
            lists = book["keuzelijsten"]
            words = [str(lists.cell(row=row, column=left).value) for row in range(top, bottom + 1)]
        else:
            continue
        yield str(check.sqref).rstrip("0123456789").split(":")[0].rstrip("0123456789"), words
