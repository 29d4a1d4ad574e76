"""Class, state and who restricts, against brute force over small domains."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from reconcile_cases import CODES, YEARS, applied, codes, merged, numbers

from ikec_compliance.engine import pairs
from ikec_compliance.model.rule import Binding, Severity
from ikec_compliance.model.value import UNKNOWN, known
from ikec_compliance.reconcile.certificate import minimal_core, restricting, witness
from ikec_compliance.reconcile.collision import Collision, ConflictClass, State, judge
from ikec_compliance.reconcile.domain import Axis, Domain
from ikec_compliance.reconcile.frictions import FreeParty
from ikec_compliance.reconcile.lines import severity_of
from ikec_compliance.reconcile.meetings import collisions, entries, meeting
from ikec_compliance.reconcile.norms import AppliedNorm, Standing

FREE = FreeParty("BKK", "houder", "vrij")
bound = st.one_of(st.none(), st.integers(0, 5))
number_sets = st.builds(numbers, bound, bound)
code_sets = st.builds(lambda s: codes("".join(sorted(s))), st.frozensets(st.sampled_from("abcd")))
parties = st.sampled_from(["WEC", "WPO", "JW"])
standings = st.sampled_from([Standing.HARD, Standing.HARD, Standing.HARD, Standing.LEAVE])
shape = st.one_of(
    st.tuples(st.just(YEARS), st.lists(st.tuples(parties, number_sets, standings), min_size=2, max_size=5)),
    st.tuples(st.just(CODES), st.lists(st.tuples(parties, code_sets, standings), min_size=2, max_size=5)),
)


def world(axis: Axis) -> range:
    return range(4) if axis == CODES else range(-8, 14)


def inside(domain: Domain, axis: Axis) -> frozenset[int]:
    """The members of a set, from its definition."""
    if domain.members is not None:
        return frozenset(domain.members)
    low, high = domain.low, domain.high
    return frozenset(x for x in world(axis) if (low is None or x >= low) and (high is None or x <= high))


def meet(sets: Sequence[frozenset[int]], axis: Axis) -> frozenset[int]:
    return frozenset(world(axis)).intersection(*sets)


def build(axis: Axis, raw: Sequence[tuple[str, Domain, Standing]], value: int = 1) -> list[AppliedNorm]:
    return [
        applied(number, party, domain, standing=standing, values=(known(value),))
        for number, (party, domain, standing) in enumerate(raw)
    ]


@given(shape, st.booleans(), st.integers(0, 3))
def test_class_and_state_equal_enumeration(
    drawn: tuple[Axis, list[tuple[str, Domain, Standing]]], free: bool, value: int
) -> None:
    axis, raw = drawn
    if all(standing is Standing.LEAVE or inside(d, axis) == set(world(axis)) for _, d, standing in raw):
        return
    found = judge(merged(), build(axis, raw, value), (FREE,) if free else (), None)
    everything = frozenset(world(axis))
    own: dict[str, frozenset[int]] = {"BKK": everything} if free else {}
    for party, domain, standing in raw:
        asks = inside(domain, axis) if standing is Standing.HARD else everything
        own[party] = own.get(party, everything) & asks
    joint = meet(list(own.values()), axis)
    if not joint:
        wanted = ConflictClass.CONTRADICTORY
    elif any(mine != joint for mine in own.values()):
        wanted = ConflictClass.CONDITIONAL
    else:
        wanted = ConflictClass.DOUBLE
    assert found.conflict_class is wanted
    assert found.state is (State.MET if value in joint else State.OPEN)


@given(shape)
def test_who_restricts_is_in_a_minimal_set_with_the_same_joint_set(
    drawn: tuple[Axis, list[tuple[str, Domain, Standing]]],
) -> None:
    axis, raw = drawn
    sets = [inside(domain, axis) for _, domain, _ in raw]
    joint = meet(sets, axis)
    wanted: set[int] = set()
    for chosen in chain.from_iterable(combinations(range(len(sets)), size) for size in range(len(sets) + 1)):
        same = meet([sets[i] for i in chosen], axis) == joint
        smaller = any(meet([sets[i] for i in chosen if i != out], axis) == joint for out in chosen)
        if same and not smaller:
            wanted |= set(chosen)
    assert set(restricting([domain for _, domain, _ in raw], axis)) == wanted


@given(shape)
def test_a_core_is_minimal_and_its_witnesses_hold(drawn: tuple[Axis, list[tuple[str, Domain, Standing]]]) -> None:
    axis, raw = drawn
    domains = [domain for _, domain, _ in raw]
    if meet([inside(domain, axis) for domain in domains], axis):
        return
    core = minimal_core(domains, axis)
    assert not meet([inside(domains[i], axis) for i in core], axis)
    for out in core:
        rest = [inside(domains[i], axis) for i in core if i != out]
        assert meet(rest, axis)
        assert witness([domains[i] for i in core if i != out], axis) in meet(rest, axis)


def test_three_norms_of_which_each_pair_holds_together() -> None:
    domains = [codes("ab"), codes("bc"), codes("ac")]
    assert minimal_core(domains, CODES) == [0, 1, 2]
    assert [CODES.show(witness([d for d in domains if d is not out], CODES)) for out in domains] == ["c", "a", "b"]


def test_leave_never_restricts() -> None:
    asked = applied(1, "WEC", numbers(3, None), values=(known(4),))
    leave = applied(2, "JW", numbers(None, None), standing=Standing.LEAVE, values=(known(4),))
    found = judge(merged(), [asked, leave], (), None)
    assert (found.conflict_class, found.state) == (ConflictClass.CONDITIONAL, State.MET)
    assert [item.rule.id for item in found.binding] == ["KO-001"]


def test_what_is_not_settled_is_left_to_be_judged_unless_the_rest_already_contradicts() -> None:
    low, high = applied(1, "WEC", numbers(None, 2)), applied(2, "JW", numbers(20, None))
    for standing in (Standing.UNCONFIRMED, Standing.OPEN_REGIME, Standing.OPEN_EXCEPTION, Standing.REPLACED):
        doubtful = applied(2, "JW", numbers(20, None), standing=standing)
        found = judge(merged(), [low, doubtful], (), None)
        assert (found.conflict_class, found.state) == (ConflictClass.REVIEW, State.UNKNOWN)
        assert found.reason == standing.value
        assert all(item.standing is Standing.HARD for item in found.binding)
        third = applied(3, "BKK", numbers(1, None), standing=standing)
        assert judge(merged(), [low, high, third], (), None).conflict_class is ConflictClass.CONTRADICTORY


def test_the_state_of_an_open_regime_is_known_only_when_every_outcome_agrees() -> None:
    def state(value: int, standing: Standing) -> State:
        norms = [
            applied(1, "WEC", numbers(0, 5), values=(known(value),)),
            applied(2, "WPO", numbers(0, 6), values=(known(value),)),
            applied(3, "JW", numbers(3, None), values=(known(value),), standing=standing),
        ]
        return judge(merged(), norms, (), None).state

    assert [state(value, Standing.OPEN_REGIME) for value in (4, 1, 9)] == [State.MET, State.UNKNOWN, State.OPEN]
    assert [state(value, Standing.UNCONFIRMED) for value in (4, 1, 9)] == [State.UNKNOWN, State.UNKNOWN, State.OPEN]


def test_one_sure_party_does_not_make_an_open_conflict() -> None:
    sure = applied(1, "WEC", numbers(0, 5), values=(known(9),))
    maybe = applied(2, "JW", numbers(0, 5), values=(known(9),), standing=Standing.OPEN_REGIME)
    assert judge(merged(), [sure, maybe], (), None).state is State.UNKNOWN
    assert judge(merged(), [sure, maybe], (FREE,), None).state is State.OPEN


def test_an_unknown_value_gives_an_unknown_state() -> None:
    norms = [applied(n, act, numbers(0, 5), values=(UNKNOWN,)) for n, act in enumerate(("WEC", "WPO"))]
    assert judge(merged(), norms, (), None).state is State.UNKNOWN
    empty = [applied(1, "WEC", numbers(None, 2), values=(UNKNOWN,)), applied(2, "JW", numbers(20, None))]
    assert judge(merged(), empty, (), None).state is State.OPEN


def test_severity_follows_binding_and_rule() -> None:
    wet, regeling = applied(1, "A", numbers(0, 1)), applied(2, "B", numbers(0, 1), binding=Binding.REGELING)
    assert severity_of([wet, regeling]) is Severity.ERROR
    for binding in (Binding.BELEIDSREGEL, Binding.RICHTSNOER, Binding.TOEZICHTPRAKTIJK, Binding.CAO):
        assert severity_of([wet, applied(2, "B", numbers(0, 1), binding=binding)]) is Severity.WARNING
    assert severity_of([wet, applied(2, "B", numbers(0, 1), severity=Severity.WARNING)]) is Severity.WARNING


def found_in(norms: Sequence[AppliedNorm]) -> list[Collision]:
    return collisions([(merged(), norms)], ())


def test_one_party_alone_never_collides() -> None:
    assert found_in([applied(1, "WEC", numbers(0, 1)), applied(2, "WEC", numbers(5, 6))]) == []
    assert found_in([applied(1, "WEC", numbers(0, 1))]) == []


def test_two_addressees_of_one_act_collide() -> None:
    norms = [applied(1, "JW", numbers(0, 1), addressee="college"), applied(2, "JW", numbers(5, 6), addressee="hulp")]
    assert [item.conflict_class for item in found_in(norms)] == [ConflictClass.CONTRADICTORY]


def test_norms_that_ask_nothing_do_not_collide() -> None:
    assert found_in([applied(n, act, numbers(None, None)) for n, act in enumerate(("WEC", "JW"))]) == []


def test_other_units_and_countings_are_not_compared() -> None:
    one, other = applied(1, "WEC", numbers(0, 1)), applied(2, "JW", numbers(5, 6), counting="bruto")
    found = found_in([one, other])
    assert [(item.conflict_class, item.reason) for item in found] == [(ConflictClass.REVIEW, "onvergelijkbaar")]
    assert [item.state for item in found] == [State.UNKNOWN]
    # Two that can be compared and one that cannot: both findings, under different names.
    found = found_in([one, applied(3, "WPO", numbers(0, 1)), other])
    assert [item.conflict_class for item in found] == [ConflictClass.DOUBLE, ConflictClass.REVIEW]
    assert found_in([one, applied(3, "WPO", numbers(0, 1), name="andere maat")]) == []


entry = st.tuples(st.integers(0, 2), st.sampled_from("pq"), parties, st.sampled_from(["x", "y"]))


@settings(max_examples=40, deadline=None)
@given(st.lists(entry, max_size=9))
def test_joins_are_all_pairs_of_different_parties(raw: list[tuple[int, str, str, str]]) -> None:
    listed = [
        found
        for number, (subject, name, act, addressee) in enumerate(raw)
        for found in entries(
            subject, merged(), [applied(number, act, numbers(0, 1), addressee=addressee, name=name)], ()
        )
    ]
    wanted = [
        (i, j) for i, j in combinations(range(len(raw)), 2) if raw[i][:2] == raw[j][:2] and raw[i][2:] != raw[j][2:]
    ]
    assert meeting(listed) == wanted


def test_joins_come_out_of_the_engine() -> None:
    facts = [{"subject": 0, "quantity": 0, "act": act, "addressee": 0} for act in (0, 1, 0)]
    assert pairs(facts, ("subject", "quantity"), ("act", "addressee")) == [(0, 1), (1, 2)]
