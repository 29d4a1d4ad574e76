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


@pytest.mark.parametrize(
    ("month", "first", "expected"),
    [
        # Born in December 2022: three years and ten months in October 2026.
        ("2022-12", "2026-11-02", (0, 0)),
        ("2022-12", "2026-10-31", (0, 0)),
        ("2022-12", "2026-10-30", (0, 1)),
        ("2022-12", "2026-09-30", (1, 1)),
        # Born in January 2023: only in November 2026, on a day that the month leaves open.
        ("2023-01", "2026-11-23", (0, 1)),
        ("2023-01", "2026-10-31", (1, 1)),
        ("2022-02", "2025-12-31", (0, 0)),
        (None, "2026-11-02", (0, 1)),
        ("2022-12", None, (0, 1)),
    ],
)
def test_trial_days_start_at_three_years_and_ten_months(
    month: str | None, first: str | None, expected: tuple[int, int]
) -> None:
    child = {"id": "k1", "geboortemaand": month, "wennen": {"vanaf": first, "dagen": 1}}
    assert value("wennen_te_jong", [child]) == expected


@pytest.mark.parametrize(("days", "expected"), [(4, (0, 0)), (5, (0, 0)), (6, (1, 1)), (None, (0, 1))])
def test_five_trial_days_at_most(days: int | None, expected: tuple[int, int]) -> None:
    assert value("wennen_te_lang", [{"id": "k1", "wennen": {"dagen": days}}]) == expected


def test_a_child_of_three_years_and_ten_months_on_trial_days_is_no_pupil() -> None:
    trial = {"id": "k1", "geboortemaand": "2022-12", "wennen": {"vanaf": "2026-11-16", "dagen": 2}}
    assert value("onder_leeftijdsgrens", [trial]) == (0, 0)
    assert value("zonder_tlv", [trial]) == (0, 0)
    assert value("dossiers_totaal", [trial]) == (0, 0)
    assert value("wennen", [trial]) == (1, 1)
    pupil = trial | {"ingeschreven_op": "2026-11-16"}
    assert value("onder_leeftijdsgrens", [pupil]) == (1, 1)
    assert value("wennen", [pupil]) == (0, 0)
    assert value("wennen", [{"id": "k1"}]) == (0, 1)


def test_a_pupil_of_thirteen_may_stay_and_one_who_turned_fourteen_this_school_year_too() -> None:
    assert value("boven_leeftijdsgrens", [{"id": "k1", "geboortemaand": "2013-11"}]) == (0, 0)
    assert value("boven_leeftijdsgrens", [{"id": "k1", "geboortemaand": "2012-09"}]) == (0, 0)
    assert value("boven_leeftijdsgrens", [{"id": "k1", "geboortemaand": "2012-07"}]) == (1, 1)


@pytest.mark.parametrize(
    ("child", "expected"),
    [
        # Registered on Monday 5 October 2026: six weeks end on 16 November, ten on 14 December.
        ({"aangemeld_op": "2026-10-05", "toelating_beslist_op": "2026-11-16"}, (0, 0)),
        ({"aangemeld_op": "2026-10-05", "toelating_beslist_op": "2026-11-17"}, (0, 1)),
        ({"aangemeld_op": "2026-10-05", "toelating_uitgesteld_tot": "2026-11-20", "toelating_beslist_op": "2026-11-20"},
         (0, 0)),
        ({"aangemeld_op": "2026-10-05", "toelating_uitgesteld_tot": "2026-11-20", "toelating_beslist_op": "2026-11-23"},
         (1, 1)),
        # Registered on Monday 7 September 2026: a day beyond ten weeks (16 November) does not help.
        ({"aangemeld_op": "2026-09-07", "toelating_uitgesteld_tot": "2026-11-20", "toelating_beslist_op": "2026-11-16"},
         (0, 0)),
        ({"aangemeld_op": "2026-09-07", "toelating_uitgesteld_tot": "2026-11-20", "toelating_beslist_op": "2026-11-17"},
         (1, 1)),
        ({"aangemeld_op": "2026-09-07", "toelating_beslist_op": "2026-11-17"}, (1, 1)),
        ({"aangemeld_op": "2026-10-12"}, (0, 0)),
        ({"aangemeld_op": "2026-10-09"}, (0, 1)),
        ({"aangemeld_op": "2026-10-12", "toelating_beslist_op": "2026-12-01"}, (0, 0)),
        ({"toelating_beslist_op": "2026-11-16"}, (0, 1)),
    ],
)  # fmt: skip
def test_admission_is_decided_in_six_weeks_and_at_most_four_more(
    child: dict[str, Any], expected: tuple[int, int]
) -> None:
    assert value("toelating_te_laat", [{"id": "k1", **child}]) == expected


