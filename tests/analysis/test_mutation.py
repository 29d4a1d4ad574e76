"""A mistake in a rule that no test notices is printed, and only such a mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ikec_compliance.analysis.mutants import Mutant, expression_mutants, literal_mutants, replaced
from ikec_compliance.analysis.mutation import mutate
from ikec_compliance.cli import main
from ikec_compliance.model.errors import InputError
from ikec_compliance.rules.loader import load_rules
from tests.rule_files import changed, folder, rules_text

PARAMETERS = (
    "  grens:\n    title: grens\n    unit: kind\n    values:\n"
    "      - {value: 20, from: 2020-01-01, to: 2023-12-31, evidence: gelezen,"
    " source: [{law: BKK, article: 10, state: 2024-07-01}]}\n"
    "      - {value: 30, from: 2024-01-01, evidence: gelezen,"
    " source: [{law: BKK, article: 10, state: 2024-07-01}]}\n"
)
TESTS = {
    "eerste dag, oude grens": ("2020-01-01", "soort: dagopvang, kindplaatsen: 20", "voldoet"),
    "oude grens voorbij": ("2023-12-31", "soort: dagopvang, kindplaatsen: 21", "voldoet_niet"),
    "nieuwe grens": ("2024-01-01", "soort: dagopvang, kindplaatsen: 30", "voldoet"),
    "nieuwe grens voorbij": ("2024-01-01", "soort: dagopvang, kindplaatsen: 31", "voldoet_niet"),
    "onbekend": ("2024-01-01", "soort: dagopvang", "niet_te_bepalen"),
    "bso": ("2024-01-01", "soort: bso, kindplaatsen: 31", "niet_van_toepassing"),
}


def _rules(at: Path, *left_out: str) -> Path:
    target = folder(at)
    lines = "".join(
        f"      - {{name: '{name}', date: {day}, given: {{{given}}}, expect: {expect}}}\n"
        for name, (day, given, expect) in TESTS.items()
        if name not in left_out
    )
    rule = changed(
        require="    require: {field: kindplaatsen, at_most: {param: grens}}\n", tests=f"    tests:\n{lines}"
    )
    (target / "kinderopvang" / "proef.yaml").write_text(rules_text(rule, parameters=PARAMETERS), encoding="utf-8")
    return target


def _survivors(target: Path) -> set[str]:
    return {item.shown for item in mutate(load_rules(target)) if not item.noticed}


def test_full_tests_notice_every_mistake(tmp_path: Path) -> None:
    found = list(mutate(load_rules(_rules(tmp_path))))
    assert [item.shown for item in found if not item.noticed] == []
    assert {item.shown for item in found} == {
        "grens: 20 → 21",
        "grens: 20 → 19",
        "grens: 30 → 31",
        "grens: 30 → 29",
        "grens: vanaf 2020-01-01 → 2020-01-02",
        "grens: vanaf 2024-01-01 → 2024-01-02",
        "grens: vanaf 2024-01-01 → 2023-12-31",
        "is → is_not",
        "at_most → less_than",
        "at_most → at_least",
        "geldig vanaf 2020-01-01 → 2020-01-02",
    }


MISSED = {
    "eerste dag, oude grens": {"grens: 20 → 19", "grens: vanaf 2020-01-01 → 2020-01-02",
                               "geldig vanaf 2020-01-01 → 2020-01-02"},
    "oude grens voorbij": {"grens: 20 → 21", "grens: vanaf 2024-01-01 → 2023-12-31"},
    "nieuwe grens": {"grens: 30 → 29", "grens: vanaf 2024-01-01 → 2024-01-02"},
    "nieuwe grens voorbij": {"grens: 30 → 31"},
    "onbekend": set(),
}  # fmt: skip


@pytest.mark.parametrize("left_out", MISSED)
def test_a_mistake_without_its_test_survives(tmp_path: Path, left_out: str) -> None:
    assert _survivors(_rules(tmp_path, left_out)) == MISSED[left_out]


def test_a_failing_test_is_no_start(tmp_path: Path) -> None:
    target = _rules(tmp_path)
    file = target / "kinderopvang" / "proef.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("kindplaatsen: 30}", "kindplaatsen: 32}"), encoding="utf-8"
    )
    with pytest.raises(InputError, match="een toets mislukt al"):
        list(mutate(load_rules(target)))


def test_every_sort_of_mistake_in_a_condition() -> None:
    raw = {
        "all": [
            {"field": "a", "at_least": 3},
            {"field": "soort", "one_of": ["x", "y"]},
            {"field": "d", "plus": "6 weken", "less_than": {"field": "e"}},
            {"not": {"field": "delen", "contains_all": ["p", "q"]}},
        ]
    }
    shown = [mutant.shown for mutant in expression_mutants(raw, ())]
    assert sorted(shown) == sorted(
        ["all → any", *(f"onderdeel van all weggelaten ({n})" for n in (1, 2, 3, 4)),
         "at_least → more_than", "at_least → at_most", "3 → 4", "3 → 2",
         "one_of → none_of", "lid van one_of weggelaten: x", "lid van one_of weggelaten: y",
         "plus → minus", "6 weken → 7 weken", "6 weken → 5 weken", "6 weken → 6 maanden",
         "less_than → at_most", "less_than → more_than"]
    )  # fmt: skip


def test_dates_move_a_day_both_ways() -> None:
    assert [mutant.value for mutant in literal_mutants("2024-02-29", ("x",))] == ["2024-03-01", "2024-02-28"]


def test_a_mutant_changes_one_place_and_leaves_the_original() -> None:
    raw = {"all": [{"field": "a", "at_most": 1}, {"field": "b", "at_most": 1}]}
    mutant = Mutant(("all", 1, "at_most"), 2, "grens", "")
    assert replaced(raw, mutant.path, mutant.value) == {
        "all": [{"field": "a", "at_most": 1}, {"field": "b", "at_most": 2}]
    }
    assert raw["all"][1]["at_most"] == 1


@pytest.mark.parametrize(("left_out", "floor", "code"), [("", "100", 0), ("onbekend", "100", 0),
                                                         ("nieuwe grens voorbij", "100", 1),
                                                         ("nieuwe grens voorbij", "90", 0),
                                                         ("nieuwe grens voorbij", "91", 1)])  # fmt: skip
def test_the_score_decides_the_exit_code(tmp_path: Path, left_out: str, floor: str, code: int) -> None:
    """10 of 11 noticed is 90,9 per cent."""
    found = CliRunner().invoke(main, ["rules", "mutate", "--rules", str(_rules(tmp_path, left_out)), "--floor", floor])
    assert found.exit_code == code
    last = (
        "10 van 11 fouten opgemerkt (90,9 procent)"
        if "voorbij" in left_out
        else "11 van 11 fouten opgemerkt (100,0 procent)"
    )
    assert found.stdout.splitlines()[-1] == last
    if "voorbij" in left_out:
        assert found.stdout.startswith("rules/kinderopvang/proef.yaml:10:9: KO-PRF-01: grens: grens: 30 → 31\n")


def test_json_lists_the_survivors(tmp_path: Path) -> None:
    target = _rules(tmp_path, "nieuwe grens voorbij")
    found = CliRunner().invoke(main, ["rules", "mutate", "--rules", str(target), "--format", "json"])
    data = json.loads(found.stdout)
    assert (data["mutants"], data["noticed"], data["score"]) == (11, 10, 90.91)
    assert [item["change"] for item in data["survivors"]] == ["grens: 30 → 31"]
    assert data["survivors"][0]["location"]["file"] == "rules/kinderopvang/proef.yaml"
