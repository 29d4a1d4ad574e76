"""What else the lint finds, where, and what it suggests; what a rule may allow."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ikec_compliance.app.rule_lint import lint
from ikec_compliance.model.resources import rules_dir
from ikec_compliance.rules.loader import load_rules
from tests.analysis.lint_cases import RULE, found, ids, plain, write_rules


def only(target: Path, name: str) -> list[Any]:
    return [item for item in found(target) if item.id == name]


def test_the_base_of_these_tests_lints_clean(tmp_path: Path) -> None:
    assert found(write_rules(tmp_path, {})) == []


def test_a_missing_boundary_comes_with_the_test_that_is_missing(tmp_path: Path) -> None:
    tests = [test for test in RULE["tests"] if test["name"] != "een erboven"]
    tests.append({**RULE["tests"][1], "given": {"soort": "dagopvang", "kindplaatsen": 40}})
    items = only(write_rules(tmp_path, {"tests": tests}), "grens-niet-getoetst")
    assert [item.message for item in items] == [
        "KO-PRF-01: geen toets staat op deze grens (20 → 21 blijft onopgemerkt)"
    ]
    assert items[0].hint.startswith(
        "Bijvoorbeeld: {date: 2020-01-01, given: {kindplaatsen: 21, soort: dagopvang}, expect: voldoet_niet}"
    )
    assert items[0].place.line > 1


def test_a_mistake_that_changes_no_verdict_is_no_missing_boundary(tmp_path: Path) -> None:
    # At exactly 20 both ways out give the same: `less_than` and `at_most` in the exception cannot be told apart.
    exception = {
        "id": "u1", "source": RULE["source"], "text": "een", "effect": "vervangt",
        "applies_when": {"field": "kindplaatsen", "less_than": 20},
        "require": {"field": "kindplaatsen", "at_least": 5},
    }  # fmt: skip
    low = [
        {"name": str(number), "date": "2026-11-23", "given": {"soort": "dagopvang", "kindplaatsen": number},
         "expect": expect}
        for number, expect in ((4, "voldoet_niet"), (5, "voldoet"), (19, "voldoet"))
    ]  # fmt: skip
    piece = {"exceptions": [exception], "tests": [*RULE["tests"], *low]}
    assert only(write_rules(tmp_path, piece), "grens-niet-getoetst") == []


def test_the_first_day_counts_when_it_is_law_and_not_when_it_is_the_text_read(tmp_path: Path) -> None:
    tests = [{**test, "date": "2026-11-23"} for test in RULE["tests"]]
    for name, known in (("wet", "ja"), ("tekst", "nee")):
        (tmp_path / name).mkdir()
        target = write_rules(tmp_path / name, {"valid": {"from": "2020-01-01", "from_known": known}, "tests": tests})
        assert ("grens-niet-getoetst" in ids(target)) == (known == "ja")


@pytest.mark.parametrize(
    ("piece", "name", "words"),
    [
        ({"applies_when": {"any": [{"field": "soort", "is": "bso"}, {"field": "soort", "is_not": "bso"}]}},
         "altijd-waar", "applies_when"),
        ({"require": {"any": [{"field": "kindplaatsen", "at_most": 9}, {"field": "kindplaatsen", "at_least": 10}]}},
         "altijd-waar", "require"),
        ({"require": {"field": "soort", "is": "bso"}}, "altijd-onwaar", "require"),
        ({"exceptions": [{"id": "u1", "source": RULE["source"], "text": "een", "effect": "vervalt",
                          "applies_when": {"field": "soort", "is": "bso"}}]}, "altijd-onwaar", "uitzondering u1"),
        ({"exceptions": [{"id": "u1", "source": RULE["source"], "text": "een", "effect": "vervalt",
                          "applies_when": {"field": "soort", "is": "dagopvang"}}]}, "altijd-onwaar", "applies_when"),
        ({"require": {"sum": [{"field": "kindplaatsen"}, {"field": "kindplaatsen"}], "is": 5}},
         "altijd-onwaar", "kindplaatsen"),
    ],
)  # fmt: skip
def test_a_condition_that_decides_nothing_is_named(tmp_path: Path, piece: Any, name: str, words: str) -> None:
    items = only(write_rules(tmp_path, piece), name)
    assert len(items) == 1
    assert words in items[0].message
    assert items[0].hint


def test_a_gap_between_versions_of_a_table_is_found(tmp_path: Path) -> None:
    target = write_rules(tmp_path, {})
    path = target / "kinderopvang" / "tabellen" / "bkr.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("to: 2024-06-30", "to: 2024-05-31"), encoding="utf-8")
    items = only(target, "gat-in-waarden")
    assert [item.message for item in items] == [
        "de rekenregel voor bso heeft geen waarde van 2024-06-01 tot en met 2024-06-30"
    ]
    assert items[0].place.file == "rules/kinderopvang/tabellen/bkr.yaml"


def test_a_rule_that_outlives_its_parameter_is_found(tmp_path: Path) -> None:
    piece = plain(
        "parameters: {grens: {title: grens, unit: kind, values: [{value: 20, from: 2021-01-01, to: 2025-12-31,"
        " evidence: gelezen, source: [{law: BKK, article: 10, state: 2024-07-01}]}]}}\n"
        "require: {field: kindplaatsen, at_most: {param: grens}}\ntests: []\n"
    )
    messages = [item.message for item in only(write_rules(tmp_path, piece), "gat-in-waarden")]
    assert messages == [
        "KO-PRF-01 geldt vanaf 2020-01-01, maar parameter 'grens' heeft pas vanaf 2021-01-01 een waarde",
        "KO-PRF-01 geldt zonder einddatum, maar parameter 'grens' heeft na 2025-12-31 geen waarde",
    ]


def test_a_source_newer_than_the_registry_is_found_too(tmp_path: Path) -> None:
    target = write_rules(tmp_path, {"source": [{"law": "BKK", "article": 10, "state": "2026-09-01"}]})
    items = only(target, "bron-nieuwer")
    assert len(items) == 1
    assert items[0].hint == "Zet read_until van BKK in wetten.yaml op 2026-09-01, of verbeter state."


ALLOWED = {"id": "altijd-waar", "reden": "Nog te bespreken.", "tot": "2026-12-31"}
ALWAYS = {"require": {"field": "kindplaatsen", "at_least": 0}}


def test_an_allowed_finding_is_silent_until_its_last_day(tmp_path: Path) -> None:
    target = write_rules(tmp_path, {**ALWAYS, "lint_toegestaan": [ALLOWED]})
    assert not {"altijd-waar", "toestemming-verlopen", "toestemming-ongebruikt"} & ids(target, date(2026, 12, 31))
    assert {"altijd-waar", "toestemming-verlopen"} <= ids(target, date(2027, 1, 1))


@pytest.mark.parametrize("name", ["altijd-waaar", "onbekende-naam", "toestemming-verlopen"])
def test_what_cannot_be_allowed_is_named(tmp_path: Path, name: str) -> None:
    items = only(write_rules(tmp_path, {"lint_toegestaan": [{**ALLOWED, "id": name}]}), "toestemming-ongebruikt")
    assert len(items) == 1
    assert f"‘{name}’ is geen bevinding die is toe te staan" in items[0].message
    if name == "altijd-waaar":
        assert "bedoelt u ‘altijd-waar’?" in items[0].message


def test_one_rule_can_be_linted_alone(tmp_path: Path) -> None:
    pieces = {"rules": [ALWAYS, {**ALWAYS, "id": "KO-PRF-02"}]}
    rules = load_rules(write_rules(tmp_path, pieces))
    assert {item.rule for item in lint(rules, date(2026, 11, 23), only="KO-PRF-02")} == {"KO-PRF-02"}


def test_the_shipped_rules_lint_clean() -> None:
    assert [str(item) for item in lint(load_rules(rules_dir()), date(2026, 11, 23))] == []


def test_a_field_may_be_allowed_to_be_unread(tmp_path: Path) -> None:
    entry = {"id": "veld-ongebruikt", "reden": "Voor lokale regels.", "tot": "2026-12-31"}
    field = {"kind": "number", "unit": "kind", "title": "over", "path": "kindplaatsen", "lint_toegestaan": [entry]}
    target = write_rules(tmp_path, {"types": {"voorziening": {"fields": {"kindplaatsen_over": field}}}})
    mine = "voorziening.kindplaatsen_over"
    rules = load_rules(target)
    assert [item.id for item in lint(rules, date(2026, 12, 31)) if item.rule == mine] == []
    late = [item.id for item in lint(rules, date(2027, 1, 1)) if item.rule == mine]
    assert late == ["veld-ongebruikt", "toestemming-verlopen"]
