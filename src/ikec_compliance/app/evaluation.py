"""Runs the rules on the facts: the law of the date for things that last, of the day itself for presence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ikec_compliance.app.catalogue import Catalogue
from ikec_compliance.app.completeness import check_count, count_subjects
from ikec_compliance.engine import Outcome, evaluate
from ikec_compliance.facts.base import FactBase
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.rule import NotInForce, ResolvedRule
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.rules.ruleset import InForce


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
    catalogue: Catalogue, facts: FactBase, on: date, regimes: Sequence[str], seconds: float | None, verify: bool
) -> Evaluation:
    """Every verdict of every rule in force; ``InternalError`` when one is missing or double."""
    types = catalogue.rules.vocabulary.types
    lasting = catalogue.on(on, regimes)
    # Presence follows the law of its own day, everything else that of the date of the check.
    groups = _days_by_law(catalogue, facts.days, regimes)
    batches: list[tuple[InForce, bool, list[date]]] = [(lasting, True, groups.pop(lasting, []))]
    batches += [(law, False, days) for law, days in groups.items()]
    judged: list[Judged] = []
    every: dict[str, ResolvedRule] = {}
    expected = counted = 0
    for law, plain, days in batches:
        batch = [rule for rule in law.rules if (days if types[rule.head.subject].per_day else plain)]
        names = list(dict.fromkeys(rule.head.subject for rule in batch))
        batch_facts = [
            fact for name in names for fact in facts.of_type(name, days if types[name].per_day else None)
        ]  # fmt: skip
        outcomes = evaluate(law.rules, batch_facts, seconds=seconds, check=verify, plan=catalogue.plan(law))
        # Also of the slices: a day with one slice less would still have its verdict.
        per_type = Counter(fact.type for fact in batch_facts)
        check_count(sum(per_type[rule.head.subject] for rule in batch), len(outcomes))
        judged += _judged(law.rules, batch_facts, outcomes)
        every |= {rule.id: rule for rule in batch}
        expected += sum(count_subjects(types[rule.head.subject], facts.context.centre, days) for rule in batch)
        counted += len(batch_facts)
    check_count(expected, len(judged))
    if not facts.days:  # no roster: the rules of presence are in force all the same, and have no subject
        every |= {rule.id: rule for rule in lasting.rules}
    order = {rule.id: number for number, rule in enumerate(lasting.rules)}
    judged.sort(key=lambda item: order.get(item.rule.id, len(order)))
    in_force = tuple(sorted(every.values(), key=lambda rule: order.get(rule.id, len(order))))
    absent = tuple(item for item in lasting.not_in_force if item.rule not in every)
    return Evaluation(tuple(judged), in_force, absent, counted)


def _judged(rules: Sequence[ResolvedRule], facts: Sequence[Fact], outcomes: Iterable[Outcome]) -> Iterator[Judged]:
    """The outcomes per rule and subject: of a day the worst of its slices."""
    found: dict[tuple[int, str], list[tuple[Fact, Verdict]]] = {}
    for outcome in outcomes:
        fact = facts[outcome.fact]
        found.setdefault((outcome.rule, fact.subject), []).append((fact, outcome.verdict))
    for (rule, _), slices in found.items():
        worst = slices[0][1]
        if len(slices) > 1:
            worst = min((verdict for _, verdict in slices), key=lambda verdict: verdict.rank)
        yield Judged(rules[rule], worst, tuple(slices))


def _days_by_law(catalogue: Catalogue, days: Sequence[date], regimes: Sequence[str]) -> dict[InForce, list[date]]:
    """The days in groups over which the same law holds."""
    groups: dict[InForce, list[date]] = {}
    for day in days:
        groups.setdefault(catalogue.on(day, regimes), []).append(day)
    return groups
