"""One evaluation from rules and facts to verdicts, in a child process when a time limit is given."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from ikec_compliance.engine.durable import DurableEngine, Outcome
from ikec_compliance.engine.limits import RULES_TO_SHARE
from ikec_compliance.engine.verify import verify
from ikec_compliance.engine.worker import run_side_by_side
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.verdict import Verdict

_VERDICTS = tuple(Verdict)
_CODES = {verdict: code for code, verdict in enumerate(_VERDICTS)}


def evaluate(
    rules: Sequence[ResolvedRule], facts: Sequence[Fact], *, seconds: float | None = None, check: bool = False
) -> list[Outcome]:
    """Every verdict, by rule and then by fact.

    With ``seconds`` durable-rules runs in child processes that are stopped after that time: two, where the machine
    has two processors and there are rules enough to share. With ``check`` the
    reference evaluator computes all verdicts again, in this process, and must agree. Raises ``InputError``
    for a rule that is too complicated, ``InternalError`` for any failure of the engine.
    """
    if seconds is None:
        with DurableEngine(rules) as engine:
            outcomes = engine.evaluate(facts)
    else:
        outcomes = _isolated(rules, facts, seconds)
    if check:
        verify(rules, facts, outcomes)
    return outcomes


def _isolated(rules: Sequence[ResolvedRule], facts: Sequence[Fact], seconds: float) -> list[Outcome]:
    # Every other rule to each child: neighbours in a file are of a kind, so the work is divided evenly.
    workers = 2 if len(rules) >= RULES_TO_SHARE and _processors() > 1 else 1
    shares = [rules[number::workers] for number in range(workers)]
    packed = run_side_by_side(_packed, [(share, facts) for share in shares], seconds=seconds)
    by_type: dict[str, list[int]] = {}
    for number, fact in enumerate(facts):
        by_type.setdefault(fact.type, []).append(number)
    parts = [_unpack(share, by_type, codes) for share, codes in zip(shares, packed, strict=True)]
    return [
        Outcome(number, fact, verdict)
        for number in range(len(rules))
        for fact, verdict in parts[number % workers][number // workers]
    ]


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _packed(rules: Sequence[ResolvedRule], facts: Sequence[Fact]) -> bytes:
    """One byte per verdict, by rule and then by fact."""
    with DurableEngine(rules) as engine:
        return bytes([_CODES[verdict] for _, _, verdicts in engine.rows(facts) for verdict in verdicts])


def _unpack(
    rules: Sequence[ResolvedRule], by_type: Mapping[str, Sequence[int]], packed: bytes
) -> list[list[tuple[int, Verdict]]]:
    """Per rule its facts with their verdicts."""
    expected = sum(len(by_type.get(rule.head.subject, ())) for rule in rules)
    if len(packed) != expected:
        raise InternalError(f"de regelmachine gaf {len(packed)} oordelen, verwacht werden er {expected}")
    codes = iter(packed)
    return [
        [(fact, _VERDICTS[code]) for fact, code in zip(by_type.get(rule.head.subject, ()), codes, strict=False)]
        for rule in rules
    ]
