"""A roster export with names of its own, read with a mapping file."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook

from ikec_compliance.app.exchange import import_workbook
from ikec_compliance.centre import load_centre
from ikec_compliance.importers.layout import published_layout
from ikec_compliance.importers.mapping import load_mapping
from ikec_compliance.model.errors import InputError

MAPPING: dict[str, Any] = {
    "schema": "ikec-kolommen/v1",
    "bladen": {
        "rooster": {
            "blad": "Weekplanning",
            "kopregel": 3,
            "kolommen": {"Groep": "groep", "Dag": "dag", "Begin": "van", "Eind": "tot", "Wie": "medewerker"},
            "waarden": {"groep": {"De Zonnetjes": "g1"}, "dag": {"Maandag": "ma", "dinsdag": "di"},
                        "medewerker": {"101": "p1"}},
            "vast": {"rol": "beroepskracht"},
            "overslaan": ["Opmerking"],
            "nummering": "r-",
        }
    },
    "overslaan": ["Notities"],
}  # fmt: skip
BASE = """\
schema: ikec-centrum/v1
centrum: {id: proef, peildatum: 2026-11-23}
organisaties: [{id: houder, soort: houder_kinderopvang}]
voorzieningen: [{id: kdv, soort: dagopvang, organisatie: houder}]
groepen: [{id: g1, soort: stamgroep, voorzieningen: [kdv]}]
medewerkers: [{id: p1, functie: pedagogisch_medewerker, organisatie: houder}]
rooster: [{id: oud, groep: g1, dag: ma, van: 07:00, tot: 08:00, medewerker: p1}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "centrum.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "kolommen.yaml").write_text(yaml.safe_dump(MAPPING, allow_unicode=True), encoding="utf-8")
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Weekplanning"
    for row in (["Week 48"], [], ["Groep", "Dag", "Begin", "Eind", "Wie", "Opmerking"],
                ["De Zonnetjes", "maandag", time(7, 30), time(12, 30), 101, "vroege dienst"],
                ["de zonnetjes", "DINSDAG", time(13), time(18), 101, None]):  # fmt: skip
        page.append(row)
    book.create_sheet("Notities").append(["=1+1"])
    book.save(tmp_path / "export.xlsx")
    return tmp_path


def test_an_export_is_read_with_a_mapping_file(folder: Path) -> None:
    import_workbook(folder / "export.xlsx", folder / "uit", folder / "kolommen.yaml", folder / "centrum.yaml")
    centre = load_centre(folder / "uit")
    assert centre.data["rooster"] == [
        {"id": "r-1", "groep": "g1", "dag": "ma", "van": 450, "tot": 750, "medewerker": "p1", "rol": "beroepskracht"},
        {"id": "r-2", "groep": "g1", "dag": "di", "van": 780, "tot": 1080, "medewerker": "p1", "rol": "beroepskracht"},
    ]
    assert [item["id"] for item in centre.data["groepen"]] == ["g1"]
    assert centre.peildatum == date(2026, 11, 23)


def test_an_error_names_the_sheet_of_the_export(folder: Path) -> None:
    text = (folder / "kolommen.yaml").read_text(encoding="utf-8").replace("De Zonnetjes", "De Maantjes")
    (folder / "kolommen.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        import_workbook(folder / "export.xlsx", folder / "uit", folder / "kolommen.yaml", folder / "centrum.yaml")
    assert str(caught.value).startswith("Weekplanning!A4: ")
    assert not (folder / "uit").exists()


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"bladen": {"roster": {}}}, "onbekend blad ‘roster’; bedoelt u ‘rooster’?"),
        (
            {"bladen": {"rooster": {"kolommen": {"Wie": "medewerkr"}}}},
            "geen kolom ‘medewerkr’; bedoelt u ‘medewerker’?",
        ),
        ({"bladen": {"rooster": {"waarden": {"dagen": {"a": "b"}}}}}, "geen kolom ‘dagen’; bedoelt u ‘dag’?"),
        ({"bladen": {"rooster": {"kolommen": {"Wie": "rol"}, "vast": {"rol": "x"}}}}, "‘rol’ staat ook bij kolommen"),
        ({"bladen": {"rooster": {"kollommen": {}}}}, "onbekende sleutel ‘kollommen’; bedoelt u ‘kolommen’?"),
        ({"schema": "ikec-kolommen/v2"}, "kolommen.yaml:"),
    ],
)
def test_a_wrong_mapping_file_is_refused_with_its_line(change: dict[str, Any], wanted: str, tmp_path: Path) -> None:
    path = tmp_path / "kolommen.yaml"
    path.write_text(yaml.safe_dump({**MAPPING, **change}, sort_keys=False), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_mapping(path, published_layout())
    assert wanted in str(caught.value)
    assert str(caught.value).startswith(f"{path}:")


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"blad": "Planning"}, "het blad ‘Planning’ van het kolommenbestand staat niet in de werkmap; "
                               "bedoelt u ‘Weekplanning’?"),
        ({"kolommen": {**MAPPING["bladen"]["rooster"]["kolommen"], "Tijd": "pauze"}},
         "de kolom ‘Tijd’ van het kolommenbestand staat niet op dit blad"),
        ({"overslaan": []}, "Weekplanning!F3: onbekende kolom ‘Opmerking’"),
        ({"nummering": None}, "verplichte sleutel ‘id’ ontbreekt"),
    ],
)  # fmt: skip
def test_a_mapping_that_does_not_fit_is_refused(change: dict[str, Any], wanted: str, folder: Path) -> None:
    sheet = {key: value for key, value in {**MAPPING["bladen"]["rooster"], **change}.items() if value is not None}
    mapping = {**MAPPING, "bladen": {"rooster": sheet}}
    (folder / "kolommen.yaml").write_text(yaml.safe_dump(mapping, allow_unicode=True), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        import_workbook(folder / "export.xlsx", folder / "uit", folder / "kolommen.yaml", folder / "centrum.yaml")
    assert wanted in str(caught.value)


def test_all_other_columns_can_be_left_out_and_days_be_dutch(folder: Path) -> None:
    sheet = {**MAPPING["bladen"]["rooster"], "overslaan": ["*"], "datumvorm": "dd-mm-jjjj"}
    sheet["kolommen"] = {"Groep": "groep", "Dag": "datum", "Begin": "van", "Eind": "tot", "Wie": "medewerker"}
    sheet["waarden"] = {"groep": {"De Zonnetjes": "g1"}, "datum": {"maandag": "23-11-2026", "dinsdag": "24/11/2026"},
                        "medewerker": {"101": "p1"}}  # fmt: skip
    mapping = {**MAPPING, "bladen": {"rooster": sheet}}
    (folder / "kolommen.yaml").write_text(yaml.safe_dump(mapping, allow_unicode=True), encoding="utf-8")
    import_workbook(folder / "export.xlsx", folder / "uit", folder / "kolommen.yaml", folder / "centrum.yaml")
    assert [line["datum"] for line in load_centre(folder / "uit").data["rooster"]] == [
        date(2026, 11, 23), date(2026, 11, 24),
    ]  # fmt: skip
