"""Planted collisions: all are found and nothing else; small systems against brute force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, product
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from planted import ACTS, COUNT, asked, planted, quantity
from reconcile_cases import CODES, centre_facts, codes, merged

from ikec_compliance.centre.centre import Centre
from ikec_compliance.model.result import ConflictLine
from ikec_compliance.model.value import known
from ikec_compliance.reconcile import check_certificates
from ikec_compliance.reconcile.collision import judge
from ikec_compliance.reconcile.domain import AxisKind, finite, interval
from ikec_compliance.reconcile.lines import conflict_line
from ikec_compliance.reconcile.meetings import collisions
from ikec_compliance.reconcile.norms import AppliedNorm
from ikec_compliance.reconcile.quantities import Relation, Variable

HIGHEST = 4
NAMES = "xyz"


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Centre:
    return centre_facts(Path(tmp_path_factory.mktemp("centrum"))).context.centre


def lines(norms: Sequence[AppliedNorm], centre: Centre) -> list[ConflictLine]:
    return [conflict_line(item, centre) for item in collisions([(merged(), norms)], ())]


@pytest.mark.parametrize(("number", "seed"), [(0, 1), (1, 2), (2, 3), (7, 4), (12, 5), (23, 6), (40, 7), (40, 8)])
def test_every_planted_collision_is_found_and_no_other(centre: Centre, number: int, seed: int) -> None:
    made = planted(Random(seed), number, 300)
    found = [item for item in lines(made.norms, centre) if item.conflict_class == "tegenstrijdig"]
    assert len(found) == len(made.cores)
    assert {frozenset(item.certificate.core) for item in found} == made.cores
    # One collision for each set of quantities that hang together, and its only minimal conflict.
    assert all(len(item.certificate.conflicts) == 1 and item.certificate.complete for item in found)
    assert check_certificates(found) == []
    for item in found:
        assert set(item.certificate.witnesses) == set(item.certificate.core)
        # To leave out any one norm of the core is a smallest repair.
        assert {frozenset(removal) for removal in item.certificate.removals} == {
            frozenset({rule}) for rule in item.certificate.core
        }


variable = st.sampled_from(NAMES)
bound = st.one_of(st.none(), st.integers(0, HIGHEST))
acts = st.sampled_from(ACTS[:3])


@st.composite
def small_norms(draw: st.DrawFn) -> list[AppliedNorm]:
    """Norms over x, y and z; each asks as well that what it speaks of is at most ``HIGHEST``: a world to be tried."""
    values = {quantity(name): known(draw(st.integers(0, HIGHEST))) for name in NAMES}
    made = []
    for number in range(draw(st.integers(2, 6))):
        act, kind = draw(acts), draw(st.integers(0, 4))
        one = quantity(draw(variable))
        low, high = draw(bound), draw(bound)
        if kind == 0:
            inside = interval(COUNT, low or 0, HIGHEST if high is None else high)
            made.append(asked(number, act, {one: inside}, values=values))
        elif kind == 1:
            members = draw(st.frozensets(st.integers(0, HIGHEST), max_size=3))
            made.append(asked(number, act, {one: finite(COUNT, members)}, values=values))
        else:
            parts = tuple(
                (draw(st.sampled_from([-8, -3, -2, -1, 1, 2, 3])), quantity(name))
                for name in draw(st.lists(variable, min_size=2, max_size=3, unique=True))
            )
            least, most = draw(st.integers(-9, 9)), draw(st.integers(-9, 9))
            relation = Relation(parts, *{2: (least, None), 3: (None, most), 4: (least, least)}[kind])
            made.append(
                asked(number, act, {v: interval(COUNT, 0, HIGHEST) for _, v in parts}, [relation], values=values)
            )
    return made


def holds(norm: AppliedNorm, point: Mapping[Variable, int]) -> bool:
    inside = all(domain.holds(point[variable]) for variable, domain in norm.demand.domains.items())
    return inside and all(relation.holds(point) for relation in norm.demand.relations)


# One more than a norm allows, so that a party that leaves something free differs from one that does not.
WORLDS = [
    {quantity(name): value for name, value in zip(NAMES, values, strict=True)}
    for values in product(range(HIGHEST + 2), repeat=3)
]


def brute(norms: Sequence[AppliedNorm]) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """Minimal conflicts and minimal repairs, from their definition."""
    everything = [norm.rule.id for norm in norms]
    allowed = {frozenset(norm.rule.id for norm in norms if holds(norm, point)) for point in WORLDS}
    removals = {frozenset(everything) - item for item in allowed if not any(item < other for other in allowed)}
    conflicts: set[frozenset[str]] = set()
    for size in range(1, len(everything) + 1):
        for some in map(frozenset, combinations(everything, size)):
            if not any(some <= item for item in allowed) and not any(other <= some for other in conflicts):
                conflicts.add(some)
    return conflicts, removals


@settings(max_examples=150, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(small_norms())
def test_class_state_conflicts_and_repairs_equal_enumeration(centre: Centre, norms: list[AppliedNorm]) -> None:
    joint = [point for point in WORLDS if all(holds(norm, point) for norm in norms)]
    line = conflict_line(judge(merged(), norms, (), None), centre)
    assert check_certificates([line]) == []
    here = {variable: value[0] for norm in norms for variable, value in norm.readings[0].items()}
    assert set(line.certificate.broken) == {norm.rule.id for norm in norms if not holds(norm, here)}
    if joint:
        own = [
            [point for point in WORLDS if all(holds(norm, point) for norm in norms if norm.act == act)]
            for act in {norm.act for norm in norms}
        ]
        assert line.conflict_class == ("voorwaardelijk" if any(points != joint for points in own) else "dubbel")
        assert line.state == ("voldaan" if all(holds(norm, here) for norm in norms) else "open")
        return
    assert (line.conflict_class, line.state) == ("tegenstrijdig", "open")
    conflicts, removals = brute(norms)
    assert line.certificate.complete
    assert {frozenset(item) for item in line.certificate.conflicts} == conflicts
    assert {frozenset(item) for item in line.certificate.removals} == removals
    assert frozenset(line.certificate.core) in conflicts


def test_three_that_do_not_go_together_while_each_two_do(centre: Centre) -> None:
    staff, children = quantity("beroepskrachten"), quantity("kinderen")
    ratio = asked(1, "BKK", relations=[Relation(((8, staff), (-1, children)), 0, None)])
    full = asked(2, "WEC", {children: interval(COUNT, 16, None)})
    one = asked(3, "JW", {staff: interval(COUNT, None, 1)})
    (line,) = lines([ratio, full, one], centre)
    assert line.conflict_class == "tegenstrijdig"
    assert line.certificate.core == ("KO-001", "KO-002", "KO-003")
    # 8 staff ≥ children ≥ 16 and staff ≤ 1: one row each, the last eight times; 0 ≤ -16 + 8.
    assert "8 × [beroepskrachten ≤ 1]" in line.certificate.proof[-2]
    assert line.certificate.proof[-1].endswith("0 ≤ -8 kan niet.")
    assert check_certificates([line]) == []
    for two in combinations([ratio, full, one], 2):
        assert all(item.conflict_class != "tegenstrijdig" for item in lines(two, centre))


def test_norms_of_different_parts_of_the_day_do_not_meet(centre: Centre) -> None:
    def at(number: int, act: str, low: int | None, high: int | None, window: tuple[int, int]) -> AppliedNorm:
        one = Variable("proef", "kinderen", COUNT, "", "", 0, window)
        return asked(number, act, {one: interval(COUNT, low, high)})

    morning = at(1, "WEC", None, 3, (480, 720))
    assert [i.conflict_class for i in lines([morning, at(2, "JW", 9, None, (720, 900))], centre)] == ["voorwaardelijk"]
    (line,) = lines([morning, at(2, "JW", 9, None, (660, 900))], centre)
    assert line.conflict_class == "tegenstrijdig"
    assert "kinderen (11.00-12.00)" in line.certificate.proof[-2]


def test_choices_and_numbers_in_one_set(centre: Centre) -> None:
    code, count = quantity("vorm", CODES), quantity("aantal")
    assert CODES.kind is AxisKind.CHOICE
    linked = asked(1, "WEC", relations=[Relation(((1, count), (-3, code)), 0, None)])
    norms = [linked, asked(2, "BKK", {code: codes("cd")}), asked(3, "JW", {count: interval(COUNT, None, 5)})]
    (line,) = lines(norms, centre)
    assert (line.conflict_class, set(line.certificate.core)) == ("tegenstrijdig", {"KO-001", "KO-002", "KO-003"})
    assert check_certificates([line]) == []
