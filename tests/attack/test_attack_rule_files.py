"""Rule files that would take norms away without a word: each must be refused at its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.app.check import CheckRequest, check
from ikec_compliance.model.errors import InputError
from tests.support import base, load

TERMS = "begrippen.yaml"
TABLE = "kinderopvang/tabellen/bkr.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the rules to spoil."""
    copy = tmp_path / "rules"
    shutil.copytree("rules", copy)
    return copy


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("path: kindplaatsen,", "path: kindplaatsn,", "onbekende sleutel 'kindplaatsn'"),
        ("list: voorzieningen", "list: voorziening", "onbekende lijst 'voorziening'"),
        ("argument: schoolplan}", "argument: schoolpln}", "onbekende soort 'schoolpln'"),
        ("title: een schoolplan, via: document", "title: een schoolplan, via: council", "is van type raad"),
        ("choices: [schoolbestuur, ", "choices: [", "kent die keuze niet"),
        ("choices: [schoolbestuur, ", "choices: [schoolbestuur, school, ", "onbekende keuze 'school'"),
        ("argument: verantwoordelijke}", "argument: verantwoordelijk}", "onbekende sleutel 'verantwoordelijk'"),
    ],
)
def test_a_vocabulary_no_configuration_can_fill(old: str, new: str, words: str, folder: Path) -> None:
    terms = folder / TERMS
    text = terms.read_text(encoding="utf-8")
    assert old in text
    terms.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=words) as error:
        open_catalogue(folder, None)
    assert error.value.location is not None and error.value.location.file.endswith(TERMS)


def test_a_derivation_that_does_not_exist(folder: Path) -> None:
    terms = folder / TERMS
    terms.write_text(
        terms.read_text(encoding="utf-8").replace("derivation: binnenruimte", "derivation: ruimte"), "utf-8"
    )
    with pytest.raises(InputError, match="afleiding 'ruimte', die niet bestaat"):
        open_catalogue(folder, None)


@pytest.mark.parametrize("text", [None, "", "schema: ikec-tabellen/v1\n"])
def test_a_broken_table_is_an_error_and_not_an_unknown(text: str | None, folder: Path, tmp_path: Path) -> None:
    table = folder / TABLE
    table.unlink() if text is None else table.write_text(text, encoding="utf-8")
    row = {"id": "r", "groep": "g1", "dag": "ma", "van": "09:00", "tot": "12:00", "aantallen": {"2": 9}}
    load(base(rooster=[row]), tmp_path)
    with pytest.raises(InputError) as error:
        check(CheckRequest(tmp_path / "centrum.yaml", rules=folder))
    assert error.value.location is not None and error.value.location.file.endswith(TABLE)


@pytest.mark.parametrize("name", ["jeugdhulp/plan.yml", "plan.yaml", "jeugdhulp/oud/plan.yaml", "gemeente/plan.yaml"])
def test_a_rule_file_that_is_not_read(name: str, folder: Path) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / "jeugdhulp" / "plan.yaml").rename(folder / name)
    with pytest.raises(InputError, match="dit bestand wordt niet gelezen"):
        open_catalogue(folder, None)


def test_extra_rules_without_a_rule(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="bevat geen regelbestand"):
        open_catalogue(Path("rules"), tmp_path)
    (tmp_path / "eigen.yml").write_text("schema: ikec-regels/v1\n", encoding="utf-8")
    with pytest.raises(InputError, match="dit bestand wordt niet gelezen"):
        open_catalogue(Path("rules"), tmp_path)


def test_a_regime_without_rules_does_not_pass(tmp_path: Path) -> None:
    load(base(), tmp_path)
    with pytest.raises(InputError, match="geen regels van regime huisregel"):
        check(CheckRequest(tmp_path / "centrum.yaml", regimes=("huisregel",), rules=Path("rules")))
