"""The dagopvang calculator against an oracle written straight from the annex, over every group up to 17 children."""

from __future__ import annotations

import json
import math
import time
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikec_compliance.facts.bkr import (
    bkr_combinatiegroep_2019,
    bkr_dagopvang_2019,
    named_calculator,
)
from ikec_compliance.facts.bkr_calculator import Calculator
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.rule import Evidence

EXAMPLES = json.loads((Path(__file__).parent / "bkr_voorbeelden.json").read_text(encoding="utf-8"))

# Table 1 as printed: youngest-oldest age, then per column the number of children, with the cap on babies in brackets.
PRINTED = """
0-0  3 6 9 12
1-1  5 10 15 16
2-2  8 16
3-3  8 16
0-1  4 8 14[8] 16[8]
0-2  5 10 13[8]/14[4]/15[3] 16[8]
0-3  5 12 14[8]/15[5]/16[3] 16[8]
1-2  6 11 16
1-3  7 13 16
2-3  8 16
"""

ALL = [group for group in product(range(18), repeat=4) if sum(group) <= 17]
SMALL = [group for group in ALL if sum(group) <= 16]


def printed_rows() -> dict[str, list[list[tuple[int, int]]]]:
    rows = {}
    for line in PRINTED.split("\n"):
        if line.strip():
            name, *columns = line.split()
            rows[name] = [
                [(int(part.split("[")[0]), int(part[:-1].split("[")[1]) if "[" in part else 99)
                 for part in column.split("/")]
                for column in columns
            ]  # fmt: skip
    return rows


def worked_out() -> dict[tuple[int, ...], tuple[int | None, str]]:
    """Required number and basis for every group, worked out from the smaller group towards the larger."""
    rows = printed_rows()
    table: dict[tuple[int, ...], int | None] = {}
    for group in ALL:
        ages = [age for age in range(4) for _ in range(group[age])]
        if ages:
            columns = rows[f"{min(ages)}-{max(ages)}"]
            enough = [
                number
                for number, column in enumerate(columns, start=1)
                if any(len(ages) <= most and ages.count(0) <= babies for most, babies in column)
            ]
            table[group] = min(enough, default=None)
    raised: dict[tuple[int, ...], int] = {}
    for group, before in table.items():
        for age in range(4):
            larger = tuple(count + (place == age) for place, count in enumerate(group))
            after = table.get(larger)
            if before is not None and after is not None and after < before:
                raised[larger] = after + 1
    answers: dict[tuple[int, ...], tuple[int | None, str]] = {(0, 0, 0, 0): (0, "geen")}
    for group, number in table.items():
        if number is None:
            answers[group] = (None, "geen")
            continue
        babies, ones, twos, threes = (Fraction(count) for count in group)
        z = babies / 3 + (ones / 5 + twos / 6 + threes / 8) / Fraction("1.2") if babies else Fraction(0)
        candidates = [(number, "tabel"), (math.ceil(z), "formule"), (raised.get(group, 0), "een-kind-regel")]
        answers[group] = max(candidates, key=lambda pair: pair[0])
    return answers


@pytest.fixture(scope="module")
def oracle() -> dict[tuple[int, ...], tuple[int | None, str]]:
    return worked_out()


@pytest.fixture(scope="module")
def calculator() -> Calculator:
    return named_calculator("bkr_dagopvang_2019")


def test_every_group_of_at_most_sixteen_children_agrees_with_the_oracle(oracle, calculator):
    assert len(SMALL) == 4845
    wrong = [
        (group, oracle[group], (found.required, found.basis))
        for group in SMALL
        if ((found := calculator.outcome(*group)).required, found.basis) != oracle[group]
    ]
    assert wrong == []


def test_seventeen_children_are_never_allowed(oracle, calculator):
    large = [group for group in ALL if sum(group) == 17]
    assert len(large) == 1140
    for group in large:
        found = calculator.outcome(*group)
        assert (found.required, found.allowed, found.basis) == (None, False, "geen")
        assert oracle[group][0] is None


@given(st.tuples(*[st.integers(0, 10_000)] * 4).filter(lambda group: sum(group) > 16))
def test_larger_groups_are_never_allowed(group):
    found = bkr_dagopvang_2019(*group)
    assert not found.allowed and found.required is None and "geen kolom" in found.row


@pytest.mark.parametrize(("group", "required", "basis"), EXAMPLES["dagopvang"])
def test_worked_examples(group, required, basis):
    found = bkr_dagopvang_2019(*group)
    assert found.as_json() == {"required": required, "allowed": required is not None, "basis": basis}


def test_the_one_child_rule_decides_twenty_eight_groups(calculator):
    decided = [group for group in SMALL if calculator.outcome(*group).basis == "een-kind-regel"]
    assert len(decided) == 28
    assert all(calculator.outcome(*group).evidence is Evidence.SECONDARY for group in decided)


def test_no_group_needs_more_than_four(calculator):
    assert {calculator.required(*group) for group in SMALL} == {None, 0, 1, 2, 3, 4}


def test_number_and_outcome_agree(calculator):
    assert all(calculator.required(*group) == calculator.outcome(*group).required for group in SMALL)


