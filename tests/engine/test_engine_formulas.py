from itertools import product
from random import Random

import pytest
from engine_cases import PLACE, atom, fact, one_of, random_fact, random_rule, rule, term
from hypothesis import given, settings
from hypothesis import strategies as st

from ikec_compliance.engine import term_value, verdict
from ikec_compliance.engine.formulas import Clause, Formula, compile_rule
from ikec_compliance.engine.limits import CLAUSES_PER_RULE
from ikec_compliance.engine.literals import Columns
from ikec_compliance.model.errors import InputError, InternalError
from ikec_compliance.model.expr import ALWAYS, NEVER, And, Atom, Not, Op, Or, Term
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.value import POS, UNKNOWN
from ikec_compliance.model.verdict import Verdict


def holds(clause: Clause, terms: tuple[Term, ...], item: Fact) -> bool:
    for literal in clause:
        end = term_value(terms[literal.column], item)[literal.high]
        if not (end <= literal.bound if literal.upper else end >= literal.bound):
            return False
    return True


def proved(formula: Formula, terms: tuple[Term, ...], item: Fact) -> set[Verdict]:
    return {name for name, clauses in formula.items() if any(holds(clause, terms, item) for clause in clauses)}


@settings(max_examples=150, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_each_fact_proves_exactly_the_verdict_of_the_reference(random: Random) -> None:
    item = random_rule(random, 1)
    columns = Columns()
    try:
        formula = compile_rule(item, columns)
    except InputError:
        return
    for number in range(8):
        probe = random_fact(random, number)
        assert proved(formula, columns.terms, probe) == {verdict(item, probe)}


@settings(max_examples=100, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_clauses_are_satisfiable_and_none_covers_another(random: Random) -> None:
    columns = Columns()
    try:
        formula = compile_rule(random_rule(random, 1), columns)
    except InputError:
        return
    for clauses in formula.values():
        for clause in clauses:
            for one, two in product(clause, repeat=2):
                if one.column == two.column and one.upper and not two.upper and (one.high >= two.high):
                    assert one.bound >= two.bound, "a clause no fact can meet"
        for one, two in product(clauses, repeat=2):
            assert one is two or not set(one) <= set(two)


@pytest.mark.parametrize("op", list(Op))
@pytest.mark.parametrize("value", [(3, 3), (2, 2), (4, 4), (2, 3), (3, 4), (2, 4), (4, 9), UNKNOWN])
def test_every_operator(op: Op, value: tuple[int, int]) -> None:
    columns = Columns()
    item, probe = rule(atom("x", op, 3)), fact({"x": value})
    numbers = range(value[0], value[1] + 1) if value != UNKNOWN else range(0, 10)
    answers = {
        {Op.LT: n < 3, Op.LE: n <= 3, Op.EQ: n == 3, Op.NE: n != 3, Op.GE: n >= 3, Op.GT: n > 3}[op] for n in numbers
    }
    expected = Verdict.UNDECIDED if len(answers) == 2 else Verdict.PASSES if answers == {True} else Verdict.FAILS
    assert proved(compile_rule(item, columns), columns.terms, probe) == {expected}


def test_a_simple_rule_stays_simple() -> None:
    formula = compile_rule(rule(atom("x", Op.LE, 5), atom("a", Op.GE, 1)), Columns())
    assert {name: len(clauses) for name, clauses in formula.items()} == {
        Verdict.PASSES: 1,
        Verdict.FAILS: 1,
        Verdict.NOT_APPLICABLE: 1,
        Verdict.REVIEW: 0,
        Verdict.UNDECIDED: 2,  # it may not apply; or it applies and may not be met
    }


def test_bounds_outside_every_domain_are_settled_at_once() -> None:
    formula = compile_rule(rule(atom("x", Op.LE, POS + 5)), Columns())
    assert formula[Verdict.PASSES] == ((),)
    assert not formula[Verdict.FAILS]
    assert not formula[Verdict.UNDECIDED]


def test_constants() -> None:
    assert compile_rule(rule(ALWAYS), Columns())[Verdict.PASSES] == ((),)
    assert compile_rule(rule(NEVER), Columns())[Verdict.FAILS] == ((),)
    assert compile_rule(rule(None, open_norm="redelijk"), Columns())[Verdict.REVIEW] == ((),)
    assert compile_rule(rule(ALWAYS, NEVER), Columns())[Verdict.NOT_APPLICABLE] == ((),)


def test_a_contradiction_never_passes() -> None:
    formula = compile_rule(rule(And((atom("x", Op.LE, 2), atom("x", Op.GE, 3)))), Columns())
    assert formula[Verdict.PASSES] == ()


def test_a_rule_that_is_too_complicated_is_refused_at_its_place() -> None:
    pairs = tuple(Or((atom(f"x{n}"), atom(f"y{n}"))) for n in range(12))
    with pytest.raises(InputError, match=r"KO-001 is te ingewikkeld .*splits haar") as caught:
        compile_rule(rule(And(pairs)), Columns())
    assert caught.value.location == PLACE


def test_a_rule_with_more_clauses_than_a_ruleset_holds_is_refused() -> None:
    many = And(tuple(atom(f"x{n % 100}", Op.NE, n) for n in range(CLAUSES_PER_RULE)))
    with pytest.raises(InputError, match="splits haar"):
        compile_rule(rule(many), Columns())


def test_a_rule_that_reads_more_than_a_fact_holds_is_refused() -> None:
    with pytest.raises(InputError, match="240 grootheden, hoogstens 222"):
        compile_rule(rule(And(tuple(atom(f"x{n}", Op.LE) for n in range(120)))), Columns())


def test_a_rule_that_asks_nothing_is_an_error_of_the_program() -> None:
    with pytest.raises(InternalError, match="eist niets"):
        compile_rule(rule(), Columns())


def test_terms_share_a_column() -> None:
    columns = Columns()
    compile_rule(rule(And((Atom(term("x", "y"), Op.LE, 3), Not(Atom(term("x", "y"), Op.GE, 2))))), columns)
    assert columns.terms == (term("x", "y"),)


def test_neighbouring_choices_are_one_clause_where_they_may_be() -> None:
    columns = Columns()
    formula = compile_rule(rule(ALWAYS, one_of(term("x"), [3, 4, 5, 9])), columns)
    # Undecided: the interval meets 3..5 or 9, and is neither of these numbers alone nor free of all of them.
    assert len(formula[Verdict.PASSES]) == 4
    probes = [fact({"x": (low, high)}) for low in range(1, 12) for high in range(low, 12)]
    for probe in probes:
        low, high = probe.values["x"]
        inside = {number in (3, 4, 5, 9) for number in range(low, high + 1)}
        expected = Verdict.PASSES if low == high and inside == {True} else Verdict.UNDECIDED
        assert proved(formula, columns.terms, probe) == {Verdict.NOT_APPLICABLE if inside == {False} else expected}
