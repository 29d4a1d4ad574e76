"""The cross-check: durable-rules and the reference evaluator must give the same verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ikec_compliance.engine.durable import Outcome
from ikec_compliance.engine.reference import verdict
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.rule import ResolvedRule


def verify(rules: Sequence[ResolvedRule], facts: Sequence[Fact], outcomes: Iterable[Outcome]) -> int:
    """Compare every outcome with the reference and return how many there were.

    Raises ``InternalError`` at the first difference, and when a (rule, fact) of matching type was left out or
    stands there twice.
    """
    seen: set[tuple[int, int]] = set()
    for rule, fact, found in outcomes:
        seen.add((rule, fact))
        expected = verdict(rules[rule], facts[fact])
        if found is not expected:
            raise InternalError(
                f"de regelmachine en de controleberekening verschillen bij regel {rules[rule].id} voor "
                f"{facts[fact].subject}: {found.value} tegenover {expected.value}"
            )
    per_type: dict[str, int] = {}
    for item in facts:
        per_type[item.type] = per_type.get(item.type, 0) + 1
    expected_count = sum(per_type.get(rule.head.subject, 0) for rule in rules)
    if len(seen) != expected_count:
        raise InternalError(f"de regelmachine gaf {len(seen)} oordelen, verwacht werden er {expected_count}")
    return expected_count