@pytest.mark.parametrize(
    ("child", "expected"),
    [
        ({"ingeschreven_op": "2024-08-19", "opp_geevalueerd_op": "2025-08-01"}, (0, 0)),
        ({"ingeschreven_op": "2024-08-19", "opp_geevalueerd_op": "2025-07-31"}, (1, 1)),
        ({"ingeschreven_op": "2026-08-01"}, (0, 0)),
        ({"ingeschreven_op": "2026-07-31"}, (0, 1)),
        ({"ingeschreven_op": "2024-08-19", "opp_geevalueerd_op": "2026-11-23"}, (0, 0)),
        ({"ingeschreven_op": "2024-08-19", "opp_geevalueerd_op": "2026-11-24"}, (0, 1)),
        ({"opp_geevalueerd_op": "2025-07-31"}, (0, 1)),
    ],
)
def test_the_evaluation_of_this_or_the_previous_school_year(child: dict[str, Any], expected: tuple[int, int]) -> None:
    assert value("opp_niet_geevalueerd", [{"id": "k1", **child}]) == expected


@pytest.mark.parametrize(
    ("last", "expected"), [("2026-11-23", (0, 0)), ("2026-11-22", (1, 1)), ("2027-07-31", (0, 0)), (None, (0, 1))]
)
def test_a_declaration_holds_on_its_last_day(last: str | None, expected: tuple[int, int]) -> None:
    assert value("tlv_verlopen", [{"id": "k1", "tlv_tot": last}]) == expected


def test_after_a_temporary_placement_the_six_weeks_run_from_the_definitive_one() -> None:
    child = {"id": "k1", "ingeschreven_op": "2026-08-03", "opp_vastgesteld_op": "2026-10-19"}
    assert value("opp_te_laat", [child]) == (1, 1)
    assert value("opp_te_laat", [child | {"definitief_geplaatst_op": "2026-09-07"}]) == (0, 0)


@pytest.mark.parametrize(
    ("child", "expected"),
    [
        ({"plan_vastgesteld_op": "2026-11-23"}, (0, 0)),
        # A plan that is only planned is no plan, unless its six weeks still run.
        ({"plan_vastgesteld_op": "2026-11-24"}, (0, 1)),
        ({"familiegroepsplan_afgezien_op": "2026-10-09", "plan_vastgesteld_op": "2026-11-24"}, (1, 1)),
        ({"familiegroepsplan_afgezien_op": "2026-10-12", "plan_vastgesteld_op": "2026-11-24"}, (0, 0)),
        ({"familiegroepsplan_afgezien_op": "2026-10-12"}, (0, 0)),
        ({"familiegroepsplan_afgezien_op": "2026-10-09"}, (0, 1)),
        ({}, (0, 1)),
    ],
)
def test_a_child_without_a_plan_counts_after_six_weeks(child: dict[str, Any], expected: tuple[int, int]) -> None:
    assert value("zonder_plan", [{"id": "k1", **child}]) == expected


def test_answers_on_the_development_plan_are_counted() -> None:
    children = [{"id": "k1", "opp_gehoord": "nee", "opp_overeenstemming": "ja"}, {"id": "k2"}]
    assert value("opp_zonder_horen", children) == (1, 2)
    assert value("opp_zonder_overeenstemming", children) == (0, 1)
