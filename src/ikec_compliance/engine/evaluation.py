"""One evaluation from rules and facts to verdicts, in a child process when a time limit is given."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from ikec_compliance.engine.durable import DurableEngine, Outcome
from ikec_compliance.engine.limits import RULES_TO_SHARE
from ikec_compliance.engine.plan import Plan, plan_rules
from ikec_compliance.engine.verify import verify
from ikec_compliance.engine.worker import run_side_by_side
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.verdict import Verdict

_VERDICTS = tuple(Verdict)
_CODES = {verdict: code for code, verdict in enumerate(_VERDICTS)}


def evaluate(
    rules: Sequence[ResolvedRule],
    facts: Sequence[Fact],
    *,
    seconds: float | None = None,
    check: bool = False,
    plan: Plan | None = None,
) -> list[Outcome]:
    """Every verdict, by rule and then by fact.

    With ``seconds`` durable-rules runs in child processes that are stopped after that time: two, where the machine
    has two processors and there are rules enough to share. With ``check`` the
    reference evaluator computes all verdicts again, in this process, and must agree. ``plan`` is the compiled form
    of ``rules`` where there is one already. Raises ``InputError``
    for a rule that is too complicated, ``InternalError`` for any failure of the engine.
    """
    plan = (plan_rules(rules) if plan is None else plan).of_types({fact.type for fact in facts})
    if seconds is None:
        with DurableEngine(rules, plan=plan) as engine:
            outcomes = engine.evaluate(facts)
    else:
        outcomes = _isolated(rules, facts, seconds, plan)
    if check:
        verify(rules, facts, outcomes)
    return outcomes


def _isolated(rules: Sequence[ResolvedRule], facts: Sequence[Fact], seconds: float, plan: Plan) -> list[Outcome]:
    by_type: dict[str, list[int]] = {}
    for number, fact in enumerate(facts):
        by_type.setdefault(fact.type, []).append(number)
    workers = 2 if len(plan.rules) >= RULES_TO_SHARE and _processors() > 1 else 1
    shares = plan.shares(workers, {name: len(numbers) for name, numbers in by_type.items()})
    packed = run_side_by_side(_packed, [(rules, share, facts) for share in shares], seconds=seconds)
    found: dict[int, list[tuple[int, Verdict]]] = {}
    for share, codes in zip(shares, packed, strict=True):
        _unpack(rules, share.rules, by_type, codes, found)
    return [Outcome(number, fact, verdict) for number in sorted(found) for fact, verdict in found[number]]


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _packed(rules: Sequence[ResolvedRule], plan: Plan, facts: Sequence[Fact]) -> bytes:
    """One byte per verdict, by rule and then by fact."""
    with DurableEngine(rules, plan=plan) as engine:
        return bytes([_CODES[verdict] for _, _, verdicts in engine.rows(facts) for verdict in verdicts])


def _unpack(
    rules: Sequence[ResolvedRule],
    numbers: Sequence[int],
    by_type: Mapping[str, Sequence[int]],
    packed: bytes,
    found: dict[int, list[tuple[int, Verdict]]],
) -> None:
    """Per rule its facts with their verdicts, into ``found``."""
    expected = sum(len(by_type.get(rules[number].head.subject, ())) for number in numbers)
    if len(packed) != expected:
        raise InternalError(f"de regelmachine gaf {len(packed)} oordelen, verwacht werden er {expected}")
    codes = iter(packed)
    for number in numbers:
        facts = by_type.get(rules[number].head.subject, ())
        found[number] = [(fact, _VERDICTS[code]) for fact, code in zip(facts, codes, strict=False)]
