"""Sets of values: operations against plain enumeration, and how they read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reconcile_cases import CODES, YEARS, codes, numbers

from ikec_compliance.reconcile.domain import (
    Axis,
    AxisKind,
    Domain,
    candidates,
    everything,
    finite,
    intersection,
    interval,
)

WORLD = range(-12, 13)
bound = st.one_of(st.none(), st.integers(-6, 6))
intervals = st.builds(numbers, bound, bound)
finites = st.builds(lambda items: finite(YEARS, items), st.frozensets(st.integers(-6, 6), max_size=4))
number_sets = st.one_of(intervals, finites)


def values(domain: Domain) -> set[int]:
    """What a set holds within the world, from its definition."""
    if domain.members is not None:
        return set(domain.members)
    return {x for x in WORLD if (domain.low is None or x >= domain.low) and (domain.high is None or x <= domain.high)}


@given(st.lists(number_sets, max_size=4))
def test_intersection_holds_what_all_hold(domains: list[Domain]) -> None:
    joint = intersection(domains, YEARS)
    assert {x for x in WORLD if joint.holds(x)} == {x for x in WORLD if all(x in values(d) for d in domains)}


@given(number_sets, number_sets)
def test_equal_sets_are_equal_objects(one: Domain, other: Domain) -> None:
    assert (one == other) == (values(one) == values(other))


@given(number_sets)
def test_empty_and_full_are_what_they_say(domain: Domain) -> None:
    assert domain.empty == (not values(domain))
    assert domain.full == (values(domain) == set(WORLD))


@given(number_sets, st.integers(-8, 8), st.integers(0, 4))
def test_an_interval_value_is_inside_or_outside_when_all_of_it_is(domain: Domain, low: int, width: int) -> None:
    inside = [x in values(domain) for x in range(low, low + width + 1)]
    assert domain.holds_all((low, low + width)) == all(inside)
    assert domain.holds_none((low, low + width)) == (not any(inside))


@given(number_sets, st.integers(-8, 8))
def test_nearest_is_as_close_as_can_be(domain: Domain, value: int) -> None:
    found = domain.nearest(value)
    if domain.empty:
        assert found is None
    else:
        assert found in values(domain)
        assert abs(found - value) == min(abs(x - value) for x in values(domain))


@given(st.lists(number_sets, min_size=1, max_size=4))
def test_candidates_tell_every_combination_apart(domains: list[Domain]) -> None:
    points = candidates(domains, YEARS)
    patterns = {tuple(x in values(d) for d in domains) for x in WORLD}
    assert {tuple(d.holds(x) for d in domains) for x in points} == patterns


def test_sets_read_as_a_director_says_them() -> None:
    assert numbers(None, 2).words() == "hoogstens 2 jaar"
    assert numbers(20, None).words() == "ten minste 20 jaar"
    assert numbers(2, 5).words() == "van 2 tot en met 5 jaar"
    assert numbers(3, 3).words() == "precies 3 jaar"
    assert numbers(5, 2).words() == "geen enkele waarde"
    assert codes("ab").words() == "a of b"
    metres = Axis(AxisKind.NUMBER, "m2", 100)
    assert interval(metres, 350, None).words() == "ten minste 3,5 m2"
    day = date(2026, 8, 1).toordinal()
    assert interval(Axis(AxisKind.DATE), None, day).words() == "uiterlijk 2026-08-01"


@pytest.mark.parametrize(("domain", "text"), [
    (numbers(None, 2), "≤ 2 jaar"),
    (numbers(2, 5), "≥ 2 en ≤ 5 jaar"),
    (numbers(2, 2), "= 2 jaar"),
    (numbers(None, None), "elke waarde"),
    (numbers(3, 2), "geen enkele waarde"),
    (finite(YEARS, [2, 5]), "{2; 5} jaar"),
    (codes("b"), "{b} uit {a, b, c, d}"),
])  # fmt: skip
def test_sets_have_one_text(domain: Domain, text: str) -> None:
    assert domain.text() == text


def test_an_unknown_choice_spans_the_choices_only() -> None:
    wide = (-(10**15), 10**15)
    assert everything(CODES).holds_all(wide)
    assert not codes("ab").holds_all(wide)
    assert not codes("ab").holds_none(wide)
