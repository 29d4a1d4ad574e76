"""Where the WEC (so) and the WPO (sbo, basisschool) differ: one situation, two laws, two verdicts.

One row per difference that the two acts of 1 August 2026 show for a centre with both kinds of school. What is
expected was written from the articles named; a rule that decides on one side must cite the act of that side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from ikec_compliance.engine import verdict
from ikec_compliance.model.place import Location
from ikec_compliance.model.rule import ResolvedRule, Status
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.rules.testcases import given_fact
from tests.fuzz_unknown import rule_set

ON = date(2026, 11, 23)
PASSES, FAILS, ABSENT, REVIEW = Verdict.PASSES, Verdict.FAILS, Verdict.NOT_APPLICABLE, Verdict.REVIEW
_SO_GUIDE = [
    "doelen_en_resultaten", "ondersteuningsaanbod", "basisondersteuningsvoorzieningen", "benutting_onderwijstijd",
    "vrijwillige_ouderbijdrage", "rechten_en_plichten", "klachtenregeling", "vrijstellingsgronden", "sponsoring",
    "samenwerkingsverband", "veiligheidsbeleid", "verzuimbeleid", "antipestpersoon", "bevindingen_kwaliteitszorg",
    "totstandkoming_schooladvies", "informatie_over_schooladvies", "inbreng_leerlingen", "overblijven",
]  # fmt: skip
_SBO_PLAN = [
    "uitwerking_doelstellingen", "uitwerking_onderwijsinhoud", "pedagogisch_didactisch_klimaat_en_schoolklimaat",
    "veiligheid", "ondersteuningsaanbod", "bevoegdheid_en_bekwaamheid", "personeelsmaatregelen",
    "pedagogisch_didactisch_handelen", "vrouwen_in_leidinggevende_posities", "bewaking_ononderbroken_ontwikkeling",
    "verbetermaatregelen", "beleid_sponsoring",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One situation; ``so`` and ``sbo`` say what each rule makes of it, ``kind`` which field names the school."""

    name: str
    articles: str
    given: Mapping[str, Any]
    so: Mapping[str, Verdict]
    sbo: Mapping[str, Verdict]
    kind: str | None = "soort"


