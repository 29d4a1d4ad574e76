"""Rules that cover or contradict each other, in sets of two and more, with the minimal set."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.analysis.lint_cases import found, ids, write_rules


def rule(number: int, require: Any, **changes: Any) -> dict[str, Any]:
    return {"id": f"KO-PRF-{number:02d}", "require": require, **changes}


def places(**bound: int) -> dict[str, Any]:
    return {"field": "kindplaatsen", **bound}


def test_three_rules_contradict_where_every_two_can_be_met(tmp_path: Path) -> None:
    pieces = {"rules": [
        rule(1, {"any": [places(at_most=10), {"field": "schoolplan.aanwezig", "is": "ja"}]}),
        rule(2, {"any": [places(at_least=20), {"field": "schoolplan.aanwezig", "is": "nee"}]}),
        rule(3, {"all": [places(at_least=12), places(at_most=15)]}),
        rule(4, places(at_most=100)),
    ]}  # fmt: skip
    clashes = [item for item in found(write_rules(tmp_path, pieces)) if item.id == "tegenspraak"]
    assert len(clashes) == 1
    assert clashes[0].message.startswith(
        "KO-PRF-01, KO-PRF-02 en KO-PRF-03 zijn vanaf 2020-01-01 niet samen na te leven"
    )
    assert clashes[0].place.file == "rules/kinderopvang/proef.yaml"
    assert [text.partition(":")[0] for _, text in clashes[0].related] == ["KO-PRF-02", "KO-PRF-03"]
    assert all(where.line > clashes[0].place.line for where, _ in clashes[0].related)


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"applies_when": {"field": "soort", "is": "bso"}}, False),
        ({"applies_when": {"field": "soort", "one_of": ["bso", "dagopvang"]}}, True),
        ({"valid": {"from": "2020-01-01", "to": "2020-12-31"}}, True),
        ({"status": "draft"}, False),
    ],
)
def test_only_rules_that_can_apply_together_contradict(tmp_path: Path, second: dict[str, Any], expected: bool) -> None:
    if "valid" in second:
        second = {**second, "tests": []}
    pieces = {"rules": [rule(1, places(at_most=10)), rule(2, places(at_least=11), **second)]}
    assert ("tegenspraak" in ids(write_rules(tmp_path, pieces))) == expected


def test_rules_of_different_days_do_not_contradict(tmp_path: Path) -> None:
    pieces = {"rules": [
        rule(1, places(at_most=10), valid={"from": "2020-01-01", "to": "2024-12-31"}, tests=[]),
        rule(2, places(at_least=11), valid={"from": "2025-01-01"}, tests=[]),
    ]}  # fmt: skip
    assert "tegenspraak" not in ids(write_rules(tmp_path, pieces))


def test_a_rule_within_another_is_covered_and_named_with_its_place(tmp_path: Path) -> None:
    inner = {"all": [{"field": "soort", "is": "dagopvang"}, {"field": "schoolplan.aanwezig", "is": "ja"}]}
    pieces = {"rules": [rule(1, places(at_most=20)), rule(2, places(at_most=25), applies_when=inner)]}
    covered = [item for item in found(write_rules(tmp_path, pieces)) if item.id == "al-gedekt"]
    assert [(item.rule, item.place.line) for item in covered] == [("KO-PRF-02", covered[0].place.line)]
    assert "overtreedt vanaf 2020-01-01 ook KO-PRF-01 (zie rules/kinderopvang/proef.yaml:" in covered[0].message
    assert covered[0].hint.startswith("Laat KO-PRF-02 weg")


def test_of_two_equal_rules_the_later_is_covered(tmp_path: Path) -> None:
    pieces = {"rules": [rule(1, places(at_most=20)), rule(2, places(less_than=21))]}
    covered = [item.rule for item in found(write_rules(tmp_path, pieces)) if item.id == "al-gedekt"]
    assert covered == ["KO-PRF-02"]


@pytest.mark.parametrize(
    "changes",
    [
        {"severity": "warning"},  # a warning does not stand in for an error
        {"evidence": "onbevestigd"},  # what cannot fail covers nothing
        {"exceptions": [{"id": "u1", "source": [{"law": "BKK", "article": 10, "state": "2024-07-01"}], "text": "een",
                         "applies_when": {"field": "schoolplan.aanwezig", "is": "ja"}, "effect": "vervalt"}]},
    ],
)  # fmt: skip
def test_a_rule_is_covered_only_by_one_that_always_weighs_as_much(tmp_path: Path, changes: dict[str, Any]) -> None:
    strict = rule(1, places(at_most=20), **changes)
    assert "al-gedekt" not in ids(write_rules(tmp_path, {"rules": [strict, rule(2, places(at_most=25))]}))
