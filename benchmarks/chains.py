"""Rules of the program written as plain conditions (``conditions.py``), straight from the definition of a verdict."""

from __future__ import annotations

import paths  # noqa: F401
from conditions import Chain, Condition, every, one_of, opposite

from ikec_compliance.engine.literals import Columns
from ikec_compliance.engine.truth import base_require, lapses
from ikec_compliance.model.expr import And, Atom, Expr, Not, Op
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.verdict import Verdict

CODES = {verdict: code for code, verdict in enumerate(Verdict)}
"""0 voldoet_niet, 1 niet_te_bepalen, 2 te_beoordelen, 3 voldoet, 4 niet_van_toepassing."""


def chain(rule: ResolvedRule, columns: Columns) -> Chain:
    """The verdict of a rule as a chain, straight from the definition of the reference evaluator."""
    fails, undecided, review, passes, none = (CODES[verdict] for verdict in Verdict)
    if not rule.decides:
        fails = passes = review
    applies, lapsed = rule.applies, lapses(rule)
    met, broken = _required(rule, columns)
    steps: list[tuple[Condition | None, int]] = [
        (one_of(is_false(applies, columns), is_true(lapsed, columns)), none),
        (opposite(is_true(applies, columns)), undecided),
    ]
    kept = is_false(lapsed, columns)
    if rule.head.open_norm:
        steps += [(every(broken, kept), fails), (every(met, kept), review)]
    else:
        steps += [(met, passes), (every(broken, kept), fails)]
    return tuple([*[step for step in steps if step[0] != ("or", ())], (None, undecided)])


def _required(rule: ResolvedRule, columns: Columns) -> tuple[Condition, Condition]:
    """When what a rule asks is met for certain, and when it is broken for certain."""
    outcome = base_require(rule)
    met, broken = is_true(outcome, columns), is_false(outcome, columns)
    for exception in reversed(rule.exceptions):
        if exception.require is None:
            continue
        holds, does_not = is_true(exception.applies, columns), is_false(exception.applies, columns)
        other_met, other_broken = is_true(exception.require, columns), is_false(exception.require, columns)
        met = one_of(every(holds, other_met), every(does_not, met), every(met, other_met))
        broken = one_of(every(holds, other_broken), every(does_not, broken), every(broken, other_broken))
    return met, broken


def is_true(expr: Expr, columns: Columns) -> Condition:
    """When an expression is true whatever the unknown values are."""
    return _sure(expr, columns, True)


def is_false(expr: Expr, columns: Columns) -> Condition:
    """When an expression is false whatever the unknown values are."""
    return _sure(expr, columns, False)


def _sure(expr: Expr, columns: Columns, wanted: bool) -> Condition:
    if isinstance(expr, Not):
        return _sure(expr.item, columns, not wanted)
    if isinstance(expr, Atom):
        return _bound(columns.number(expr.term), expr.op if wanted else expr.op.negated, expr.bound)
    items = [_sure(item, columns, wanted) for item in expr.items]
    return every(*items) if isinstance(expr, And) == wanted else one_of(*items)


def _bound(column: int, op: Op, bound: int) -> Condition:
    low, high = 2 * column, 2 * column + 1
    if op is Op.EQ:
        return every(("ge", low, bound), ("le", high, bound))
    if op is Op.NE:
        return one_of(("le", high, bound - 1), ("ge", low, bound + 1))
    if op in (Op.LT, Op.LE):
        return ("le", high, bound - (op is Op.LT))
    return ("ge", low, bound + (op is Op.GT))
