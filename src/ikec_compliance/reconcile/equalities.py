"""Takes exact equalities out of a system of inequalities over whole numbers (Pugh's Omega test)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import count

from ikec_compliance.model.record import dataclass
from ikec_compliance.reconcile.rows import Number, Row, row

_HELPERS = 1_000_000
"""Quantities from this number on exist only within the calculation."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """``name = constant + Σ coefficient · other``: how a quantity follows from those that are left."""

    name: int
    constant: int
    parts: tuple[tuple[int, int], ...]

    def value(self, point: Mapping[int, Number]) -> Number:
        """The value of the quantity at a point of the others."""
        return self.constant + sum((number * Fraction(point[other]) for other, number in self.parts), Fraction(0))


@dataclass(frozen=True, slots=True)
class Reduced:
    """A system without equalities, and what was replaced, in order. ``wrong`` is the source of a contradiction."""

    rows: list[Row]
    replaced: list[Replacement]
    wrong: frozenset[int] | None = None


def without_equalities(rows: Sequence[Row]) -> Reduced:
    """The same system in which no two rows are each other's opposite."""
    helpers = count(_HELPERS)
    current, replaced = list(rows), list[Replacement]()
    while (equality := _equality(current)) is not None:
        parts, bound, sources = equality
        name = min(parts, key=lambda other: (abs(parts[other]), other))
        own = parts[name]
        if abs(own) == 1:
            rest = tuple((other, -number * own) for other, number in parts.items() if other != name)
            replacement = Replacement(name, bound * own, rest)
        else:
            size = abs(own) + 1
            sign = 1 if own > 0 else -1
            helper = next(helpers)
            # With the coefficients taken to the nearest multiple of ``size``, that of ``name`` becomes one.
            near = {other: _near(number, size) for other, number in parts.items() if other != name}
            shown = [(other, sign * number) for other, number in near.items() if number]
            replacement = Replacement(name, -sign * _near(bound, size), (*shown, (helper, -sign * size)))
        replaced.append(replacement)
        current = [_replace(item, replacement, sources) for item in current]
        for item in current:
            if not item.parts and item.bound < 0:
                return Reduced([], replaced, item.sources)
        current = [item for item in current if item.parts]
    return Reduced(current, replaced)


def _near(number: int, size: int) -> int:
    """The remainder of least size: between minus and plus half of ``size``."""
    return number - size * ((2 * number + size) // (2 * size))


def _equality(rows: Sequence[Row]) -> tuple[dict[int, int], int, frozenset[int]] | None:
    """Two rows that say ``at most`` and ``at least`` the same."""
    bounds: dict[tuple[tuple[int, int], ...], Row] = {}
    for item in rows:
        other = bounds.get(item.parts)
        if other is None or item.bound < other.bound:
            bounds[item.parts] = item
    for parts, item in bounds.items():
        opposite = bounds.get(tuple((name, -number) for name, number in parts))
        if opposite is not None and opposite.bound == -item.bound and parts:
            return dict(parts), item.bound, item.sources | opposite.sources
    return None


def _replace(item: Row, replacement: Replacement, sources: frozenset[int]) -> Row:
    numbers = dict(item.parts)
    own = numbers.pop(replacement.name, 0)
    if not own:
        return item
    for other, number in replacement.parts:
        numbers[other] = numbers.get(other, 0) + own * number
    return row(numbers, item.bound - own * replacement.constant, item.sources | sources)
