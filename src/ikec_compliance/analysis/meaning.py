"""What a rule decides, as conditions: when it does not apply, is met, is broken, or asks for a judgement."""

from __future__ import annotations

from ikec_compliance.engine.truth import effective_require, lapses
from ikec_compliance.model.expr import And, Expr, Not, Or
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.verdict import Verdict


def speaks(rule: ResolvedRule) -> Expr:
    """When the rule applies and no exception lets it lapse."""
    return And((rule.applies, Not(lapses(rule))))


def met(rule: ResolvedRule) -> Expr:
    """When the rule speaks and what it asks holds."""
    return And((rule.applies, Not(lapses(rule)), effective_require(rule)))


def broken(rule: ResolvedRule) -> Expr:
    """When the rule speaks and what it asks does not hold."""
    return And((rule.applies, Not(lapses(rule)), Not(effective_require(rule))))


def outcomes(rule: ResolvedRule) -> dict[Verdict, Expr]:
    """For each verdict on facts that are all known, when it is given; a verdict that cannot be given is left out."""
    found: dict[Verdict, Expr] = {Verdict.NOT_APPLICABLE: Or((Not(rule.applies), lapses(rule)))}
    if rule.head.open_norm or not rule.decides:
        found[Verdict.REVIEW] = met(rule) if rule.decides else Or((met(rule), broken(rule)))
    else:
        found[Verdict.PASSES] = met(rule)
    if rule.decides and rule.require is not None:
        found[Verdict.FAILS] = broken(rule)
    return found
