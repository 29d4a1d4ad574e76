"""Counts per voorziening: given, counted from children, or unknown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ikec_compliance.facts.terms import due_day
from tests.facts.test_presence import facts_of
from tests.support import base

SCHOOL = [{"id": "school", "soort": "so", "organisatie": "houder"}, {"id": "hulp", "soort": "jeugdhulp",
          "organisatie": "houder"}]  # fmt: skip


def value(field: str, children: list[dict[str, Any]], complete: bool = True, **changes: Any) -> tuple[int, int]:
    data = base(voorzieningen=SCHOOL, groepen=[], kinderen=[{"voorziening": "school", **c} for c in children],
                volledig={"kinderen": "ja" if complete else "nee"}, **changes)  # fmt: skip
    found = facts_of(data, [date(2026, 11, 23)]).of_type("voorziening")
    return found[0].value(field)


@pytest.mark.parametrize(
    ("child", "expected"),
    [
        ({"ingeschreven_op": "2026-08-24", "opp_vastgesteld_op": "2026-10-05"}, (0, 0)),
        ({"ingeschreven_op": "2026-08-24", "opp_vastgesteld_op": "2026-10-06"}, (1, 1)),
        # Enrolled on a Saturday: six weeks end on a Saturday, so the Monday after still is in time.
        ({"ingeschreven_op": "2026-08-01", "opp_vastgesteld_op": "2026-09-14"}, (0, 0)),
        ({"ingeschreven_op": "2026-08-01", "opp_vastgesteld_op": "2026-09-15"}, (1, 1)),
        ({"ingeschreven_op": "2026-10-12"}, (0, 0)),
        ({"ingeschreven_op": "2026-10-11"}, (0, 0)),
        ({"ingeschreven_op": "2026-10-09"}, (0, 1)),
        ({}, (0, 1)),
    ],
)
def test_late_development_perspective(child: dict[str, Any], expected: tuple[int, int]) -> None:
    assert value("opp_te_laat", [{"id": "k1", **child}]) == expected


@pytest.mark.parametrize(
    ("month", "under_four", "past_fourteen"),
    [
        ("2022-12", (1, 1), (0, 0)),
        ("2022-11", (0, 1), (0, 0)),
        ("2022-10", (0, 0), (0, 0)),
        ("2012-08", (0, 0), (0, 0)),
        ("2012-07", (0, 0), (1, 1)),
        (None, (0, 1), (0, 1)),
    ],
)
def test_ages_from_a_birth_month(
    month: str | None, under_four: tuple[int, int], past_fourteen: tuple[int, int]
) -> None:
    child = [{"id": "k1", "geboortemaand": month}]
    assert value("onder_leeftijdsgrens", child) == under_four
    assert value("boven_leeftijdsgrens", child) == past_fourteen


def test_answers_are_counted_and_an_incomplete_list_leaves_the_top_open() -> None:
    children = [{"id": "k1", "tlv": "nee"}, {"id": "k2", "tlv": "ja"}, {"id": "k3"}]
    assert value("zonder_tlv", children) == (1, 2)
    low, high = value("zonder_tlv", children, complete=False)
    assert low == 1
    assert high > 1000
    assert value("dossiers_totaal", children) == (3, 3)


def test_a_given_count_wins() -> None:
    assert value("zonder_tlv", [{"id": "k1", "tlv": "nee"}], dossiers={"school": {"zonder_tlv": 4}}) == (4, 4)


def test_nothing_given_is_unknown_and_a_complete_empty_list_is_zero() -> None:
    assert value("zonder_tlv", [], complete=False)[0] != value("zonder_tlv", [], complete=False)[1]
    assert value("zonder_tlv", []) == (0, 0)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 12, 25), date(2026, 12, 28)),
        (date(2026, 4, 3), date(2026, 4, 7)),
        (date(2026, 4, 27), date(2026, 4, 28)),
        (date(2025, 4, 26), date(2025, 4, 28)),
        (date(2026, 5, 5), date(2026, 5, 6)),
        (date(2026, 5, 14), date(2026, 5, 15)),
        (date(2026, 5, 25), date(2026, 5, 26)),
        (date(2027, 1, 1), date(2027, 1, 4)),
        (date(2027, 3, 26), date(2027, 3, 30)),
    ],
)
def test_a_term_does_not_end_on_a_free_day(last: date, due: date) -> None:
    assert due_day(last) == due
