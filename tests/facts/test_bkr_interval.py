"""Bounds on the number required when the counts of a group are only known within limits."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikec_compliance.facts.bkr import named_calculator
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.value import FALSE, POS, TRUE, UNKNOWN, UNKNOWN_COUNT, UNKNOWN_FLAG, known

DAGOPVANG = named_calculator("bkr_dagopvang_2019")
OLD_BSO = named_calculator("bkr_bso_2019")
BSO = named_calculator("bkr_bso_2024")


def bounds(low_and_width: tuple[int, int]) -> tuple[int, int]:
    return low_and_width[0], low_and_width[0] + low_and_width[1]


def brute_force(calculator, box):
    numbers = [calculator.outcome(*group) for group in product(*(range(low, high + 1) for low, high in box))]
    asked = [POS if found.required is None else found.required for found in numbers]
    allowed = {found.allowed for found in numbers}
    return (min(asked), max(asked)), (min(allowed), max(allowed))


BAND = st.tuples(st.integers(0, 9), st.integers(0, 4)).map(bounds)


@settings(max_examples=150, deadline=None)
@given(st.tuples(BAND, BAND, BAND, BAND))
def test_dagopvang_bounds_are_exact(box):
    required, allowed = brute_force(DAGOPVANG, box)
    assert DAGOPVANG.required_interval(box) == required
    assert DAGOPVANG.allowed_interval(box) == allowed


WIDE = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(bounds)


@settings(max_examples=100, deadline=None)
@given(st.tuples(WIDE, WIDE), st.sampled_from([OLD_BSO, BSO]))
def test_bso_bounds_are_exact(box, calculator):
    required, allowed = brute_force(calculator, box)
    assert calculator.required_interval(box) == required
    assert calculator.allowed_interval(box) == allowed


def test_a_known_group_gives_a_known_number():
    assert DAGOPVANG.required_interval([known(2), known(3), known(4), known(2)]) == known(2)
    assert DAGOPVANG.allowed_interval([known(2), known(3), known(4), known(2)]) == TRUE
    assert BSO.required_interval([known(9), known(2)]) == known(2)


def test_one_child_more_may_lower_the_number():
    """12 children of one and two need three; with one of three added the table says two, the rule keeps three."""
    assert DAGOPVANG.required_interval([known(0), known(1), known(11), (0, 1)]) == known(3)
    assert DAGOPVANG.required_interval([known(0), known(1), known(12), (0, 1)]) == known(3)


def test_the_number_may_fall_where_the_table_falls_twice():
    """The one-child rule reads the table, not its own outcome: a second child of three lowers the number."""
    assert DAGOPVANG.required(0, 11, 0, 1) == 3
    assert DAGOPVANG.required(0, 11, 0, 2) == 2
    assert DAGOPVANG.required_interval([known(0), known(11), known(0), (1, 2)]) == (2, 3)


def test_a_group_that_may_be_too_large_has_no_upper_end():
    box = [known(0), known(0), (15, 17), known(0)]
    assert DAGOPVANG.required_interval(box) == (2, POS)
    assert DAGOPVANG.allowed_interval(box) == UNKNOWN_FLAG


def test_a_group_that_is_surely_too_large():
    box = [known(0), known(0), (17, POS), known(0)]
    assert DAGOPVANG.required_interval(box) == (POS, POS)
    assert DAGOPVANG.allowed_interval(box) == FALSE


def test_nothing_known():
    assert DAGOPVANG.required_interval([UNKNOWN] * 4) == (0, POS)
    assert OLD_BSO.required_interval([UNKNOWN_COUNT] * 2) == (0, POS)
    assert BSO.required_interval([UNKNOWN_COUNT, known(5)]) == (1, POS)
    assert BSO.allowed_interval([UNKNOWN_COUNT, known(5)]) == TRUE


def test_large_formula_counts_stay_within_bounds():
    assert BSO.required_interval([known(0), (0, 20_000)]) == (0, 1660)


def test_contradictory_bounds_are_an_internal_error():
    with pytest.raises(InternalError):
        DAGOPVANG.required_interval([(3, 2), known(0), known(0), known(0)])
    with pytest.raises(InternalError):
        DAGOPVANG.required_interval([known(0)])
