"""The two bso calculators: table per basisgroep, and since 2024-07-01 the formula per kindercentrum."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ikec_compliance.facts.bkr import bkr_bso_2019, bkr_bso_2024, calculate, calculator, named_calculator
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.rule import Evidence

EXAMPLES = json.loads((Path(__file__).parent / "bkr_voorbeelden.json").read_text(encoding="utf-8"))


def test_formula_in_exact_thousandths():
    for young in range(61):
        for old in range(61):
            found = bkr_bso_2024(young, old)
            thousandths = 100 * young + 83 * old
            # The smallest whole number of staff that is not below the sum, counted up one at a time.
            staff = 0
            while staff * 1000 < thousandths:
                staff += 1
            assert (found.required, found.allowed) == (staff, True)
            assert found.basis == ("formule" if thousandths else "geen")


@pytest.mark.parametrize(("group", "required", "basis"), EXAMPLES["bso_2024"])
def test_formula_examples(group, required, basis):
    assert bkr_bso_2024(*group).as_json() == {"required": required, "allowed": True, "basis": basis}


def test_a_twelfth_is_not_83_thousandths():
    assert bkr_bso_2024(1, 59).required == 5  # 4.997; with 1/12 it would be 5.017 and so 6
    assert bkr_bso_2024(6, 53).required == 5


def test_formula_is_shown_and_marked():
    found = bkr_bso_2024(9, 2)
    assert found.row == "formule: 9 × 0,1 + 2 × 0,083 = 1,066, naar boven afgerond 2"
    assert found.evidence is Evidence.SECONDARY, "what A and B count, and the rounding, were not read"
    assert any("afronding" in source.note for source in found.sources)


@pytest.mark.parametrize(("group", "required", "basis"), EXAMPLES["bso_2019"])
def test_table_examples(group, required, basis):
    assert bkr_bso_2019(*group).as_json() == {"required": required, "allowed": required is not None, "basis": basis}


def test_table_per_basisgroep_exhaustively():
    for young in range(35):
        for old in range(35):
            if not old:
                limits = [young <= 10, young <= 20]
            elif not young:
                limits = [old <= 12, old <= 24, old <= 30]
            else:
                limits = [young + old <= 11 and young <= 9, young + old <= 22 and young <= 18]
            wanted = 0 if young + old == 0 else limits.index(True) + 1 if True in limits else None
            assert bkr_bso_2019(young, old).required == wanted


@pytest.mark.parametrize(
    ("kind", "on", "name", "scope"),
    [
        ("dagopvang", date(2019, 1, 1), "bkr_dagopvang_2019", "stamgroep"),
        ("dagopvang", date(2026, 11, 22), "bkr_dagopvang_2019", "stamgroep"),
        ("bso", date(2019, 1, 1), "bkr_bso_2019", "basisgroep"),
        ("bso", date(2024, 6, 30), "bkr_bso_2019", "basisgroep"),
        ("bso", date(2024, 7, 1), "bkr_bso_2024", "kindercentrum"),
        ("bso", date(2030, 1, 1), "bkr_bso_2024", "kindercentrum"),
    ],
)
def test_the_date_picks_the_calculator(kind, on, name, scope):
    definition = calculator(kind, on).definition
    assert (definition.id, definition.scope) == (name, scope)


@pytest.mark.parametrize("kind", ["dagopvang", "bso"])
def test_before_2019_there_is_no_calculator(kind):
    with pytest.raises(InputError, match=f"geen rekenregel gelezen voor {kind} op 2018-12-31; .* vanaf 2019-01-01"):
        calculate(kind, [1, 1], date(2018, 12, 31))


def test_unknown_kind_and_name():
    with pytest.raises(InputError, match="onbekende soort opvang ‘gastouder’; kies uit dagopvang, bso"):
        calculator("gastouder", date(2026, 1, 1))
    with pytest.raises(InputError, match="onbekende rekenregel ‘bkr_bso_2025’; bedoelt u"):
        named_calculator("bkr_bso_2025")


def test_same_group_before_and_after_the_switch():
    assert calculate("bso", (9, 2), date(2024, 6, 30)).required == 1
    assert calculate("bso", (9, 2), date(2024, 7, 1)).required == 2


def test_bso_knows_no_combinatiegroep():
    with pytest.raises(InputError, match="kent geen combinatiegroep"):
        named_calculator("bkr_bso_2024").combination_outcome((1, 1), 1)


def test_whole_calculator_evidence():
    assert named_calculator("bkr_dagopvang_2019").definition.evidence is Evidence.SECONDARY
    assert named_calculator("bkr_bso_2024").definition.evidence is Evidence.SECONDARY
