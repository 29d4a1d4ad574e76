"""Comparisons as literals: bounds on one end of a column, with what each implies and excludes."""

from __future__ import annotations

from typing import NamedTuple

from ikec_compliance.model.expr import Atom, Op, Term
from ikec_compliance.model.value import NEG, POS

IS_TRUE, IS_FALSE, NOT_TRUE, NOT_FALSE = range(4)
"""What may be asked of an expression."""

SWAPPED = (IS_FALSE, IS_TRUE, NOT_FALSE, NOT_TRUE)
"""The same asked of its opposite."""

Mask = tuple[int, int]
"""A clause while it is being built: the literals it implies, and those that contradict it, as bits by number."""

Shape = list[list[int]]
"""An OR of ANDs of literal numbers."""


class Columns:
    """Numbers for the linear terms that the rules of one subject type read."""

    def __init__(self) -> None:
        self._numbers: dict[Term, int] = {}

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms in order of their numbers."""
        return tuple(self._numbers)

    def number(self, term: Term) -> int:
        """The number of ``term``, a new one at first sight."""
        return self._numbers.setdefault(term, len(self._numbers))


class Literal(NamedTuple):
    """``low or high end of a column <= bound`` (``upper``) or ``>= bound``."""

    column: int
    high: bool
    upper: bool
    bound: int


class Literals:
    """The literals of one rule, numbered from 0."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._numbers: dict[Literal, int] = {}
        self.items: list[Literal] = []

    def shapes(self, atom: Atom) -> tuple[Shape, ...]:
        """The atom in each mode."""
        bound, op, column = atom.bound, atom.op, self._columns.number(atom.term)
        if op in (Op.EQ, Op.NE):
            shapes = [
                self._all((column, False, False, bound), (column, True, True, bound)),
                self._any((column, True, True, bound - 1), (column, False, False, bound + 1)),
                self._any((column, False, True, bound - 1), (column, True, False, bound + 1)),
                self._all((column, False, True, bound), (column, True, False, bound)),
            ]
            return tuple(shapes[SWAPPED[mode]] for mode in range(4)) if op is Op.NE else tuple(shapes)
        if op in (Op.LT, Op.GE):
            bound -= 1  # x < c is x <= c - 1; x >= c is its opposite
        shapes = [
            self._all((column, True, True, bound)),
            self._all((column, False, False, bound + 1)),
            self._all((column, True, False, bound + 1)),
            self._all((column, False, True, bound)),
        ]
        return tuple(shapes[SWAPPED[mode]] for mode in range(4)) if op in (Op.GE, Op.GT) else tuple(shapes)

    def meets(self, term: Term, first: int, last: int) -> Shape:
        """The interval of a term has a number of ``first..last`` in it."""
        column = self._columns.number(term)
        return self._all((column, False, True, last), (column, True, False, first))

    def _all(self, *wanted: tuple[int, bool, bool, int]) -> Shape:
        numbers: list[int] = []
        for item in wanted:
            number = self._number(Literal(*item))
            if number is None:
                return []
            if number >= 0:
                numbers.append(number)
        return [numbers]

    def _any(self, *wanted: tuple[int, bool, bool, int]) -> Shape:
        return [clause for item in wanted for clause in self._all(item)]

    def _number(self, literal: Literal) -> int | None:
        """Number of a literal; -1 when it always holds and ``None`` when it never does."""
        bound = literal.bound
        if literal.upper:
            if bound >= POS:
                return -1
            if bound < NEG:
                return None
        else:
            if bound <= NEG:
                return -1
            if bound > POS:
                return None
        number = self._numbers.get(literal)
        if number is None:
            number = self._numbers[literal] = len(self.items)
            self.items.append(literal)
        return number

    def relate(self) -> list[Mask]:
        """For each literal the literals it implies (itself too) and those it contradicts."""
        columns: dict[int, list[int]] = {}
        for number, literal in enumerate(self.items):
            columns.setdefault(literal.column, []).append(number)
        masks: list[Mask] = [(0, 0)] * len(self.items)
        for numbers in columns.values():
            for one in numbers:
                _, high, upper, bound = self.items[one]
                implied = against = 0
                for two in numbers:
                    _, other_high, other_upper, other_bound = self.items[two]
                    # The low end never exceeds the high end.
                    reaches = high in (other_high, upper)
                    if upper == other_upper:
                        if reaches and (other_bound >= bound if upper else other_bound <= bound):
                            implied |= 1 << two
                    elif reaches and (other_bound > bound if upper else other_bound < bound):
                        against |= 1 << two
                masks[one] = (implied, against)
        return masks
