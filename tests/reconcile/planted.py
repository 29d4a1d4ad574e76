"""Norm sets with collisions planted in them, and what those are by construction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from reconcile_cases import CODES, codes, norm, rule

from ikec_compliance.model.value import Value, known
from ikec_compliance.reconcile.domain import Axis, AxisKind, Domain, finite, interval
from ikec_compliance.reconcile.norms import AppliedNorm, Standing
from ikec_compliance.reconcile.quantities import Demand, Relation, Variable

COUNT = Axis(AxisKind.NUMBER, "stuks")
METRES = Axis(AxisKind.NUMBER, "m2", 100)
HOURS = Axis(AxisKind.NUMBER, "uur", 100)
ACTS = ("WEC", "WPO", "BKK", "JW")


def quantity(name: str, axis: Axis = COUNT) -> Variable:
    """A quantity of the merged subject of the tests."""
    return Variable("proef", name, axis, "", "", 0 if axis.kind is AxisKind.NUMBER else None)


def asked(
    number: int,
    act: str,
    domains: Mapping[Variable, Domain] | None = None,
    relations: Sequence[Relation] = (),
    standing: Standing = Standing.HARD,
    values: Mapping[Variable, Value] | None = None,
) -> AppliedNorm:
    """A norm of rule ``KO-<number>`` over several quantities."""
    own = norm(act)
    demand = Demand(dict(domains or {}), tuple(relations))
    readings = ({variable: (values or {}).get(variable, known(0)) for variable in demand.variables},)
    return AppliedNorm(rule(f"KO-{number:03d}", own), own, f"voorziening:v{number}", act, demand, standing, readings)


@dataclass
class Planted:
    """Norms, and the sets of rules that collide in them."""

    norms: list[AppliedNorm]
    cores: set[frozenset[str]]


def planted(random: Random, collisions: int, total: int) -> Planted:
    """``total`` norms of four acts in which exactly ``collisions`` sets of two to four cannot hold together."""
    made: list[AppliedNorm] = []
    cores = set()

    def add(domains: Mapping[Variable, Domain] | None = None, relations: Sequence[Relation] = ()) -> str:
        number = len(made)
        made.append(asked(number, ACTS[number % len(ACTS)], domains, relations))
        return made[-1].rule.id

    for number in range(collisions):
        base = random.randint(2, 50)
        x, y, z = (quantity(f"{letter}{number}") for letter in "xyz")
        kind = random.randrange(6)
        if kind == 0:  # at most this, at least that
            core = [add({x: interval(COUNT, None, base)}), add({x: interval(COUNT, base + random.randint(1, 9), None)})]
        elif kind == 1:  # three sets of which each pair has something in common
            c = quantity(f"c{number}", CODES)
            core = [add({c: codes("ab")}), add({c: codes("bc")}), add({c: codes("ac")})]
        elif kind == 2:  # one beroepskracht for eight children, one at most, and more children than eight
            core = [
                add(relations=[Relation(((8, x), (-1, y)), 0, None)]),
                add({x: interval(COUNT, None, base)}),
                add({y: interval(COUNT, 8 * base + 1, None)}),
            ]
        elif kind == 3:  # 3,5 m2 for each child
            m2 = quantity(f"m{number}", METRES)
            core = [
                add(relations=[Relation(((350, x), (-1, m2)), None, 0)]),
                add({m2: interval(METRES, None, 350 * base - 1)}),
                add({x: interval(COUNT, base, None)}),
            ]
        elif kind == 4:  # ten hours for each fte, twice over
            fte, hours = quantity(f"f{number}", HOURS), quantity(f"h{number}", HOURS)
            core = [
                add(relations=[Relation(((1, hours), (-10, fte)), 0, None)]),
                add(relations=[Relation(((1, x), (-2, hours)), 0, None)]),
                add({fte: interval(HOURS, 100 * base, None)}),
                add({x: interval(COUNT, None, 2000 * base - 1)}),
            ]
        else:  # whole numbers only: twice this is three times that and one; with 5 the other would have to be 8
            core = [
                add(relations=[Relation(((2, x), (-3, y)), 1, 1)]),
                add({x: interval(COUNT, None, 4)}),
                add({y: finite(COUNT, [0, 2, 5])}),
            ]
        cores.add(frozenset(core))
        # What asks less than a norm of the collision is beside it and changes nothing.
        add({x: interval(COUNT, None, 10**6)})
        add(relations=[Relation(((1, x), (1, y), (1, z)), None, 10**7)])
    while len(made) < total:
        number = len(made)
        x, y = quantity(f"p{number % 61}"), quantity(f"q{number % 53}")
        low = random.randint(0, 40)
        domains: list[Mapping[Variable, Domain]] = [
            {x: interval(COUNT, low, None)}, {x: interval(COUNT, None, 60 + low)}, {y: interval(COUNT, 500, None)},
        ]  # fmt: skip
        if random.random() < 0.3:
            add(relations=[Relation(((8, y), (-1, x)), 0, None)])
        else:
            add(random.choice(domains))
    order = list(range(len(made)))
    random.shuffle(order)
    return Planted([made[place] for place in order], cores)
