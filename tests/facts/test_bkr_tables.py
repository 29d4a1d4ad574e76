"""Loading the tables: closed keys, references, and what a mistake in the file is answered with."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ikec_compliance.facts.bkr import calculate, calculator
from ikec_compliance.facts.bkr_tables import TABLES_FILE, load_tables
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.resources import rules_dir, schema_dir
from ikec_compliance.yamlio.reader import parse, read
from ikec_compliance.yamlio.scalars import to_plain

ORIGINAL = (rules_dir() / TABLES_FILE).read_text(encoding="utf-8")


def folder_with(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "rules" / TABLES_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return tmp_path / "rules"


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_shipped_tables():
    tables = load_tables()
    assert [item.id for item in tables.calculators] == ["bkr_dagopvang_2019", "bkr_bso_2019", "bkr_bso_2024"]
    assert len(tables.digest) == 64
    for item in tables.calculators:
        assert item.source and item.place.line > 1


def test_the_same_file_is_read_once():
    assert load_tables() is load_tables(rules_dir())


def test_a_changed_file_is_read_again(tmp_path):
    rules = folder_with(tmp_path, ORIGINAL)
    assert calculate("dagopvang", (4, 0, 0, 0), date(2026, 1, 1), rules).required == 2
    folder_with(tmp_path, ORIGINAL.replace("{staff: 1, children: 3}", "{staff: 1, children: 40}", 1))
    found = calculate("dagopvang", (4, 0, 0, 0), date(2026, 1, 1), rules)
    assert (found.required, found.basis) == (2, "formule"), "the number follows the table: only the formula asks two"


def test_a_new_period_is_data_alone(tmp_path):
    text = ORIGINAL.replace("valid: {from: 2024-07-01}", "valid: {from: 2024-07-01, to: 2027-12-31}")
    start = text.index("  - id: bkr_bso_2024")
    newer = (
        text[start:]
        .replace("bkr_bso_2024", "bkr_bso_2028")
        .replace("from: 2024-07-01, to: 2027-12-31", "from: 2028-01-01")
    )
    newer = newer.replace("83/1000", "100/1000")
    rules = folder_with(tmp_path, text + newer)
    assert calculator("bso", date(2027, 12, 31), rules).required(0, 12) == 1
    assert calculator("bso", date(2028, 1, 1), rules).required(0, 12) == 2


def test_a_missing_file_names_what_to_do(tmp_path):
    with pytest.raises(InputError, match=r"mist het bestand kinderopvang/tabellen/bkr\.yaml"):
        load_tables(tmp_path)


MISTAKES = [
    ("staff: 1, children: 3}", "staff: 1, childern: 3}", "childern", "children"),
    ("from: 2019-01-01}", "from: 2019-02-31}", "from: 2019-02-31", "31 februari bestaat niet"),
    ("direction: up", "direction: down", "direction: down", "up"),
    ("divided_by: 6/5", "divided_by: 1.2", "divided_by: 1.2", ""),
    ("divided_by: 6/5", "divided_by: 0/5", "divided_by: 0/5", "delen door nul"),
    ("symbol: Z\n", "symbol: Z\n      extra: 1\n", "extra: 1", "extra"),
    ("[aanhef-a]", "[aanhef-b]", "[aanhef-b]", "onbekende bron ‘aanhef-b’; bedoelt u ‘aanhef-a’?"),
    ('footnote: "1"}', 'footnote: "9"}', 'footnote: "9"}', "onbekende voetnoot ‘9’"),
    (
        "youngest: n0\n          oldest: n1",
        "youngest: n9\n          oldest: n1",
        "youngest: n9",
        "onbekende leeftijdsgroep ‘n9’",
    ),
    (
        "youngest: n0\n          oldest: n1",
        "youngest: n1\n          oldest: n0",
        "- name: 0 tot 2 jaar",
        "ouder dan de oudste",
    ),
    (
        "youngest: n0\n          oldest: n1",
        "youngest: n0\n          oldest: n2",
        "- name: 0 tot 3 jaar",
        "staat er twee keer",
    ),
    ("- {staff: 2, children: 6}", "- {staff: 3, children: 6}", "- {staff: 3, children: 6}", "zonder sprong"),
    ("divisors: {n0: 3}", "divisors: {n1: 3}", "divisors: {n1: 5", "leeftijdsgroep n1 telt twee keer mee"),
    ("n2: 6, n3: 8}", "n2: 6}", "parts:", "de formule mist leeftijdsgroep n3"),
    ("divisors: {n0: 3}", "divided_by: 6/5", "divided_by: 6/5", "geef of delers"),
    ("from: 2024-07-01}", "from: 2024-06-30}", "valid: {from: 2024-06-30}", "geldt tegelijk met ‘bkr_bso_2019’"),
    ("to: 2024-06-30}", "to: 2018-06-30}", "valid: {from: 2019-01-01, to: 2018", "einddatum ligt voor de begindatum"),
    ("id: bkr_bso_2024", "id: bkr_bso_2019", "", "rekenregel ‘bkr_bso_2019’ staat er twee keer"),
    ("id: tabel-2", "id: tabel-1", "", "bron ‘tabel-1’ staat er twee keer"),
    ("schema: ikec-tabellen/v1", "schema: ikec-tabellen/v2", "schema: ikec-tabellen/v2", "ikec-tabellen/v1"),
]


@pytest.mark.parametrize(("old", "new", "at", "part"), MISTAKES)
def test_mistakes_are_refused_at_their_line(tmp_path, old, new, at, part):
    assert old in ORIGINAL
    text = ORIGINAL.replace(old, new, 1)
    with pytest.raises(InputError) as caught:
        load_tables(folder_with(tmp_path, text))
    message = str(caught.value)
    assert message.startswith("rules/kinderopvang/tabellen/bkr.yaml:") and "\n" not in message
    assert part in message
    if at:
        assert caught.value.location is not None and caught.value.location.line == line_of(text, at)


def test_any_json_schema_validator_agrees():
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((schema_dir() / "v1" / "tabellen.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert list(validator.iter_errors(to_plain(read(rules_dir() / TABLES_FILE)))) == []
    wrong = to_plain(parse(ORIGINAL.replace("children: 3}", "childern: 3}", 1).encode(), "x.yaml"))
    assert len(list(validator.iter_errors(wrong))) == 2


def test_a_missing_row_is_refused(tmp_path):
    start, end = ORIGINAL.index("        - name: 2 tot 4 jaar"), ORIGINAL.index("      # Gemengde groepen met 9")
    with pytest.raises(InputError, match="mist de rij van n2 tot en met n3"):
        load_tables(folder_with(tmp_path, ORIGINAL[:start] + ORIGINAL[end:]))


def test_a_calculator_without_table_and_formula_is_refused(tmp_path):
    start = ORIGINAL.rindex("    formula:")
    with pytest.raises(InputError, match=r"heeft een tabel .* of een formule .* nodig"):
        load_tables(folder_with(tmp_path, ORIGINAL[:start]))


def test_unconfirmed_numbers_weaken_the_outcome(tmp_path):
    text = ORIGINAL.replace("{staff: 1, children: 5}", "{staff: 1, children: 5, evidence: onbevestigd}", 1)
    rules = folder_with(tmp_path, text)
    on = date(2026, 1, 1)
    assert calculate("dagopvang", (0, 5, 0, 0), on, rules).evidence.value == "onbevestigd"
    assert calculate("dagopvang", (0, 6, 0, 0), on, rules).evidence.value == "onbevestigd", "column 1 is why it is two"
    assert calculate("dagopvang", (0, 0, 5, 0), on, rules).evidence.value == "oudere_tekst"
