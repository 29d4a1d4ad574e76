"""Runs the rules on the facts: the law of the date for things that last, of the day itself for presence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ikec_compliance.app.completeness import check_count, count_subjects
from ikec_compliance.engine import evaluate
from ikec_compliance.facts.base import FactBase
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.rule import NotInForce, ResolvedRule
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.rules.ruleset import RuleSet


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """One verdict with the rule and the facts behind it: one fact, or every slice of a presence day."""

    rule: ResolvedRule
    verdict: Verdict
    slices: tuple[tuple[Fact, Verdict], ...]

    @property
    def fact(self) -> Fact:
        """The fact that decides: the first slice with the day's verdict."""
        if len(self.slices) == 1:
            return self.slices[0][0]
        return next(fact for fact, verdict in self.slices if verdict is self.verdict)

    @property
    def subject(self) -> str:
        """Subject id."""
        return self.slices[0][0].subject


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """Every verdict of a check, with what was in force."""

    judged: tuple[Judged, ...]
    rules: tuple[ResolvedRule, ...]
    not_in_force: tuple[NotInForce, ...]
    facts: int


def evaluate_centre(
    rules: RuleSet, facts: FactBase, on: date, regimes: Sequence[str], seconds: float | None, verify: bool
) -> Evaluation:
    """Every verdict of every rule in force; ``InternalError`` when one is missing or double."""
    types = rules.vocabulary.types
    lasting = rules.on(on, regimes)
    batches: list[tuple[list[ResolvedRule], list[Fact]]] = []
    plain = [rule for rule in lasting.rules if not types[rule.head.subject].per_day]
    plain_facts = [fact for name in _names(plain) for fact in facts.of_type(name)]
    for days in _days_by_law(rules, facts.days, regimes):
        daily = [rule for rule in rules.on(days[0], regimes).rules if types[rule.head.subject].per_day]
        batches.append((daily, [fact for name in _names(daily) for fact in facts.of_type(name, days)]))
    if batches:
        batches[0] = (plain + batches[0][0], plain_facts + batches[0][1])
    else:
        batches = [(plain, plain_facts)]
    judged: list[Judged] = []
    expected = 0
    for number, (batch, batch_facts) in enumerate(batches):
        outcomes = evaluate(batch, batch_facts, seconds=seconds, check=verify)
        # Also of the slices: a day with one slice less would still have its verdict.
        per_type = Counter(fact.type for fact in batch_facts)
        check_count(sum(per_type[rule.head.subject] for rule in batch), len(outcomes))
        found: dict[tuple[int, str], list[tuple[Fact, Verdict]]] = {}
        for outcome in outcomes:
            fact = batch_facts[outcome.fact]
            found.setdefault((outcome.rule, fact.subject), []).append((fact, outcome.verdict))
        for (rule_index, _), slices in found.items():
            worst = slices[0][1]
            if len(slices) > 1:
                worst = min((verdict for _, verdict in slices), key=lambda verdict: verdict.rank)
            judged.append(Judged(batch[rule_index], worst, tuple(slices)))
        days = list(_days_by_law(rules, facts.days, regimes))[number] if facts.days else []
        expected += sum(count_subjects(types[rule.head.subject], facts.context.centre, days) for rule in batch)
    check_count(expected, len(judged))
    order = {rule.id: number for number, rule in enumerate(lasting.rules)}
    judged.sort(key=lambda item: order.get(item.rule.id, len(order)))
    every = {rule.id: rule for batch, _ in batches for rule in batch}
    in_force = tuple(sorted(every.values(), key=lambda rule: order.get(rule.id, len(order))))
    absent = tuple(item for item in lasting.not_in_force if item.rule not in every)
    return Evaluation(tuple(judged), in_force, absent, sum(len(batch_facts) for _, batch_facts in batches))


def _names(rules: Sequence[ResolvedRule]) -> list[str]:
    return list(dict.fromkeys(rule.head.subject for rule in rules))


def _days_by_law(rules: RuleSet, days: Sequence[date], regimes: Sequence[str]) -> list[list[date]]:
    """The days in groups over which the same versions with the same parameters hold."""
    groups: dict[tuple[object, ...], list[date]] = {}
    for day in days:
        resolved = rules.on(day, regimes).rules
        key = tuple((rule.head.place, rule.parameters) for rule in resolved)
        groups.setdefault(key, []).append(day)
    return list(groups.values())