def test_mixed_groups_with_more_babies_than_any_footnote_carry_a_caution(calculator):
    """Sixteen groups that the letter of the table allows and another calculator forbids: allowed, four, with a note."""
    doubtful = [group for group in SMALL if calculator.outcome(*group).note]
    assert len(doubtful) == 16
    for group in doubtful:
        found = calculator.outcome(*group)
        assert 9 <= group[0] <= 11 and sum(group) <= 12 and (found.required, found.allowed) == (4, True)
    assert "GGD" in calculator.outcome(9, 0, 0, 1).note


def test_mixed_groups_may_use_the_third_and_fourth_column(calculator):
    found = calculator.outcome(3, 5, 8, 0)
    assert (found.required, found.row.split(";")[0]) == (
        4, "rij 0 tot 3 jaar, kolom 4: hoogstens 16 kinderen, van wie hoogstens 8 van 0 tot 1 jaar",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("group", "row"),
    [
        ((2, 2, 2, 6), "rij 0 tot 4 jaar, kolom 2: hoogstens 12 kinderen; "
                       "rekenregel 1: Z = 2/3 + (2/5 + 2/6 + 6/8) / 1,2 ≈ 1,903, naar boven afgerond 2"),
        ((2, 3, 3, 4), "rij 0 tot 4 jaar, kolom 2: hoogstens 12 kinderen; "
                       "rekenregel 1: Z = 2/3 + (3/5 + 3/6 + 4/8) / 1,2 = 2"),
        ((0, 0, 5, 3), "rij 2 tot 4 jaar, kolom 1: hoogstens 8 kinderen"),
        ((0, 6, 0, 1), "rekenregel 2: met één kind minder (0/6/0/0) vraagt de tabel 2, dus hier 1 + 1 = 2; "
                       "rij 1 tot 4 jaar, kolom 1: hoogstens 7 kinderen"),
        ((9, 5, 0, 0), "rij 0 tot 2 jaar: geen kolom staat 14 kinderen toe van wie 9 van 0 tot 1 jaar"),
        ((0, 0, 17, 0), "rij 2 tot 3 jaar: geen kolom staat 17 kinderen toe"),
        ((0, 0, 0, 0), "geen kinderen aanwezig"),
    ],
)  # fmt: skip
def test_the_row_is_shown_in_dutch(group, row):
    assert bkr_dagopvang_2019(*group).row == row


@pytest.mark.parametrize(
    ("group", "evidence"),
    [
        ((0, 5, 0, 0), Evidence.OLDER),  # read row, no baby: no formula
        ((0, 0, 4, 0), Evidence.OLDER),
        ((0, 4, 4, 0), Evidence.SECONDARY),  # row 1-3 not read
        ((1, 0, 0, 0), Evidence.SECONDARY),  # read row, but the formula counts too
        ((9, 5, 0, 0), Evidence.OLDER),  # refused by read cells and footnotes
        ((9, 2, 2, 3), Evidence.SECONDARY),  # refused by cells that were not read
        ((0, 6, 0, 1), Evidence.SECONDARY),
    ],
)
def test_evidence_is_the_weakest_of_the_parts_used(group, evidence):
    assert bkr_dagopvang_2019(*group).evidence is evidence


def test_sources_name_the_texts_used():
    assert [source.article for source in bkr_dagopvang_2019(0, 5, 0, 0).sources] == [
        "bijlage 1 onderdeel a",
        "bijlage 1 onderdeel a, tabel 1",
        "bijlage 1 onderdeel a, voetnoten bij tabel 1",
    ]
    assert len(bkr_dagopvang_2019(1, 5, 0, 0).sources) == 4
    assert all("BWBR0039936" in source.url for source in bkr_dagopvang_2019(1, 5, 0, 0).sources)


def test_in_a_combinatiegroep_older_children_count_as_three():
    found = bkr_combinatiegroep_2019(0, 0, 0, 2, 6)
    assert (found.required, found.basis, found.evidence) == (1, "tabel", Evidence.OLDER)
    assert found.sources[-1].article == "bijlage 1 onderdeel c"
    assert bkr_combinatiegroep_2019(0, 0, 0, 2, 7).required == 2
    assert bkr_combinatiegroep_2019(0, 0, 0, 2, 15).allowed is False
    assert bkr_combinatiegroep_2019(2, 0, 1, 2, 0) == bkr_dagopvang_2019(2, 0, 1, 2)


@pytest.mark.parametrize("group", [(-1, 0, 0, 0), (0, 0, 0, 10_001)])
def test_wild_counts_are_refused(group):
    with pytest.raises(InputError, match="geheel getal van 0 tot en met 10000"):
        bkr_dagopvang_2019(*group)


def test_a_wrong_number_of_counts_is_refused(calculator):
    with pytest.raises(
        InputError, match=r"dagopvang vraagt 4 aantallen kinderen \(n0, n1, n2, n3\), gegeven zijn er 2"
    ):
        calculator.outcome(1, 2)


def test_all_groups_take_little_time():
    fresh = Calculator(named_calculator("bkr_dagopvang_2019").definition)
    started = time.perf_counter()
    for group in SMALL:
        fresh.outcome(*group)
    assert time.perf_counter() - started < 1.5, "0,3 s on an idle machine"
