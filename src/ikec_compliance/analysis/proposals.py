"""Tests for a rule that has none yet: one per verdict, one with a fact left out, and one on every bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ikec_compliance.analysis.decide import Decider, Undecided, paths
from ikec_compliance.analysis.meaning import outcomes
from ikec_compliance.analysis.mutation import mutate
from ikec_compliance.analysis.witness import differences, smallest
from ikec_compliance.engine.reference import verdict
from ikec_compliance.model.rule import ResolvedRule, RuleTest
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.testcases import calendar_fields, given_fact
from ikec_compliance.rules.version import RuleVersion

_MOST = 40
_NAMES = {
    Verdict.PASSES: "voldoet",
    Verdict.REVIEW: "te beoordelen",
    Verdict.FAILS: "voldoet niet",
    Verdict.NOT_APPLICABLE: "niet van toepassing",
}
_BOUNDS = {"onderdeel": "alleen dit onderdeel beslist", "verband": "het een zonder het ander"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A test as it would stand in the rule file."""

    name: str
    date: date
    given: Mapping[str, Any]
    expect: str


def propose(version: RuleVersion, rules: RuleSet) -> list[Proposal]:
    """Tests on the first day of the rule that notice every small mistake in it.

    What they expect is what the rule as written says: whoever publishes it compares that with the article.
    """
    day = version.head.valid.first
    rule = version.resolve(day, rules.vocabulary, rules.laws)
    found = list(_one_of_each(rule, rules, day))
    found += _without_a_fact(rule, rules, day, found)
    while len(found) < _MOST:
        more = next(_on_the_bound(version, rules, day, found), None)
        if more is None:
            break
        found.append(more)
    return found


def _one_of_each(rule: ResolvedRule, rules: RuleSet, day: date) -> Iterator[Proposal]:
    """A smallest configuration for each verdict, best first."""
    decider = Decider(rules.vocabulary, rule.head.subject, calendar_fields(day))
    for wanted in _NAMES:
        if wanted not in outcomes(rule):
            continue
        try:
            given = smallest(decider, [outcomes(rule)[wanted]], ((rule, wanted),), rules.vocabulary, day)
        except Undecided:
            continue
        if given is not None:
            yield Proposal(_NAMES[wanted], day, given, wanted.value)


def _without_a_fact(rule: ResolvedRule, rules: RuleSet, day: date, found: list[Proposal]) -> list[Proposal]:
    """The case that passes with one needed fact left out."""
    for test in found:
        if test.expect not in (Verdict.PASSES.value, Verdict.REVIEW.value, Verdict.FAILS.value):
            continue
        asked = paths([rule.require]) if rule.require is not None else set()
        for path in sorted(test.given, key=lambda path: (path not in asked, path)):
            rest = {name: value for name, value in test.given.items() if name != path}
            fact = given_fact(rule.head.subject, rest, day, rules.vocabulary, rule.head.place)
            if verdict(rule, fact) is Verdict.UNDECIDED:
                return [Proposal(f"zonder {path}", day, rest, Verdict.UNDECIDED.value)]
    return []


def _on_the_bound(version: RuleVersion, rules: RuleSet, day: date, found: list[Proposal]) -> Iterator[Proposal]:
    """A test for the first mistake that the tests so far let pass."""
    tests = tuple(RuleTest(test.name, test.date, test.given, test.expect, version.head.place) for test in found)
    tested = replace(version, head=replace(version.head, tests=tests), _resolved={})
    alone = replace(rules, versions=(tested,), _resolved={}, _turns=[])
    for item in mutate(alone):
        if item.noticed:
            continue
        for one, other in item.changed:
            old = one.resolve(day, rules.vocabulary, rules.laws)
            new = other.resolve(day, rules.vocabulary, rules.laws)
            try:
                for before, _, given in differences(old, new, rules.vocabulary, day):
                    if before is not None:
                        yield Proposal(_name(item.kind, found), day, given, before.value)
            except Undecided:
                continue


def _name(kind: str, found: Sequence[Proposal]) -> str:
    """What the test stands on, with a number when there is one like it."""
    start = _BOUNDS.get(kind, "op de grens")
    count = sum(test.name.startswith(start) for test in found)
    return f"{start} {count + 1}" if count else start
