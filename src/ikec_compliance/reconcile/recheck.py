"""A second, slower way to decide whether inequalities can hold together, for checking certificates only.

It works on texts read back and on exact fractions, one quantity after another, and where whole numbers matter it tries
them one by one. It shares no code with what made the certificates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from fractions import Fraction
from itertools import product
from math import ceil, floor, gcd, lcm

from ikec_compliance.model.record import dataclass

_TRIES = 20_000
_ROWS = 4000
_FAR = 60


class Undecided(Exception):
    """The check would take too long."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What values a quantity can have: multiples of ``step`` from ``low`` on, or the places in a list of choices."""

    step: Fraction = Fraction(1)
    low: Fraction | None = None
    high: Fraction | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """``low ≤ Σ number · quantity ≤ high``; ``members`` are the only values, for a single quantity."""

    numbers: Mapping[str, Fraction]
    low: Fraction | None = None
    high: Fraction | None = None
    members: frozenset[Fraction] | None = None

    def holds(self, point: Mapping[str, Fraction]) -> bool:
        """Whether a point satisfies it."""
        total = sum((number * point[name] for name, number in self.numbers.items()), Fraction(0))
        if self.members is not None:
            return total in self.members
        return (self.low is None or total >= self.low) and (self.high is None or total <= self.high)


@dataclass(slots=True)
class Checker:
    """Decides over quantities of given kinds."""

    kinds: Mapping[str, Kind]
    left: int = field(default=_TRIES)

    def possible(self, limits: Sequence[Limit]) -> bool:
        """Whether some values satisfy all ``limits``; ``Undecided`` when that takes too many tries."""
        listed = [limit for limit in limits if limit.members is not None]
        plain = [limit for limit in limits if limit.members is None]
        by_name: dict[str, frozenset[Fraction]] = {}
        for limit in listed:
            (name,) = limit.numbers
            assert limit.members is not None
            by_name[name] = by_name.get(name, limit.members) & limit.members
        for group in _apart([*plain, *listed]):
            own = [limit for limit in plain if set(limit.numbers) <= group]
            sets = {name: members for name, members in by_name.items() if name in group}
            if not self._group(own, sets, group):
                return False
        return True

    def _group(self, plain: Sequence[Limit], sets: Mapping[str, frozenset[Fraction]], group: set[str]) -> bool:
        if len(group) == 1 and sets:  # one quantity with listed values: try them
            (name,) = group
            return any(
                all(limit.holds({name: value}) for limit in plain) and self._fits(name, value) for value in sets[name]
            )
        for values in product(*(sorted(members) for members in sets.values())):
            fixed = [Limit({name: Fraction(1)}, value, value) for name, value in zip(sets, values, strict=True)]
            self._count()
            if self._whole([*plain, *fixed, *self._natural(group)], sorted(group)):
                return True
        return False

    def _fits(self, name: str, value: Fraction) -> bool:
        kind = self.kinds[name]
        above = kind.low is None or value >= kind.low
        return above and (kind.high is None or value <= kind.high) and (value / kind.step).denominator == 1

    def _natural(self, group: set[str]) -> list[Limit]:
        return [Limit({name: Fraction(1)}, self.kinds[name].low, self.kinds[name].high) for name in sorted(group)]

    def _whole(self, limits: Sequence[Limit], names: Sequence[str]) -> bool:
        """Whether whole steps satisfy the limits: first with any fractions, then by trying a bounded quantity."""
        levels = _levels(self._rows(limits))
        if levels is None:
            return False
        if not names or self._dive(levels):
            return True
        rows = self._rows(limits)
        ranges = {}
        for name in names:
            found = _range(rows, name)
            if found is None:
                return False
            ranges[name] = found
        bounded = [(high - low, name) for name, (low, high) in ranges.items() if low is not None and high is not None]
        _, name = min(bounded, default=(0, names[0]))
        low, high = ranges[name]
        if low is None or high is None:
            # No quantity is bounded on both sides: walk from a bound, a whole point lies near when there is one.
            start = low if low is not None else high if high is not None else 0
            tries = range(start, start + _FAR) if low is not None or high is None else range(start, start - _FAR, -1)
        else:
            tries = range(low, high + 1)
        rest = [other for other in names if other != name]
        for number in tries:
            self._count()
            value = number * self.kinds[name].step
            if self._whole([*limits, Limit({name: Fraction(1)}, value, value)], rest):
                return True
        if low is None or high is None:
            raise Undecided
        return False

    def _rows(self, limits: Sequence[Limit]) -> list[_Row]:
        """``Σ whole number · steps ≤ bound`` for every limit."""
        found: list[_Row] = []
        for limit in limits:
            steps = {name: number * self.kinds[name].step for name, number in limit.numbers.items() if number}
            size = lcm(*(number.denominator for number in steps.values()))
            numbers = {name: int(number * size) for name, number in steps.items()}
            if limit.high is not None:
                found.append((numbers, limit.high * size))
            if limit.low is not None:
                found.append(({name: -number for name, number in numbers.items()}, -limit.low * size))
        return found

    @staticmethod
    def _dive(levels: Sequence[tuple[str, Sequence[_Row]]]) -> bool:
        """Whether whole steps are met straight away, from the last quantity to the first."""
        point: dict[str, int] = {}
        for name, rows in reversed(levels):
            low = high = None
            for numbers, bound in rows:
                rest = bound - sum(n * point.setdefault(o, 0) for o, n in numbers.items() if o != name)
                limit = Fraction(rest) / numbers[name]
                if numbers[name] > 0:
                    high = floor(limit) if high is None else min(high, floor(limit))
                else:
                    low = ceil(limit) if low is None else max(low, ceil(limit))
            if low is not None and high is not None and low > high:
                return False
            point[name] = low if low is not None else high if high is not None else 0
        return True

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Undecided


