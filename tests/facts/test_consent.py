"""Consent counts per school, and only before the adoption."""

from __future__ import annotations

from typing import Any

import pytest

from tests.facts.test_presence import facts_of
from tests.support import base


def consent(votes: dict[str, Any] | None, adopted: str | None = "2025-06-20") -> dict[str, tuple[int, int]]:
    schools = [{"id": name, "soort": name, "organisatie": "houder"} for name in ("so", "sbo")]
    plan: dict[str, Any] = {"id": "plan", "soorten": ["schoolplan"], "voorzieningen": ["so", "sbo"]}
    plan |= {"vastgesteld_op": adopted} if adopted else {}
    plan |= {"instemming": votes} if votes is not None else {}
    councils = [
        {"id": f"mr-{name}", "soort": "medezeggenschapsraad", "voorzieningen": [name]} for name in ("so", "sbo")
    ]
    data = base(voorzieningen=schools, groepen=[], documenten=[plan], raden=councils)
    found = facts_of(data).of_type("voorziening")
    return {fact.subject.partition(":")[2]: fact.value("instemming_mr_schoolplan") for fact in found}


def test_one_council_does_not_speak_for_the_other_school() -> None:
    assert consent({"mr-so": "2025-06-01", "mr-sbo": "nee"}) == {"so": (1, 1), "sbo": (0, 0)}


@pytest.mark.parametrize(
    ("vote", "adopted", "expected"),
    [
        ("2025-06-20", "2025-06-20", (1, 1)),
        ("2025-06-21", "2025-06-20", (0, 0)),
        ("2026-11-24", "2026-12-01", (0, 0)),
        ("2025-06-01", None, (0, 1)),
        ("ja", None, (1, 1)),
        (None, "2025-06-20", (0, 1)),
    ],
)
def test_consent_comes_before_adoption(vote: str | None, adopted: str | None, expected: tuple[int, int]) -> None:
    assert consent({"mr-so": vote}, adopted)["so"] == expected


def test_no_votes_written_down_is_unknown() -> None:
    assert consent(None) == {"so": (0, 1), "sbo": (0, 1)}
