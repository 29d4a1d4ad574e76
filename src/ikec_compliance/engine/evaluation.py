"""One evaluation from rules and facts to verdicts, in a child process when a time limit is given."""

from __future__ import annotations

from collections.abc import Sequence

from ikec_compliance.engine.durable import DurableEngine, Outcome
from ikec_compliance.engine.verify import verify
from ikec_compliance.engine.worker import run_isolated
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

    With ``seconds`` durable-rules runs in a child process that is stopped after that time. With ``check`` the
    reference evaluator computes all verdicts again, in this process, and must agree. Raises ``InputError``
    for a rule that is too complicated, ``InternalError`` for any failure of the engine.
    """
    if seconds is None:
        with DurableEngine(rules) as engine:
            outcomes = engine.evaluate(facts)
    else:
        outcomes = _unpack(rules, facts, run_isolated(_packed, rules, facts, seconds=seconds))
    if check:
        verify(rules, facts, outcomes)
    return outcomes


def _packed(rules: Sequence[ResolvedRule], facts: Sequence[Fact]) -> bytes:
    """One byte per verdict, in the fixed order of the outcomes."""
    with DurableEngine(rules) as engine:
        return bytes(_CODES[outcome.verdict] for outcome in engine.evaluate(facts))


def _unpack(rules: Sequence[ResolvedRule], facts: Sequence[Fact], packed: bytes) -> list[Outcome]:
    by_type: dict[str, list[int]] = {}
    for number, fact in enumerate(facts):
        by_type.setdefault(fact.type, []).append(number)
    pairs = [(number, fact) for number, rule in enumerate(rules) for fact in by_type.get(rule.head.subject, ())]
    if len(pairs) != len(packed):
        raise InternalError(f"de regelmachine gaf {len(packed)} oordelen, verwacht werden er {len(pairs)}")
    return [Outcome(rule, fact, _VERDICTS[code]) for (rule, fact), code in zip(pairs, packed, strict=True)]
