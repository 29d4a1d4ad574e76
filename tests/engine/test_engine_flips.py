from random import Random

from engine_cases import fact, random_value
from hypothesis import given, settings
from hypothesis import strategies as st

from ikec_compliance.engine.flips import flip_points, with_field
from ikec_compliance.engine.truth import atom_truth, term_bounds
from ikec_compliance.model.expr import Atom, Op, Period, Ref, Term
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.value import NEG, POS, UNKNOWN, known


def brute(atom: Atom, low: int, high: int, item: Fact) -> set[int]:
    """Where the truth turns, by trying every number."""
    read = item.value
    truths = [atom_truth(atom, with_field(read, "x", number)) for number in range(low, high + 1)]
    return {low + n for n in range(1, len(truths)) if truths[n] is not truths[n - 1]}


@settings(max_examples=400, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_every_turn_is_found_and_nothing_far_from_one(random: Random) -> None:
    sign = random.choice((1, -1))
    parts = [(sign * random.randrange(1, 4), Ref("x"))]
    if random.random() < 0.2:
        parts.append((sign, Ref("x", Period(months=1))))  # no straight line: searched for
    parts += [(random.choice((-3, -2, -1, 1, 2)), Ref(name)) for name in random.sample("ab", random.randrange(3))]
    atom = Atom(Term(tuple(parts)), random.choice(list(Op)), random.randrange(-30, 2000))
    item = fact({"a": random_value(random), "b": random_value(random)})
    low = random.randrange(-5, 900)
    high = low + random.randrange(120)
    points = flip_points(atom, "x", item.value, low, high)
    turns = brute(atom, low, high, item)
    assert turns <= set(points)
    assert points == sorted(set(points)) and all(low < point <= high for point in points)
    for point in points:
        # One end of the term passes the bound here, whether or not that alone changes the truth.
        before, after = (term_bounds(atom.term, with_field(item.value, "x", n)) for n in (point - 1, point))
        assert before != after
        passed = range(min(before[0], after[0], before[1], after[1]), max(*before, *after) + 1)
        assert any(bound in passed for bound in (atom.bound, atom.bound + 1))


def test_an_open_end_never_turns() -> None:
    atom = Atom(Term(((1, Ref("x")), (1, Ref("a")))), Op.LE, 5)
    assert flip_points(atom, "x", fact({"a": UNKNOWN}).value, -100, 100) == []
    assert flip_points(atom, "x", fact({"a": (NEG, 0)}).value, -100, 100) == [6]
    assert flip_points(atom, "x", fact({"a": known(POS - 10)}).value, -100, 100) == []


def test_the_whole_calendar_takes_no_search() -> None:
    # Exactly three years of 365 days after day 700,000: the last day of ``x - a <= 1095``.
    atom = Atom(Term(((1, Ref("x")), (-1, Ref("a")))), Op.LE, 1095)
    reads: list[str] = []

    def read(path: str) -> tuple[int, int]:
        reads.append(path)
        return known(700_000)

    assert flip_points(atom, "x", read, 700_001, 3_652_059) == [701_096]
    assert reads == ["a"]
