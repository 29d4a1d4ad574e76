"""Which rules judge otherwise, with a smallest configuration: checked against both versions of the rule."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ikec_compliance.analysis.rule_diff import compare_days, compare_sets
from ikec_compliance.analysis.table_diff import compare_tables
from ikec_compliance.engine.reference import verdict
from ikec_compliance.model.rule_diff import RuleChange
from ikec_compliance.rules.loader import load_rules
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.testcases import given_fact
from tests.analysis.lint_cases import plain, write_rules

Sets = Callable[[Any, Any], tuple[RuleSet, RuleSet]]


@pytest.fixture
def sets(tmp_path: Path) -> Sets:
    def make(old: Any, new: Any) -> tuple[RuleSet, RuleSet]:
        for name in ("oud", "nieuw"):
            (tmp_path / name).mkdir()
        return load_rules(write_rules(tmp_path / "oud", old)), load_rules(write_rules(tmp_path / "nieuw", new))

    return make


def turns(change: RuleChange) -> set[tuple[str | None, str | None]]:
    return {(flip.before and flip.before.value, flip.after and flip.after.value) for flip in change.flips}


def hold(change: RuleChange, old: RuleSet, new: RuleSet) -> None:
    """Each witness is judged as it says by both, and none of its facts can be left out."""
    for flip in change.flips:
        given = plain("{" + ", ".join(f"{path}: {value}" for path, value in flip.given) + "}")

        def both(facts: Any, flip: Any = flip) -> list[str | None]:
            found: list[str | None] = []
            for rules in (old, new):
                rule = next((item for item in rules.on(flip.on).rules if item.id == change.rule), None)
                if rule is None:
                    found.append(None)
                    continue
                fact = given_fact(rule.head.subject, facts, flip.on, rules.vocabulary, rule.head.place)
                found.append(verdict(rule, fact).value)
            return found

        wanted = [flip.before and flip.before.value, flip.after and flip.after.value]
        assert both(given) == wanted
        for path in given:
            assert both({other: value for other, value in given.items() if other != path}) != wanted


def test_a_moved_bound_flips_exactly_between_the_bounds(sets: Sets) -> None:
    old, new = sets({}, {"require": {"field": "kindplaatsen", "at_most": 16}})
    found = compare_sets(old, new)
    assert [(item.rule, item.kind, item.first, item.last) for item in found.changes] == [
        ("KO-PRF-01", "gewijzigd", date(2020, 1, 1), None)
    ]
    change = found.changes[0]
    assert turns(change) == {("voldoet", "voldoet_niet")}
    assert 16 < int(dict(change.flips[0].given)["kindplaatsen"]) <= 20
    assert "require" in change.keys
    hold(change, old, new)


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ({"require": {"field": "kindplaatsen", "less_than": 21}}, set()),
        ({"require": {"not": {"field": "kindplaatsen", "more_than": 20}}}, set()),
        ({"applies_when": {"field": "soort", "one_of": ["dagopvang", "bso"]}},
         {("niet_van_toepassing", "voldoet_niet"), ("niet_van_toepassing", "voldoet")}),
        ({"evidence": "onbevestigd"}, {("voldoet", "te_beoordelen"), ("voldoet_niet", "te_beoordelen")}),
        ({"open_norm": "Iemand moet dit beoordelen."}, {("voldoet", "te_beoordelen")}),
        ({"exceptions": [{"id": "u1", "source": [{"law": "BKK", "article": 10, "state": "2024-07-01"}], "text": "een",
                          "applies_when": {"field": "schoolplan.aanwezig", "is": "ja"}, "effect": "vervalt"}]},
         {("voldoet_niet", "niet_van_toepassing"), ("voldoet", "niet_van_toepassing")}),
    ],
)  # fmt: skip
def test_only_another_meaning_is_a_change(sets: Sets, piece: Any, expected: set[Any]) -> None:
    old, new = sets({}, piece)
    changes = compare_sets(old, new).changes
    assert [item.kind for item in changes] == ["gewijzigd" if expected else "tekst"]
    assert turns(changes[0]) == expected
    hold(changes[0], old, new)


def test_a_dated_value_changes_from_its_day(sets: Sets) -> None:
    def piece(second: int) -> Any:
        return plain(
            "parameters: {grens: {title: grens, unit: kind, values: ["
            "{value: 20, from: 2020-01-01, to: 2026-12-31, evidence: gelezen,"
            " source: [{law: BKK, article: 10, state: 2024-07-01}]},"
            f"{{value: {second}, from: 2027-01-01, evidence: gelezen,"
            " source: [{law: BKK, article: 10, state: 2024-07-01}]}]}}\n"
            "require: {field: kindplaatsen, at_most: {param: grens}}\n"
        )

    old, new = sets(piece(20), piece(25))
    changes = compare_sets(old, new).changes
    assert [(item.kind, item.first, item.last, item.keys) for item in changes] == [
        ("gewijzigd", date(2027, 1, 1), None, ("parameters",))
    ]
    assert turns(changes[0]) == {("voldoet_niet", "voldoet")}
    hold(changes[0], old, new)
    days = compare_days(new, date(2026, 12, 31), date(2027, 1, 1)).changes
    assert [(item.kind, item.first) for item in days] == [("gewijzigd", date(2027, 1, 1))]
    assert compare_days(new, date(2025, 1, 1), date(2026, 12, 31)).changes == ()


def test_new_and_lapsed_rules_come_with_what_they_find(sets: Sets) -> None:
    old, new = sets({}, {"id": "KO-PRF-02"})
    changes = {item.rule: item for item in compare_sets(old, new).changes}
    assert (changes["KO-PRF-01"].kind, turns(changes["KO-PRF-01"])) == ("vervallen", {("voldoet_niet", None)})
    assert (changes["KO-PRF-02"].kind, turns(changes["KO-PRF-02"])) == ("nieuw", {(None, "voldoet_niet")})
    assert compare_sets(old, new).rules == 2


def test_the_order_of_choices_in_the_vocabulary_is_no_change(tmp_path: Path) -> None:
    target = write_rules(tmp_path, {})
    old = load_rules(target)
    (tmp_path / "nieuw").mkdir()
    shutil.copytree(target, tmp_path / "nieuw" / "rules")
    path = tmp_path / "nieuw" / "rules" / "begrippen.yaml"
    data = plain(path.read_text(encoding="utf-8"))
    data["types"]["voorziening"]["fields"]["soort"]["choices"].reverse()
    path.write_text(json.dumps(data), encoding="utf-8")
    assert compare_sets(old, load_rules(tmp_path / "nieuw" / "rules")).changes == ()


def test_a_rule_on_a_field_that_is_gone_is_said_not_to_be_compared(tmp_path: Path) -> None:
    target = write_rules(tmp_path, {})
    old = load_rules(target)
    (tmp_path / "nieuw").mkdir()
    shutil.copytree(target, tmp_path / "nieuw" / "rules")
    other = tmp_path / "nieuw" / "rules"
    data = plain((other / "begrippen.yaml").read_text(encoding="utf-8"))
    del data["types"]["voorziening"]["fields"]["kindplaatsen"]
    (other / "begrippen.yaml").write_text(json.dumps(data), encoding="utf-8")
    text = (other / "kinderopvang" / "proef.yaml").read_text(encoding="utf-8")
    rule = json.loads(text)
    rule["rules"][0]["require"] = {"field": "soort", "is": "dagopvang"}
    rule["rules"][0]["tests"] = []
    (other / "kinderopvang" / "proef.yaml").write_text(json.dumps(rule), encoding="utf-8")
    changes = compare_sets(old, load_rules(other)).changes
    lost = [item for item in changes if item.kind == "onbekend"]
    assert [item.rule for item in lost] == ["KO-PRF-01"]
    assert "onbekend veld 'kindplaatsen'" in lost[0].note


def test_equal_tables_have_no_change_and_an_ended_one_lapses(tmp_path: Path) -> None:
    target = write_rules(tmp_path, {})
    rules = load_rules(target)
    assert compare_tables(rules, rules) == ()
    (tmp_path / "nieuw").mkdir()
    shutil.copytree(target, tmp_path / "nieuw" / "rules")
    path = tmp_path / "nieuw" / "rules" / "kinderopvang" / "tabellen" / "bkr.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("valid: {from: 2019-01-01}", "valid: {from: 2019-01-01, to: 2026-12-31}", 1), encoding="utf-8"
    )
    found = compare_tables(rules, load_rules(tmp_path / "nieuw" / "rules"))
    assert [(item.table, item.kind, item.first, item.last) for item in found] == [
        ("bkr_dagopvang_2019", "vervallen", date(2027, 1, 1), None)
    ]
