"""Rules against each other: one that another always covers, and sets that cannot all be met where all apply."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ikec_compliance.analysis.decide import CALENDAR, Decider, Undecided, paths, reader
from ikec_compliance.analysis.meaning import broken, met, speaks
from ikec_compliance.engine.truth import Truth, truth_from
from ikec_compliance.model.expr import Expr, Not
from ikec_compliance.model.rule import ResolvedRule, Severity
from ikec_compliance.model.vocabulary import Vocabulary
from ikec_compliance.reconcile.solver import components, minimal_sets, shrink

_SETS = 60
"""Ways in which rules can apply together that are worked out per group of rules; beyond it pairs are compared."""


@dataclass(frozen=True, slots=True)
class Covered:
    """Whoever breaks ``rule`` breaks ``by`` as well."""

    rule: ResolvedRule
    by: ResolvedRule


@dataclass(frozen=True, slots=True)
class Clash:
    """Rules that can apply together and cannot all be met; without any one of them the rest can."""

    rules: tuple[ResolvedRule, ...]


@dataclass(slots=True)
class Clashes:
    """Comparisons of rules, each worked out once however many days it holds on."""

    vocabulary: Vocabulary
    _deciders: dict[str, Decider] = field(default_factory=dict)
    _models: dict[tuple[int, str], Mapping[str, int] | None] = field(default_factory=dict)
    _pairs: dict[tuple[int, int], bool] = field(default_factory=dict)
    _groups: dict[tuple[int, ...], tuple[Clash, ...]] = field(default_factory=dict)
    _fields: dict[int, frozenset[str]] = field(default_factory=dict)
    _kept: list[ResolvedRule] = field(default_factory=list)

    def covered(self, rules: Sequence[ResolvedRule]) -> Iterator[Covered]:
        """Every rule whose breach is always a breach of another that weighs as much; of two equals the later one."""
        order = {id(rule): number for number, rule in enumerate(rules)}
        by_field: dict[tuple[str, str], list[ResolvedRule]] = {}
        for rule in rules:
            for name in self._asked(rule) if rule.decides else ():
                by_field.setdefault((rule.head.subject, name), []).append(rule)
        for rule in rules:
            names = self._asked(rule) if rule.decides else frozenset[str]()
            others = {id(other): other for name in names for other in by_field[rule.head.subject, name]}
            for other in sorted(others.values(), key=lambda item: order[id(item)]):
                if other is rule:
                    continue
                if rule.head.severity is Severity.ERROR and other.head.severity is Severity.WARNING:
                    continue
                if self._covers(other, rule) and (order[id(other)] < order[id(rule)] or not self._covers(rule, other)):
                    yield Covered(rule, other)
                    break

    def contradictions(self, rules: Sequence[ResolvedRule]) -> Iterator[Clash]:
        """Every minimal set of rules of one subject type that contradicts itself."""
        by_type: dict[str, list[ResolvedRule]] = {}
        for rule in rules:
            if rule.require is not None and self._model(rule, "met", met(rule)) is not None:
                by_type.setdefault(rule.head.subject, []).append(rule)
        for same in by_type.values():
            links = {number: self._asked(rule) for number, rule in enumerate(same)}
            for group in components({number: found for number, found in links.items() if found}):
                members = [same[number] for number in group]
                if len(members) < 2:
                    continue
                key = tuple(id(rule) for rule in members)
                if key not in self._groups:
                    self._kept += members
                    self._groups[key] = tuple(self._clashes(members))
                yield from self._groups[key]

    def _clashes(self, members: Sequence[ResolvedRule]) -> Iterator[Clash]:
        decider = self._decider(members[0])
        found: set[tuple[int, ...]] = set()
        for together in self._together(members, decider):

            def oracle(chosen: Collection[int]) -> Collection[int] | None:
                return None if _possible(decider, [met(members[n]) for n in chosen]) else tuple(chosen)

            if oracle(together) is not None:
                core = tuple(shrink(together, oracle))
                if core not in found:
                    found.add(core)
                    yield Clash(tuple(members[number] for number in core))

    @staticmethod
    def _together(members: Sequence[ResolvedRule], decider: Decider) -> Iterator[tuple[int, ...]]:
        """The largest sets of rules that can apply to one subject; pairs where there are too many sets."""

        def oracle(chosen: Collection[int]) -> Collection[int] | None:
            return None if _possible(decider, [speaks(members[n]) for n in chosen]) else tuple(chosen)

        everything = tuple(range(len(members)))
        if oracle(everything) is None:
            yield everything
            return
        sets = minimal_sets(len(members), oracle, _SETS)
        if sets.complete:
            for left_out in sets.repairs:
                yield tuple(number for number in everything if number not in left_out)
            return
        for one in everything:
            for other in everything[one + 1 :]:
                if _asked(members[one]) & _asked(members[other]) and oracle((one, other)) is None:
                    yield one, other

    def _covers(self, strong: ResolvedRule, weak: ResolvedRule) -> bool:
        key = (id(strong), id(weak))
        if key not in self._pairs:
            self._kept += [strong, weak]
            self._pairs[key] = self._worked_out(strong, weak)
        return self._pairs[key]

    def _worked_out(self, strong: ResolvedRule, weak: ResolvedRule) -> bool:
        breach, other = broken(weak), Not(broken(strong))
        model = self._model(weak, "broken", breach)
        if model is None:
            return False  # a rule that cannot be broken is reported for that
        for name, quiet in (("met", met(strong)), ("silent", Not(speaks(strong)))):
            base = self._model(strong, name, quiet)
            if base is not None:
                read = reader({**base, **model})
                if truth_from(breach, read) is Truth.TRUE and truth_from(other, read) is Truth.TRUE:
                    return False
        try:
            return self._decider(weak).model(breach, other) is None
        except Undecided:
            return False

    def _asked(self, rule: ResolvedRule) -> frozenset[str]:
        """The fields that a rule makes demands on."""
        if id(rule) not in self._fields:
            self._kept.append(rule)
            self._fields[id(rule)] = _asked(rule)
        return self._fields[id(rule)]

    def _model(self, rule: ResolvedRule, name: str, condition: Expr) -> Mapping[str, int] | None:
        key = (id(rule), name)
        if key not in self._models:
            self._kept.append(rule)
            try:
                self._models[key] = self._decider(rule).model(condition)
            except Undecided:
                self._models[key] = None
        return self._models[key]

    def _decider(self, rule: ResolvedRule) -> Decider:
        name = rule.head.subject
        if name not in self._deciders:
            self._deciders[name] = Decider(self.vocabulary, name)
        return self._deciders[name]


def _possible(decider: Decider, conditions: Sequence[Expr]) -> bool:
    """Whether the conditions can hold together; what is too large to tell counts as possible."""
    try:
        return decider.model(*conditions) is not None
    except Undecided:
        return True


def _asked(rule: ResolvedRule) -> frozenset[str]:
    return frozenset(paths([rule.require])) - set(CALENDAR) if rule.require is not None else frozenset()
