"""Repairs: found from the law's numbers and the roster, written by span, and checked where they were written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ikec_compliance.app.check import check
from ikec_compliance.app.repair import change_sets, repair
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.plan import RepairPlan, Target
from ikec_compliance.model.repair import Edit, Repair
from ikec_compliance.model.resources import examples_dir, schema_dir
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.repairs import plan_json
from tests.rule_files import changed, folder, rules_text, write
from tests.support import base, load, person

STAFF = changed(
    subject="    subject: groepsmoment\n",
    applies_when="    applies_when: {field: kinderen, at_least: 1}\n",
    require="    require: {field: beroepskrachten, at_least: 2}\n",
    tests="    tests:\n      - {name: leeg, date: 2026-11-23, given: {kinderen: 0}, expect: niet_van_toepassing}\n",
)
LIMIT = changed(
    id="  - id: KO-PRF-02\n",
    applies_when="    applies_when: {field: klachten.aanwezig, is: ja}\n",
    require="    require: {field: klachten.commissie_leden, at_least: 3}\n",
    tests="    tests:\n      - {name: leeg, date: 2026-11-23, given: {}, expect: niet_te_bepalen}\n",
)
COMMITTEE = {"id": "k", "soort": "klachten", "voorzieningen": ["kdv"], "commissie": {"aantal_leden": 2}}
LINES: list[dict[str, Any]] = [
    {"id": "r1", "groep": "g1", "dag": "ma", "van": "08:00", "tot": "12:00", "aantallen": {"2": 6}},
    {"id": "r2", "groep": "g1", "dag": "ma", "van": "08:00", "tot": "12:00", "rol": "beroepskracht", "medewerker": "a"},
]


def plan(tmp_path: Path, data: dict[str, Any], *rules: str, out: Path | None = None) -> RepairPlan:
    target = folder(tmp_path)
    write(target, rules_text(*rules))
    load(data, tmp_path)
    return repair(CheckRequest(tmp_path / "centrum.yaml", rules=target), out)


def verdicts(path: Path, rules: Path) -> dict[str, Verdict]:
    return {line.subject: line.verdict for line in check(CheckRequest(path, rules=rules)).verdicts}


def test_a_number_is_raised_to_the_bound_and_the_finding_is_gone(tmp_path: Path) -> None:
    out = tmp_path / "nieuw.yaml"
    found = plan(tmp_path, base(regelingen=[COMMITTEE], groepen=[]), LIMIT, out=out)
    (target,) = found.targets
    assert target.id == "KO-PRF-02/voorziening:kdv"
    (best,) = target.repairs
    assert best.edits == (Edit("set", "regelingen", "k", "commissie.aantal_leden", 3),)
    assert "2 personen → 3 personen" in best.change and best.applicable
    assert found.applied is not None
    assert (found.applied.gone, found.applied.left, found.applied.new) == ((target.id,), (), ())
    assert verdicts(out, tmp_path / "rules") == {"voorziening:kdv": Verdict.PASSES}


def test_a_number_that_another_rule_forbids_is_no_repair(tmp_path: Path) -> None:
    other = LIMIT.replace("KO-PRF-02", "KO-PRF-03").replace("at_least: 3}", "at_most: 2}")
    found = plan(tmp_path, base(regelingen=[COMMITTEE], groepen=[]), LIMIT, other)
    assert [target.repairs for target in found.targets] == [()]
    assert found.sets == ()


def test_what_the_centre_does_not_choose_is_never_changed(tmp_path: Path) -> None:
    # The registered places of a kindercentrum are no choice of its own.
    data = base(
        groepen=[], voorzieningen=[{"id": "kdv", "soort": "dagopvang", "organisatie": "houder", "kindplaatsen": 30}]
    )
    (target,) = plan(tmp_path, data, changed()).targets
    assert target.repairs == ()


def test_somebody_who_is_free_and_counts_is_deployed(tmp_path: Path) -> None:
    free = person("b")
    free["contract"]["uren_per_week"] = 20
    lame = person("c", meerderjarig="nee")
    out = tmp_path / "nieuw.yaml"
    found = plan(tmp_path, base(medewerkers=[person("a"), free, lame], rooster=LINES), STAFF, out=out)
    target = next(target for target in found.targets if target.id.startswith("KO-PRF-01/groep:g1"))
    first, vacancy = target.repairs
    assert "b inzetten bij g1 op 2026-11-23 van 08:00 tot 12:00" in first.change and first.cost < vacancy.cost
    assert found.applied is not None and found.applied.gone == (target.id,) and found.applied.new == ()
    assert verdicts(out, tmp_path / "rules")["groep:g1@2026-11-23"] is Verdict.PASSES


def contracted(id_: str, hours: int = 20) -> dict[str, Any]:
    found = person(id_)
    found["contract"]["uren_per_week"] = hours
    return found


def staffed(found: RepairPlan) -> list[Repair]:
    return list(next(target for target in found.targets if target.id.startswith("KO-PRF-01/groep:g1")).repairs)


def test_two_people_short_takes_two(tmp_path: Path) -> None:
    three = STAFF.replace("at_least: 2}", "at_least: 3}")
    people = [person("a"), *(contracted(id_) for id_ in "bcde")]
    out = tmp_path / "nieuw.yaml"
    found = plan(tmp_path, base(medewerkers=people, rooster=LINES), three, out=out)
    *teams, vacant = staffed(found)
    assert [[edit.id.rpartition("-")[2] for edit in team.edits] for team in teams] == [
        ["b", "c"],
        ["b", "d"],
        ["b", "e"],
    ]
    assert [team.cost for team in teams] == [6, 6, 6] and vacant.cost == 20
    assert vacant.change.startswith("2 vacatures voor beroepskrachten bij g1")
    assert found.applied is not None and found.applied.gone and found.applied.new == ()
    assert verdicts(out, tmp_path / "rules")["groep:g1@2026-11-23"] is Verdict.PASSES


def test_two_short_and_one_free_leaves_one_vacancy(tmp_path: Path) -> None:
    three = STAFF.replace("at_least: 2}", "at_least: 3}")
    out = tmp_path / "nieuw.yaml"
    found = plan(tmp_path, base(medewerkers=[person("a"), contracted("b")], rooster=LINES), three, out=out)
    mixed, vacant = staffed(found)
    assert "b inzetten bij g1" in mixed.change and "; vacature voor een beroepskracht bij g1" in mixed.change
    assert (mixed.cost, mixed.decides, vacant.cost) == (13, "bestuur", 20)
    assert found.applied is not None and found.applied.undecided and found.applied.new == ()
    assert verdicts(out, tmp_path / "rules")["groep:g1@2026-11-23"] is Verdict.UNDECIDED


def test_more_than_four_short_is_no_small_repair(tmp_path: Path) -> None:
    six = STAFF.replace("at_least: 2}", "at_least: 6}")
    assert staffed(plan(tmp_path, base(medewerkers=[person("a"), person("b")], rooster=LINES), six)) == []


def at(id_: str, who: str, start: str, end: str, group: str = "g2", **when: str) -> dict[str, Any]:
    return {"id": id_, "groep": group, "van": start, "tot": end, "rol": "beroepskracht", "medewerker": who,
            **(when or {"dag": "ma"})}  # fmt: skip


OTHER: list[dict[str, Any]] = [
    *LINES, {"id": "k2", "groep": "g2", "dag": "ma", "van": "08:00", "tot": "17:00", "aantallen": {"2": 6}},
]  # fmt: skip


@pytest.mark.parametrize("when", [{"dag": "ma"}, {"datum": "2026-11-23"}])
def test_somebody_is_moved_from_a_group_that_can_do_without(tmp_path: Path, when: dict[str, str]) -> None:
    lines = [*OTHER, *(at(f"x{n}", who, "07:30", "17:00", **when) for n, who in enumerate("bcd"))]
    people = [person(id_) for id_ in "abcd"]
    out = tmp_path / "nieuw.yaml"
    found = plan(tmp_path, base(medewerkers=people, rooster=lines), STAFF, out=out)
    first, *others = staffed(found)
    assert first.change == "verplaats b van g2 naar g1 op 2026-11-23 van 08:00 tot 12:00"
    assert (first.cost, first.decides, len(others)) == (4, "directeur", 3)
    # Before and after the move b stays where b was.
    added = [edit.value for edit in first.edits if isinstance(edit.value, dict)]
    assert [(item["groep"], item["van"], item["tot"]) for item in added] == [
        ("g2", "07:30", "08:00"), ("g2", "12:00", "17:00"), ("g1", "08:00", "12:00"),
    ]  # fmt: skip
    assert [edit.id for edit in first.edits if edit.action == "remove"] == (["x0"] if "datum" in when else [])
    assert found.applied is not None and (found.applied.new, found.applied.left) == ((), ())
    after = verdicts(out, tmp_path / "rules")
    assert {after["groep:g1@2026-11-23"], after["groep:g2@2026-11-23"]} == {Verdict.PASSES}


def test_nobody_is_moved_from_a_group_that_would_fall_short_itself(tmp_path: Path) -> None:
    lines = [*OTHER, at("x1", "b", "08:00", "17:00"), at("x2", "c", "08:00", "17:00")]
    (vacancy,) = staffed(plan(tmp_path, base(medewerkers=[person(id_) for id_ in "abc"], rooster=lines), STAFF))
    assert vacancy.change.startswith("vacature")


def test_nobody_free_gives_a_vacancy_that_leaves_the_question_open(tmp_path: Path) -> None:
    busy = [*LINES, {"id": "r3", "groep": "g2", "dag": "ma", "van": "11:00", "tot": "14:00", "rol": "ondersteuner",
                     "medewerker": "b"}]  # fmt: skip
    out = tmp_path / "nieuw.yaml"
    found = plan(tmp_path, base(medewerkers=[person("a"), person("b")], rooster=busy), STAFF, out=out)
    target = next(target for target in found.targets if target.id.startswith("KO-PRF-01/groep:g1"))
    (vacancy,) = target.repairs
    assert [edit.key for edit in vacancy.edits] == ["medewerkers", "rooster"]
    assert found.applied is not None and found.applied.undecided == (target.id,) and found.applied.new == ()
    assert verdicts(out, tmp_path / "rules")["groep:g1@2026-11-23"] is Verdict.UNDECIDED


def test_an_existing_place_is_never_written_over(tmp_path: Path) -> None:
    for out in (tmp_path / "rules", tmp_path / "centrum.yaml"):
        with pytest.raises(InputError, match="bestaat al"):
            plan(tmp_path, base(regelingen=[COMMITTEE], groepen=[]), LIMIT, out=out)
        tmp_path = tmp_path / "dieper"
        tmp_path.mkdir()


def test_the_cheapest_set_shares_changes_and_keeps_people_in_one_place() -> None:
    def line(person_: str, start: str, end: str, id_: str) -> Edit:
        value = {"id": id_, "groep": "g", "datum": "2026-11-23", "van": start, "tot": end, "medewerker": person_}
        return Edit("add", "rooster", id_, "", value)

    shared = (Edit("set", "regelingen", "k", "x", 3),)
    targets = [
        Target("1", "", "", (Repair("1", "samen", "w", 2, "bestuur", shared),
                             Repair("1", "los", "w", 1, "bestuur", (Edit("set", "a", "a", "a", 1),)))),
        Target("2", "", "", (Repair("2", "samen", "w", 2, "bestuur", shared),)),
        Target("3", "", "", (Repair("3", "p", "w", 3, "directeur", (line("p", "08:00", "12:00", "1"),)),)),
        Target("4", "", "", (Repair("4", "p", "w", 3, "directeur", (line("p", "11:00", "13:00", "2"),)),
                             Repair("4", "vacature", "w", 10, "bestuur", (line("v", "11:00", "13:00", "3"),)))),
        Target("5", "", "", (Repair("5", "door mensen", "w"),)),
    ]  # fmt: skip
    best = change_sets(targets)[0]
    assert sorted((item.conflict, item.change) for item in best) == [
        ("1", "samen"), ("2", "samen"), ("3", "p"), ("4", "vacature"),
    ]  # fmt: skip


def test_every_repair_of_the_example_that_can_be_written_does_what_it_says(tmp_path: Path) -> None:
    example = examples_dir() / "ikec-hoorn"
    found = repair(CheckRequest(example), tmp_path / "uit")
    applied = found.applied
    assert applied is not None and applied.written
    assert (applied.left, applied.new, applied.dropped) == ((), (), ())
    assert {item.conflict for item in applied.written} == set(applied.gone) | set(applied.undecided)
    assert {"CF-01/document:centrumplan", "CF-34/integratie:kinddossier", "CF-08/integratie:inval-uur",
            "CF-14/integratie:inval-uur", "CF-53/woord:flexmedewerker"} <= set(applied.gone)  # fmt: skip
    schema = json.loads((schema_dir() / "v1" / "herstel.schema.json").read_text(encoding="utf-8"))
    data = json.loads(plan_json(found))
    Draft202012Validator(schema).validate(data)
    assert data["schema"] == "ikec-herstel/v1" and data["applied"]["gone"] == list(applied.gone)
    # Only what was to change has changed: comments and layout of every file are still there.
    for path in example.iterdir():
        old, new = path.read_text(encoding="utf-8"), (tmp_path / "uit" / path.name).read_text(encoding="utf-8")
        assert [line for line in new.splitlines() if line.lstrip().startswith("#")] == [
            line for line in old.splitlines() if line.lstrip().startswith("#")
        ]
