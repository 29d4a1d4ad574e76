"""Repairs of findings by other numbers: the nearest ones with which every rule that reads them is met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from ikec_compliance.engine import Truth, truth
from ikec_compliance.engine.truth import shifted, truth_from
from ikec_compliance.facts.base import FactBase
from ikec_compliance.model.expr import Expr, Ref, refs
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.repair import Edit, Repair
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.value import Value, is_known, known
from ikec_compliance.model.vocabulary import FieldKind
from ikec_compliance.reconcile.demands import demand_of
from ikec_compliance.reconcile.domain import interval
from ikec_compliance.reconcile.inequalities import TooHard
from ikec_compliance.reconcile.quantities import Demand, Variable
from ikec_compliance.reconcile.repairs import DECIDES, NUMBER, written
from ikec_compliance.reconcile.sharing import Owned, axis_of, owned
from ikec_compliance.reconcile.system import System

_TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """A number of the configuration that somebody may choose, and its value now."""

    variable: Variable
    item: Owned
    now: int


class Numbers:
    """The numbers that the rules in force read and that somebody may choose."""

    def __init__(self, rules: Sequence[ResolvedRule], facts: FactBase) -> None:
        self._facts = facts
        self._vocabulary = facts.context.vocabulary
        self._readers = [(rule, paths) for rule in rules if (paths := list(self._paths(rule)))]

    def repair(self, finding: str, rule: ResolvedRule, failing: Sequence[Fact]) -> list[Repair]:
        """The smallest changes of numbers that mend a finding; none when other things fail as well.

        ``failing`` are the facts that break the rule.
        """
        choices = {c.variable: c for fact in failing for c in self._choices(rule, fact)}
        for size in range(1, min(len(choices), _TOGETHER) + 1):
            found = [
                repair
                for some in combinations(choices.values(), size)
                if (repair := self._with(finding, rule, failing, some)) is not None
            ]
            if found:
                return found
        return []

    def _paths(self, rule: ResolvedRule) -> Iterator[str]:
        exprs = [rule.require, *(item.require for item in rule.exceptions)]
        for path in sorted({ref.path for expr in exprs if expr is not None for ref in refs(expr)}):
            field = self._vocabulary.field(rule.head.subject, path)
            if field is not None and field.decided_by and field.path and field.kind is FieldKind.NUMBER:
                yield path

    def _choices(self, rule: ResolvedRule, fact: Fact) -> Iterator[Choice]:
        for path in self._paths(rule):
            found = self._choice(path, fact)
            if found is not None:
                yield found

    def _choice(self, path: str, fact: Fact) -> Choice | None:
        field = self._vocabulary.field(fact.type, path)
        if field is None or not field.decided_by or field.kind is not FieldKind.NUMBER:
            return None
        item, value = owned(path, fact, self._vocabulary), fact.value(path)
        if item is None or not is_known(value):
            return None
        axis = axis_of(item.field, self._vocabulary)
        return Choice(Variable(item.subject, item.field.title, axis, "", "", item.field.low), item, value[0])

    def _with(self, finding: str, rule: ResolvedRule, failing: Sequence[Fact], some: Sequence[Choice]) -> Repair | None:
        """The change of just these numbers, when it mends the finding and breaks nothing that reads them."""
        free = {choice.variable for choice in some}
        asked = [(rule, fact) for fact in failing]
        for other, paths in self._readers:
            for fact in self._facts.of_type(other.head.subject):
                if any((c := self._choice(path, fact)) is not None and c.variable in free for path in paths):
                    asked.append((other, fact))
        demands: list[Demand] = []
        for other, fact in asked:
            condition = _condition(other, fact)
            if condition is not None:
                demands.append(demand_of(condition, lambda ref, f=fact: self._resolve(ref, f, free)))  # type: ignore[misc]
        near = {choice.variable: choice.now for choice in some}
        system = System([*demands, *(Demand({v: interval(v.axis, 0, None)}) for v in free)])
        try:
            answer = system.solve(range(len(system)), near)
        except TooHard:
            return None
        if answer.point is None:
            return None
        point = system.values(answer, range(len(system)))
        if any(not self._holds(other, fact, point) for other, fact in asked if other is rule):
            return None
        changed = [choice for choice in some if point[choice.variable] != choice.now]
        if not changed:
            return None
        texts = [
            f"{c.variable.quantity} van {c.item.subject}: {c.variable.axis.show(c.now)} → "
            f"{c.variable.axis.show(point[c.variable])}"
            for c in changed
        ]
        edits = tuple(
            Edit("set", c.item.list_key, c.item.subject.partition(":")[2], c.item.field.path,
                 written(c.variable.axis, point[c.variable]))
            for c in changed
        )  # fmt: skip
        level = max((c.item.field.decided_by for c in changed), key=DECIDES.index)
        return Repair(finding, "; ".join(texts), rule.head.repair_who, NUMBER * len(changed), level, edits)

    def _resolve(self, ref: Ref, fact: Fact, free: set[Variable]) -> Variable | int | None:
        choice = self._choice(ref.path, fact)
        if choice is not None and choice.variable in free and not (ref.shift.months or ref.shift.days):
            return choice.variable
        value = fact.value(ref.path)
        if not is_known(value):
            return None
        return shifted(value[0], ref.shift) if ref.shift.months or ref.shift.days else value[0]

    def _holds(self, rule: ResolvedRule, fact: Fact, point: Mapping[Variable, int]) -> bool:
        def read(path: str) -> Value:
            choice = self._choice(path, fact)
            return known(point[choice.variable]) if choice and choice.variable in point else fact.value(path)

        condition = _condition(rule, fact)
        return condition is None or truth_from(condition, read) is Truth.TRUE


def _condition(rule: ResolvedRule, fact: Fact) -> Expr | None:
    """What a rule requires of a fact; ``None`` where it does not apply."""
    if truth(rule.applies, fact) is not Truth.TRUE or not rule.decides:
        return None
    for item in rule.exceptions:
        if truth(item.applies, fact) is Truth.TRUE:
            return item.require
    return rule.require
