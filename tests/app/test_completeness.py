"""Nothing gets lost: what is left out is absent where that was declared, else unknown; every verdict is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.app.check import CheckRequest, check, check_centre
from ikec_compliance.app.completeness import count_subjects
from ikec_compliance.app.evaluation import evaluate_centre
from ikec_compliance.centre import Centre
from ikec_compliance.engine import Judge
from ikec_compliance.engine.evaluation import Row
from ikec_compliance.facts.period import WEEKDAYS
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.verdict import Verdict
from tests.fuzz_unknown import MONDAY, WEEK, example, rule_set, small
from tests.random_centre import random_centre
from tests.support import base, load, person
from tests.variants import Key, facts, rebuilt, verdicts, without

LISTS = ("medewerkers", "documenten", "raden", "regelingen", "ruimtes", "buitenruimtes", "groepen")
OPEN = (Verdict.FAILS, Verdict.UNDECIDED)


def judge(centre: Centre, days: Sequence[date] = WEEK[1:2]) -> dict[Key, Verdict]:
    return verdicts(facts(centre, rule_set(), MONDAY, days), rule_set().on(MONDAY).rules)


def open_ended(centre: Centre) -> Centre:
    """The configuration with nothing declared complete."""
    return rebuilt(centre, {**centre.data, "volledig": {}})


def passed_silently(before: dict[Key, Verdict], after: dict[Key, Verdict]) -> list[Key]:
    return [key for key, verdict in after.items() if verdict is Verdict.PASSES and before.get(key) in OPEN]


@pytest.mark.parametrize("key", LISTS)
def test_leaving_an_item_out_of_an_open_list_lets_nothing_pass(key: str) -> None:
    centre, random = example("ikec-hoorn"), Random(7)
    before, undeclared = judge(centre), open_ended(centre)
    records = list(centre.records(key))
    for record in random.sample(records, min(6, len(records))):
        after = judge(without(undeclared, key, record.id))
        assert passed_silently(before, after) == [], record.id


@pytest.mark.parametrize("seed", range(6))
def test_nor_in_a_small_centre(seed: int) -> None:
    centre = small(Random(seed))
    before, undeclared = judge(centre, [MONDAY]), open_ended(centre)
    for key in LISTS:
        for record in centre.records(key):
            assert passed_silently(before, judge(without(undeclared, key, record.id), [MONDAY])) == [], record.id


def test_leaving_out_a_line_of_children_or_a_roster_day_is_unknown_unless_the_day_is_declared_complete() -> None:
    centre, day = example("ikec-hoorn"), date(2026, 11, 24)
    key = ("KO-BKR-01", "groep:sg-vossen@2026-11-24")
    lines = [line for line in centre.records("rooster") if line.get("groep") == "sg-vossen" and line.get("aantallen")]
    assert judge(centre, [day])[key] is Verdict.FAILS
    rest = centre
    for line in lines:
        rest = without(rest, "rooster", line.id)
    # The day is declared complete: no children is then what the centre says, and no norm applies.
    assert judge(rest, [day])[key] is Verdict.NOT_APPLICABLE
    monday_only = {**rest.data["volledig"], "rooster": [(MONDAY, MONDAY)]}
    assert judge(rebuilt(rest, {**rest.data, "volledig": monday_only}), [day])[key] is Verdict.UNDECIDED


def test_every_presence_verdict_of_an_undeclared_day_is_open_or_not_applicable() -> None:
    centre = example("ikec-hoorn")
    declared = {**centre.data["volledig"], "rooster": [(MONDAY, MONDAY)]}
    found = judge(rebuilt(centre, {**centre.data, "volledig": declared}), WEEK[:2])
    tuesday = {key: verdict for key, verdict in found.items() if key[1].endswith("@2026-11-24")}
    assert set(tuesday.values()) == {Verdict.UNDECIDED, Verdict.NOT_APPLICABLE}
    whole = judge(centre, WEEK[:2])
    judged_before = {key for key in tuesday if whole[key] in (Verdict.PASSES, Verdict.FAILS)}
    assert len(judged_before) > 30 and {tuesday[key] for key in judged_before} == {Verdict.UNDECIDED}
    assert {key: v for key, v in found.items() if key[1].endswith("@2026-11-23")} == {
        key: v for key, v in whole.items() if key[1].endswith("@2026-11-23")
    }


@pytest.mark.parametrize(
    ("councils", "declared", "verdict"),
    [
        (["so", "sbo"], "nee", Verdict.PASSES),
        (["sbo"], "nee", Verdict.PASSES),
        (["so"], "nee", Verdict.UNDECIDED),  # the council of the sbo may have said no
        (["so"], "ja", Verdict.UNDECIDED),
        ([], "nee", Verdict.UNDECIDED),
    ],
)
def test_a_council_that_is_not_listed_has_not_agreed(
    councils: list[str], declared: str, verdict: Verdict, tmp_path: Path
) -> None:
    data = _schools(councils)
    data["volledig"] = {"documenten": "ja", "raden": declared}
    assert judge(load(data, tmp_path), [MONDAY])["OW-SPL-06", "voorziening:sbo"] is verdict


def _schools(councils: list[str]) -> dict[str, Any]:
    return base(
        organisaties=[{"id": "bestuur", "soort": "schoolbestuur"}],
        voorzieningen=[{"id": kind, "soort": kind, "organisatie": "bestuur"} for kind in ("so", "sbo")],
        groepen=[],
        raden=[{"id": f"mr-{kind}", "soort": "medezeggenschapsraad", "voorzieningen": [kind]} for kind in councils],
        documenten=[{"id": "plan", "titel": "Schoolplan", "soorten": ["schoolplan"], "voorzieningen": ["so", "sbo"],
                     "vastgesteld_op": "2025-06-17", "instemming": {f"mr-{kind}": "2025-06-03" for kind in councils}}],
    )  # fmt: skip


# Counting.


def _expected(data: dict[str, Any], days: Sequence[date], *regimes: str) -> int:
    """Verdicts a configuration must give, counted here from its own text."""
    open_on = {f["id"]: f.get("openingstijden", {}).get("dagen", WEEKDAYS) for f in data["voorzieningen"]}
    names = [WEEKDAYS[day.weekday()] for day in days]
    pairs = {(p["id"], f) for p in data["medewerkers"] for f in p.get("werkt_bij", ())}
    kinds = {f["id"]: f["soort"] for f in data["voorzieningen"]}
    groups = {g["id"]: g for g in data["groepen"]}
    for line in data["rooster"]:
        for facility in groups[line["groep"]]["voorzieningen"] if "medewerker" in line else ():
            if kinds[facility] in ("dagopvang", "bso"):
                pairs.add((line["medewerker"], facility))
    # A day with children on the roster counts too when the voorziening is closed then.
    rostered = {(line["groep"], line["dag"]) for line in data["rooster"] if "aantallen" in line}
    used = {(facility, day) for group, day in rostered for facility in groups[group]["voorzieningen"]}
    per_facility = sum(
        name in open_on[f["id"]] or (f["id"], name) in used for f in data["voorzieningen"] for name in names
    )
    counts = {
        **{name: len(data[key]) for name, key in (("organisatie", "organisaties"), ("groep", "groepen"),
                                                  ("voorziening", "voorzieningen"))},
        "document": len(data["documenten"]), "medewerker": len(data["medewerkers"]), "inzet": len(pairs),
        "raad": 0, "regeling": 0, "centrummoment": per_facility, "centrumdag": per_facility,
        "gedeeld_document": sum(len(d["soorten"]) > 1 for d in data["documenten"]),
        "groepsmoment": sum(
            (group["id"], name) in rostered or any(name in open_on[f] for f in group["voorzieningen"])
            for group in data["groepen"] for name in names
        ),
    }  # fmt: skip
    return sum(counts[rule.head.subject] for rule in rule_set().on(MONDAY, regimes).rules)


@pytest.mark.parametrize("seed", range(10))
def test_there_are_as_many_verdicts_as_rules_and_subjects_ask(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    data = random_centre(random)
    for key in ("medewerkers", "documenten"):
        data[key] = [item for item in data[key] if random.random() < 0.7]
    here = {item["id"] for item in data["medewerkers"]}
    data["rooster"] = [line for line in data["rooster"] if line.get("medewerker", "") in {"", *here}]
    for facility in data["voorzieningen"]:
        facility["openingstijden"] = {"dagen": random.sample(WEEKDAYS, random.randint(1, 7))}
    base_facts = facts(load(data, tmp_path), rule_set(), MONDAY, WEEK)
    found = evaluate_centre(open_catalogue(None, None), base_facts, MONDAY, (), None, True)
    assert len(found.judged) == _expected(data, WEEK)
    assert len({(item.rule.id, item.subject) for item in found.judged}) == len(found.judged)


def test_the_program_counts_the_same_from_the_configuration() -> None:
    centre, types = example("ikec-hoorn"), rule_set().vocabulary.types
    found = facts(centre, rule_set(), MONDAY, WEEK)
    for name, subject in types.items():
        assert count_subjects(subject, centre, WEEK) == len({fact.subject for fact in found.of_type(name)}), name


@pytest.mark.parametrize("kind", ["lost", "twice", "slice"])
def test_a_verdict_that_got_lost_stops_the_program(kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = Judge.rows

    def careless(self: Judge, batch: Sequence[Fact], *options: Any) -> dict[int, Row]:
        found = rows(self, batch, *options)
        slices = Counter(fact.subject for fact in batch if fact.interval is not None)
        many = next(subject for subject, count in slices.items() if count > 1)
        rule, lost = next(
            (rule, n) for rule, (numbers, _) in found.items() for n, number in enumerate(numbers)
            if (batch[number].subject == many if kind == "slice" else batch[number].interval is None)
        )  # fmt: skip
        numbers, verdicts = (list(part) for part in found[rule])
        for part in (numbers, verdicts):
            part[lost : lost + 1] = [part[lost]] * 2 if kind == "twice" else []
        return {**found, rule: (numbers, verdicts)}

    load(random_centre(Random(3)), tmp_path)
    request = CheckRequest(tmp_path / "centrum.yaml", seconds=0)
    check(request)
    monkeypatch.setattr(Judge, "rows", careless)
    with pytest.raises(InternalError, match=r"er zijn \d+ oordelen waar er \d+ moeten zijn"):
        check(request)


def test_twenty_centres_in_one_process(tmp_path: Path) -> None:
    totals, catalogue = set(), open_catalogue(None, None)
    for seed in range(20):
        data = random_centre(Random(seed))
        data["centrum"]["id"] = f"centrum-{seed}"
        report = check_centre(load(data, tmp_path), catalogue, CheckRequest(seconds=0, regimes=("kinderopvang",)))
        assert report.receipt.centre == f"centrum-{seed}"
        assert len(report.verdicts) == sum(report.summary.verdicts.values())
        assert len(report.verdicts) == _expected(data, [MONDAY], "kinderopvang")
        totals.add(tuple(report.summary.verdicts.values()))
    assert len(totals) > 10


def test_a_person_who_is_only_on_the_roster_is_judged_too(tmp_path: Path) -> None:
    line = {"id": "r1", "groep": "g1", "dag": "ma", "van": "08:00", "tot": "12:00", "medewerker": "a", "rol": "leraar",
            "regime": "kinderopvang"}  # fmt: skip
    found = judge(load(base(medewerkers=[person("a", werkt_bij=[])], rooster=[line]), tmp_path), [MONDAY])
    assert ("KO-TAAL-01", "medewerker:a/voorziening:kdv") in found
