"""Runs the tests that rule files carry."""

from __future__ import annotations

from collections.abc import Iterable

from ikec_compliance.engine import DurableEngine
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import ResolvedRule, RuleTest
from ikec_compliance.rules.parameters import NoValue
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.testcases import given_fact


@dataclass(frozen=True, slots=True)
class RuleTestResult:
    """One rule test: what was expected and what came out."""

    rule: str
    name: str
    expected: str
    found: str
    place: Location

    @property
    def passed(self) -> bool:
        """Whether the verdict is the expected one."""
        return self.expected == self.found


def run_rule_tests(rules: RuleSet, regimes: Iterable[str] = ()) -> list[RuleTestResult]:
    """Every test of every version through durable-rules, in file order."""
    wanted = set(regimes)
    cases: list[tuple[ResolvedRule, RuleTest, Fact]] = []
    for version in rules.versions:
        if wanted and version.head.regime not in wanted:
            continue
        for test in version.head.tests:
            if not version.head.valid.holds(test.date):
                raise InputError(f"de toets valt buiten de geldigheid van {version.head.id}", test.place)
            try:
                rule = version.resolve(test.date, rules.vocabulary, rules.laws)
            except NoValue as error:
                raise InputError(str(error), test.place) from None
            fact = given_fact(version.head.subject, test.given, test.date, rules.vocabulary, test.place)
            cases.append((rule, test, fact))
    found = {}
    grouped: dict[int, tuple[ResolvedRule, list[int]]] = {}
    for number, (rule, _, _) in enumerate(cases):
        key = hash((rule.head.id, rule.head.place, rule.parameters))
        grouped.setdefault(key, (rule, []))[1].append(number)
    for rule, numbers in grouped.values():
        engine = DurableEngine([rule])
        try:
            for outcome in engine.evaluate([cases[number][2] for number in numbers]):
                found[numbers[outcome.fact]] = outcome.verdict.value
        finally:
            engine.close()
    return [
        RuleTestResult(rule.id, test.name, test.expect, found[number], test.place)
        for number, (rule, test, _) in enumerate(cases)
    ]
