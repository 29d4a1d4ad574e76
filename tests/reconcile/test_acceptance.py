"""What the reconciler promises about whole centres: every friction shown with its proof, and silence where none is."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from random import Random

import pytest
from planted import planted
from reconcile_cases import ON, centre_facts, listed_frictions, merged, rule_set
from variants import apart

from ikec_compliance.centre import Centre, load_centre
from ikec_compliance.centre.editing import edited_texts
from ikec_compliance.facts.base import derive
from ikec_compliance.facts.period import check_days
from ikec_compliance.model.resources import examples_dir, rules_dir
from ikec_compliance.model.result import ConflictLine
from ikec_compliance.reconcile import check_certificates, reconcile
from ikec_compliance.reconcile.lines import conflict_line
from ikec_compliance.reconcile.meetings import collisions

BUILDING = {
    # Double burdens that one building or one child in several services brings, and what only a person can judge.
    "CF-04", "CF-07", "CF-11", "CF-22", "CF-26", "CF-27", "CF-28", "CF-30", "CF-32", "CF-37", "CF-39", "CF-40",
    "CF-42", "CF-43", "CF-44", "CF-45", "CF-51", "CF-52",
}  # fmt: skip


def lines(centre: Centre) -> dict[str, ConflictLine]:
    """The conflicts of a centre by id, with the presence rules of its week."""
    facts = derive(centre, rule_set().vocabulary, ON, check_days(centre, ON, False, None), rules_dir())
    found = reconcile(rule_set().on(ON).rules, facts, listed_frictions())
    assert check_certificates(found) == []
    return {line.id: line for line in found}


@cache
def example() -> dict[str, ConflictLine]:
    return lines(load_centre(examples_dir() / "ikec-hoorn"))


# Friction: object, class, state, articles that must be cited, who binds, what the certificate shows, a way out.
SHOWN = {
    "CF-01": ("document:centrumplan", "voorwaardelijk", "open", {"TOEZICHT naam van het schoolplan"}, ("WEC", "WPO"),
              "{ja} uit {nee, ja}", "Schoolplan 2025-2029, tevens centrumplan"),
    "CF-03": ("document:centrumplan", "voorwaardelijk", "voldaan", {"WMS 10"}, ("WEC", "WPO"), "", "elke raad"),
    "CF-05": ("integratie:peuterkleutergroep", "voorwaardelijk", "onbekend", {"BKK 9"}, ("BKK",), "{ja}", "activiteit"),
    "CF-10": ("groep:sbo-07", "dubbel", "open", {"WEC 70", "WPO 69"}, (), "≤ 1", "symbiose"),
    "CF-13": ("medewerker:med-022", "voorwaardelijk", "voldaan", {"BKK 15"}, ("BKK",), "{ja}", "diploma"),
    "CF-14": ("integratie:inval-uur", "tegenstrijdig", "open", {"WPO 3", "WKO 1.1"}, ("WKO", "WPO"), None, "bevoegde"),
    "CF-20": ("medewerker:med-029", "voorwaardelijk", "open", {"WKO 1.50", "WEC 32"}, ("WEC", "WKO"), "", "vog"),
    "CF-23": ("integratie:lokaal-middag", "voorwaardelijk", "open", {"BKK 19"}, ("BKK",), "", "meet per ruimte"),
    "CF-25": ("integratie:plein", "voorwaardelijk", "voldaan", {"BKK 19"}, ("BKK",), "", "rooster"),
    "CF-33": ("integratie:kindadministratie", "tegenstrijdig", "open", {"JW 7.3.8"}, ("JW", "WEC", "WKO", "WPO"), None,
              "elke organisatie"),
    "CF-34": ("integratie:kinddossier", "tegenstrijdig", "open", {"JW 7.3.8"}, ("JW", "WEC", "WPO"), None, "dossier"),
}  # fmt: skip


@pytest.mark.parametrize("friction", SHOWN)
def test_the_example_shows_each_friction_with_its_class_articles_proof_and_way_out(friction: str) -> None:
    subject, kind, state, articles, binds, joint, way = SHOWN[friction]
    found = example()[f"{friction}/{subject}"]
    assert (found.conflict_class, found.state, found.binds) == (kind, state, binds)
    cited = {f"{source.law} {source.article}" for norm in found.norms for source in norm.source}
    assert articles <= cited, cited
    certificate = found.certificate
    if joint is None:
        # Nothing satisfies the core, and whichever norm goes, something satisfies the others.
        assert certificate.kind == "mus" and len(certificate.core) >= 2
        assert set(certificate.witnesses) == set(certificate.core) and certificate.proof and certificate.complete
        assert any(set(item) == set(certificate.core) for item in certificate.conflicts)
    else:
        assert certificate.kind == "joint" and joint in certificate.joint and certificate.joint
        assert bool(certificate.broken) == (state == "open")
    assert any(way.lower() in text.lower() for text in found.resolutions), found.resolutions
    assert found.explanation and found.sources and found.location.line > 0


def test_one_friction_about_several_things_is_one_collision() -> None:
    # CF-02 is about the contents and the cycle of one plan: no part of it is left unlisted.
    assert all(line.listed for line in example().values())
    asked = {norm.quantity for norm in example()["CF-02/document:centrumplan"].norms}
    assert {"onderdelen", "vaststelling"} <= asked


def test_a_centre_in_order_has_no_open_conflict() -> None:
    found = lines(load_centre(examples_dir() / "ikec-hoorn-op-orde"))
    assert len(found) > 50  # the wishes to integrate are all there
    assert [line.id for line in found.values() if line.state == "open"] == []
    assert [line.id for line in found.values() if line.conflict_class == "tegenstrijdig"] == []


@pytest.mark.parametrize(("keep", "codes"), [((), set()), (("gebouw",), BUILDING)])
def test_without_any_wish_to_integrate_only_one_building_speaks(keep: tuple[str, ...], codes: set[str]) -> None:
    centre = apart(load_centre(examples_dir() / "ikec-hoorn-op-orde"), keep)
    found = lines(centre).values()
    assert {line.code for line in found} == codes
    assert {line.subject for line in found} <= {"integratie:gebouw"}
    assert {(line.conflict_class, line.state) for line in found} <= {
        ("dubbel", "voldaan"), ("dubbel", "onbekend"), ("te_beoordelen", "onbekend"),
    }  # fmt: skip


def test_three_hundred_norms_with_twelve_collisions_take_less_than_a_second(tmp_path: Path) -> None:
    centre = centre_facts(tmp_path).context.centre
    made = planted(Random(312), 12, 300)
    taken = []
    for _ in range(3):
        start = sum(os.times()[:4])  # of this process and its children: other work is no part of the promise
        found = [conflict_line(item, centre) for item in collisions([(merged(), made.norms)], ())]
        taken.append(sum(os.times()[:4]) - start)
    assert {frozenset(line.certificate.core) for line in found if line.certificate.kind == "mus"} == made.cores
    assert min(taken) < 1.0


CHANGES = [
    ("CF-01/document:centrumplan", 0), ("CF-01/document:centrumplan", 1), ("CF-08/integratie:inval-uur", 0),
    ("CF-14/integratie:inval-uur", 0), ("CF-33/integratie:kindadministratie", 0),
    ("CF-34/integratie:kinddossier", 0), ("CF-53/woord:flexmedewerker", 0),
]  # fmt: skip


@pytest.mark.parametrize(("conflict", "place"), CHANGES)
def test_each_repair_of_a_conflict_ends_it_and_opens_no_other(tmp_path: Path, conflict: str, place: int) -> None:
    assert {line.id for line in example().values() if any(repair.applicable for repair in line.repairs)} == {
        id_ for id_, _ in CHANGES
    }
    source = examples_dir() / "ikec-hoorn"
    for name, text in edited_texts(source, example()[conflict].repairs[place].edits).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    after = lines(load_centre(tmp_path))
    assert conflict not in after or after[conflict].state != "open"
    was_open = {line.id for line in example().values() if line.state == "open"}
    assert {line.id for line in after.values() if line.state == "open"} <= was_open - {conflict}