ROWS = (
    Row(
        "commissie voor de begeleiding", "WEC 40b lid 1; de WPO kent haar niet",
        {"commissie_begeleiding": "nee"},
        {"OW-CVB-01": FAILS}, {"OW-CVB-01": ABSENT},
    ),
    Row(
        "onbevoegde vervanging", "WEC 3 lid 5: hoogstens twaalf maanden; niet in WPO 3",
        {"vacature": "nee", "als_leraar": "ja", "bevoegd": "nee", "uitgesloten": "nee",
         "onbevoegd_reden": "tijdelijke_afwezigheid", "onbevoegd_sinds": "2026-09-01", "onbevoegd_verlenging": "geen"},
        {"OW-BEV-01": PASSES, "OW-BEV-02": ABSENT}, {"OW-BEV-01": ABSENT, "OW-BEV-02": FAILS},
        kind="voorziening.soort",
    ),
    Row(
        "toelating voor 4 jaar", "WEC 39 lid 2: de inspecteur kan het toestaan; niet in WPO 39",
        {"onder_leeftijdsgrens": 1, "eerder_toegelaten": 1},
        {"OW-LFT-02": PASSES, "OW-LFT-03": ABSENT}, {"OW-LFT-02": ABSENT, "OW-LFT-03": FAILS},
    ),
    Row(
        "wendagen", "WPO 39 lid 3: vijf dagen vanaf 3 jaar en 10 maanden; niet in WEC 39",
        {"wennen": 1, "wennen_te_jong": 0, "wennen_te_lang": 0},
        {"OW-WEN-01": ABSENT, "OW-WEN-02": REVIEW}, {"OW-WEN-01": PASSES, "OW-WEN-02": ABSENT},
    ),
    Row(
        "880 uur voor leerlingen jonger dan 4", "WEC 12 lid 1 onder b; niet in WPO 8",
        {"onder_leeftijdsgrens": 1, "onderwijstijd_jonger_dan_vier": 879},
        {"OW-TYD-03": FAILS}, {"OW-TYD-03": ABSENT},
    ),
    Row(
        "klacht door een leerling", "WEC 23 lid 1 onder a: vanaf 13 jaar; WPO 14 lid 1 noemt leerlingen niet",
        {"klachten.klagers": ["ouders", "personeel"]},
        {"OW-KLA-06": FAILS, "OW-KLA-07": ABSENT}, {"OW-KLA-06": ABSENT, "OW-KLA-07": PASSES},
    ),
    Row(
        "overblijven", "WPO 45 lid 1 en 1a: helft geschoold, VOG hoogstens twee maanden oud; niet in de WEC",
        {"overblijven_gevraagd": "ja", "overblijf_toezichthouders": 6, "overblijf_geschoold": 2,
         "overblijf_zonder_vog": 1},
        {"OW-OVB-02": ABSENT, "OW-OVB-03": ABSENT}, {"OW-OVB-02": FAILS, "OW-OVB-03": FAILS},
    ),
    Row(
        "symbiose bij gezamenlijk onderwijs", "WEC 70 lid 2: uitzondering voor artikel 24; niet in WPO 69 lid 2",
        {"leerlingen_so": 6, "leerlingen_sbo": 5, "scholen_met_leerlingen": 2, "experiment": "geen",
         "symbiose_overeenkomst": "ja"},
        {"OW-GEZ-01": ABSENT}, {"OW-GEZ-02": FAILS},
        kind=None,
    ),
    Row(
        "directeuren", "WEC 29 lid 1: een; WPO 29 lid 1: een of twee",
        {"aantal_directeuren": 2},
        {"OW-DIR-01": FAILS, "OW-DIR-02": ABSENT}, {"OW-DIR-01": ABSENT, "OW-DIR-02": PASSES},
    ),
    Row(
        "stagiairs", "WEC 36: tot een derde van de leraren; WPO 36: tot de helft van de groepsleraren",
        {"stage_geweigerd": 1, "stage_leraren": 12, "stage_studenten": 4, "stage_ontheffing": "nee"},
        {"OW-STG-01": PASSES, "OW-STG-02": ABSENT}, {"OW-STG-01": ABSENT, "OW-STG-02": FAILS},
    ),
    Row(
        "leraar op een andere soort school", "WEC 34 lid 2: alleen een gelijksoortige school; niet in WPO 34",
        {"vacature": "nee", "functie": "leraar", "voorziening.verschillende_categorieen": "ja",
         "gelijksoortige_school": "nee"},
        {"OW-INZ-01": FAILS}, {"OW-INZ-01": ABSENT},
        kind="voorziening.soort",
    ),
    Row(
        "bezwaar bij een bijzondere school", "WEC 61 lid 4: na overleg met de inspecteur; niet in WPO 63",
        {"grondslag": "bijzonder", "bezwaar_zonder_inspecteur": 1},
        {"OW-BZW-01": FAILS}, {"OW-BZW-01": ABSENT},
    ),
    Row(
        "fusie", "WEC 66a lid 1: altijd goedkeuring; WPO 64a lid 2: niet onder 500 leerlingen",
        {"fusie_soort": "institutioneel", "fusie_op": "2026-08-01", "fusie_goedkeuring_op": "2026-08-02",
         "fusie_samenwerkingsschool": "nee", "fusie_leerlingen": 499},
        {"OW-FUS-01": FAILS, "OW-FUS-02": ABSENT}, {"OW-FUS-01": ABSENT, "OW-FUS-02": ABSENT},
    ),
    Row(
        "fusie", "WPO 64a lid 3: een rapportage bij elke fusie; WEC 66b lid 1: alleen bij de aanvraag",
        {"fusie_soort": "institutioneel", "fusie_op": "2026-08-01", "fusie_samenwerkingsschool": "ja",
         "fusie_rapportage": []},
        {"OW-FUS-03": ABSENT}, {"OW-FUS-03": FAILS},
    ),
    Row(
        "ondersteuning van het jonge kind in de schoolgids", "WPO 13 lid 1 onder b; niet in WEC 22 lid 1",
        {"schoolgids.onderdelen": _SO_GUIDE},
        {"OW-SGI-02": PASSES, "OW-SGI-03": ABSENT}, {"OW-SGI-02": ABSENT, "OW-SGI-03": FAILS},
    ),
    Row(
        "zeer zwak", "WEC 19a: twee tekortkomingen met gevolg; WPO 10a: eerst de leerresultaten",
        {"tekortkomingen": 2, "tekort_veiligheid_of_ontwikkeling": "ja", "leerresultaten": "voldoende"},
        {"OW-KWA-01": FAILS, "OW-KWA-02": ABSENT}, {"OW-KWA-01": ABSENT, "OW-KWA-02": PASSES},
    ),
    Row(
        "zeer zwak", "WPO 10a lid 1: leerresultaten en een tekortkoming; WEC 19a: een is niet genoeg",
        {"tekortkomingen": 1, "tekort_veiligheid_of_ontwikkeling": "nee", "leerresultaten": "onvoldoende",
         "zeer_zwak": "ja"},
        {"OW-KWA-01": PASSES, "OW-KWA-02": ABSENT}, {"OW-KWA-01": ABSENT, "OW-KWA-02": FAILS},
    ),
    # Differences of the texts themselves that stand in no list of differences.
    Row(
        "inbreng van leerlingen in het schoolplan", "WEC 21 lid 3 onder e; niet in WPO 12 lid 3",
        {"schoolplan.onderdelen": _SBO_PLAN},
        {"OW-SPL-03": FAILS, "OW-SPL-04": ABSENT}, {"OW-SPL-03": ABSENT, "OW-SPL-04": PASSES},
    ),
    Row(
        "melding van gewijzigde statuten", "WPO 5: binnen vier weken; de WEC kent deze melding niet",
        {"grondslag": "bijzonder", "organisatie.statuten_gewijzigd_op": "2026-09-01",
         "organisatie.statuten_gemeld_op": "2026-09-30"},
        {"OW-STA-01": ABSENT}, {"OW-STA-01": FAILS},
    ),
)  # fmt: skip
LISTED = 15  # differences in the list that the acts of 2026-08-01 were compared by
UNLISTED = {"inbreng van leerlingen in het schoolplan", "melding van gewijzigde statuten"}
NAMES = [f"{row.name}: {row.articles}" for row in ROWS]
_ACTS = {"so": {"WEC", "OBWEC"}, "sbo": {"WPO", "BWPO"}}


