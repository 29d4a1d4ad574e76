"""Rules compiled for durable-rules: plain data that can be kept, divided over processes and used again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ikec_compliance.engine.ends import Column, column
from ikec_compliance.engine.formulas import compile_rule
from ikec_compliance.engine.limits import CONDITIONS_AIMED_AT
from ikec_compliance.engine.literals import Columns
from ikec_compliance.engine.shards import Shard, cut
from ikec_compliance.model.rule import ResolvedRule


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Per subject type the columns of its facts, and the rulesets of all types. Rules go by their number."""

    columns: Mapping[str, tuple[Column, ...]]
    shards: tuple[tuple[str, Shard], ...]

    @property
    def rules(self) -> list[int]:
        """The numbers of the rules it decides, in order."""
        return sorted(rule for _, shard in self.shards for rule in shard.rules)

    def of_types(self, types: Collection[str]) -> Plan:
        """Only the rules on some subject types."""
        return Plan(self.columns, tuple(item for item in self.shards if item[0] in types))

    def shares(self, number: int, facts: Mapping[str, int]) -> list[Plan]:
        """The plan in ``number`` parts of about equal work, given how many facts there are of each type."""
        work = [0] * number
        parts: list[list[tuple[str, Shard]]] = [[] for _ in range(number)]
        # Making a ruleset costs as much per condition as deciding it for some tens of facts.
        weights = [len(shard.conditions) * (40 + facts.get(name, 0)) for name, shard in self.shards]
        for index in sorted(range(len(weights)), key=lambda item: (-weights[item], item)):
            lightest = work.index(min(work))
            work[lightest] += weights[index]
            parts[lightest].append(self.shards[index])
        return [Plan(self.columns, tuple(part)) for part in parts if part]


def plan_rules(rules: Sequence[ResolvedRule], aim: int = CONDITIONS_AIMED_AT) -> Plan:
    """Compile rules. ``aim`` is the number of conditions at which a ruleset gets no further rule.

    Raises ``InputError`` for a rule that is too complicated.
    """
    by_type: dict[str, dict[int, ResolvedRule]] = {}
    for number, rule in enumerate(rules):
        by_type.setdefault(rule.head.subject, {})[number] = rule
    columns: dict[str, tuple[Column, ...]] = {}
    shards: list[tuple[str, Shard]] = []
    for name, own in by_type.items():
        found = Columns()
        shards += [(name, shard) for shard in cut({n: compile_rule(rule, found) for n, rule in own.items()}, aim)]
        columns[name] = tuple(column(term) for term in found.terms)
    return Plan(columns, tuple(shards))
