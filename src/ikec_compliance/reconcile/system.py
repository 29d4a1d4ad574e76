"""A connected set of demands: whether they can hold together, and whether some of them imply another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.value import POS
from ikec_compliance.reconcile.domain import AxisKind, Domain
from ikec_compliance.reconcile.inequalities import Answer, Gaps, solve
from ikec_compliance.reconcile.quantities import Demand, Relation, Variable
from ikec_compliance.reconcile.rows import Row, row
from ikec_compliance.reconcile.solver import components

_NOTHING = frozenset[int]()

Piece = Sequence[Row]
"""Rows that hold together besides the demands that are chosen; all over variables of one block."""


class System:
    """Demands over shared variables, numbered from 0 in the order given.

    Variables that no relation connects are worked out apart, and each such block once for the same demands.
    """

    def __init__(self, demands: Sequence[Demand]) -> None:
        self.demands = list(demands)
        self.variables = tuple(dict.fromkeys(v for demand in demands for v in demand.variables))
        self._number = {variable: number for number, variable in enumerate(self.variables)}
        self._block = self._blocks()
        self._members: dict[int, list[int]] = {}
        for name, block in self._block.items():
            self._members.setdefault(block, []).append(name)
        self._rows: list[dict[int, list[Row]]] = []
        self._gaps: list[dict[int, dict[int, Gaps]]] = []
        self._impossible = {number for number, demand in enumerate(demands) if _empty(demand)}
        for number, demand in enumerate(demands):
            rows: dict[int, list[Row]] = {}
            for item in self._of(demand, frozenset({number})):
                rows.setdefault(self._block[item.parts[0][0]], []).append(item)
            gaps: dict[int, dict[int, Gaps]] = {}
            for name, gap in self._gaps_of(demand, number):
                gaps.setdefault(self._block[name], {})[name] = gap
            self._rows.append(rows)
            self._gaps.append(gaps)
        self._natural: dict[int, list[Row]] = {}
        for variable in self.variables:
            self._natural.setdefault(self._block[self._number[variable]], []).extend(self._limits(variable))
        self._known: dict[tuple[int, tuple[int, ...]], Answer] = {}

    def __len__(self) -> int:
        return len(self.demands)

    @property
    def blocks(self) -> list[list[Variable]]:
        """The variables in groups that relations connect."""
        return [[self.variables[name] for name in names] for names in self._members.values()]

    def solve(self, chosen: Collection[int], near: Mapping[Variable, int] | None = None) -> Answer:
        """A point for the demands at ``chosen``, close to ``near``; else which of them contradict each other.

        The point of an answer is by number of the variable; ``values`` gives it names. ``TooHard`` for a system
        that is too large.
        """
        point: dict[int, int] = {}
        for answer in self._answers(chosen, near):
            if answer.point is None:
                return answer
            point.update(answer.point)
        return Answer(point)

    def values(self, answer: Answer, chosen: Collection[int]) -> dict[Variable, int]:
        """The point of an answer, for the variables of the demands at ``chosen``."""
        if answer.point is None:
            raise InternalError("een tegenspraak heeft geen waarden")
        wanted = dict.fromkeys(v for number in sorted(chosen) for v in self.demands[number].variables)
        return {variable: answer.point.get(self._number[variable], variable.low or 0) for variable in wanted}

    def implies(self, chosen: Collection[int], demand: Demand) -> bool:
        """Whether every point of the demands at ``chosen`` satisfies ``demand``."""
        return all(self.with_piece(chosen, piece).point is None for piece in self._outside(demand))

    def breaking(self, number: int) -> Iterator[Piece]:
        """The ways to break demand ``number``, each a convex piece of what it forbids."""
        return self._outside(self.demands[number])

    def with_piece(self, chosen: Collection[int], piece: Piece) -> Answer:
        """``solve`` with a piece that holds whatever is chosen."""
        block = self._block[piece[0].parts[0][0]] if piece else -1
        for answer in self._answers(chosen, None, skip=block):
            if answer.point is None:
                return answer
        return self._solve(block, self._touching(block, chosen), piece, None) if piece else Answer({})

    def _answers(
        self, chosen: Collection[int], near: Mapping[Variable, int] | None, skip: int = -1
    ) -> Iterator[Answer]:
        wrong = self._impossible & set(chosen)
        if wrong:
            yield Answer(None, frozenset({min(wrong)}))
            return
        for block in self._members:
            if block == skip:
                continue
            touching = self._touching(block, chosen)
            if not touching:
                continue
            if near:
                yield self._solve(block, touching, (), near)
                continue
            key = (block, touching)
            if key not in self._known:
                self._known[key] = self._solve(block, touching, (), None)
            yield self._known[key]

    def _touching(self, block: int, chosen: Collection[int]) -> tuple[int, ...]:
        return tuple(sorted(number for number in chosen if block in self._rows[number]))

    def _solve(self, block: int, touching: Sequence[int], piece: Piece, near: Mapping[Variable, int] | None) -> Answer:
        everything = [*self._natural[block], *piece]
        sets: dict[int, list[Gaps]] = {}
        for number in touching:
            everything += self._rows[number][block]
            for name, gap in self._gaps[number].get(block, {}).items():
                sets.setdefault(name, []).append(gap)
        wanted = {self._number[variable]: value for variable, value in (near or {}).items() if variable in self._number}
        return solve(everything, sets, wanted)

    def _blocks(self) -> dict[int, int]:
        links: dict[int, set[object]] = {name: {("self", name)} for name in self._number.values()}
        for number, demand in enumerate(self.demands):
            for place, relation in enumerate(demand.relations):
                for _, variable in relation.parts:
                    links[self._number[variable]].add((number, place))
        return {name: block for block, group in enumerate(components(links)) for name in group}

    def _limits(self, variable: Variable) -> Iterator[Row]:
        name = self._number[variable]
        if variable.axis.kind is AxisKind.CHOICE:
            yield row({name: 1}, len(variable.axis.choices) - 1, _NOTHING)
            yield row({name: -1}, 0, _NOTHING)
        elif variable.low is not None:
            yield row({name: -1}, -variable.low, _NOTHING)

    def _of(self, demand: Demand, sources: frozenset[int]) -> Iterator[Row]:
        for variable, domain in demand.domains.items():
            yield from self._domain_rows(variable, domain, sources)
        for relation in demand.relations:
            yield from self._relation_rows(relation, relation.low, relation.high, sources)

    def _domain_rows(self, variable: Variable, domain: Domain, sources: frozenset[int]) -> Iterator[Row]:
        name = self._number[variable]
        low, high = domain.low, domain.high
        if domain.members is not None:
            if not domain.members:
                return
            low, high = min(domain.members), max(domain.members)
        if high is not None:
            yield row({name: 1}, high, sources)
        if low is not None:
            yield row({name: -1}, -low, sources)

    def _relation_rows(
        self, relation: Relation, low: int | None, high: int | None, sources: frozenset[int]
    ) -> Iterator[Row]:
        coefficients: dict[int, int] = {}
        for number, variable in relation.parts:
            name = self._number[variable]
            coefficients[name] = coefficients.get(name, 0) + number
        if high is not None:
            yield row(coefficients, high, sources)
        if low is not None:
            yield row({name: -number for name, number in coefficients.items()}, -low, sources)

    def _gaps_of(self, demand: Demand, source: int) -> Iterator[tuple[int, Gaps]]:
        for variable, domain in demand.domains.items():
            if domain.members:
                members = tuple(sorted(domain.members))
                if members[-1] - members[0] >= len(members):
                    yield self._number[variable], Gaps(members, source)

    def _outside(self, demand: Demand) -> Iterator[Piece]:
        """Everything outside a demand, in convex pieces."""
        for variable, domain in demand.domains.items():
            name = self._number[variable]
            stretches = _between(sorted(domain.members)) if domain.members is not None else _beyond(domain)
            for low, high in stretches:
                upper = [row({name: 1}, high, _NOTHING)] if high is not None else []
                lower = [row({name: -1}, -low, _NOTHING)] if low is not None else []
                yield [*upper, *lower] or [row({name: 1}, POS, _NOTHING)]
        for relation in demand.relations:
            if relation.high is not None:
                yield list(self._relation_rows(relation, relation.high + 1, None, _NOTHING))
            if relation.low is not None:
                yield list(self._relation_rows(relation, None, relation.low - 1, _NOTHING))


def _empty(demand: Demand) -> bool:
    return any(domain.empty for domain in demand.domains.values())


def _beyond(domain: Domain) -> Iterator[tuple[int | None, int | None]]:
    if domain.low is not None:
        yield None, domain.low - 1
    if domain.high is not None:
        yield domain.high + 1, None


def _between(members: Sequence[int]) -> Iterator[tuple[int | None, int | None]]:
    """The stretches of whole numbers that are not among ``members``."""
    if not members:
        yield None, None
        return
    yield None, members[0] - 1
    for before, after in pairwise(members):
        if after - before > 1:
            yield before + 1, after - 1
    yield members[-1] + 1, None