def _rule(rule: str) -> ResolvedRule:
    found = rule_set()
    versions = [v for v in found.versions if v.head.id == rule and v.head.valid.holds(ON)]
    assert len(versions) == 1 and versions[0].head.status is Status.PUBLISHED
    return versions[0].resolve(ON, found.vocabulary, found.laws)


def _found(row: Row, kind: str, rules: Mapping[str, Verdict]) -> dict[str, Verdict]:
    given = dict(row.given) if row.kind is None else {row.kind: kind, **row.given}
    found = {}
    for id_ in rules:
        rule = _rule(id_)
        fact = given_fact(rule.head.subject, given, ON, rule_set().vocabulary, Location("tabel", 1, 1))
        found[id_] = verdict(rule, fact)
    return found


def test_every_listed_difference_has_a_row() -> None:
    assert len({row.name for row in ROWS} - UNLISTED) == LISTED


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_special_education_gets_the_verdict_of_the_wec(row: Row) -> None:
    assert _found(row, "so", row.so) == dict(row.so)


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_special_primary_education_gets_the_verdict_of_the_wpo(row: Row) -> None:
    assert _found(row, "sbo", row.sbo) == dict(row.sbo)


@pytest.mark.parametrize("row", [row for row in ROWS if row.kind], ids=[row.name for row in ROWS if row.kind])
def test_an_ordinary_primary_school_stands_under_the_wpo_as_well(row: Row) -> None:
    assert _found(row, "basisschool", row.sbo) == dict(row.sbo)


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_the_verdicts_differ_and_cite_the_act_of_their_school(row: Row) -> None:
    assert dict(row.so) != dict(row.sbo)
    for kind, verdicts in (("so", row.so), ("sbo", row.sbo)):
        for rule, expected in verdicts.items():
            if expected is not ABSENT:
                assert {source.law for source in _rule(rule).head.source} & _ACTS[kind]
