"""The shipped rules: their own tests, what those tests must cover, sources, and lint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from ikec_compliance.app.rule_tests import RuleTestResult, run_rule_tests
from ikec_compliance.engine import verdict
from ikec_compliance.model.expr import And, Atom, Expr, Not, Op, Or, atoms
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.rule import Evidence, ResolvedRule, Status
from ikec_compliance.model.vocabulary import FieldKind
from ikec_compliance.rules.testcases import given_fact
from ikec_compliance.rules.version import RuleVersion
from tests.fuzz_unknown import rule_set

VERSIONS = {f"{v.head.id}@{v.head.valid.first}": v for v in rule_set().versions}
PUBLISHED = {name: v for name, v in VERSIONS.items() if v.head.status is Status.PUBLISHED}
IDS = sorted({version.head.id for version in VERSIONS.values()})


@cache
def results() -> dict[str, list[RuleTestResult]]:
    found: dict[str, list[RuleTestResult]] = {}
    for result in run_rule_tests(rule_set()):
        found.setdefault(result.rule, []).append(result)
    return found


@pytest.mark.parametrize("rule", IDS)
def test_the_tests_in_the_rule_files_pass(rule: str) -> None:
    failed = [f"{r.place}: {r.name}: {r.found} in plaats van {r.expected}" for r in results()[rule] if not r.passed]
    assert failed == []


def test_no_test_of_a_rule_file_is_left_out() -> None:
    assert sum(map(len, results().values())) == sum(len(v.head.tests) for v in VERSIONS.values()) >= 827
    assert len(IDS) >= 130


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_every_published_rule_is_shown_to_pass_to_fail_and_to_ask(name: str) -> None:
    version = PUBLISHED[name]
    expected = {test.expect for test in version.head.tests}
    asks = "require" in version.raw
    decides = version.head.evidence is not Evidence.UNCONFIRMED
    assert len(version.head.tests) >= (4 if asks else 3)
    assert "niet_te_bepalen" in expected
    assert ("te_beoordelen" if version.head.open_norm or not decides else "voldoet") in expected
    if asks and decides:
        assert "voldoet_niet" in expected


@pytest.mark.parametrize("name", sorted(n for n, v in PUBLISHED.items() if "require" in v.raw))
def test_a_limit_one_step_up_or_down_breaks_a_test(name: str) -> None:
    """Some comparison of every rule with numbers or dates is tested on both sides of its limit."""
    version = PUBLISHED[name]
    cases = [(version.resolve(t.date, rule_set().vocabulary, rule_set().laws), t) for t in version.head.tests]
    facts = [(r, given_fact(r.head.subject, t.given, t.date, rule_set().vocabulary, t.place)) for r, t in cases]
    limits = [n for n, atom in enumerate(_requires(cases[0][0])) if _has_limit(atom, version)]
    if limits and version.head.evidence is not Evidence.UNCONFIRMED:
        assert any(_noticed(facts, n, 1, version) and _noticed(facts, n, -1, version) for n in limits)


def _requires(rule: ResolvedRule) -> list[Atom]:
    return [] if rule.require is None else list(atoms(rule.require))


def _has_limit(atom: Atom, version: RuleVersion) -> bool:
    return atom.op not in (Op.EQ, Op.NE) and any(
        kind in (FieldKind.NUMBER, FieldKind.DATE) for kind, _ in _fields(atom, version)
    )


def _fields(atom: Atom, version: RuleVersion) -> Iterator[tuple[FieldKind, int]]:
    vocabulary = rule_set().vocabulary
    for coefficient, ref in atom.term.parts:
        field = vocabulary.field(version.head.subject, ref.path.partition("~")[0])
        assert field is not None
        yield field.kind, abs(coefficient) * (vocabulary.units[field.unit].scale if field.unit else 1)


def _noticed(facts: list[tuple[ResolvedRule, Fact]], number: int, sign: int, version: RuleVersion) -> bool:
    """Whether some test of the rule comes out otherwise when one bound moves by a step or a whole unit."""
    for rule, fact in facts:
        atom = _requires(rule)[number]
        for step in {1, *(size for _, size in _fields(atom, version))}:
            assert rule.require is not None
            moved = replace(rule, require=_moved(rule.require, atom, sign * step))
            if verdict(moved, fact) is not verdict(rule, fact):
                return True
    return False


def _moved(expr: Expr, atom: Atom, step: int) -> Expr:
    if isinstance(expr, And | Or):
        return type(expr)(tuple(_moved(item, atom, step) for item in expr.items))
    if isinstance(expr, Not):
        return Not(_moved(expr.item, atom, step))
    return replace(expr, bound=expr.bound + step) if expr is atom else expr


@pytest.mark.parametrize("name", sorted(VERSIONS))
def test_every_rule_has_a_source_with_an_article_and_a_place(name: str) -> None:
    head = VERSIONS[name].head
    assert head.text["nl"].strip().endswith(".") and head.text["en"].strip().endswith(".")
    assert head.title and head.repair_who and head.repair_what
    for source in head.source:
        law = rule_set().laws.by_code[source.law]
        assert source.article
        assert source.url.startswith("https://") or not law.bwb
        if law.bwb:
            assert source.juriconnect.startswith(f"jci1.3:c:{law.bwb}&") and f"g={source.state}" in source.juriconnect


def test_an_id_is_of_its_regime_and_its_file() -> None:
    prefixes = {"onderwijs": "OW-", "kinderopvang": "KO-", "jeugdhulp": "JH-"}
    for version in VERSIONS.values():
        assert version.head.id.startswith(prefixes[version.head.regime])
        assert f"/{version.head.regime}/" in f"/{version.checked.file}"
