"""Where voorschoolse educatie is given and by whom, and other facts about people that the rules read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.facts.test_presence import facts_of
from tests.support import base

DAY = [{"id": "dag", "soort": "dagopvang", "organisatie": "houder"}]
WEEK = ["2026-11-23/2026-11-27"]


def group(id_: str, **ve: str) -> dict[str, Any]:
    return {"id": id_, "soort": "stamgroep", "voorzieningen": ["dag"], **({"ve": ve} if ve else {})}


@pytest.mark.parametrize(
    ("groups", "complete", "expected"),
    [
        ([group("a", aanbod="ja", gesubsidieerd="ja")], "nee", (1, 1)),
        ([group("a", aanbod="nee"), group("b", aanbod="ja", gesubsidieerd="ja")], "ja", (1, 1)),
        # Without a subsidy of the gemeente a programme is not voorschoolse educatie (Wko art. 1.1).
        ([group("a", aanbod="ja", gesubsidieerd="nee")], "ja", (0, 0)),
        ([group("a", aanbod="ja")], "ja", (0, 1)),
        ([group("a")], "ja", (0, 1)),
        ([group("a", aanbod="nee")], "ja", (0, 0)),
        ([group("a", aanbod="nee")], "nee", (0, 1)),
    ],
)
def test_a_centre_gives_it_in_a_subsidised_group(
    groups: list[dict[str, Any]], complete: str, expected: tuple[int, int]
) -> None:
    facts = facts_of(base(voorzieningen=DAY, groepen=groups, volledig={"groepen": complete}))
    assert facts.of_type("voorziening")[0].value("ve_aanbod") == expected


def person(lines: list[dict[str, Any]], complete: bool = True, **fields: Any) -> Any:
    groups = [group("ve", aanbod="ja", gesubsidieerd="ja"), group("gewoon", aanbod="nee")]
    worker = {"id": "m", "functie": "pedagogisch_medewerker", "organisatie": "houder", "werkt_bij": ["dag"], **fields}
    roster = [
        {"id": f"r{n}", "dag": "ma", "van": "08:00", "tot": "12:00", "medewerker": "m", **line}
        for n, line in enumerate(lines)
    ]
    closed = {"groepen": "ja", "diplomas": "ja", **({"rooster": WEEK} if complete else {})}
    return facts_of(
        base(voorzieningen=DAY, groepen=groups, medewerkers=[worker], rooster=roster, volledig=closed)
    ).of_type("inzet")[0]


@pytest.mark.parametrize(
    ("lines", "complete", "expected"),
    [
        ([{"groep": "ve", "rol": "beroepskracht"}], False, (1, 1)),
        ([{"groep": "gewoon", "rol": "beroepskracht"}], True, (0, 0)),
        ([{"groep": "ve", "rol": "stagiair"}], True, (0, 0)),
        ([{"groep": "ve"}], True, (0, 1)),
        ([], True, (0, 0)),
        ([], False, (0, 1)),
    ],
)
def test_who_works_as_a_professional_in_such_a_group(
    lines: list[dict[str, Any]], complete: bool, expected: tuple[int, int]
) -> None:
    assert person(lines, complete).value("als_beroepskracht_ve") == expected


@pytest.mark.parametrize(
    ("formative", "expected"),
    [(["ja"], (1, 1)), (["ja", "nee"], (0, 0)), (["ja", None], (0, 1)), ([], (0, 1))],
)
def test_a_trainee_counts_when_every_line_does(formative: list[str | None], expected: tuple[int, int]) -> None:
    lines = [{"groep": "gewoon", "rol": "beroepskracht_in_opleiding", "formatief": answer} for answer in formative]
    assert person(lines).value("bio_telt_mee") == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [({}, (0, 0)), ({"ehbo": {"kinderen": "ja"}}, (1, 1)), ({"ehbo": {"kinderen": "nee"}}, (0, 0)),
     ({"ehbo": {"geldig_tot": "2027-01-01"}}, (0, 1))],
)  # fmt: skip
def test_who_names_no_certificate_is_not_asked_for_one(fields: dict[str, Any], expected: tuple[int, int]) -> None:
    assert person([], **fields).value("ehbo_certificaat") == expected


def test_diplomas_by_what_they_qualify_for() -> None:
    fact = person([], diplomas=[{"naam": "a", "kwalificeert": ["ve"]}, {"naam": "b", "kwalificeert": ["bso"]}])
    assert fact.value("diploma_ve") == (1, 1)
    assert fact.value("diploma_pedagogisch_beleid") == fact.value("diploma_ve_in_opleiding") == (0, 0)
    assert person([]).value("diploma_ve") == (0, 1)
