"""What a certificate says of norms over several quantities, and every minimal conflict and repair of any collision."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from math import lcm

from ikec_compliance.reconcile.collision import Collision, ConflictClass
from ikec_compliance.reconcile.domain import AxisKind, candidates
from ikec_compliance.reconcile.inequalities import TooHard
from ikec_compliance.reconcile.norms import AppliedNorm
from ikec_compliance.reconcile.quantities import Demand, Relation, Variable, decimal
from ikec_compliance.reconcile.solver import Minimal, from_values, minimal_sets, shrink
from ikec_compliance.reconcile.system import System

NOTHING = Minimal((), (), True)


def labels(norms: Sequence[AppliedNorm], several: bool = False) -> list[str]:
    """What a certificate calls each norm: its rule, with the object it speaks to where one rule asks two things."""
    asked: dict[str, set[str]] = {}
    for item in norms:
        asked.setdefault(item.rule.id, set()).add(asks(item, several))
    return [
        item.rule.id if len(asked[item.rule.id]) == 1 else f"{item.rule.id} bij {item.applied_to}" for item in norms
    ]


def asks(norm: AppliedNorm, several: bool = False) -> str:
    """What a norm asks, as a certificate check can read it back: a plain set where only one quantity is at stake."""
    return norm.domain.text() if norm.single is not None and not several else norm.demand.text()


def minimal(collision: Collision) -> Minimal:
    """The minimal conflicts and repairs among the hard norms, by their position in ``collision.hard``."""
    if collision.conflict_class is not ConflictClass.CONTRADICTORY:
        return NOTHING
    hard = collision.hard
    if not collision.several:
        domains = [item.domain for item in hard]
        points = candidates(domains, collision.axis)
        found = from_values([[n for n, domain in enumerate(domains) if not domain.holds(p)] for p in points])
        if found is not None:
            return found
    system = System([item.demand for item in hard])

    def oracle(chosen: Collection[int]) -> Collection[int] | None:
        answer = system.solve(chosen)
        return None if answer.point is not None else answer.core

    try:
        return minimal_sets(len(hard), oracle)
    except TooHard:
        return Minimal((), (), False)


def best_core(norms: Sequence[AppliedNorm]) -> list[int]:
    """Positions of a minimal set of norms over several quantities that cannot hold together, best sources kept."""
    system = System([item.demand for item in norms])

    def oracle(chosen: Collection[int]) -> Collection[int] | None:
        # The core of the solver may leave out a better norm than it keeps: here all that was asked stays.
        try:
            return None if system.solve(chosen).point is not None else chosen
        except TooHard:
            return None

    order = sorted(
        range(len(norms)),
        key=lambda n: (norms[n].rule.head.binding.rank, norms[n].rule.evidence.rank, norms[n].rule.id, n),
    )
    return shrink(range(len(norms)), oracle, order)


def witnesses(norms: Sequence[AppliedNorm], names: Sequence[str], near: Mapping[Variable, int]) -> dict[str, str]:
    """For each norm a point, close to what the centre has, that satisfies all the others."""
    system = System([item.demand for item in norms])
    found = {}
    for place, name in enumerate(names):
        others = [other for other in range(len(norms)) if other != place]
        point = system.values(system.solve(others, near), others)
        found[name] = "; ".join(f"{v.title} = {v.axis.number(value)}" for v, value in point.items())
    return found


def universe(norms: Sequence[AppliedNorm]) -> tuple[str, ...]:
    """What values each quantity can have, as a certificate check can read it back."""
    shown = []
    for variable in dict.fromkeys(v for item in norms for v in item.demand.variables):
        axis = variable.axis
        if axis.kind is AxisKind.CHOICE:
            text = f"keuze uit {{{', '.join(axis.choices)}}}"
        elif axis.kind is AxisKind.DATE:
            text = "datum"
        else:
            unit = axis.unit or "getal"
            text = f"{unit}, in stappen van {decimal(Fraction(1, axis.scale))}"
            text += f", ten minste {axis.number(variable.low)}" if variable.low is not None else ""
        shown.append(f"{variable.title}: {text}")
    return tuple(shown)


def proof(norms: Sequence[AppliedNorm], names: Sequence[str]) -> tuple[str, ...]:
    """Sentences that show why norms over several quantities do not go together: a sum that anyone can add up."""
    first = [f"{name} ({item.act}): {asks(item, True)}." for name, item in zip(names, norms, strict=True)]
    rows = _rows([item.demand for item in norms])
    weights = _combination([numbers for _, numbers, _ in rows], [bound for _, _, bound in rows])
    if weights is None:
        last = "Geen combinatie van hele waarden voldoet aan deze normen samen; elke waarde is nagegaan."
        return (*first, last)
    used = [(place, weight) for place, weight in enumerate(weights) if weight]
    parts = [
        f"{weight} × [{_text(rows[place])}]" if weight != 1 else f"[{_text(rows[place])}]" for place, weight in used
    ]
    total = sum(weights[place] * rows[place][2] for place, _ in used)
    return (
        *first,
        f"Tel op: {' + '.join(parts)}.",
        f"Links valt alles tegen elkaar weg en blijft 0 over, rechts staat {total}: 0 ≤ {total} kan niet.",
    )


_Row = tuple[int, Mapping[Variable, int], int]


def _rows(demands: Sequence[Demand]) -> list[_Row]:
    """Every ``Σ number · variable ≤ bound`` of the demands, with the demand it comes from (-1: what it is)."""
    found: list[_Row] = []
    for place, demand in enumerate(demands):
        for variable, domain in demand.domains.items():
            low, high = domain.low, domain.high
            if domain.members:
                low, high = min(domain.members), max(domain.members)
            found += _both(place, {variable: 1}, low, high)
        for relation in demand.relations:
            found += _both(place, _numbers(relation), relation.low, relation.high)
    for variable in dict.fromkeys(v for demand in demands for v in demand.variables):
        if variable.axis.kind is AxisKind.CHOICE:
            found += _both(-1, {variable: 1}, 0, len(variable.axis.choices) - 1)
        elif variable.low is not None:
            found += _both(-1, {variable: 1}, variable.low, None)
    return found


def _numbers(relation: Relation) -> dict[Variable, int]:
    numbers: dict[Variable, int] = {}
    for number, variable in relation.parts:
        numbers[variable] = numbers.get(variable, 0) + number
    return numbers


def _both(place: int, numbers: Mapping[Variable, int], low: int | None, high: int | None) -> list[_Row]:
    found: list[_Row] = [(place, numbers, high)] if high is not None else []
    if low is not None:
        found.append((place, {variable: -number for variable, number in numbers.items()}, -low))
    return found


def _text(item: _Row) -> str:
    """A row in steps, as it is added up."""
    shown = ""
    for variable, number in item[1].items():
        sign = ("- " if number < 0 else "+ ") if shown else ("-" if number < 0 else "")
        times = "" if abs(number) == 1 else f"{abs(number)} × "
        scale = (
            f" in {decimal(Fraction(1, variable.axis.scale))} {variable.axis.unit}" if variable.axis.scale > 1 else ""
        )
        shown += f"{' ' if shown else ''}{sign}{times}{variable.title}{scale}"
    return f"{shown} ≤ {item[2]}"


def _combination(rows: Sequence[Mapping[Variable, int]], bounds: Sequence[int]) -> list[int] | None:
    """Whole, non-negative weights under which the rows add up to ``0 ≤ negative``; ``None`` when there are none."""
    # Elimination with the weights carried along; the systems here are a few rows.
    current = [
        ({v: Fraction(n) for v, n in numbers.items()}, Fraction(bound), {place: Fraction(1)})
        for place, (numbers, bound) in enumerate(zip(rows, bounds, strict=True))
    ]
    for variable in dict.fromkeys(v for numbers in rows for v in numbers):
        uppers = [item for item in current if item[0].get(variable, 0) > 0]
        lowers = [item for item in current if item[0].get(variable, 0) < 0]
        current = [item for item in current if not item[0].get(variable, 0)]
        if len(uppers) * len(lowers) > 400:
            return None
        for upper in uppers:
            for lower in lowers:
                one, other = -1 / lower[0][variable], 1 / upper[0][variable]
                numbers = {v: other * upper[0].get(v, 0) + one * lower[0].get(v, 0) for v in {**upper[0], **lower[0]}}
                weights = {p: other * upper[2].get(p, 0) + one * lower[2].get(p, 0) for p in {**upper[2], **lower[2]}}
                numbers = {v: n for v, n in numbers.items() if n}
                current.append((numbers, other * upper[1] + one * lower[1], weights))
    wrong = [item for item in current if not item[0] and item[1] < 0]
    if not wrong:
        return None
    chosen = min(wrong, key=lambda item: sum(1 for weight in item[2].values() if weight))[2]
    factor = lcm(*(weight.denominator for weight in chosen.values()))
    return [int(chosen.get(place, Fraction(0)) * factor) for place in range(len(rows))]
