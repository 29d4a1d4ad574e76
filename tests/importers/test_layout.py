"""The workbook follows the schema by itself, and says in Dutch what may stand where."""

from __future__ import annotations

import copy
import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ikec_compliance.app.exchange import import_workbook, template_book
from ikec_compliance.importers.assemble import assemble
from ikec_compliance.importers.book import write_book
from ikec_compliance.importers.forms import quoted, unquoted
from ikec_compliance.importers.layout import PLANNER, layout, published_layout
from ikec_compliance.importers.mapping import WorkbookMapping
from ikec_compliance.importers.pages import Workbook
from ikec_compliance.importers.rows import Filled, fill
from ikec_compliance.model.errors import InputError, InternalError
from ikec_compliance.yamlio.nodes import Mapping
from ikec_compliance.yamlio.schema import Schema
from tests.importers.schema_data import SCHEMA, TRAPS
from tests.importers.test_hardening import refusal, small


@pytest.fixture(scope="module")
def template() -> Any:
    return load_workbook(io.BytesIO(template_book()))


def test_the_sheets_of_the_planner_come_first(template: Any) -> None:
    names = template.sheetnames
    assert names[0] == "uitleg"
    assert [name for name in names[1:] if "." not in name][:5] == list(PLANNER)
    assert names[-1] == "keuzelijsten"
    assert {name for name in SCHEMA["properties"] if name != "schema"} <= set(names)
    assert {"medewerkers.diplomas", "groepen.vaste_gezichten"} <= set(names)
    assert all(template[name].sheet_state == "visible" for name in names)


def test_headers_carry_the_description_of_the_schema(template: Any) -> None:
    page = template["organisaties"]
    cells = {cell.value: cell for cell in page[1]}
    described = SCHEMA["$defs"]["organisatie"]["properties"]["aantal_kindercentra"]["description"]
    assert described in cells["aantal_kindercentra"].comment.text
    assert cells["id"].comment.text.endswith("Verplicht.")
    assert all(cell.comment and cell.comment.text.strip() for cell in page[1])


def test_columns_have_dropdowns_and_checks(template: Any) -> None:
    checks = {}
    for name in ("medewerkers", "rooster", "groepen"):
        page = template[name]
        for check in page.data_validations.dataValidation:
            letters = str(check.sqref).partition("2:")[0]
            checks[name, page[f"{letters}1"].value] = check
    assert checks["medewerkers", "meerderjarig"].formula1 == '"ja,nee,?"'
    assert checks["medewerkers", "organisatie"].formula1 == "organisaties!$A$2:$A$5000"
    assert checks["rooster", "groep"].formula1 == "groepen!$A$2:$A$5000"
    assert checks["rooster", "van"].type == "decimal"
    assert checks["rooster", "datum"].type == "date"
    assert (checks["groepen", "plaatsing.0"].type, checks["groepen", "plaatsing.0"].formula2) == ("whole", "500")
    assert all(len(check.error) <= 255 and len(check.formula1) <= 255 for check in checks.values())


def test_every_check_fits_in_what_excel_allows(template: Any) -> None:
    for page in template:
        assert len(page.title) <= 31
        for check in page.data_validations.dataValidation:
            assert len(check.formula1) <= 257 and len(check.error) <= 255 and len(check.errorTitle) <= 32


def test_an_empty_template_asks_for_the_centre(tmp_path: Path) -> None:
    assert (
        refusal(template_book(), tmp_path) == "centrum!A2: vul het blad centrum in: ten minste het id van het centrum"
    )


def _extended() -> dict[str, Any]:
    """The schema with keys that nobody thought of."""
    schema = copy.deepcopy(SCHEMA)
    person = schema["$defs"]["medewerker"]["properties"]
    person["schoenmaat"] = {
        "type": ["integer", "null"],
        "minimum": 20,
        "maximum": 60,
        "description": "Maat van de schoen",
    }
    day = {"type": "object", "additionalProperties": False,
           "properties": {"op": {"type": "string", "format": "date"}, "uren": {"type": "number"}}}  # fmt: skip
    person["cursussen"] = {"type": "array", "items": {"type": "object", "additionalProperties": False, "properties": {
        "naam": {"type": "string"}, "dagen": {"type": "array", "items": day}}}}  # fmt: skip
    person["bijnamen"] = {"type": "array", "items": {"type": "string"}}
    person["sleutels"] = {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": False,
                          "properties": {"deur": {"type": "string"}}}}  # fmt: skip
    schema["properties"]["tuinen"] = {"type": "array", "items": {"type": "object", "additionalProperties": False,
                                      "required": ["id"], "properties": {"id": {"type": "string"}}}}  # fmt: skip
    return schema


def test_a_new_key_appears_by_itself_and_survives(tmp_path: Path) -> None:
    schema = _extended()
    sheets = layout(schema)
    columns = {sheet.name: sheet.headers() for sheet in sheets}
    assert "schoenmaat" in columns["medewerkers"]
    assert columns["medewerkers.cursussen"] == ["medewerkers", "nr", "naam"]
    assert columns["medewerkers.cursussen.dagen"] == ["medewerkers.cursussen", "op", "uren"]
    assert columns["medewerkers.bijnamen"] == ["medewerkers", "waarde"]
    assert columns["medewerkers.sleutels"] == ["medewerkers", "sleutel", "deur"]
    assert columns["tuinen"] == ["id"]
    person = {"id": "p1", "functie": "leraar", "organisatie": "o", "schoenmaat": 42, "bijnamen": ["a, b", "-", ""],
              "cursussen": [{"naam": "x", "dagen": [{"uren": 1}, {"uren": 2}]}, {"naam": "x"}, {"dagen": []}],
              "sleutels": {"voor": {"deur": "=1"}, "achter": {}}}  # fmt: skip
    data = {"medewerkers": [person, {**person, "id": "p2", "bijnamen": []}], "tuinen": []}
    (tmp_path / "boek.xlsx").write_bytes(write_book(fill(sheets, data), "proef"))
    root = Mapping(assemble(Workbook(tmp_path / "boek.xlsx"), sheets, WorkbookMapping()), "x", 1, 1)
    found = Schema({**schema, "required": []}).walk(root).data
    assert found == data


