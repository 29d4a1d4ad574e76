"""Situations a director knows, walked through from the configuration to the conflict and the way out."""

from __future__ import annotations

from pathlib import Path

import pytest
from reconcile_cases import centre_facts, listed_frictions, rules_with_norm

from ikec_compliance.model.result import ConflictLine
from ikec_compliance.reconcile import check_certificates, reconcile

ALONE = {"kinds": "[schoolplan]", "facilities": "[so]", "title": "Schoolplan 2025-2029"}


def walk(folder: Path, merges: str) -> dict[str, ConflictLine]:
    """The conflicts of a small centre that shares only what ``merges`` says, by friction."""
    facts = centre_facts(folder, merges=merges, **ALONE)
    found = reconcile(rules_with_norm(), facts, listed_frictions())
    assert check_certificates(found) == []
    return {line.code: line for line in found}


def test_every_friction_of_the_study_is_there_and_says_why_when_nothing_is_computed() -> None:
    found = {friction.id: friction for friction in listed_frictions()}
    # The 52 of the study, and CF-53: own words in general, of which CF-01 is one case.
    assert sorted(found) == [f"CF-{number:02}" for number in range(1, 54)]
    for friction in found.values():
        assert sum(map(bool, (friction.quantity, friction.not_computable, friction.names))) == 1, friction.id
        assert len(friction.resolutions) >= 2 and friction.sources and friction.who, friction.id


def test_an_hour_of_school_and_care_counts_as_one_of_them(tmp_path: Path) -> None:
    found = walk(tmp_path, "[{id: middag, soort: uur, deelt: [so, dagopvang]}]")["CF-08"]
    assert (found.conflict_class, found.state) == ("tegenstrijdig", "open")
    assert set(found.certificate.core) == {"OW-TYD-01", "KO-OVK-01"}
    assert set(found.certificate.witnesses.values()) == {"onderwijstijd", "opvang"}


def test_a_care_farm_in_school_hours_depends_on_how_the_help_is_paid(tmp_path: Path) -> None:
    # Without a decision per child no hour is put on a bill (Regeling Jeugdwet art. 6a.1); here that is not given.
    found = walk(tmp_path, "[{id: boerderij, soort: uur, deelt: [so, jeugdhulp]}]")["CF-08"]
    assert (found.conflict_class, found.reason) == ("te_beoordelen", "regime open")
    assert any("experiment onderwijszorgarrangementen" in way for way in found.resolutions)


def test_a_warm_transfer_from_youth_care_to_school_needs_consent_and_the_school_asks_none(tmp_path: Path) -> None:
    found = walk(tmp_path, "[{id: overdracht, soort: administratie, deelt: [so, jeugdhulp]}]")["CF-35"]
    assert (found.conflict_class, found.state, found.binds) == ("voorwaardelijk", "onbekend", ("JW",))
    assert found.certificate.free == ("WEC (bevoegd gezag)",)
    assert found.certificate.joint.startswith("{niet, met toestemming}")


@pytest.mark.parametrize(("shared", "state"), [("met toestemming", "voldaan"), ("zonder toestemming", "open")])
def test_what_is_passed_on_decides_where_the_centre_stands(tmp_path: Path, shared: str, state: str) -> None:
    merge = f"[{{id: overdracht, soort: administratie, deelt: [so, jeugdhulp], waarde: {shared}}}]"
    assert walk(tmp_path, merge)["CF-35"].state == state


def test_from_childcare_to_school_no_rule_in_the_acts_read_forbids_passing_on(tmp_path: Path) -> None:
    found = walk(tmp_path, "[{id: overdracht, soort: administratie, deelt: [so, dagopvang]}]")
    assert "CF-35" not in found  # consent follows from privacy law, which is not among the acts
    assert found["CF-33"].conflict_class == "tegenstrijdig"


def test_a_child_from_early_education_at_two_to_school_at_four_is_named_and_left_to_a_person(tmp_path: Path) -> None:
    found = walk(tmp_path, "[{id: g, soort: gebouw, deelt: [dagopvang, sbo]}]")
    assert (found["CF-07"].conflict_class, found["CF-07"].state) == ("te_beoordelen", "onbekend")
    assert "WPO art. 39" in found["CF-07"].explanation
    assert "CF-51" not in found  # three access decisions need three services


def test_one_building_and_nothing_else_shared_shows_no_contradiction(tmp_path: Path) -> None:
    found = walk(tmp_path, "[{id: g, soort: gebouw, deelt: [so, sbo, dagopvang, jeugdhulp]}]")
    assert {line.subject for line in found.values()} == {"integratie:g"}
    assert {line.conflict_class for line in found.values()} == {"dubbel", "te_beoordelen"}
    assert {code for code, line in found.items() if line.conflict_class == "dubbel"} == {
        "CF-04", "CF-39", "CF-40", "CF-42",
    }  # fmt: skip
    # Whether a council is due depends here on dates and numbers that are not given.
    assert found["CF-37"].reason == "regime open"


def test_nothing_shared_is_nothing_to_say(tmp_path: Path) -> None:
    assert walk(tmp_path, "[]") == {}
