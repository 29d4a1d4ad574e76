"""Norms that follow from what rules require, and each form in which a rule writes one: from rule file to conflict."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from ikec_compliance.app.conflicts import conflicts
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.resources import rules_dir
from ikec_compliance.model.result import ConflictLine
from tests.rule_files import HEAD, changed, folder, rules_text, write
from tests.support import base, load

ORGANISATIONS = [
    {"id": "bestuur", "soort": "schoolbestuur"},
    {"id": "houder", "soort": "houder_kinderopvang"},
    {"id": "hulp", "soort": "jeugdhulpaanbieder"},
]
FACILITIES = [
    {"id": "so", "soort": "so", "organisatie": "bestuur"},
    {"id": "kdv", "soort": "dagopvang", "organisatie": "houder", "kindplaatsen": 20},
    {"id": "hulp", "soort": "jeugdhulp", "organisatie": "hulp"},
]


def centre(**more: Any) -> dict[str, Any]:
    """A school, a dagopvang and a jeugdhulpvoorziening, with what they share."""
    found = base(organisaties=ORGANISATIONS, voorzieningen=FACILITIES, groepen=[], rooster=[], **more)
    found["volledig"] = {}
    return found


def of(regime: str, number: int, norm: str = "", **lines: str) -> str:
    """The text of a rule of a regime; ``norm`` is the YAML of its norm."""
    prefix, law, article = {"onderwijs": ("OW", "WEC", "23"), "kinderopvang": ("KO", "WKO", "1.57b"),
                            "jeugdhulp": ("JH", "JW", "4.2.1")}[regime]  # fmt: skip
    text = changed(
        id=f"  - id: {prefix}-PRF-{number:02d}\n",
        source=f"    source: [{{law: {law}, article: '{article}', lid: '1', state: 2026-01-01}}]\n",
        binding="    binding: wet\n",
        tests="    tests:\n      - {name: leeg, date: 2026-11-23, given: {}, expect: niet_te_bepalen}\n",
        **lines,
    )
    if norm:
        text = text.replace("    repair:", f"    norm: {norm}\n    repair:")
    return text


def found(tmp_path: Path, data: dict[str, Any], rules: dict[str, list[str]], **options: Any) -> list[ConflictLine]:
    """The conflicts of a configuration under these rules, their certificates checked."""
    target = folder(tmp_path)
    for regime, texts in rules.items():
        head = HEAD.replace("kinderopvang", regime)
        write(target, rules_text(*texts, head=head), f"{regime}/proef.yaml")
    load(data, tmp_path)
    return list(conflicts(CheckRequest(tmp_path / "centrum.yaml", rules=target), True, **options).conflicts)


def members(regime: str, number: int, kind: str, require: str) -> str:
    return of(regime, number, applies_when=f"    applies_when: {{field: soort, is: {kind}}}\n",
              require=f"    require: {require}\n")  # fmt: skip


COMMITTEE = {"id": "klachten", "soort": "klachten", "voorzieningen": ["so", "hulp"], "commissie": {"aantal_leden": 4}}


def test_rules_without_a_norm_meet_in_what_two_regimes_share(tmp_path: Path) -> None:
    rules = {
        "onderwijs": [members("onderwijs", 1, "so", "{field: klachten.commissie_leden, at_least: 3}")],
        "jeugdhulp": [members("jeugdhulp", 1, "jeugdhulp", "{field: klachten.commissie_leden, at_most: 5}")],
    }
    (line,) = found(tmp_path, centre(regelingen=[COMMITTEE]), rules)
    assert (line.conflict_class, line.state, line.subject) == ("voorwaardelijk", "voldaan", "regeling:klachten")
    assert line.certificate.joint == "≥ 3 en ≤ 5 personen"
    assert {norm.act for norm in line.norms} == {"WEC", "JW"}
    assert not line.listed


def test_a_procedure_of_one_regime_is_no_merge(tmp_path: Path) -> None:
    own = {**COMMITTEE, "voorzieningen": ["hulp"]}
    other = {**COMMITTEE, "id": "school", "voorzieningen": ["so"]}
    rules = {
        "onderwijs": [members("onderwijs", 1, "so", "{field: klachten.commissie_leden, at_least: 9}")],
        "jeugdhulp": [members("jeugdhulp", 1, "jeugdhulp", "{field: klachten.commissie_leden, at_most: 5}")],
    }
    assert found(tmp_path / "a", centre(regelingen=[own, other]), rules) == []
    merge = [{"id": "samen", "soort": "klachten", "deelt": ["so", "hulp"]}]
    (line,) = found(tmp_path / "b", centre(regelingen=[own, other], integratie=merge), rules)
    assert (line.conflict_class, line.subject) == ("tegenstrijdig", "integratie:samen")


def test_a_third_regime_joins_only_where_it_reads_the_same(tmp_path: Path) -> None:
    rules = {
        "onderwijs": [members("onderwijs", 1, "so", "{field: klachten.commissie_leden, at_least: 6}")],
        "kinderopvang": [members("kinderopvang", 1, "dagopvang", "{field: klachten.bewaartermijn, at_most: 5}")],
        "jeugdhulp": [members("jeugdhulp", 1, "jeugdhulp",
                              "{sum: [{field: klachten.commissie_leden}], at_most: 9}")],
    }  # fmt: skip
    shared = {**COMMITTEE, "voorzieningen": ["so", "kdv", "hulp"]}
    lines = found(tmp_path, centre(regelingen=[shared]), rules)
    assert [(line.conflict_class, len(line.norms)) for line in lines] == [("voorwaardelijk", 2)]


RATIO = """
      act: {act}
      addressee: wie
      modality: gebod
      merges: [gebouw]
      quantities:
        - {{name: kinderen, field: kindplaatsen, counting: tegelijk}}
        - {{name: leiding, field: aantal_kinderen, counting: tegelijk}}
      constraint: {constraint}
      shown: {act}"""
BUILDING = [{"id": "huis", "soort": "gebouw", "deelt": ["so", "kdv", "hulp"]}]


def test_relations_of_several_regimes_that_hold_by_two_and_not_by_three(tmp_path: Path) -> None:
    def norm(act: str, constraint: str) -> str:
        return RATIO.format(act=act, constraint=constraint)

    rules = {
        "kinderopvang": [
            of("kinderopvang", 1, norm("WKO", "{field: aantal_kinderen, times: 8, at_least: {field: kindplaatsen}}"))
        ],
        "onderwijs": [of("onderwijs", 1, norm("WEC", "{field: kindplaatsen, at_least: 16}"), applies_when="")],
        "jeugdhulp": [of("jeugdhulp", 1, norm("JW", "{field: aantal_kinderen, at_most: 1}"), applies_when="")],
    }  # fmt: skip
    (line,) = found(tmp_path / "drie", centre(integratie=BUILDING), rules)
    assert (line.conflict_class, line.state) == ("tegenstrijdig", "open")
    assert set(line.certificate.core) == {"KO-PRF-01", "OW-PRF-01", "JH-PRF-01"}
    assert any("Tel op" in sentence for sentence in line.certificate.proof)
    for number, left_out in enumerate(rules):
        two = {regime: texts for regime, texts in rules.items() if regime != left_out}
        lines = found(tmp_path / str(number), centre(integratie=BUILDING), two)
        assert all(item.conflict_class != "tegenstrijdig" for item in lines)


COUNCIL = """
      act: {act}
      addressee: wie
      modality: gebod
      merges: [plan]
      quantity: {{name: recht op het plan, counting: van de raad, choices: [geen, advies, instemming]}}
      allowed: [{allowed}]
      shown: {act}"""


def test_a_quantity_with_choices_of_its_own_takes_its_value_from_the_integration(tmp_path: Path) -> None:
    rules = {
        "onderwijs": [of("onderwijs", 1, COUNCIL.format(act="WEC", allowed="instemming"), applies_when="")],
        "kinderopvang": [of("kinderopvang", 1, COUNCIL.format(act="WKO", allowed="advies, instemming"))],
    }  # fmt: skip
    for value, state in (("advies", "open"), ("instemming", "voldaan"), (None, "onbekend")):
        plan = [{"id": "plan", "soort": "plan", "deelt": ["so", "kdv"], "waarde": value}]
        (line,) = found(tmp_path / str(value), centre(integratie=plan), rules)
        assert (line.conflict_class, line.state, line.binds) == ("voorwaardelijk", state, ("WEC",))


@pytest.mark.parametrize(("norm", "message"), [
    (COUNCIL.format(act="WKO", allowed="inspraak"), "'inspraak' staat niet onder choices"),
    (RATIO.format(act="WKO", constraint="{field: kindplaatsn, at_most: 3}"), "onbekend veld 'kindplaatsn'"),
    ("{act: WKO, addressee: a, modality: gebod, merges: [plan], shown: x, "
     "quantity: {name: n, counting: c}, maximum: 3}",
     "heeft een field of choices nodig"),
    ("{act: WKO, addressee: a, modality: gebod, merges: [plan], shown: x, maximum: 3}", "precies een quantity"),
    ("{act: WKO, addressee: a, modality: gebod, merges: [plan], shown: x, window: {from: 12:00, to: 11:00}}",
     "eindigt na zijn begin"),
])  # fmt: skip
def test_what_is_wrong_in_a_norm_is_refused_with_its_place(tmp_path: Path, norm: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        found(tmp_path, centre(), {"kinderopvang": [of("kinderopvang", 1, norm)]})
    assert caught.value.location is not None


def test_another_number_in_a_rule_file_is_another_class(tmp_path: Path) -> None:
    """Twenty years become two: the frictions stay as they are, and the contradiction is gone."""
    rules = tmp_path / "rules"
    shutil.copytree(rules_dir(), rules)
    file = {"id": "dossier", "soort": "kinddossier", "deelt": ["so", "hulp"], "waarde": 20}
    terms = {"id": "b", "soort": "bewaartermijnen", "voorzieningen": ["so", "hulp"], "bewaartermijn_jaren": 20}
    data = centre(integratie=[file], regelingen=[terms])
    data["voorzieningen"] = [
        *FACILITIES[:2],
        {
            **FACILITIES[2],
            "poort": {"activiteit": "jeugdhulp", "verantwoordelijkheid": "college", "geneeskundig": False},
        },
    ]
    load(data, tmp_path)

    def of_file() -> ConflictLine:
        report = conflicts(CheckRequest(tmp_path / "centrum.yaml", rules=rules), True)
        return next(line for line in report.conflicts if line.id == "CF-34/integratie:dossier")

    assert of_file().conflict_class == "tegenstrijdig"
    path = rules / "jeugdhulp" / "dossier.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("bewaartermijn_jeugdhulpdossier:")
    assert "value: 20" in text[start:]
    path.write_text(text[:start] + text[start:].replace("value: 20", "value: 2", 1), encoding="utf-8")
    line = of_file()
    assert (line.conflict_class, line.state) == ("voorwaardelijk", "open")
    assert line.certificate.joint == "= 2 jaar"


FRICTION = """schema: ikec-afstemming/v1
thema: proef
frictions:
  - id: CF-97
    title: {nl: Btw, en: VAT}
    explanation: {nl: 'Bij {samenvoeging}.', en: x}
    merge: gebouw
    not_computable: {nl: De btw volgt uit feiten die geen regel leest., en: x}
    parties: [[WEC], [WKO]]
    sources: [{name: bron, evidence: secundair, says: iets}]
    resolutions: [{way: mandaat_of_contract, text: Vraag het de inspecteur.}]
    who: bestuur
