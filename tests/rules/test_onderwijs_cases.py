"""Cases from practice in a child centre with an so and an sbo school: the verdict, and the article it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from ikec_compliance.engine import verdict
from ikec_compliance.model.place import Location
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.rules.testcases import given_fact
from tests.fuzz_unknown import rule_set

ON = date(2026, 11, 23)
PASSES, FAILS, ABSENT, REVIEW = Verdict.PASSES, Verdict.FAILS, Verdict.NOT_APPLICABLE, Verdict.REVIEW
UNDECIDED = Verdict.UNDECIDED


@dataclass(frozen=True, slots=True)
class Case:
    """What is so, and what a rule must make of it by which article (law, article, lid)."""

    name: str
    rule: str
    given: Mapping[str, Any]
    expected: Verdict
    article: tuple[str, str, str | None]


_MIXED = {"leerlingen_so": 6, "leerlingen_sbo": 8, "scholen_met_leerlingen": 2}
_PLAN = {"schoolplan.aanwezig": "ja", "schoolplan.vastgesteld_op": "2025-06-17"}
_ELSEWHERE = {
    "vacature": "nee",
    "functie": "leraar",
    "gelijksoortige_school": "nee",
    "voorziening.verschillende_categorieen": "ja",
}
_COMPLAINT = {"klachten.aanwezig": "ja", "klachten.klagers": ["ouders", "personeel"]}

CASES = (
    # A group with pupils of the so and of the sbo school.
    Case(
        "so en sbo samen",
        "OW-GEZ-01",
        {**_MIXED, "experiment": "geen", "symbiose_overeenkomst": "nee"},
        FAILS,
        ("WEC", "70", "2"),
    ),
    Case(
        "so en sbo samen",
        "OW-GEZ-02",
        {**_MIXED, "experiment": "geen", "symbiose_overeenkomst": "nee"},
        FAILS,
        ("WPO", "69", "2"),
    ),
    Case(
        "met symbiose: het so mag",
        "OW-GEZ-01",
        {**_MIXED, "experiment": "geen", "symbiose_overeenkomst": "ja"},
        ABSENT,
        ("WEC", "70", "2"),
    ),
    Case(
        "met symbiose: het sbo niet",
        "OW-GEZ-02",
        {**_MIXED, "experiment": "geen", "symbiose_overeenkomst": "ja"},
        FAILS,
        ("WPO", "69", "2"),
    ),
    Case(
        "in een experiment",
        "OW-GEZ-03",
        {**_MIXED, "experiment": "onderwijszorgarrangement"},
        REVIEW,
        ("WEC", "172", "1"),
    ),
    Case(
        "deelname afgelopen",
        "OW-EXP-01",
        {"soort": "so", "oza_deelname": "ja", "oza_besluit_op": "2023-02-01", "oza_geldig_tot": "2026-11-22"},
        FAILS,
        ("WEC", "172", "1"),
    ),
    Case(
        "geen leerlingen van het so",
        "OW-GEZ-01",
        {"leerlingen_so": 0, "leerlingen_sbo": 14, "scholen_met_leerlingen": 1},
        ABSENT,
        ("WEC", "70", "2"),
    ),
    # One schoolplan for two schools: nothing forbids it, and each school keeps its own council and term.
    Case(
        "een plan, ouder dan vier jaar (so)",
        "OW-SPL-01",
        {"soort": "so", "schoolplan.aanwezig": "ja", "schoolplan.vastgesteld_op": "2022-11-22"},
        FAILS,
        ("WEC", "22a", "1"),
    ),
    Case(
        "een plan, ouder dan vier jaar (sbo)",
        "OW-SPL-02",
        {"soort": "sbo", "schoolplan.aanwezig": "ja", "schoolplan.vastgesteld_op": "2022-11-22"},
        FAILS,
        ("WPO", "13a", "1"),
    ),
    Case("een plan van vorig jaar (so)", "OW-SPL-01", {"soort": "so", **_PLAN}, PASSES, ("WEC", "22a", "1")),
    Case("een plan van vorig jaar (sbo)", "OW-SPL-02", {"soort": "sbo", **_PLAN}, PASSES, ("WPO", "13a", "1")),
    Case(
        "alleen de raad van het so stemde in",
        "OW-SPL-06",
        {"soort": "sbo", **_PLAN, "instemming_mr_schoolplan": "nee"},
        FAILS,
        ("WMS", "10", None),
    ),
    Case(
        "de raad van het so stemde in",
        "OW-SPL-06",
        {"soort": "so", **_PLAN, "instemming_mr_schoolplan": "ja"},
        PASSES,
        ("WMS", "10", None),
    ),
    # A teacher who works at another kind of school.
    Case(
        "so-leraar aan een andere soort school",
        "OW-INZ-01",
        {**_ELSEWHERE, "voorziening.soort": "so"},
        FAILS,
        ("WEC", "34", "2"),
    ),
    Case(
        "leraar van elders in het sbo",
        "OW-INZ-01",
        {**_ELSEWHERE, "voorziening.soort": "sbo"},
        ABSENT,
        ("WEC", "34", "2"),
    ),
    Case(
        "een bestuur met een categorie so",
        "OW-INZ-01",
        {**_ELSEWHERE, "voorziening.soort": "so", "voorziening.verschillende_categorieen": "nee"},
        ABSENT,
        ("WEC", "34", "2"),
    ),
    # A child of three years and ten months.
    Case(
        "wendagen in het sbo",
        "OW-WEN-01",
        {"soort": "sbo", "wennen": 1, "wennen_te_jong": 0, "wennen_te_lang": 0},
        PASSES,
        ("WPO", "39", "3"),
    ),
    Case(
        "een zesde wendag in het sbo",
        "OW-WEN-01",
        {"soort": "sbo", "wennen": 1, "wennen_te_jong": 0, "wennen_te_lang": 1},
        FAILS,
        ("WPO", "39", "3"),
    ),
    Case(
        "wennen voor 3 jaar en 10 maanden",
        "OW-WEN-01",
        {"soort": "sbo", "wennen": 1, "wennen_te_jong": 1, "wennen_te_lang": 0},
        FAILS,
        ("WPO", "39", "3"),
    ),
    Case("wendagen in het so", "OW-WEN-02", {"soort": "so", "wennen": 1}, REVIEW, ("WEC", "39", "1")),
    Case(
        "ingeschreven in het so met de inspecteur",
        "OW-LFT-02",
        {"soort": "so", "onder_leeftijdsgrens": 1, "eerder_toegelaten": 1},
        PASSES,
        ("WEC", "39", "1"),
    ),
    Case(
        "ingeschreven in het so zonder de inspecteur",
        "OW-LFT-02",
        {"soort": "so", "onder_leeftijdsgrens": 1, "eerder_toegelaten": 0},
        FAILS,
        ("WEC", "39", "1"),
    ),
    Case(
        "ingeschreven in het sbo",
        "OW-LFT-03",
        {"soort": "sbo", "onder_leeftijdsgrens": 1, "eerder_toegelaten": 1},
        FAILS,
        ("WPO", "39", "1"),
    ),
    # A pupil of thirteen with a complaint.
    Case("klacht van een leerling van 13 (so)", "OW-KLA-06", {"soort": "so", **_COMPLAINT}, FAILS, ("WEC", "23", "1")),
    Case(
        "de regeling laat hem toe (so)",
        "OW-KLA-06",
        {"soort": "so", "klachten.aanwezig": "ja", "klachten.klagers": ["ouders", "personeel", "leerlingen_vanaf_13"]},
        PASSES,
        ("WEC", "23", "1"),
    ),
    Case(
        "klacht van een leerling van 13 (sbo)", "OW-KLA-07", {"soort": "sbo", **_COMPLAINT}, PASSES, ("WPO", "14", "1")
    ),
    Case(
        "een leerling van 13 mag nog in het sbo zijn",
        "OW-LFT-01",
        {"soort": "sbo", "boven_leeftijdsgrens": 0},
        PASSES,
        ("WPO", "39", "4"),
    ),
    Case(
        "een leerling van 14 niet meer",
        "OW-LFT-01",
        {"soort": "sbo", "boven_leeftijdsgrens": 1},
        FAILS,
        ("WPO", "39", "4"),
    ),
    # Pupils in the council: special schools may have them, special primary schools may not.
    Case(
        "leerling van 13 in de raad (so)",
        "OW-MR-02",
        {
            "soort": "so",
            "medezeggenschapsraad.leden_personeel": 3,
            "medezeggenschapsraad.leden_ouders": 2,
            "medezeggenschapsraad.leden_leerlingen": 1,
        },
        PASSES,
        ("WMS", "3", "4"),
    ),
    Case(
        "leerling van 13 in de raad (sbo)",
        "OW-MR-03",
        {
            "soort": "sbo",
            "medezeggenschapsraad.leden_personeel": 3,
            "medezeggenschapsraad.leden_ouders": 2,
            "medezeggenschapsraad.leden_leerlingen": 1,
        },
        FAILS,
        ("WMS", "3", "3"),
    ),
    # One council for the whole centre is no council of the school.
    Case(
        "alleen een kindcentrumraad",
        "OW-MR-01",
        {"soort": "sbo", "medezeggenschapsraad.aanwezig": "nee"},
        FAILS,
        ("WMS", "3", "1"),
    ),
    Case("raad onbekend", "OW-MR-01", {"soort": "sbo"}, UNDECIDED, ("WMS", "3", "1")),
    # Childcare or youth care rents a room of the school.
    Case(
        "verhuurd zonder tijdige toestemming",
        "OW-HUI-01",
        {
            "soort": "so",
            "verhuurd": "ja",
            "gemeentelijke_school": "nee",
            "verhuur_ingegaan_op": "2021-08-01",
            "verhuur_toestemming_op": "2021-09-14",
        },
        FAILS,
        ("WEC", "106", "5"),
    ),
    Case(
        "verhuurd met toestemming (sbo)",
        "OW-HUI-01",
        {
            "soort": "sbo",
            "verhuurd": "ja",
            "gemeentelijke_school": "nee",
            "verhuur_ingegaan_op": "2021-08-01",
            "verhuur_toestemming_op": "2021-05-18",
        },
        PASSES,
        ("WPO", "108", "1"),
    ),
    Case(
        "nummer van leerlingen gedeeld met jeugdhulp",
        "OW-PGN-01",
        {"soort": "so", "nummer_buiten_de_wet": 1},
        FAILS,
        ("WEC", "161", "1"),
    ),
)


def _rule(rule: str) -> ResolvedRule:
    found = rule_set()
    (version,) = (v for v in found.versions if v.head.id == rule and v.head.valid.holds(ON))
    return version.resolve(ON, found.vocabulary, found.laws)


@pytest.mark.parametrize("case", CASES, ids=[f"{case.name}: {case.rule}" for case in CASES])
def test_a_case_gets_its_verdict_by_its_article(case: Case) -> None:
    rule = _rule(case.rule)
    fact = given_fact(rule.head.subject, dict(case.given), ON, rule_set().vocabulary, Location("gevallen", 1, 1))
    assert verdict(rule, fact) is case.expected
    law, article, paragraph = case.article
    assert any((s.law, s.article) == (law, article) and (s.lid or None) == paragraph for s in rule.head.source)
