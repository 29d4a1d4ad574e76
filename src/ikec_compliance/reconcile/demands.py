"""From the condition of a rule to what it demands of quantities, as far as it has a shape that can be merged.

That shape is: all of a number of comparisons, each a linear sum of quantities or a set of values for one quantity.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from ikec_compliance.model.expr import And, Atom, Expr, Not, Op, Or, Ref
from ikec_compliance.model.record import dataclass
from ikec_compliance.reconcile.domain import AxisKind, Domain, everything, finite, intersection, interval
from ikec_compliance.reconcile.quantities import Demand, Relation, Variable

Resolve = Callable[[Ref], Variable | int | None]
"""What a field is: a quantity, a number that is fixed here, or (``None``) something that cannot be merged."""


@dataclass(slots=True)
class _Parts:
    domains: dict[Variable, Domain] = field(default_factory=dict)
    relations: dict[Relation, None] = field(default_factory=dict)
    partial: bool = False


def demand_of(expr: Expr, resolve: Resolve) -> Demand:
    """The demand of a condition; ``partial`` when some of it has no shape that can be merged."""
    parts = _Parts()
    _add(expr, False, resolve, parts)
    return Demand(parts.domains, tuple(parts.relations), parts.partial)


def _add(expr: Expr, negated: bool, resolve: Resolve, parts: _Parts) -> None:
    if isinstance(expr, Not):
        _add(expr.item, not negated, resolve, parts)
    elif isinstance(expr, Atom):
        _add_atom(expr, expr.op.negated if negated else expr.op, resolve, parts)
    elif isinstance(expr, And) is not negated or len(expr.items) == 1:
        for item in expr.items:
            _add(item, negated, resolve, parts)
    else:
        found = _union(expr, negated, resolve)
        if found is None:
            parts.partial = True
        else:
            _narrow(parts, *found)


def _add_atom(atom: Atom, op: Op, resolve: Resolve, parts: _Parts) -> None:
    numbers: dict[Variable, int] = {}
    bound = atom.bound
    for coefficient, ref in atom.term.parts:
        found = resolve(ref)
        if found is None:
            parts.partial = True
            return
        if isinstance(found, int):
            bound -= coefficient * found
        else:
            numbers[found] = numbers.get(found, 0) + coefficient
    used = [(number, variable) for variable, number in numbers.items() if number]
    if not used:
        # Over fixed numbers alone: nothing is asked of a quantity, but what fails here does not hold for any value.
        parts.partial |= not _holds(0, op, bound)
        return
    if len(used) == 1:
        domain = _domain(used[0][1], used[0][0], op, bound)
        if domain is None:
            parts.partial = True
        else:
            _narrow(parts, used[0][1], domain)
        return
    limits = _limits(op, bound)
    if limits is None:
        parts.partial = True
    else:
        parts.relations[Relation(tuple(used), *limits)] = None


def _limits(op: Op, bound: int) -> tuple[int | None, int | None] | None:
    """Lowest and highest value of ``x op bound``; ``None`` for what is not one stretch."""
    return {
        Op.LE: (None, bound), Op.LT: (None, bound - 1), Op.GE: (bound, None), Op.GT: (bound + 1, None),
        Op.EQ: (bound, bound),
    }.get(op)  # fmt: skip


def _domain(variable: Variable, number: int, op: Op, bound: int) -> Domain | None:
    """The values of one variable for which ``number · value op bound`` holds."""
    axis = variable.axis
    if axis.kind is AxisKind.CHOICE:
        return finite(axis, (code for code in range(len(axis.choices)) if _holds(number * code, op, bound)))
    limits = _limits(op, bound)
    if limits is None:
        return None
    low, high = limits
    if number < 0:
        number, low, high = -number, None if high is None else -high, None if low is None else -low
    return interval(axis, None if low is None else -(-low // number), None if high is None else high // number)


def _holds(value: int, op: Op, bound: int) -> bool:
    return {
        Op.LE: value <= bound, Op.LT: value < bound, Op.GE: value >= bound, Op.GT: value > bound,
        Op.EQ: value == bound, Op.NE: value != bound,
    }[op]  # fmt: skip


def _union(expr: And | Or, negated: bool, resolve: Resolve) -> tuple[Variable, Domain] | None:
    """The alternatives of a condition as one set of values of one quantity, when they are that."""
    found: Variable | None = None
    members: set[int] = set()
    for item in expr.items:
        inner = _Parts()
        _add(item, negated, resolve, inner)
        if inner.partial or inner.relations or len(inner.domains) != 1:
            return None
        ((variable, domain),) = inner.domains.items()
        if found is not None and variable != found:
            return None
        found = variable
        listed = domain.members
        if listed is None and domain.low is not None and domain.low == domain.high:
            listed = frozenset({domain.low})
        if listed is None:
            return None
        members |= listed
    return None if found is None else (found, finite(found.axis, members))


def _narrow(parts: _Parts, variable: Variable, domain: Domain) -> None:
    before = parts.domains.get(variable, everything(variable.axis))
    parts.domains[variable] = intersection([before, domain], variable.axis)
