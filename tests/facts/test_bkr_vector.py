"""Whole columns of groups give what the fractions of the tests give group by group."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from test_bkr_dagopvang import ALL, worked_out

from ikec_compliance.facts.bkr import named_calculator
from ikec_compliance.facts.bkr_vector import REFUSED, vectorised
from ikec_compliance.model.errors import InputError

numpy = pytest.importorskip("numpy")


@pytest.fixture(scope="module")
def dagopvang() -> Any:
    return vectorised(named_calculator("bkr_dagopvang_2019"))


def test_every_group_of_the_dagopvang(dagopvang: Any) -> None:
    oracle = worked_out()
    expected = [REFUSED if (found := oracle[group][0]) is None else found for group in ALL]
    assert dagopvang(*numpy.array(ALL).T).tolist() == expected
    assert REFUSED in expected and 0 in expected


def test_a_group_too_large_is_not_allowed(dagopvang: Any) -> None:
    columns = numpy.array([[17, 0, 0, 0], [0, 0, 0, 10_000], [9, 9, 9, 9], [0, 0, 0, 16]]).T
    assert dagopvang(*columns).tolist() == [REFUSED, REFUSED, REFUSED, 2]


def test_the_formula_of_the_bso_is_exact() -> None:
    random = Random(3)
    groups = [(0, 0), (10_000, 10_000), *((random.randrange(400), random.randrange(400)) for _ in range(40_000))]
    expected = [math.ceil(Fraction(100 * young + 83 * old, 1000)) for young, old in groups]
    assert vectorised(named_calculator("bkr_bso_2024"))(*numpy.array(groups).T).tolist() == expected


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ([[1], [1], [1]], "vraagt 4 kolommen"),
        ([[1], [1], [1], [1, 2]], "andere lengte"),
        ([[1], [1], [1], [-1]], "buiten 0 tot en met 10000"),
        ([[1], [1], [10_001], [1]], "buiten 0 tot en met 10000"),
        ([[1], [1], [1.5], [1]], "iets anders dan gehele getallen"),
    ],
)
def test_columns_that_are_no_groups_are_refused(dagopvang: Any, columns: list[list[int]], message: str) -> None:
    with pytest.raises(InputError, match=message):
        dagopvang(*map(numpy.array, columns))


def test_no_groups_at_all(dagopvang: Any) -> None:
    assert dagopvang(*numpy.zeros((4, 0), dtype=int)).tolist() == []