"""


def test_a_friction_that_cannot_be_computed_is_left_to_a_person(tmp_path: Path) -> None:
    target = folder(tmp_path)
    write(target, rules_text(), "kinderopvang/proef.yaml")
    write(target, FRICTION, "afstemming/proef.yaml")
    load(centre(integratie=BUILDING), tmp_path)
    (line,) = conflicts(CheckRequest(tmp_path / "centrum.yaml", rules=target), True).conflicts
    assert (line.id, line.conflict_class, line.state) == ("CF-97/integratie:huis", "te_beoordelen", "onbekend")
    assert line.reason == "niet te berekenen" and line.norms == () and not line.is_finding
    with pytest.raises(InputError, match="not_computable"):
        write(target, FRICTION.replace("    parties", "    quantity: naam\n    parties"), "afstemming/proef.yaml")
        conflicts(CheckRequest(tmp_path / "centrum.yaml", rules=target))


def test_only_the_collisions_nobody_listed(tmp_path: Path) -> None:
    rules = {
        "onderwijs": [members("onderwijs", 1, "so", "{field: klachten.commissie_leden, at_least: 3}")],
        "jeugdhulp": [members("jeugdhulp", 1, "jeugdhulp", "{field: klachten.commissie_leden, at_most: 5}")],
    }
    lines = found(tmp_path, centre(regelingen=[COMMITTEE]), rules, unlisted=True)
    assert [line.code[:3] for line in lines] == ["CX-"]