def _apart(limits: Sequence[Limit]) -> list[set[str]]:
    """Names in groups that some limit connects."""
    groups: list[set[str]] = []
    for limit in limits:
        mine = set(limit.numbers)
        if not mine:
            continue
        touching = [group for group in groups if group & mine]
        groups = [group for group in groups if not group & mine]
        groups.append(mine.union(*touching))
    return groups


_Row = tuple[dict[str, int], Fraction]


def _strictest(rows: Sequence[_Row]) -> list[_Row]:
    """One row for each sum, the strictest; a sum of whole numbers is at most the whole part of its bound."""
    found: dict[tuple[tuple[str, int], ...], Fraction] = {}
    for numbers, bound in rows:
        size = gcd(*numbers.values()) if numbers else 1
        key = tuple(sorted((name, number // size) for name, number in numbers.items()))
        whole = Fraction(floor(bound / size)) if key else bound
        found[key] = min(whole, found.get(key, whole))
    return [(dict(key), bound) for key, bound in found.items()]


def _levels(rows: Sequence[_Row], last: str = "") -> list[tuple[str, Sequence[_Row]]] | None:
    """Each quantity with the rows that bound it by those after it, ``last`` after all others; ``None`` when the rows
    contradict each other."""
    current = _strictest(rows)
    levels: list[tuple[str, Sequence[_Row]]] = []
    while True:
        if any(bound < 0 for numbers, bound in current if not numbers):
            return None
        sides: dict[str, tuple[list[_Row], list[_Row]]] = {}
        for item in current:
            for name, number in item[0].items():
                sides.setdefault(name, ([], []))[number < 0].append(item)
        if not sides:
            return levels
        name = min(sides, key=lambda one: (one == last, len(sides[one][0]) * len(sides[one][1]), one))
        above, below = sides[name]
        if len(current) + len(above) * len(below) > _ROWS:
            raise Undecided
        levels.append((name, [*above, *below]))
        kept = [item for item in current if name not in item[0]]
        for numbers, bound in above:
            for others, limit in below:
                one, two = -others[name], numbers[name]
                total = {key: one * numbers.get(key, 0) + two * others.get(key, 0) for key in {**numbers, **others}}
                kept.append(({key: value for key, value in total.items() if value}, one * bound + two * limit))
        current = _strictest(kept) if above and below else kept


def _range(rows: Sequence[_Row], name: str) -> tuple[int | None, int | None] | None:
    """The lowest and highest number of steps a quantity can have; ``None`` when the rows allow nothing at all."""
    levels = _levels(rows, name)
    if levels is None:
        return None
    last = next((rows for other, rows in levels if other == name), ())
    own = [(numbers[name], bound) for numbers, bound in last if len(numbers) == 1]
    lows = [ceil(bound / number) for number, bound in own if number < 0]
    highs = [floor(bound / number) for number, bound in own if number > 0]
    return max(lows, default=None), min(highs, default=None)
