from datetime import date, timedelta

import pytest
from engine_cases import atom, fact, rule, term
from hypothesis import given
from hypothesis import strategies as st

from ikec_compliance.engine import Truth, effective_require, shifted, term_value, truth
from ikec_compliance.engine.truth import compare
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.expr import ALWAYS, NEVER, And, Not, Op, Or, Period, Ref, Term
from ikec_compliance.model.value import NEG, POS, UNKNOWN, UNKNOWN_FLAG

F, U, T = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE
VALUES = {"f": 0, "u": UNKNOWN_FLAG, "t": 1}
KLEENE = {  # (left, right): and, or
    "ff": (F, F),
    "fu": (F, U),
    "ft": (F, T),
    "uf": (F, U),
    "uu": (U, U),
    "ut": (U, T),
    "tf": (F, T),
    "tu": (U, T),
    "tt": (T, T),
}


@pytest.mark.parametrize("pair", KLEENE)
def test_kleene_tables(pair: str) -> None:
    item = fact(VALUES)
    both = (atom(pair[0]), atom(pair[1]))
    assert (truth(And(both), item), truth(Or(both), item)) == KLEENE[pair]
    assert truth(Not(And(both)), item) is [T, U, F][truth(And(both), item)]


def test_empty_and_holds_and_empty_or_does_not() -> None:
    assert truth(ALWAYS, fact({})) is T
    assert truth(NEVER, fact({})) is F


@given(low=st.integers(-5, 5), width=st.integers(0, 4), op=st.sampled_from(list(Op)), bound=st.integers(-6, 10))
def test_a_comparison_is_decided_exactly_when_all_numbers_agree(low: int, width: int, op: Op, bound: int) -> None:
    holds = {
        Op.LT: lambda n: n < bound,
        Op.LE: lambda n: n <= bound,
        Op.EQ: lambda n: n == bound,
        Op.NE: lambda n: n != bound,
        Op.GE: lambda n: n >= bound,
        Op.GT: lambda n: n > bound,
    }[op]
    answers = {holds(number) for number in range(low, low + width + 1)}
    expected = T if answers == {True} else F if answers == {False} else U
    assert compare((low, low + width), op, bound) is expected


@pytest.mark.parametrize(
    ("day", "period", "expected"),
    [
        (date(2026, 1, 31), Period(months=1), date(2026, 2, 28)),
        (date(2028, 1, 31), Period(months=1), date(2028, 2, 29)),
        (date(2028, 2, 29), Period(months=12), date(2029, 2, 28)),
        (date(2026, 1, 31), Period(months=1, days=1), date(2026, 3, 1)),
        (date(2026, 3, 31), Period(months=-1), date(2026, 2, 28)),
        (date(2026, 1, 15), Period(months=-13, days=-20), date(2024, 11, 25)),
        (date(2000, 3, 1), Period(months=-1200), date(1900, 3, 1)),
        (date(2026, 10, 31), Period(months=6), date(2027, 4, 30)),
    ],
)
def test_calendar_shift(day: date, period: Period, expected: date) -> None:
    assert shifted(day.toordinal(), period) == expected.toordinal()


@given(day=st.dates(date(1890, 1, 1), date(2110, 1, 1)), months=st.integers(-30, 30), days=st.integers(-70, 70))
def test_calendar_shift_never_reverses_days(day: date, months: int, days: int) -> None:
    period = Period(months, days)
    following = (day + timedelta(days=1)).toordinal()
    assert shifted(day.toordinal(), period) <= shifted(following, period)


def test_a_shift_leaves_open_ends_open() -> None:
    assert shifted(NEG, Period(months=1)) == NEG
    assert shifted(POS, Period(days=-1)) == POS
    assert shifted(date(9999, 12, 1).toordinal(), Period(months=1)) == POS
    assert shifted(date(1, 1, 31).toordinal(), Period(months=-1)) == NEG
    moved = Term(((1, Ref("dag", Period(months=3))),))
    assert term_value(moved, fact({"dag": UNKNOWN})) == UNKNOWN


def test_interval_arithmetic() -> None:
    item = fact({"x": (2, 5), "y": (-1, 3), "open": UNKNOWN, "many": (4, POS)})
    assert term_value(term((2, "x"), (-3, "y")), item) == (4 - 9, 10 + 3)
    assert term_value(term("x", "open"), item) == UNKNOWN
    assert term_value(term("x", "many"), item) == (6, POS)
    assert term_value(term("x", (-1, "many")), item) == (NEG, 1)
    assert term_value(term((0, "open"), "x"), item) == (2, 5)
    assert term_value(Term(()), item) == (0, 0)


def test_sums_stay_inside_the_bounds_every_back_end_holds() -> None:
    item = fact({"x": POS - 1})
    assert term_value(term((3, "x")), item) == (POS, POS)
    assert term_value(term((-3, "x")), item) == (NEG, NEG)


def test_a_missing_field_and_reversed_bounds_are_errors_of_the_program() -> None:
    with pytest.raises(InternalError, match="het veld y ontbreekt"):
        term_value(term("y"), fact({"x": 1}))
    with pytest.raises(InternalError, match="ondergrens"):
        term_value(term("x"), fact({"x": (2, 1)}))


def test_a_rule_must_ask_something() -> None:
    with pytest.raises(InternalError, match="eist niets"):
        effective_require(rule())
