"""What follows from which voorzieningen a number, a council or a medewerker belongs to."""

from __future__ import annotations

from typing import Any

import pytest

from tests.facts.test_presence import facts_of
from tests.support import PERSON, base

YES, NO, UNKNOWN = (1, 1), (0, 0), (0, 1)


def facility(name: str, kind: str, houder: str = "houder", **more: Any) -> dict[str, Any]:
    return {"id": name, "soort": kind, "organisatie": houder, **more}


def numbers(*given: str | None, complete: str = "ja") -> list[tuple[int, int]]:
    kinds = ("dagopvang", "bso", "bso")
    rows = [
        facility(f"v{index}", kinds[index], **({} if number is None else {"lrk_nummer": number}))
        for index, number in enumerate(given)
    ]
    found = facts_of(base(voorzieningen=rows, groepen=[], volledig={"voorzieningen": complete})).of_type("voorziening")
    return [fact.value("eigen_nummer") for fact in found]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("900000001", "900000002"), [YES, YES]),
        (("900000001", "900000001"), [NO, NO]),
        (("900000001", None), [UNKNOWN, UNKNOWN]),
        (("900000001", "900000001", None), [NO, NO, UNKNOWN]),
    ],
)
def test_a_number_belongs_to_one_centre(given: tuple[str | None, ...], expected: list[tuple[int, int]]) -> None:
    assert numbers(*given) == expected


def test_in_an_incomplete_list_another_centre_may_have_the_number() -> None:
    assert numbers("900000001", complete="nee") == [UNKNOWN]


def test_a_school_has_no_number_in_the_childcare_register() -> None:
    rows = [facility("kdv", "dagopvang", lrk_nummer="900000001"), facility("school", "so")]
    found = facts_of(base(voorzieningen=rows, groepen=[], volledig={"voorzieningen": "ja"})).of_type("voorziening")
    assert found[0].value("eigen_nummer") == YES


def council(centres: list[str] | None, second_houder: str = "houder") -> tuple[tuple[int, int], tuple[int, int]]:
    rows = [facility("kdv", "dagopvang"), facility("bso", "bso", second_houder), facility("so", "so")]
    houders = [{"id": name, "soort": "houder_kinderopvang"} for name in ("houder", "ander")]
    record: dict[str, Any] = {"id": "oc", "soort": "oudercommissie"}
    record |= {} if centres is None else {"voorzieningen": centres}
    data = base(organisaties=houders, voorzieningen=rows, groepen=[], raden=[record])
    (fact,) = facts_of(data).of_type("raad")
    return fact.value("gecombineerd"), fact.value("zelfde_houder")


@pytest.mark.parametrize(
    ("centres", "second_houder", "expected"),
    [
        (["kdv"], "houder", (NO, YES)),
        (["kdv", "bso"], "houder", (YES, YES)),
        (["kdv", "bso"], "ander", (YES, NO)),
        (["kdv", "so"], "houder", (NO, YES)),
        (None, "houder", (UNKNOWN, UNKNOWN)),
    ],
)
def test_a_council_of_several_centres_is_combined(
    centres: list[str] | None, second_houder: str, expected: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    assert council(centres, second_houder) == expected


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (["kdv"], NO),
        (["kdv", "bso"], NO),
        (["kdv", "so"], YES),
        (["bso", "hulp"], YES),
        (["so", "hulp"], NO),
        (None, UNKNOWN),
    ],
)
def test_two_roles_are_two_regimes_of_which_one_is_childcare(
    places: list[str] | None, expected: tuple[int, int]
) -> None:
    kinds = (("kdv", "dagopvang"), ("bso", "bso"), ("so", "so"), ("hulp", "jeugdhulp"))
    rows = [facility(name, kind) for name, kind in kinds]
    person = {key: value for key, value in PERSON.items() if key != "werkt_bij"} | {"id": "med"}
    person |= {} if places is None else {"werkt_bij": places}
    (fact,) = facts_of(base(voorzieningen=rows, groepen=[], medewerkers=[person])).of_type("medewerker")
    assert fact.value("in_meer_regimes") == expected
