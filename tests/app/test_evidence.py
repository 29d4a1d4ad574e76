"""Weak evidence limits a verdict and shows on its line: over every shipped rule of jeugdhulp."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.app.check import check_centre
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.engine import verdict
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.resources import rules_dir, schema_dir
from ikec_compliance.model.result import Report
from ikec_compliance.model.rule import Evidence, ResolvedRule, Status
from ikec_compliance.model.value import known
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.text import render_text
from ikec_compliance.report.wording import Wording
from ikec_compliance.rules.testcases import given_fact
from ikec_compliance.rules.version import RuleVersion
from tests.fuzz_unknown import example, rule_set

SHIPPED = [v for v in rule_set().versions if v.head.regime == "jeugdhulp" and v.head.status is Status.PUBLISHED]
DECIDED = {Verdict.PASSES, Verdict.FAILS}


def disturbed(version: RuleVersion, random: Random) -> tuple[ResolvedRule, Fact]:
    """A rule on the facts of one of its tests, in which some fields are unknown and some numbers are moved."""
    test = random.choice(version.head.tests)
    kept = {path: raw for path, raw in test.given.items() if random.random() < 0.85}
    fact = given_fact(version.head.subject, kept, test.date, rule_set().vocabulary, test.place)
    values = {
        name: known(value[0] + random.choice((-400, -1, 0, 1, 400))) if random.random() < 0.2 else value
        for name, value in fact.values.items()
        if value[0] == value[1] and value[0] > 1 and name != "peildatum"
    }
    rule = version.resolve(test.date, rule_set().vocabulary, rule_set().laws)
    return rule, replace(fact, values={**fact.values, **values})


@settings(max_examples=300, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_unconfirmed_never_decides_whatever_the_facts(random: Random) -> None:
    rule, fact = disturbed(random.choice(SHIPPED), random)
    found = verdict(rule, fact)
    if rule.evidence is Evidence.UNCONFIRMED:
        assert found not in DECIDED
    # The same rule, were its source not confirmed: what was decided is left to a person, the rest stays.
    weak = verdict(replace(rule, evidence=Evidence.UNCONFIRMED), fact)
    assert weak is (Verdict.REVIEW if found in DECIDED else found)
    # Weaker evidence than reading the text in force is a mark and not a limit.
    for evidence in (Evidence.READ, Evidence.OLDER, Evidence.SECONDARY):
        if rule.evidence is not Evidence.UNCONFIRMED:
            assert verdict(replace(rule, evidence=evidence), fact) is found


def test_the_weakest_of_rule_and_parameters_counts() -> None:
    order = [Evidence.READ, Evidence.OLDER, Evidence.SECONDARY, Evidence.UNCONFIRMED]
    weak = 0
    for version in SHIPPED:
        for test in version.head.tests:
            rule = version.resolve(test.date, rule_set().vocabulary, rule_set().laws)
            sources = [version.head.evidence, *(value.evidence for value in rule.parameters)]
            assert rule.evidence is max(sources, key=order.index), version.head.id
            weak += rule.evidence is not Evidence.READ
            if rule.evidence is Evidence.UNCONFIRMED:
                assert test.expect not in ("voldoet", "voldoet_niet"), version.head.id
    assert weak > 0


@cache
def report(folder: Path) -> Report:
    return check_centre(
        example("ikec-hoorn"), open_catalogue(folder / "rules", None), CheckRequest(regimes=("jeugdhulp",))
    )


def weakened(folder: Path, evidence: str) -> Path:
    """A copy of the rules in which every text of jeugdhulp has this evidence."""
    shutil.copytree(rules_dir(), folder / "rules")
    shutil.copytree(schema_dir(), folder / "schema")
    for file in (folder / "rules" / "jeugdhulp").glob("*.yaml"):
        content = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"^( +evidence: )\w+$", rf"\g<1>{evidence}", content, flags=re.M), encoding="utf-8")
    return folder


@pytest.mark.parametrize(("evidence", "mark"), [("secundair", "[secundair]"), ("oudere_tekst", "[oudere tekst]")])
def test_weaker_evidence_is_marked_on_every_line(evidence: str, mark: str, tmp_path: Path) -> None:
    found = report(weakened(tmp_path, evidence))
    findings = [line for line in found.verdicts if line.verdict is Verdict.FAILS]
    assert len(findings) >= 7
    assert {line.evidence.value for line in found.verdicts} == {evidence}
    text = render_text(replace(found, conflicts=()), Wording())
    blocks = [block for block in re.split(r"\n(?=\S)", text) if re.match(r"(OVERTREDING|WAARSCHUWING) ", block)]
    assert {rule for block in blocks for rule in re.findall(r"\((JH-[A-Z]+-\d+)\)", block)} == {
        line.rule for line in findings
    }
    assert all(mark in block for block in blocks)


def test_nothing_is_decided_on_unconfirmed_texts(tmp_path: Path) -> None:
    found = report(weakened(tmp_path, "onbevestigd"))
    assert found.verdicts
    assert not [line for line in found.verdicts if line.verdict in DECIDED]
    as_read = {(line.rule, line.subject): line.verdict for line in report_of_shipped().verdicts}
    for line in found.verdicts:
        before = as_read[line.rule, line.subject]
        assert line.verdict is (Verdict.REVIEW if before in DECIDED else before), (line.rule, line.subject)


@cache
def report_of_shipped() -> Report:
    return check_centre(example("ikec-hoorn"), open_catalogue(None, None), CheckRequest(regimes=("jeugdhulp",)))
