"""The joint requirement of a group or person: strictest per quantity, who binds it, and the hours of somebody's day."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ikec_compliance.app.joint import joint
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.joint import JointRequirement
from ikec_compliance.model.resources import examples_dir, rules_dir, schema_dir
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.joint import joint_json
from tests.rule_files import HEAD, changed, folder, rules_text, write
from tests.support import base, load, person


def rule(number: int, subject: str, require: str, applies: str = "") -> str:
    return changed(
        id=f"  - id: KO-PRF-{number:02d}\n",
        subject=f"    subject: {subject}\n",
        applies_when=applies,
        require=f"    require: {require}\n",
        tests="    tests:\n      - {name: leeg, date: 2026-11-23, given: {}, expect: niet_te_bepalen}\n",
    )


def found(tmp_path: Path, subject: str, rules: list[str], data: dict[str, Any], other: str = "") -> JointRequirement:
    target = folder(tmp_path)
    write(target, rules_text(*rules))
    if other:
        text = other.replace("KO-PRF", "JH-PRF").replace("law: BKK, article: 10", "law: JW, article: 4.1.1")
        write(target, rules_text(text, head=HEAD.replace("kinderopvang", "jeugdhulp")), "jeugdhulp/proef.yaml")
    load(data, tmp_path)
    return joint(CheckRequest(tmp_path / "centrum.yaml", rules=target), subject)


PLACED = base(groepen=[{"id": "g1", "soort": "stamgroep", "voorzieningen": ["kdv"], "plaatsing": {"2": 9}}])


def test_the_strictest_wins_and_is_named(tmp_path: Path) -> None:
    rules = [
        rule(1, "groep", "{field: kinderen_geplaatst, at_most: 12}"),
        rule(2, "groep", "{field: kinderen_geplaatst, at_least: 2}"),
        rule(3, "groep", "{field: ve_aanbod, is: nee}", "    applies_when: {field: soort, is: basisgroep}\n"),
    ]
    other = rule(1, "groep", "{field: kinderen_geplaatst, at_most: 8}")
    result = found(tmp_path, "groep:g1", rules, PLACED, other)
    (line,) = result.lines
    assert (line.quantity, line.requirement) == ("geplaatste kinderen", "van 2 tot en met 8 kinderen")
    assert set(line.binds) == {"KO-PRF-02", "JH-PRF-01"}
    assert set(line.rules) == {"KO-PRF-01", "KO-PRF-02", "JH-PRF-01"}
    assert (line.verdict, line.impossible) == (Verdict.FAILS, False)
    assert set(result.regimes) == {"kinderopvang", "jeugdhulp"}
    assert result.duties == ()


def test_what_is_no_number_is_a_duty_and_what_cannot_be_says_so(tmp_path: Path) -> None:
    rules = [
        rule(1, "groep", "{field: kinderen_geplaatst, at_most: 3}"),
        rule(2, "groep", "{field: kinderen_geplaatst, at_least: 5}"),
        rule(3, "groep", "{any: [{field: symbiose_overeenkomst, is: ja}, {field: kinderen_geplaatst, at_most: 9}]}"),
    ]
    result = found(tmp_path, "g1", rules, PLACED)
    (line,) = result.lines
    assert line.impossible and line.requirement == "geen enkele waarde"
    assert [duty.rule for duty in result.duties] == ["KO-PRF-03"]


def test_the_day_of_somebody_with_two_roles(tmp_path: Path) -> None:
    data = base(
        organisaties=[{"id": "houder", "soort": "houder_kinderopvang", "cao": "cao kinderopvang"},
                      {"id": "bestuur", "soort": "schoolbestuur"}],
        voorzieningen=[{"id": "kdv", "soort": "dagopvang", "organisatie": "houder",
                        "openingstijden": {"dagen": ["ma"]}},
                       {"id": "so", "soort": "so", "organisatie": "bestuur"}],
        groepen=[{"id": "g1", "soort": "stamgroep", "voorzieningen": ["kdv"]},
                 {"id": "klas", "soort": "onderwijsgroep", "voorzieningen": ["so"]}],
        medewerkers=[person("a")],
        rooster=[
            {"id": "1", "groep": "klas", "dag": "ma", "van": "08:30", "tot": "12:30", "rol": "onderwijsassistent",
             "medewerker": "a"},
            {"id": "2", "groep": "g1", "dag": "ma", "van": "12:00", "tot": "17:00", "rol": "beroepskracht",
             "medewerker": "a"},
        ],
    )  # fmt: skip
    times = found(tmp_path, "medewerker:a", [rule(1, "inzet", "{field: bezoldigd, is: ja}")], data).times
    assert [(time.start, time.end, time.regimes) for time in times] == [
        ("08:30", "12:00", ("onderwijs",)),
        ("12:00", "12:30", ("onderwijs", "kinderopvang")),
        ("12:30", "17:00", ("kinderopvang",)),
    ]
    morning, both, afternoon = times
    assert "bestuur" in morning.note and morning.counted == "geen ratio"
    # In two places at once nobody knows where somebody counts.
    assert both.note.startswith("twee regimes tegelijk") and both.counted == "dagopvang: onbekend"
    assert (afternoon.counted, afternoon.registration) == ("dagopvang: ja", "personenregister: ja")
    assert {time.cao for time in times} == {"cao kinderopvang"}


@pytest.mark.parametrize(("subject", "message"), [
    ("groep:g9", "onbekende groep 'g9'"), ("g2", "onbekende groep of medewerker 'g2'"),
    ("voorziening:kdv", "geen groep of medewerker"),
])  # fmt: skip
def test_something_else_is_refused(tmp_path: Path, subject: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        found(tmp_path, subject, [rule(1, "groep", "{field: ve_aanbod, is: nee}")], PLACED)


@pytest.mark.parametrize(("subject", "regimes"), [
    ("groep:ve-bijen", {"kinderopvang", "jeugdhulp"}), ("medewerker:med-022", {"onderwijs", "kinderopvang"}),
])  # fmt: skip
def test_the_json_of_the_example_is_what_its_schema_says(subject: str, regimes: set[str]) -> None:
    schema = json.loads((schema_dir() / "v1" / "gezamenlijk.schema.json").read_text(encoding="utf-8"))
    result = joint(CheckRequest(examples_dir() / "ikec-hoorn", rules=rules_dir()), subject)
    data = json.loads(joint_json(result))
    Draft202012Validator(schema).validate(data)
    assert (data["schema"], data["subject"]) == ("ikec-gezamenlijk/v1", subject)
    assert set(data["regimes"]) == regimes and data["duties"]
    assert bool(data["times"]) == subject.startswith("medewerker:")
