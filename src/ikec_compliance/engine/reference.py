"""The reference evaluator: verdicts straight from the definition, one rule and one fact at a time.

It shares the reading of a field with the compiler to durable-rules and nothing else, so that a mistake
in the compiled form shows as a difference.
"""

from __future__ import annotations

from ikec_compliance.engine.truth import Truth, base_require, truth
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.verdict import Verdict


def verdict(rule: ResolvedRule, fact: Fact) -> Verdict:
    """The verdict of ``rule`` on ``fact`` (DESIGN §6).

    Raises ``InternalError`` for a rule that asks nothing, or a field that is not among the facts.
    """
    required = _required(rule, fact)
    applies = truth(rule.applies, fact)
    lapsed = _lapsed(rule, fact)
    if applies is Truth.FALSE or lapsed is Truth.TRUE:
        return Verdict.NOT_APPLICABLE
    if applies is Truth.UNKNOWN:
        return Verdict.UNDECIDED
    if rule.head.open_norm:
        decided = _open(required, lapsed)
    else:
        decided = _closed(required, lapsed)
    if not rule.decides and decided in (Verdict.PASSES, Verdict.FAILS):
        return Verdict.REVIEW
    return decided


def harmless(rule: ResolvedRule, fact: Fact) -> bool:
    """Whether an undecided verdict can end in no finding: only unknown is whether the rule applies."""
    return (
        not rule.head.open_norm
        and verdict(rule, fact) is Verdict.UNDECIDED
        and truth(rule.applies, fact) is Truth.UNKNOWN
        and _required(rule, fact) is Truth.TRUE
    )


def _closed(required: Truth, lapsed: Truth) -> Verdict:
    if required is Truth.TRUE:
        return Verdict.PASSES
    if required is Truth.FALSE and lapsed is Truth.FALSE:
        return Verdict.FAILS
    return Verdict.UNDECIDED


def _open(required: Truth, lapsed: Truth) -> Verdict:
    if lapsed is Truth.UNKNOWN or required is Truth.UNKNOWN:
        return Verdict.UNDECIDED
    return Verdict.FAILS if required is Truth.FALSE else Verdict.REVIEW


def _lapsed(rule: ResolvedRule, fact: Fact) -> Truth:
    found = Truth.FALSE
    for exception in rule.exceptions:
        if exception.require is None:
            found = max(found, truth(exception.applies, fact))
    return found


def _required(rule: ResolvedRule, fact: Fact) -> Truth:
    outcome = truth(base_require(rule), fact)
    for exception in reversed(rule.exceptions):
        if exception.require is None:
            continue
        holds = truth(exception.applies, fact)
        replaced = truth(exception.require, fact)
        if holds is Truth.TRUE:
            outcome = replaced
        elif holds is Truth.UNKNOWN and replaced is not outcome:
            outcome = Truth.UNKNOWN
    return outcome
