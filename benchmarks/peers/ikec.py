"""This engine: verdicts out of durable-rules, by the narrow way that is safe."""

from __future__ import annotations

from collections.abc import Callable

from chains import CODES
from conditions import Answers
from work import Own

from ikec_compliance.engine import DurableEngine
from ikec_compliance.engine.ends import asked
from ikec_compliance.engine.plan import plan_rules

VERSION_OF = "durable_rules"


def build(work: Own) -> tuple[Callable[[], object], Callable[[object], Answers]]:
    plan = plan_rules(work.rules)
    engine = DurableEngine(work.rules, plan=plan)
    rows = {type: list(own.ends) for type, own in asked(plan.columns, work.facts).items()}

    def run() -> object:
        return list(engine.rows(rows))

    def read(found: object) -> Answers:
        answers: Answers = [[] for _ in work.rules]
        for rule, verdicts in found:  # type: ignore[attr-defined]
            answers[rule] = [CODES[verdict] for verdict in verdicts]
        return answers

    return run, read
