"""Rooms and outdoor spaces: whose a room is and how an outdoor space lies (BKK art. 10 and 19)."""

from __future__ import annotations

from typing import Any

import pytest

from ikec_compliance.model.value import POS
from tests.facts.test_presence import facts_of
from tests.support import base

CENTRE = [
    {"id": "dag", "soort": "dagopvang", "organisatie": "houder"},
    {"id": "bso", "soort": "bso", "organisatie": "houder"},
]
ROOMS = [{"id": name, "soort": "groepsruimte", "voorzieningen": ["dag", "bso"]} for name in ("r1", "r2")]


def centre(**changes: Any) -> Any:
    return facts_of(base(voorzieningen=CENTRE, ruimtes=ROOMS, **changes))


def own_room(others: list[dict[str, Any]], room: str | None = "r1", complete: str = "ja") -> tuple[int, int]:
    group: dict[str, Any] = {"id": "g", "soort": "stamgroep", "voorzieningen": ["dag"]}
    group |= {"ruimte": room} if room else {}
    facts = centre(groepen=[group, *others], volledig={"groepen": complete}).of_type("groep")
    found: tuple[int, int] = facts[0].value("eigen_stamgroepruimte")
    return found


def other(kind: str, room: str) -> dict[str, Any]:
    soort = "stamgroep" if kind == "dag" else "basisgroep"
    return {"id": f"ander-{kind}-{room}", "soort": soort, "voorzieningen": [kind], "ruimte": room}


def test_a_room_is_own_unless_another_group_of_the_dagopvang_has_it() -> None:
    assert own_room([]) == own_room([other("dag", "r2")]) == (1, 1)
    assert own_room([other("dag", "r2"), other("dag", "r1")]) == (0, 0)
    assert own_room([other("bso", "r1")]) == (1, 1)  # a basisgroep needs no room of its own


def test_an_unknown_room_and_an_incomplete_list_leave_it_open() -> None:
    assert own_room([], room=None) == (0, 1)
    assert own_room([], complete="nee") == (0, 1)
    assert own_room([other("dag", "r1")], complete="nee") == (0, 0)


def spaces(*rows: tuple[str | None, float | None], complete: str = "ja") -> dict[str, tuple[int, int]]:
    listed = [{"id": f"b{n}", "voorzieningen": ["dag"], "ligging": lies, "m2": m2} for n, (lies, m2) in enumerate(rows)]
    elsewhere = {"id": "elders", "voorzieningen": ["bso"], "ligging": "directe_omgeving", "m2": 500}
    facts = centre(groepen=[], buitenruimtes=[*listed, elsewhere], volledig={"buitenruimtes": complete})
    fact = facts.of_type("voorziening")[0]
    names = ("buitenruimte_aan_kindercentrum", "buitenruimte_aan_gebouw", "buitenruimte_niet_aangrenzend")
    return {name: fact.value(name) for name in names}


def test_areas_are_added_by_how_they_lie() -> None:
    found = spaces(("aangrenzend_kindercentrum", 30), ("aangrenzend_gebouw", 20), ("directe_omgeving", 4))
    assert list(found.values()) == [(3000, 3000), (5000, 5000), (2400, 2400)]


@pytest.mark.parametrize(
    ("row", "complete", "expected"),
    [
        ((None, 10), "ja", [(0, 1000), (0, 1000), (0, 1000)]),
        (("aangrenzend_gebouw", None), "ja", [(0, 0), (1, POS), (1, POS)]),
        (("aangrenzend_kindercentrum", 10), "nee", [(1000, POS), (1000, POS), (0, POS)]),
    ],
)
def test_what_is_unknown_of_a_space_leaves_the_area_open(
    row: tuple[str | None, float | None], complete: str, expected: list[tuple[int, int]]
) -> None:
    assert list(spaces(row, complete=complete).values()) == expected


@pytest.mark.parametrize(
    ("ages", "under_two", "under_eighteen_months"),
    [
        ({"0": 1}, (1, 1), (1, 1)),
        ({"1": 1}, (1, 1), (0, 1)),
        ({"2": 5}, (0, 0), (0, 0)),
        ({"1": None}, (0, 1), (0, 1)),
        (None, (0, 1), (0, 1)),
    ],
)
def test_the_youngest_are_read_from_the_placing(
    ages: dict[str, int | None] | None, under_two: tuple[int, int], under_eighteen_months: tuple[int, int]
) -> None:
    group: dict[str, Any] = {"id": "g", "soort": "stamgroep", "voorzieningen": ["dag"]}
    group |= {"plaatsing": ages} if ages is not None else {}
    fact = centre(groepen=[group], volledig={"groepen": "ja"}).of_type("voorziening")[0]
    assert fact.value("jonger_dan_twee") == under_two
    assert fact.value("jonger_dan_anderhalf") == under_eighteen_months
