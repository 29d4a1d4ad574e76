"""Groups computed elsewhere with exact fractions, from the folder that ``IKEC_DATA_DIR`` names.

The vectors are read in place: they are not part of the project, which works and is tested without them.
"""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.engine import verdict
from ikec_compliance.facts.bkr import bkr_combinatiegroep_2019, calculate
from ikec_compliance.model.place import Location
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.rules.testcases import given_fact

FOLDER = os.environ.get("IKEC_DATA_DIR")
FILE = Path(FOLDER or ".") / "bkr-vectors.json"

pytestmark = pytest.mark.skipif(
    FOLDER is None or not FILE.is_file(),
    reason="IKEC_DATA_DIR names no folder with bkr-vectors.json",
)

VECTORS: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8")) if FOLDER and FILE.is_file() else []
OLD_BSO, NEW_BSO, NOW = date(2024, 6, 30), date(2024, 7, 1), date(2026, 11, 22)
KINDS = {"dagopvang", "bso", "combinatiegroep", "voorschoolse_educatie"}


def of(setting: str) -> list[Any]:
    found = [vector for vector in VECTORS if vector["setting"] == setting]
    return [pytest.param(vector, id=vector["id"]) for vector in found]


def test_no_vector_is_left_out() -> None:
    assert len(VECTORS) > 100
    assert {vector["setting"] for vector in VECTORS} == KINDS


@pytest.mark.parametrize("vector", of("dagopvang"))
@pytest.mark.parametrize("on", [date(2019, 1, 1), NOW], ids=str)
def test_dagopvang(vector: dict[str, Any], on: date) -> None:
    counts = [vector["children"][age] for age in "0123"]
    assert calculate("dagopvang", counts, on).required == vector["required"]


@pytest.mark.parametrize("vector", of("bso"))
def test_bso(vector: dict[str, Any]) -> None:
    on = OLD_BSO if "2024-06-30" in vector["date_regime"] else NEW_BSO
    counts = [vector["children"][age] for age in "47"]
    assert calculate("bso", counts, on).required == vector["required"]


@pytest.mark.parametrize("vector", of("combinatiegroep"))
def test_combinatiegroep(vector: dict[str, Any]) -> None:
    counts = vector["children"]
    found = bkr_combinatiegroep_2019(*(counts[age] for age in "0123"), counts["4"])
    assert found.required == vector["required"]


@pytest.mark.parametrize("vector", of("voorschoolse_educatie"))
def test_voorschoolse_educatie(vector: dict[str, Any]) -> None:
    """One per eight children (Besluit ve 3): the fewest staff with which the rule holds."""
    catalogue = open_catalogue(Path("rules"), None)
    rule = next(rule for rule in catalogue.on(NOW, ()).rules if rule.id == "KO-VE-03")

    def holds(staff: int) -> bool:
        given = {"groep.ve_aanbod": "ja", "groep.ve_gesubsidieerd": "ja", "kinderen": sum(vector["children"].values()),
                 "beroepskrachten_ve": staff}  # fmt: skip
        fact = given_fact("groepsmoment", given, NOW, catalogue.rules.vocabulary, Location("test", 1, 1))
        return verdict(rule, fact) is Verdict.PASSES

    assert next(staff for staff in range(9) if holds(staff)) == vector["required"]
