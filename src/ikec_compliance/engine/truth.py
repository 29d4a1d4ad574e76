"""Three-valued truth of expressions over interval values (strong Kleene logic)."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from functools import lru_cache

from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.expr import ALWAYS, And, Atom, Expr, Not, Op, Or, Period, Term
from ikec_compliance.model.fact import Fact, FieldReader
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.value import NEG, POS, Value, clip

_LAST_DAY = date.max.toordinal()


class Truth(IntEnum):
    """Kleene truth value; ``and`` is the minimum, ``or`` the maximum."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    @property
    def negated(self) -> Truth:
        """The opposite; unknown stays unknown."""
        return _TRUTHS[2 - self]


_TRUTHS = _FALSE, _UNKNOWN, _TRUE = (Truth.FALSE, Truth.UNKNOWN, Truth.TRUE)
# A member is looked up slowly, and these are asked for with every comparison.
_EQ, _NE, _LE, _LT, _GE = Op.EQ, Op.NE, Op.LE, Op.LT, Op.GE


@lru_cache(maxsize=8192)
def shifted(ordinal: int, period: Period) -> int:
    """A day number (``date.toordinal``) moved by a calendar period: months first, clipped to the end
    of the month, then days.

    Ends that are no calendar date stay open: below year 1 gives ``NEG``, after year 9999 ``POS``. The
    result never decreases when ``ordinal`` grows, so the ends of an interval map to ends.
    """
    if ordinal < 1:
        return NEG
    if ordinal > _LAST_DAY:
        return POS
    day = date.fromordinal(ordinal)
    year, month0 = divmod(day.year * 12 + day.month - 1 + period.months, 12)
    if year < 1:
        return NEG
    if year > 9999:
        return POS
    return date(year, month0 + 1, min(day.day, _month_length(year, month0 + 1))).toordinal() + period.days


def _month_length(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def term_bounds(term: Term, read: FieldReader) -> Value:
    """Bounds of a linear term, by interval arithmetic. An open end stays open whatever is added to it.

    Raises ``InternalError`` when a field is not among the facts or has its ends the wrong way round.
    """
    if term.bare:
        value = _read(term.bare, read)
        if value[0] >= NEG and value[1] <= POS:
            return value
        return (clip(value[0]), clip(value[1]))
    low = high = 0
    open_low = open_high = False
    for coefficient, ref in term.parts:
        first, last = _read(ref.path, read)
        shift = ref.shift
        if shift.months or shift.days:
            first, last = shifted(first, shift), shifted(last, shift)
        if coefficient < 0:
            first, last = -last, -first
            coefficient = -coefficient
        elif coefficient == 0:
            continue
        # NEG and POS mirror each other, so an open end is still recognised after the change of sign.
        if first <= NEG:
            open_low = True
        if last >= POS:
            open_high = True
        low += coefficient * first
        high += coefficient * last
    return (NEG if open_low else clip(low), POS if open_high else clip(high))


def _read(path: str, read: FieldReader) -> Value:
    try:
        value = read(path)
    except KeyError:
        raise InternalError(f"het veld {path} ontbreekt in de feiten") from None
    if value[0] > value[1]:
        raise InternalError(f"het veld {path} heeft een ondergrens boven zijn bovengrens")
    return value


def term_value(term: Term, fact: Fact) -> Value:
    """Bounds of a linear term for one fact; see ``term_bounds``."""
    return term_bounds(term, fact.value)


def compare(value: Value, op: Op, bound: int) -> Truth:
    """Truth of ``value op bound``: decided when every number between the ends gives the same answer."""
    low, high = value
    if op is _EQ:
        holds, fails = low == high == bound, bound < low or bound > high
    elif op is _GE:
        holds, fails = low >= bound, high < bound
    elif op is _LE:
        holds, fails = high <= bound, low > bound
    elif op is _NE:
        holds, fails = bound < low or bound > high, low == high == bound
    elif op is _LT:
        holds, fails = high < bound, low >= bound
    else:
        holds, fails = low > bound, high <= bound
    return _TRUE if holds else _FALSE if fails else _UNKNOWN


def atom_truth(atom: Atom, read: FieldReader) -> Truth:
    """Truth of one comparison."""
    return compare(term_bounds(atom.term, read), atom.op, atom.bound)


def truth_from(expr: Expr, read: FieldReader) -> Truth:
    """Truth of an expression whose fields are read through ``read``."""
    if isinstance(expr, Atom):
        return compare(term_bounds(expr.term, read), expr.op, expr.bound)
    if isinstance(expr, Not):
        return truth_from(expr.item, read).negated
    # Every item is read, also when one has settled it: a field that is missing never goes unseen.
    if isinstance(expr, And):
        found = _TRUE
        for item in expr.items:
            other = truth_from(item, read)
            if other < found:
                found = other
        return found
    found = _FALSE
    for item in expr.items:
        other = truth_from(item, read)
        if other > found:
            found = other
    return found


def truth(expr: Expr, fact: Fact) -> Truth:
    """Truth of an expression for one fact."""
    return truth_from(expr, fact.value)


def base_require(rule: ResolvedRule) -> Expr:
    """What a rule asks before its exceptions; nothing for a purely open norm.

    Raises ``InternalError`` for a rule that neither requires anything nor states an open norm: the
    loader refuses those.
    """
    if rule.require is not None:
        return rule.require
    if not rule.head.open_norm:
        raise InternalError(f"regel {rule.id} eist niets en is geen open norm")
    return ALWAYS


def effective_require(rule: ResolvedRule) -> Expr:
    """What a rule asks once its replacing exceptions are weighed in; the first that holds wins.

    The third alternative decides when both outcomes agree although it is unknown whether the exception
    holds.
    """
    required = base_require(rule)
    for exception in reversed(rule.exceptions):
        if exception.require is not None:
            required = Or(
                (
                    And((exception.applies, exception.require)),
                    And((Not(exception.applies), required)),
                    And((exception.require, required)),
                )
            )
    return required


def lapses(rule: ResolvedRule) -> Expr:
    """When a rule lapses: one of its exceptions without a replacing requirement holds."""
    return Or(tuple(item.applies for item in rule.exceptions if item.require is None))