def test_a_long_name_becomes_a_sheet_name_that_excel_allows() -> None:
    schema = copy.deepcopy(SCHEMA)
    objects = {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "string"}}}}
    for name in ("bekwaamheidseisen_van_de_leraar", "bekwaamheidseisen_van_de_leraren"):
        schema["$defs"]["medewerker"]["properties"][name] = objects
    names = [sheet.name for sheet in layout(schema)]
    assert all(len(name) <= 31 for name in names)
    assert len(set(map(str.lower, names))) == len(names)


def test_a_schema_that_fits_no_sheet_is_an_internal_error() -> None:
    schema = copy.deepcopy(SCHEMA)
    schema["properties"]["vreemd"] = {"anyOf": [{"type": "object", "properties": {}}, {"type": "array", "items": {}}]}
    with pytest.raises(InternalError, match="vreemd"):
        layout(schema)


@pytest.mark.parametrize("text", [*TRAPS, '"""', '""""', '" "', "''", '"a"'])
def test_quotes_say_exactly_what_a_text_is(text: str) -> None:
    assert unquoted(quoted(text)) == text


def test_only_texts_that_need_it_are_quoted() -> None:
    assert [text for text in ("a", '"De Kikkers"', "a?", "--", "1", '"') if quoted(text) != text] == []


def _child(book: Any, owner: str) -> None:
    page = book.create_sheet("medewerkers.diplomas")
    page.append(["medewerkers", "kwalificeert"])
    page.append([owner, "dagopvang"])


@pytest.mark.parametrize(
    ("owner", "wanted"),
    [
        ("p11", "medewerkers.diplomas!A2: ‘p11’ staat niet op blad medewerkers; bedoelt u ‘p1’?"),
        (None, "medewerkers.diplomas!B2: vul de kolom ‘medewerkers’ in"),
    ],
)
def test_a_child_row_needs_its_owner(owner: Any, wanted: str, tmp_path: Path) -> None:
    book = small()
    _child(book, owner)
    assert refusal(book, tmp_path).startswith(wanted)


def test_an_owner_that_says_it_has_none_and_a_child_row_contradict(tmp_path: Path) -> None:
    book = small()
    _child(book, "p1")
    book["medewerkers"]["E1"], book["medewerkers"]["E2"] = "diplomas", "-"
    assert refusal(book, tmp_path).startswith("medewerkers.diplomas!A2: blad medewerkers zegt dat diplomas leeg is")


def test_a_value_about_a_child_is_in_no_message(tmp_path: Path) -> None:
    for number, (header, value) in enumerate((("geboortemaand", "geheim-1"), ("ingeschreven_op", "07-07-2020"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        book = small()
        page = book.create_sheet("kinderen")
        page.append(["id", "voorziening", header])
        page.append(["kind-1", "kdv", value])
        line = refusal(book, folder)
        assert line.startswith("kinderen!C2: ")
        assert value not in line


def test_own_notes_are_left_alone(tmp_path: Path) -> None:
    book = small()
    book.create_sheet("_notities").append(["=1+1"])
    book["medewerkers"]["E1"], book["medewerkers"]["E2"] = "_opmerking", "bellen"
    path = tmp_path / "boek.xlsx"
    book.save(path)
    import_workbook(path, tmp_path / "uit")
    assert "bellen" not in (tmp_path / "uit" / "medewerkers.yaml").read_text(encoding="utf-8")


def test_the_same_configuration_gives_the_same_sheets() -> None:
    sheets = published_layout()
    data = {"centrum": {"id": "x"}, "groepen": [{"id": "g", "soort": "stamgroep", "voorzieningen": ["a"]}]}
    books = [zipfile.ZipFile(io.BytesIO(write_book(fill(sheets, data), "x"))) for _ in range(2)]
    parts = [{name: book.read(name) for name in book.namelist() if name != "docProps/core.xml"} for book in books]
    assert parts[0] == parts[1]


def test_a_text_too_long_for_a_cell_is_refused() -> None:
    with pytest.raises(InputError, match="in een cel van Excel passen"):
        fill(published_layout(), {"centrum": {"id": "x", "naam": "x" * 40_000}})
    assert Filled(published_layout()[0]).rows == []


def test_a_check_does_not_load_openpyxl() -> None:
    code = ("import sys\nfrom ikec_compliance.cli import main\n"
            "main(['validate', 'examples/ikec-hoorn'], standalone_mode=False)\n"
            "assert not {'openpyxl', 'defusedxml', 'ikec_compliance.importers'} & set(sys.modules)")  # fmt: skip
    root = Path(__file__).resolve().parents[2]
    subprocess.run(
        [sys.executable, "-c", code], cwd=root, check=True, env={"PYTHONPATH": str(root / "src")}, timeout=60
    )
