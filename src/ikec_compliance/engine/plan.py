"""Rules compiled for durable-rules: plain data that can be kept, divided over processes and used again."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Mapping, Sequence

from ikec_compliance.engine.ends import Column, column
from ikec_compliance.engine.formulas import compile_rule
from ikec_compliance.engine.limits import CONDITIONS_AIMED_AT
from ikec_compliance.engine.literals import Columns
from ikec_compliance.engine.shards import Shard, cut
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import ResolvedRule


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One ruleset of a plan: its subject type, its rules, how many conditions it has, and the ruleset itself, packed.

    It is unpacked where it is compiled: a plan is read in one process and mostly used in another.
    """

    type: str
    rules: tuple[int, ...]
    conditions: int
    packed: bytes

    def unpacked(self) -> Shard:
        """The ruleset."""
        shard: Shard = pickle.loads(self.packed)  # what ``plan_rules`` packed
        return shard


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Per subject type the columns of its facts, and the rulesets of all types. Rules go by their number."""

    columns: Mapping[str, tuple[Column, ...]]
    parts: tuple[Part, ...]

    @property
    def rules(self) -> list[int]:
        """The numbers of the rules it decides, in order."""
        return sorted(rule for part in self.parts for rule in part.rules)

    @property
    def types(self) -> set[str]:
        """The subject types it has rules on."""
        return {part.type for part in self.parts}

    def of_types(self, types: Collection[str]) -> Plan:
        """Only the rules on some subject types."""
        return Plan(self.columns, tuple(part for part in self.parts if part.type in types))

    def shares(self, number: int) -> list[Plan]:
        """The plan in at most ``number`` pieces of about equal work."""
        work = [0] * number
        pieces: list[list[Part]] = [[] for _ in range(number)]
        # Making a ruleset takes most of the time, and that goes by its conditions.
        for part in sorted(self.parts, key=lambda part: -part.conditions):
            lightest = work.index(min(work))
            work[lightest] += part.conditions
            pieces[lightest].append(part)
        return [Plan(self.columns, tuple(piece)) for piece in pieces if piece]


def plan_rules(rules: Sequence[ResolvedRule], aim: int = CONDITIONS_AIMED_AT) -> Plan:
    """Compile rules. ``aim`` is the number of conditions at which a ruleset gets no further rule.

    Raises ``InputError`` for a rule that is too complicated.
    """
    by_type: dict[str, dict[int, ResolvedRule]] = {}
    for number, rule in enumerate(rules):
        by_type.setdefault(rule.head.subject, {})[number] = rule
    columns: dict[str, tuple[Column, ...]] = {}
    parts: list[Part] = []
    for name, own in by_type.items():
        found = Columns()
        for shard in cut({n: compile_rule(rule, found) for n, rule in own.items()}, aim):
            packed = pickle.dumps(shard, pickle.HIGHEST_PROTOCOL)
            parts.append(Part(name, shard.rules, len(shard.conditions), packed))
        columns[name] = tuple(column(term) for term in found.terms)
    return Plan(columns, tuple(parts))
