"""Exact answers about systems of linear inequalities over whole numbers.

Elimination of one quantity after another (Fourier and Motzkin), every new row divided by the common factor of its
coefficients and rounded to whole numbers, then branching where the rounding has left a gap. The answer is a point, or
the sources of a contradiction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor, gcd

from ikec_compliance.model.record import dataclass
from ikec_compliance.reconcile.equalities import without_equalities
from ikec_compliance.reconcile.rows import Number, Row, row

_NODES = 400
_ROWS = 3000


class TooHard(Exception):
    """The system is larger than what is worked out here; nothing is known about it."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """The only values a quantity may take, in order, and the norm that says so."""

    members: tuple[int, ...]
    source: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A point that satisfies everything, or (``point`` is ``None``) the norms that contradict each other."""

    point: Mapping[int, int] | None
    core: frozenset[int] = frozenset()


def solve(rows: Sequence[Row], gaps: Mapping[int, Sequence[Gaps]], near: Mapping[int, int] | None = None) -> Answer:
    """A point of whole numbers in all of ``rows``, close to ``near``, with every gap respected; else the core.

    ``TooHard`` beyond a fixed number of rows and branches: never a guess.
    """
    return _Search(gaps, near or {}).run(list(rows), 0)


class _Search:
    def __init__(self, gaps: Mapping[int, Sequence[Gaps]], near: Mapping[int, int]) -> None:
        self.gaps = gaps
        self.near = near
        self.nodes = 0

    def run(self, rows: list[Row], depth: int) -> Answer:
        self.nodes += 1
        if self.nodes > _NODES:
            raise TooHard
        reduced = without_equalities(rows)
        if reduced.wrong is not None:
            return Answer(None, reduced.wrong)
        levels, contradiction = _eliminate(reduced.rows)
        if contradiction is not None:
            return Answer(None, contradiction.sources)
        point = self._back(levels)
        for item in reversed(reduced.replaced):
            for other, _ in item.parts:
                if other not in point:
                    point[other] = self._choose(other, None, None)
            point[item.name] = item.value(point)
        branch = self._branch(point)
        if branch is None:
            return Answer({name: int(value) for name, value in point.items()})
        name, below, above, reason = branch
        assumption = -1 - depth
        core: frozenset[int] = reason
        for limit in (row({name: 1}, below, frozenset({assumption})), row({name: -1}, -above, frozenset({assumption}))):
            answer = self.run([*rows, limit], depth + 1)
            if answer.point is not None:
                return answer
            if assumption not in answer.core:
                return answer
            core |= answer.core - {assumption}
        return Answer(None, core)

    def _back(self, levels: list[tuple[int, list[Row]]]) -> dict[int, Number]:
        """Values from the last quantity to the first; a fraction where no whole number fits."""
        point: dict[int, Number] = {}
        for name, rows in reversed(levels):
            low: Number | None = None
            high: Number | None = None
            for item in rows:
                own, rest = 0, Fraction(item.bound)
                for other, number in item.parts:
                    if other == name:
                        own = number
                        continue
                    if other not in point:  # nothing else bounds it
                        point[other] = self._choose(other, None, None)
                    rest -= number * point[other]
                limit = rest / own
                if own > 0:
                    high = limit if high is None else min(high, limit)
                else:
                    low = limit if low is None else max(low, limit)
            point[name] = self._choose(name, low, high)
        return point

    def _choose(self, name: int, low: Number | None, high: Number | None) -> Number:
        first = None if low is None else ceil(low)
        last = None if high is None else floor(high)
        if first is not None and last is not None and first > last:
            assert low is not None and high is not None
            return Fraction(low + high) / 2
        allowed = [
            member
            for member in (self.gaps[name][0].members if name in self.gaps else ())
            if (first is None or member >= first) and (last is None or member <= last)
            and all(member in item.members for item in self.gaps[name])
        ]  # fmt: skip
        wanted = self.near.get(name, 0)
        if allowed:
            return min(allowed, key=lambda member: (abs(member - wanted), member))
        if first is not None and wanted < first:
            return first
        return last if last is not None and wanted > last else wanted

    def _branch(self, point: Mapping[int, Number]) -> tuple[int, int, int, frozenset[int]] | None:
        for name, value in point.items():
            if value != int(value):
                return name, floor(value), floor(value) + 1, frozenset()
        for name, sets in self.gaps.items():
            value = point.get(name, 0)
            for item in sets:
                if value not in item.members:
                    below = max((member for member in item.members if member < value), default=None)
                    above = min((member for member in item.members if member > value), default=None)
                    if below is None or above is None:
                        raise TooHard  # its lowest and highest member are rows as well
                    return name, below, above, frozenset({item.source})
        return None


def _eliminate(rows: list[Row]) -> tuple[list[tuple[int, list[Row]]], Row | None]:
    """Each quantity with the rows that bound it by those after it; or the row ``0 ≤ negative``."""
    current: dict[tuple[tuple[int, int], ...], Row] = {}
    # For each quantity the rows that raise it and those that lower it.
    where: dict[int, tuple[set[tuple[tuple[int, int], ...]], set[tuple[tuple[int, int], ...]]]] = {}

    def add(item: Row) -> Row | None:
        if not item.parts:
            return item if item.bound < 0 else None
        other = current.get(item.parts)
        if other is None:
            for name, number in item.parts:
                where.setdefault(name, (set(), set()))[number < 0].add(item.parts)
        elif (item.bound, len(item.sources)) >= (other.bound, len(other.sources)):
            return None
        current[item.parts] = item
        return None

    for item in rows:
        if (wrong := add(item)) is not None:
            return [], wrong
    levels: list[tuple[int, list[Row]]] = []
    while where:
        name = min(where, key=lambda key: (_growth(where[key]), key))
        over, under = where.pop(name)
        uppers = [current[parts] for parts in sorted(over)]
        lowers = [current[parts] for parts in sorted(under)]
        levels.append((name, [*uppers, *lowers]))
        if len(current) + len(uppers) * len(lowers) > _ROWS:
            raise TooHard
        for item in (*uppers, *lowers):
            del current[item.parts]
            for other, number in item.parts:
                if other != name:
                    where[other][number < 0].discard(item.parts)
        for upper in uppers:
            for lower in lowers:
                if (wrong := add(_combined(upper, lower, name))) is not None:
                    return [], wrong
        for other in [other for other, sides in where.items() if not sides[0] and not sides[1]]:
            del where[other]
    return levels, None


def _growth(sides: tuple[set[tuple[tuple[int, int], ...]], set[tuple[tuple[int, int], ...]]]) -> int:
    over, under = len(sides[0]), len(sides[1])
    return over * under - over - under


def _combined(upper: Row, lower: Row, name: int) -> Row:
    """The two rows added in the proportion in which the quantity falls out."""
    positive = next(number for other, number in upper.parts if other == name)
    negative = next(number for other, number in lower.parts if other == name)
    factor = gcd(positive, -negative)
    first, second = -negative // factor, positive // factor
    total: dict[int, int] = {}
    for item, times in ((upper, first), (lower, second)):
        for other, number in item.parts:
            total[other] = total.get(other, 0) + times * number
    return row(total, first * upper.bound + second * lower.bound, upper.sources | lower.sources)
