"""Whether conditions can hold, against trying every value."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikec_compliance.analysis.decide import Decider, canonical, owners, reader
from ikec_compliance.engine.truth import Truth, shifted, truth_from
from ikec_compliance.model.expr import And, Atom, Expr, Not, Op, Or, Period, Ref, Term
from ikec_compliance.model.vocabulary import FieldDef, FieldKind, PartnerDef, SubjectType, Unit, Vocabulary

NUMBERS = ("a", "b", "c")
TOP = 3


def number(name: str) -> FieldDef:
    return FieldDef(name, FieldKind.NUMBER, name, unit="kind", path=name, high=TOP)


INNER = SubjectType("inner", "inner", "inner", "inner", False, {"d": number("d")}, {})
OUTER = SubjectType(
    "outer", "outer", "outer", "outer", False,
    {**{name: number(name) for name in NUMBERS}, "x": FieldDef("x", FieldKind.DATE, "x", path="x"),
     "y": FieldDef("y", FieldKind.DATE, "y", path="y"),
     "peildatum": FieldDef("peildatum", FieldKind.DATE, "peildatum", derivation="peildatum")},
    {"p": PartnerDef("p", "inner", "p", "reference", "p")},
)  # fmt: skip
VOCABULARY = Vocabulary({"outer": OUTER, "inner": INNER}, {"kind": Unit("kind", "kinderen")})

paths = st.sampled_from([*NUMBERS, "p.d"])
parts = st.lists(st.tuples(st.integers(-3, 3).filter(bool), paths), min_size=1, max_size=3)
atoms = st.builds(
    lambda items, op, bound: Atom(Term(tuple((factor, Ref(path)) for factor, path in items)), op, bound),
    parts, st.sampled_from(list(Op)), st.integers(-8, 12),
)  # fmt: skip
presence = st.sampled_from([Atom(Term(((1, Ref("p.aanwezig")),)), op, bound) for op, bound in ((Op.GE, 1), (Op.LE, 0))])
conditions: st.SearchStrategy[Expr] = st.recursive(
    atoms | presence,
    lambda inner: (
        st.builds(lambda items: And(tuple(items)), st.lists(inner, max_size=3))
        | st.builds(lambda items: Or(tuple(items)), st.lists(inner, max_size=3))
        | st.builds(Not, inner)
    ),
    max_leaves=6,
)


def possible(condition: Expr) -> bool:
    """Every configuration, one by one."""
    for a, b, c, d in product(range(TOP + 1), repeat=4):
        for there in (0, 1):
            model = {"a": a, "b": b, "c": c, "p.d": d, "p.aanwezig": there}
            if truth_from(condition, reader(model)) is Truth.TRUE:
                return True
    return False


@settings(max_examples=300, deadline=None)
@given(conditions)
def test_it_finds_a_configuration_exactly_when_there_is_one(condition: Expr) -> None:
    model = Decider(VOCABULARY, "outer").model(condition)
    assert (model is not None) == possible(condition)
    if model is not None:
        assert truth_from(condition, reader(model)) is Truth.TRUE
        assert all(0 <= value <= TOP for path, value in model.items())


def comparison(left: str, shift: Period, op: Op, right: str, days: int = 0) -> Atom:
    """``left + shift op right + days``."""
    return Atom(Term(((1, Ref(left, shift)), (-1, Ref(right)))), op, days)


@pytest.mark.parametrize("months", [1, 6, 13, 48])
def test_a_shift_by_months_is_checked_on_the_calendar(months: int) -> None:
    decider = Decider(VOCABULARY, "outer")
    exactly = And((
        comparison("x", Period(months=months), Op.LE, "y"), comparison("x", Period(months=months), Op.GE, "y"),
    ))  # fmt: skip
    model = decider.model(exactly)
    assert model is not None
    assert shifted(model["x"], Period(months=months)) == model["y"]


def test_a_month_is_never_forty_days() -> None:
    decider = Decider(VOCABULARY, "outer")
    assert decider.model(comparison("x", Period(months=1), Op.GE, "x", 40)) is None
    assert decider.model(comparison("x", Period(months=1), Op.GE, "x", 31)) is not None
    assert decider.model(comparison("x", Period(months=1), Op.LT, "x", 28)) is None


def test_the_day_of_a_check_is_the_same_for_partners_and_can_be_given() -> None:
    day = date(2026, 11, 23).toordinal()
    today = Decider(VOCABULARY, "outer", {"peildatum": day})
    after = Atom(Term(((1, Ref("p.peildatum")),)), Op.GT, day)
    assert canonical("p.peildatum") == "peildatum"
    assert list(owners("p.peildatum")) == []
    assert list(owners("p.q.d")) == ["p.aanwezig", "p.q.aanwezig"]
    assert today.model(after) is None
    assert Decider(VOCABULARY, "outer").model(after) is not None


def test_a_field_of_a_partner_needs_the_partner() -> None:
    gone = Atom(Term(((1, Ref("p.aanwezig")),)), Op.LE, 0)
    some = Atom(Term(((1, Ref("p.d")),)), Op.GE, 0)
    decider = Decider(VOCABULARY, "outer")
    assert decider.model(gone, some) is None
    assert decider.model(gone, Not(some)) is None
    assert decider.model(Or((gone, some))) is not None
