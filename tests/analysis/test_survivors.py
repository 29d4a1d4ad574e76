"""Why no test notices a mistake; a mistake that is called none is tried on every configuration."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from ikec_compliance.analysis.mutation import Tried, mutate
from ikec_compliance.analysis.survivors import Survivor, explain_survivor
from ikec_compliance.engine.reference import verdict
from ikec_compliance.model.resources import rules_dir
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.rules.loader import load_rules
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.testcases import given_fact
from tests.rule_files import changed, folder, rules_text

CASES = {
    "twintig": ("soort: dagopvang, kindplaatsen: 20", "voldoet"),
    "eenentwintig": ("soort: dagopvang, kindplaatsen: 21", "voldoet_niet"),
    "bso": ("soort: bso, kindplaatsen: 21", "niet_van_toepassing"),
    "onbekend": ("soort: dagopvang", "niet_te_bepalen"),
}
# Whoever has at most 20 places has at most 25: leaving the second out changes nothing.
TWICE = "    require: {all: [{field: kindplaatsen, at_most: 20}, {field: kindplaatsen, at_most: 25}]}\n"


def rules(at: Path, require: str, *left_out: str, evidence: str = "gelezen", known: str = "nee") -> RuleSet:
    lines = "".join(
        f"      - {{name: {name}, date: 2024-01-02, given: {{{given}}}, expect: {expect}}}\n"
        for name, (given, expect) in CASES.items()
        if name not in left_out
    )
    rule = changed(
        require=require, tests=f"    tests:\n{lines}", evidence=f"    evidence: {evidence}\n",
        valid=f"    valid: {{from: 2020-01-01, from_known: {known}}}\n",
    )  # fmt: skip
    target = folder(at)
    (target / "kinderopvang" / "proef.yaml").write_text(rules_text(rule), encoding="utf-8")
    return load_rules(target)


def survivors(found: RuleSet) -> dict[str, Survivor]:
    return {item.shown: explain_survivor(item, found) for item in mutate(found) if not item.noticed}


def same_everywhere(tried: Tried, found: RuleSet) -> bool:
    """Every kind of voorziening with every number of places around the bounds, and with neither filled in."""
    ((one, other),) = tried.changed
    for kind in ("dagopvang", "bso", "so", "jeugdhulp", None):
        for places in (*range(-1, 41), None):
            given = {"soort": kind, "kindplaatsen": places}
            filled = {path: value for path, value in given.items() if value is not None}
            fact = given_fact("voorziening", filled, date(2024, 1, 2), found.vocabulary, one.head.place)
            if (
                len({verdict(x.resolve(date(2024, 1, 2), found.vocabulary, found.laws), fact) for x in (one, other)})
                > 1
            ):
                return False
    return True


def test_what_changes_no_verdict_is_no_mistake(tmp_path: Path) -> None:
    found = rules(tmp_path, TWICE)
    named = survivors(found)
    same = {shown for shown, item in named.items() if item.cause == "gelijkwaardig"}
    assert same == {"25 → 26", "25 → 24", "at_most → less_than", "onderdeel van all weggelaten (2)"}
    for shown in same:
        assert same_everywhere(named[shown].tried, found), shown
    assert named["geldig vanaf 2020-01-01 → 2020-01-02"].cause == "leesdatum"


def test_a_missing_test_is_named_by_a_configuration_that_notices(tmp_path: Path) -> None:
    found = rules(tmp_path, "    require: {field: kindplaatsen, at_most: 20}\n", "eenentwintig", "bso")
    named = survivors(found)
    missed = {shown: item for shown, item in named.items() if item.cause == "geen toets"}
    assert {"20 → 21"} <= set(missed)
    ((one, other),) = missed["20 → 21"].tried.changed
    assert not same_everywhere(missed["20 → 21"].tried, found)
    flip = missed["20 → 21"].flip
    assert flip is not None
    assert (flip.before, flip.after, dict(flip.given)) == (
        Verdict.FAILS, Verdict.PASSES, {"soort": "dagopvang", "kindplaatsen": "21"},
    )  # fmt: skip
    assert missed["20 → 21"].reason.endswith("wordt voldoet_niet dan voldoet; geen toets staat daar")
    assert (one.head.id, other.head.id) == ("KO-PRF-01", "KO-PRF-01")


def test_the_first_day_of_a_law_must_be_tested(tmp_path: Path) -> None:
    found = rules(tmp_path, "    require: {field: kindplaatsen, at_most: 20}\n", known="ja")
    assert survivors(found)["geldig vanaf 2020-01-01 → 2020-01-02"].cause == "geen toets"


@cache
def loaded() -> RuleSet:
    return load_rules(rules_dir())


@pytest.fixture(scope="module")
def shipped() -> dict[str, Survivor]:
    found = loaded()
    return {f"{item.place} {item.shown}": explain_survivor(item, found) for item in mutate(found) if not item.noticed}


def test_every_survivor_of_the_shipped_rules_has_a_reason_that_no_test_can_end(shipped: dict[str, Survivor]) -> None:
    assert {
        key: item.reason for key, item in shipped.items() if item.cause in ("geen toets", "niet uit te rekenen")
    } == {}
    assert {item.cause for item in shipped.values()} == {"gelijkwaardig", "leesdatum", "onbevestigd"}


def test_an_unconfirmed_rule_decides_nothing_with_or_without_the_mistake(shipped: dict[str, Survivor]) -> None:
    found = [item for item in shipped.values() if item.cause == "onbevestigd"]
    assert {item.tried.rule for item in found} >= {"OW-CAO-01", "JH-CAO-01"}
    own = loaded()
    for item in found:
        for version, other in item.tried.changed:
            for test in version.head.tests:
                fact = given_fact(version.head.subject, test.given, test.date, own.vocabulary, test.place)
                both = {verdict(x.resolve(test.date, own.vocabulary, own.laws), fact) for x in (version, other)}
                assert not both & {Verdict.PASSES, Verdict.FAILS} and len(both) == 1


def test_a_date_that_the_law_knows_is_never_called_a_reading_date(shipped: dict[str, Survivor]) -> None:
    for item in shipped.values():
        if item.cause == "leesdatum":
            assert not item.tried.lawful
            assert explain_survivor(replace(item.tried, lawful=True), loaded()).cause != "leesdatum"
