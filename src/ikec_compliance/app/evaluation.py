"""Runs the rules on the facts: the law of the date for things that last, of the day itself for presence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ikec_compliance.app.alike import Pool, Subject
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
    about: Subject
    verdicts: tuple[Verdict, ...]
    twin: Judged | None = None
    """The verdict on an earlier day that differs in nothing but the date."""

    @property
    def slices(self) -> tuple[tuple[Fact, Verdict], ...]:
        """The facts, each with its own verdict."""
        return tuple(zip(self.about.make(), self.verdicts, strict=True))

    @property
    def fact(self) -> Fact:
        """The fact that decides: the first slice with the day's verdict."""
        return self.about.make()[self.verdicts.index(self.verdict)]

    @property
    def subject(self) -> str:
        """Subject id."""
        return self.about.id


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
    groups = _days_by_law(catalogue, lasting, facts.days, regimes)
    batches: list[tuple[InForce, bool, list[date]]] = [(lasting, True, groups.pop(lasting, []))]
    batches += [(law, False, days) for law, days in groups.items()]
    judged: list[Judged] = []
    every: dict[str, ResolvedRule] = {}
    expected = counted = 0
    for law, plain, days in batches:
        batch = [rule for rule in law.rules if (days if types[rule.head.subject].per_day else plain)]
        pool = Pool()
        subjects: dict[str, list[Subject]] = {}
        for name in dict.fromkeys(rule.head.subject for rule in batch):
            if types[name].per_day:
                subjects[name] = pool.presence(facts, name, days, batch)
            else:
                subjects[name] = list(pool.plain(facts.of_type(name)))
        outcomes = evaluate(law.rules, pool.facts, seconds=seconds, check=verify, plan=catalogue.plan(law))
        # Also of the slices: a day with one slice less would still have its verdict.
        per_type = Counter(fact.type for fact in pool.facts)
        check_count(sum(per_type[rule.head.subject] for rule in batch), len(outcomes))
        judged += _judged(law.rules, subjects, outcomes)
        every |= {rule.id: rule for rule in batch}
        there = {name: count_subjects(types[name], facts.context.centre, days) for name in subjects}
        expected += sum(there[rule.head.subject] for rule in batch)
        counted += sum(len(subject.numbers) for own in subjects.values() for subject in own)
    check_count(expected, len(judged))
    if not facts.days:  # no roster: the rules of presence are in force all the same, and have no subject
        every |= {rule.id: rule for rule in lasting.rules}
    order = {rule.id: number for number, rule in enumerate(lasting.rules)}
    judged.sort(key=lambda item: order.get(item.rule.id, len(order)))
    in_force = tuple(sorted(every.values(), key=lambda rule: order.get(rule.id, len(order))))
    absent = tuple(item for item in lasting.not_in_force if item.rule not in every)
    return Evaluation(tuple(judged), in_force, absent, counted)


def _judged(
    rules: Sequence[ResolvedRule], subjects: Mapping[str, Sequence[Subject]], outcomes: Iterable[Outcome]
) -> Iterator[Judged]:
    """The outcomes per rule and subject: of a day the worst of its slices."""
    rows: dict[int, dict[int, Verdict]] = {}
    for number, fact, verdict in outcomes:
        rows.setdefault(number, {})[fact] = verdict
    for number, row in rows.items():
        made: list[Judged] = []
        for subject in subjects[rules[number].head.subject]:
            if subject.like is not None:
                twin = made[subject.like]
                made.append(Judged(twin.rule, twin.verdict, subject, twin.verdicts, twin))
                continue
            verdicts = tuple([row[fact] for fact in subject.numbers])
            worst = verdicts[0] if len(verdicts) == 1 else min(verdicts, key=lambda verdict: verdict.rank)
            made.append(Judged(rules[number], worst, subject, verdicts))
        yield from made


def _days_by_law(
    catalogue: Catalogue, lasting: InForce, days: Sequence[date], regimes: Sequence[str]
) -> dict[InForce, list[date]]:
    """The days in groups over which the same rules of presence hold, with the same numbers."""
    types = catalogue.rules.vocabulary.types

    def daily(law: InForce) -> tuple[object, ...]:
        return tuple((rule.head.place, rule.parameters) for rule in law.rules if types[rule.head.subject].per_day)

    same: dict[tuple[object, ...], InForce] = {daily(lasting): lasting}
    known: dict[InForce, InForce] = {}
    groups: dict[InForce, list[date]] = {}
    for day in days:
        law = catalogue.on(day, regimes)
        if law not in known:
            known[law] = same.setdefault(daily(law), law)
        groups.setdefault(known[law], []).append(day)
    return groups
