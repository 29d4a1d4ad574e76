"""Which text of the law holds on which day, and with which numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ikec_compliance.app.rule_tests import run_rule_tests
from ikec_compliance.model.errors import InputError
from ikec_compliance.rules.loader import load_rules
from tests.rule_files import RULE, changed, folder, places, rules_text, run, write
from tests.support import base

GIVEN = "given: {{soort: dagopvang, kindplaatsen: 1}}"
TESTS = f"    tests:\n      - {{{{name: goed, date: {{day}}, {GIVEN}, expect: {{expect}}}}}}\n"


def version(valid: str, most: int | str, day: str, **lines: str) -> str:
    """A version of the trial rule; its own test is on ``day``."""
    return changed(**{
        "valid": f"    valid: {{{valid}}}\n",
        "require": f"    require: {{field: kindplaatsen, at_most: {most}}}\n",
        "tests": TESTS.format(day=day, expect="voldoet"), **lines,
    })  # fmt: skip


def test_each_day_has_its_own_version(tmp_path: Path) -> None:
    rules = folder(tmp_path)
    write(rules, rules_text(version("from: 2020-01-01, from_known: ja, to: 2023-12-31", 20, "2022-01-01"),
                            version("from: 2024-01-01, to: 2025-06-30", 10, "2024-06-01")))  # fmt: skip
    outcomes = {}
    for day in ("2019-12-31", "2020-01-01", "2023-12-31", "2024-01-01", "2025-06-30", "2025-07-01"):
        report = run(rules, places(15), date.fromisoformat(day))
        outcomes[day] = [v.verdict.value for v in report.verdicts] or [item.reason for item in report.not_in_force]
    assert outcomes == {
        "2019-12-31": ["nog niet in werking"],  # the first version began then; how the last began says nothing
        "2020-01-01": ["voldoet"], "2023-12-31": ["voldoet"],
        "2024-01-01": ["voldoet_niet"], "2025-06-30": ["voldoet_niet"],
        "2025-07-01": ["vervallen na 2025-06-30"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "day", "reason"),
    [
        ({"valid": "    valid: {from: 2026-01-01, from_known: ja}\n"}, "2025-12-31", "nog niet in werking"),
        ({"valid": "    valid: {from: 2026-01-01}\n"}, "2025-12-31", "oudere tekst niet gelezen"),
        ({"valid": "    valid: {from: 2026-01-01, from_known: nee}\n"}, "2025-12-31", "oudere tekst niet gelezen"),
        ({"status": "    status: draft\n"}, "2026-11-23", "concept"),
        ({"status": "    status: announced\n"}, "2026-11-23", "aangekondigd, niet in werking"),
        ({"status": "    status: withdrawn\n"}, "2026-11-23", "ingetrokken"),
        ({"valid": "    valid: {from: 2026-01-01, to: 2026-11-22}\n"}, "2026-11-23", "vervallen na 2026-11-22"),
    ],
)
def test_why_a_rule_is_not_in_force(lines: dict[str, str], day: str, reason: str, tmp_path: Path) -> None:
    rules = folder(tmp_path)
    write(rules, rules_text(changed(**{"tests": TESTS.format(day="2026-03-01", expect="voldoet"), **lines})))
    report = run(rules, places(15), date.fromisoformat(day))
    (item,) = report.not_in_force
    assert (item.rule, item.regime, item.reason) == ("KO-PRF-01", "kinderopvang", reason)
    assert report.verdicts == () and report.without_subject == () and report.summary.rules == 0


def test_a_parameter_has_the_value_of_the_day(tmp_path: Path) -> None:
    rules = folder(tmp_path)
    source = "source: [{law: BKK, article: 10, state: 2024-07-01}]"
    parameter = (
        "  grens:\n    title: grens\n    unit: kind\n    values:\n"
        f"      - {{value: 20, from: 2021-01-01, to: 2025-12-31, {source}, evidence: gelezen}}\n"
        f"      - {{value: 10, from: 2026-01-01, {source}, evidence: onbevestigd}}\n"
    )
    rule = version("from: 2020-01-01", "{param: grens}", "2022-01-01")
    write(rules, rules_text(rule, parameters=parameter))
    found: dict[str, list[Any]] = {}
    for day in (date(2020, 6, 1), date(2021, 1, 1), date(2025, 12, 31), date(2026, 1, 1)):
        report = run(rules, places(15), day)
        found[day.isoformat()] = [(line.verdict.value, line.evidence.value) for line in report.verdicts] or [
            item.reason for item in report.not_in_force
        ]
    assert found == {
        "2020-06-01": ["de parameter 'grens' heeft op deze datum geen waarde"],
        "2021-01-01": [("voldoet", "gelezen")],
        "2025-12-31": [("voldoet", "gelezen")],
        "2026-01-01": [("te_beoordelen", "onbevestigd")],  # the weakest number caps the verdict
    }


def test_presence_follows_the_law_of_its_own_day(tmp_path: Path) -> None:
    rules = folder(tmp_path)
    moment = {"subject": "    subject: centrummoment\n",
              "applies_when": "    applies_when: {field: kinderen, at_least: 1}\n"}  # fmt: skip
    one = changed(**moment, valid="    valid: {from: 2020-01-01, to: 2026-11-24}\n",
                  require="    require: {field: kinderen, at_most: 5}\n",
                  tests=TESTS.format(day="2026-11-23", expect="voldoet").replace(
                      "soort: dagopvang, kindplaatsen", "kinderen"))  # fmt: skip
    two = one.replace("from: 2020-01-01, to: 2026-11-24", "from: 2026-11-25").replace("at_most: 5", "at_most: 3")
    write(rules, rules_text(one, two.replace("date: 2026-11-23", "date: 2026-11-25")))
    line = {"id": "r1", "groep": "g1", "dag": ["di", "wo"], "van": "08:00", "tot": "12:00", "aantallen": {2: 4}}
    data = base(rooster=[line])
    data["voorzieningen"][0]["openingstijden"] = {"dagen": ["di", "wo"]}
    data["volledig"] = {"rooster": ["2026-11-24/2026-11-25"]}
    report = run(rules, data)
    assert {line.subject: line.verdict.value for line in report.verdicts} == {
        "voorziening:kdv@2026-11-24": "voldoet", "voorziening:kdv@2026-11-25": "voldoet_niet",
    }  # fmt: skip
    assert report.not_in_force == ()


def test_the_regime_filter(tmp_path: Path) -> None:
    rules = folder(tmp_path)
    write(rules, rules_text())
    school = RULE.replace("KO-PRF-01", "OW-PRF-01")
    text = rules_text(school).replace("regime: kinderopvang", "regime: onderwijs")
    write(rules, text, "onderwijs/proef.yaml")
    both = run(rules, places(15))
    one = run(rules, places(15), regimes=("onderwijs",))
    assert [line.rule for line in both.verdicts] == ["OW-PRF-01", "KO-PRF-01"]
    assert [line.rule for line in one.verdicts] == ["OW-PRF-01"] and one.receipt.regimes == ("onderwijs",)


def test_a_rule_without_subject_is_named(tmp_path: Path) -> None:
    rules = folder(tmp_path)
    write(rules, rules_text())
    report = run(rules, base(voorzieningen=[], groepen=[]))
    assert [(item.rule, item.subject_type) for item in report.without_subject] == [("KO-PRF-01", "voorziening")]


def test_local_rules_are_checked_beside_the_law(tmp_path: Path) -> None:
    rules, extra = folder(tmp_path), tmp_path / "eigen"
    write(rules, rules_text())
    local = rules_text(changed(id="  - id: HR-PRF-01\n", binding="    binding: huisregel\n",
                               require="    require: {field: kindplaatsen, at_most: 12}\n"))  # fmt: skip
    write(extra, local.replace("regime: kinderopvang", "regime: huisregel"), "proef.yaml")
    report = run(rules, places(15), extra_rules=extra)
    assert {(line.rule, line.regime, line.binding.value, line.verdict.value) for line in report.verdicts} == {
        ("KO-PRF-01", "kinderopvang", "amvb", "voldoet"), ("HR-PRF-01", "huisregel", "huisregel", "voldoet_niet"),
    }  # fmt: skip


def test_a_failing_and_a_misplaced_test_of_a_rule(tmp_path: Path) -> None:
    rules = folder(tmp_path)
    write(rules, rules_text(changed(tests=TESTS.format(day="2026-11-23", expect="voldoet_niet"))))
    (result,) = run_rule_tests(load_rules(rules))
    assert (result.passed, result.expected, result.found) == (False, "voldoet_niet", "voldoet")
    assert str(result.place) == "rules/kinderopvang/proef.yaml:19:9"
    write(rules, rules_text(changed(tests=TESTS.format(day="2019-12-31", expect="voldoet"))))
    with pytest.raises(InputError, match="valt buiten de geldigheid van KO-PRF-01"):
        run_rule_tests(load_rules(rules))


def test_any_change_of_a_file_changes_the_hash(tmp_path: Path) -> None:
    rules = folder(tmp_path)
    seen = {load_rules(rules).sha256}
    for name in ("begrippen.yaml", "wetten.yaml", "kinderopvang/tabellen/bkr.yaml", "afstemming/x.yaml"):
        path = rules / name
        path.parent.mkdir(exist_ok=True)
        path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + "# x\n", encoding="utf-8")
        seen.add(load_rules(rules).sha256)
    write(rules, rules_text())
    seen.add(load_rules(rules).sha256)
    assert len(seen) == 6
