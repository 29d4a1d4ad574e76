"""The reference evaluator of the program: the definition, one rule and one fact at a time."""

from __future__ import annotations

from collections.abc import Callable

from chains import CODES
from conditions import Answers
from work import Own

from ikec_compliance.engine import verdict
from ikec_compliance.model.fact import Fact


def build(work: Own) -> tuple[Callable[[], object], Callable[[object], Answers]]:
    facts: dict[str, list[Fact]] = {}
    for fact in work.facts:
        facts.setdefault(fact.type, []).append(fact)
    pairs = [(rule, facts.get(rule.head.subject, [])) for rule in work.rules]

    def run() -> object:
        return [[verdict(rule, fact) for fact in own] for rule, own in pairs]

    def read(found: object) -> Answers:
        return [[CODES[item] for item in row] for row in found]  # type: ignore[attr-defined]

    return run, read
