"""Runs the rules on the facts: the law of the date for things that last, of the day itself for presence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from ikec_compliance.app.alike import Pool, Subject
from ikec_compliance.app.catalogue import Catalogue
from ikec_compliance.app.completeness import check_count, count_subjects
from ikec_compliance.engine import listed
from ikec_compliance.engine import verify as check_outcomes
from ikec_compliance.engine.evaluation import Row
from ikec_compliance.facts.base import FactBase
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.record import dataclass
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
    catalogue: Catalogue,
    facts: FactBase,
    on: date,
    regimes: Sequence[str],
    seconds: float | None,
    verify: bool,
    meanwhile: Callable[[Sequence[ResolvedRule]], None] | None = None,
) -> Evaluation:
    """Every verdict of every rule in force; ``InternalError`` when one is missing or double.

    ``meanwhile`` is done with the rules in force while the engine is at work, once.
    """
    types = catalogue.rules.vocabulary.types
    lasting = catalogue.on(on, regimes)
    daily = frozenset(name for name, item in types.items() if item.per_day)
    isolated = seconds is not None
    # The rules are made ready while the facts are: with children that is work side by side.
    catalogue.judge(lasting, isolated).start()
    # Presence follows the law of its own day, everything else that of the date of the check.
    groups = _days_by_law(catalogue, lasting, facts.days, regimes)
    days_of = {lasting: groups.pop(lasting, []), **groups}
    rules_of = {
        law: [rule for rule in law.rules if (days if types[rule.head.subject].per_day else law is lasting)]
        for law, days in days_of.items()
    }
    every = {rule.id: rule for batch in rules_of.values() for rule in batch}
    if not facts.days:  # no roster: the rules of presence are in force all the same, and have no subject
        every |= {rule.id: rule for rule in lasting.rules}
    order = {rule.id: number for number, rule in enumerate(lasting.rules)}
    in_force = tuple(sorted(every.values(), key=lambda rule: order.get(rule.id, len(order))))
    work = None if meanwhile is None else partial(meanwhile, in_force)
    judged: list[Judged] = []
    expected = counted = 0
    for law, days in days_of.items():
        pool = Pool()
        subjects: dict[str, list[Subject]] = {}
        for name in dict.fromkeys(rule.head.subject for rule in rules_of[law]):
            if types[name].per_day:
                subjects[name] = pool.presence(facts, name, days, rules_of[law])
            else:
                subjects[name] = list(pool.plain(facts.of_type(name)))
        judge = catalogue.judge(law, isolated, None if law is lasting else daily)
        rows = judge.rows(pool.facts, seconds, work)
        work = None
        if verify:
            check_outcomes(law.rules, pool.facts, listed(rows))
        # Also of the slices: a day with one slice less would still have its verdict.
        per_type = Counter(fact.type for fact in pool.facts)
        check_count(
            sum(per_type[rule.head.subject] for rule in rules_of[law]),
            sum(len(numbers) for numbers, _ in rows.values()),
        )
        judged += _judged(law.rules, subjects, rows)
        there = {name: count_subjects(types[name], facts.context.centre, days) for name in subjects}
        expected += sum(there[rule.head.subject] for rule in rules_of[law])
        counted += sum(len(subject.numbers) for own in subjects.values() for subject in own)
    check_count(expected, len(judged))
    judged.sort(key=lambda item: order.get(item.rule.head.id, len(order)))
    absent = tuple(item for item in lasting.not_in_force if item.rule not in every)
    return Evaluation(tuple(judged), in_force, absent, counted)


def _judged(
    rules: Sequence[ResolvedRule], subjects: Mapping[str, Sequence[Subject]], rows: Mapping[int, Row]
) -> Iterator[Judged]:
    """The outcomes per rule and subject: of a day the worst of its slices."""
    for number, row in rows.items():
        found = dict(zip(*row, strict=True))
        made: list[Judged] = []
        for subject in subjects[rules[number].head.subject]:
            if subject.like is not None:
                twin = made[subject.like]
                made.append(Judged(twin.rule, twin.verdict, subject, twin.verdicts, twin))
                continue
            verdicts = tuple([found[fact] for fact in subject.numbers])
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
