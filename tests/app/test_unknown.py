"""Unknown never passes: no verdict is given without a value that could overturn it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from ikec_compliance.facts import reading
from ikec_compliance.model.value import TRUE, known
from ikec_compliance.model.verdict import Verdict
from tests.fuzz_unknown import MONDAY, check_leaf, example, one_of_each, rule_set, small
from tests.support import base, load, person
from tests.variants import Leaf, facts, leaves, put

SEED = 20261123


@pytest.mark.parametrize(("name", "share"), [("ikec-hoorn-op-orde", 0.12), ("ikec-hoorn", 0.06)])
def test_no_value_of_an_example_can_be_left_out_and_leave_a_verdict_that_it_decides(name: str, share: float) -> None:
    random = Random(SEED)
    chosen = [leaf for leaf in one_of_each(name, random) if random.random() < share]
    variants, problems = 0, []
    for leaf in chosen:
        count, errors = check_leaf(example(name), leaf, random)
        variants += count
        problems += errors
    assert [str(error) for error in problems] == []
    assert len(chosen) > 10 and variants > 2 * len(chosen)


@pytest.mark.parametrize("seed", range(8))
def test_nor_one_of_a_small_centre_around_the_limits(seed: int) -> None:
    random = Random(seed)
    centre = small(random)
    chosen = list(leaves(centre, MONDAY))
    problems = [error for leaf in random.sample(chosen, 20) for error in check_leaf(centre, leaf, random)[1]]
    assert [str(error) for error in problems] == []


def test_the_property_sees_a_reader_that_takes_unknown_for_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        reading, "to_value", lambda raw, field, vocabulary: TRUE if raw is None else _original(raw, field, vocabulary)
    )
    monkeypatch.setattr("ikec_compliance.facts.base.to_value", reading.to_value)
    centre = example("ikec-hoorn-op-orde")
    number = next(n for n, r in enumerate(centre.records("voorzieningen")) if r.id == "so")
    leaf = Leaf(("voorzieningen", number, "antipestpersoon"), True, (False,))
    _, errors = check_leaf(centre, leaf, Random(1))
    assert {(error.key, error.without, error.given) for error in errors} == {
        (("OW-VEI-02", "voorziening:so"), Verdict.PASSES, Verdict.FAILS)
    }


_original = reading.to_value


def test_a_variant_shares_everything_but_the_value() -> None:
    centre = example("ikec-hoorn-op-orde")
    path = ("medewerkers", 0, "contract", "bezoldigd")
    changed = put(centre, path, None)
    assert centre.records("medewerkers")[0].get("contract.bezoldigd") is True
    assert changed.records("medewerkers")[0].get("contract.bezoldigd") is None
    assert changed.records("medewerkers")[0].get("contract.soort") == "arbeidsovereenkomst"
    assert changed.find("medewerkers", "med-001") is changed.records("medewerkers")[0]
    assert changed.records("rooster") is centre.records("rooster")


@pytest.mark.parametrize(
    ("role", "counted", "trainees", "students"),
    [
        ("beroepskracht", (0, 0), (0, 0), (0, 0)),  # no diploma
        ("beroepskracht_in_opleiding", (1, 1), (1, 1), (0, 0)),
        ("stagiair", (1, 1), (1, 1), (1, 1)),
        ("leraar", (0, 0), (0, 0), (0, 0)),
        (None, (0, 1), (0, 1), (0, 1)),
    ],
)
def test_an_unknown_role_may_be_any_role(
    role: str | None, counted: tuple[int, int], trainees: tuple[int, int], students: tuple[int, int], tmp_path: Path
) -> None:
    line = {"id": "r1", "groep": "g1", "dag": "ma", "van": "08:00", "tot": "12:00", "medewerker": "a", "rol": role,
            "formatief": "ja"}  # fmt: skip
    centre = load(base(medewerkers=[person("a", diplomas=[])], rooster=[line]), tmp_path)
    found = facts(centre, rule_set(), MONDAY, [MONDAY])
    (moment,) = found.of_type("centrummoment")
    assert [moment.value(name) for name in ("beroepskrachten", "in_opleiding", "stagiairs")] == [
        counted, trainees, students,
    ]  # fmt: skip


def test_somebody_with_two_lines_on_one_group_is_one_beroepskracht_ve(tmp_path: Path) -> None:
    line = {"groep": "g1", "dag": "ma", "van": "08:00", "tot": "12:00", "medewerker": "a", "rol": "beroepskracht"}
    data = base(
        medewerkers=[person("a", diplomas=[{"kwalificeert": ["dagopvang", "ve"]}])],
        rooster=[{**line, "id": "r1"}, {**line, "id": "r2"}],
    )
    found = facts(load(data, tmp_path), rule_set(), MONDAY, [MONDAY])
    moment = next(fact for fact in found.of_type("groepsmoment") if fact.subject == "groep:g1@2026-11-23")
    assert (moment.value("beroepskrachten"), moment.value("beroepskrachten_ve")) == (known(1), known(1))


def test_children_that_are_not_counted_leave_the_required_number_open(tmp_path: Path) -> None:
    line = {"id": "r1", "groep": "g1", "dag": "ma", "van": "08:00", "tot": "12:00", "aantallen": {"0": 9, "2": None}}
    found = facts(load(base(rooster=[line]), tmp_path), rule_set(), MONDAY, [MONDAY])
    low, high = next(iter(found.of_type("centrummoment"))).value("vereist")
    assert low == 0 and high > 1000


@pytest.mark.parametrize(("first_day", "counted"), [("2026-11-23", known(1)), ("2026-11-24", known(0)), (None, (0, 1))])
def test_a_first_working_day_that_is_not_filled_in_may_still_be_to_come(
    first_day: str | None, counted: tuple[int, int], tmp_path: Path
) -> None:
    line = {"id": "r1", "groep": "g1", "dag": "ma", "van": "08:00", "tot": "12:00", "medewerker": "a",
            "rol": "beroepskracht"}  # fmt: skip
    found = facts(
        load(base(medewerkers=[person("a", in_dienst_op=first_day)], rooster=[line]), tmp_path),
        rule_set(), MONDAY, [MONDAY],
    )  # fmt: skip
    (moment,) = found.of_type("centrummoment")
    for name in ("beroepskrachten", "volwassenen", "volwassenen_ehbo"):
        assert moment.value(name) == counted, name
