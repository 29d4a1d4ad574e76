"""Rules as formulas: for each verdict an OR of clauses, each an AND of bounds on the ends of columns.

A column is a linear term; its two ends are ordinary integers, so three-valued truth becomes plain two-valued
comparisons: ``x <= 5`` is true when the high end is at most 5, not false when the low end is.
The clauses of a rule together cover every possible fact and those of different verdicts never overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from ikec_compliance.engine.limits import CLAUSES_IN_BETWEEN, CLAUSES_PER_RULE, COLUMN_ENDS_PER_RULESET
from ikec_compliance.engine.truth import effective_require, lapses
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.expr import And, Atom, Expr, Not, Op, Term, atoms
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.value import NEG, POS
from ikec_compliance.model.verdict import Verdict


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


Clause = tuple[Literal, ...]
Formula = dict[Verdict, tuple[Clause, ...]]

# A clause while it is being built: the set of literals it implies, and of those that contradict it,
# both as bit masks over the rule's literals.
_Mask = tuple[int, int]
_Dnf = list[_Mask]
_Shape = list[list[int]]

_TRUE: _Dnf = [(0, 0)]
_FALSE: _Dnf = []

_IS_TRUE, _IS_FALSE, _NOT_TRUE, _NOT_FALSE = range(4)
_SWAPPED = (_IS_FALSE, _IS_TRUE, _NOT_FALSE, _NOT_TRUE)


def compile_rule(rule: ResolvedRule, columns: Columns) -> Formula:
    """The formula of each verdict of ``rule``; verdicts that cannot occur have no clauses.

    Its terms get their numbers from ``columns``. Raises ``InputError`` at the rule's place when the rule is too
    complicated, ``InternalError`` when it asks nothing.
    """
    applies, lapsed, required = rule.applies, lapses(rule), effective_require(rule)
    build = _Builder(rule, columns, (applies, lapsed, required))
    t_applies, f_applies, nt_applies, nf_applies = build.modes(applies)
    t_lapsed, f_lapsed, nt_lapsed, nf_lapsed = build.modes(lapsed)
    t_required, f_required, nt_required, nf_required = build.modes(required)
    union, product = build.union, build.product

    none = union(f_applies, t_lapsed)
    fails = product(t_applies, f_lapsed, f_required)
    if rule.head.open_norm:
        passes = _FALSE
        review = product(t_applies, f_lapsed, t_required)
        doubt = union(nf_lapsed, product(nt_required, nf_required))
    else:
        passes = product(t_applies, nt_lapsed, t_required)
        review = _FALSE
        doubt = product(nt_required, union(nf_lapsed, nf_required))
    if not rule.decides:
        review = union(review, passes, fails)
        passes = fails = _FALSE
    undecided = product(nf_applies, nt_lapsed, union(nt_applies, doubt))
    formula = {
        Verdict.FAILS: build.clauses(fails),
        Verdict.UNDECIDED: build.clauses(undecided),
        Verdict.REVIEW: build.clauses(review),
        Verdict.PASSES: build.clauses(passes),
        Verdict.NOT_APPLICABLE: build.clauses(none),
    }
    build.check(formula)
    return formula


class _Builder:
    """The literals of one rule and the algebra on clauses over them."""

    def __init__(self, rule: ResolvedRule, columns: Columns, exprs: Iterable[Expr]) -> None:
        self._rule = rule
        self._columns = columns
        self._literals: list[Literal] = []
        self._numbers: dict[Literal, int] = {}
        self._shapes: dict[int, tuple[_Shape, ...]] = {}
        self._done: dict[tuple[int, int], _Dnf] = {}
        self._exprs = tuple(exprs)  # keeps every expression alive: they are remembered by identity
        for expr in self._exprs:
            for atom in atoms(expr):
                if id(atom) not in self._shapes:
                    self._shapes[id(atom)] = tuple(self._shape(atom))
        self._masks = self._relate()
        self._weaker = [implied & ~(1 << number) for number, (implied, _) in enumerate(self._masks)]

    def modes(self, expr: Expr) -> tuple[_Dnf, _Dnf, _Dnf, _Dnf]:
        """When ``expr`` is true, is false, is not true, is not false."""
        return (
            self._dnf(expr, _IS_TRUE), self._dnf(expr, _IS_FALSE),
            self._dnf(expr, _NOT_TRUE), self._dnf(expr, _NOT_FALSE),
        )

    def union(self, *parts: _Dnf) -> _Dnf:
        """At least one of ``parts``."""
        there = [part for part in parts if part]
        if len(there) < 2:
            return there[0] if there else _FALSE
        return self._absorb({clause for part in there for clause in part})

    def product(self, *parts: _Dnf) -> _Dnf:
        """All of ``parts``."""
        result = _TRUE
        for part in sorted(parts, key=len):
            if not part:
                return _FALSE
            if result == _TRUE or part == _TRUE:
                result = part if result == _TRUE else result
                continue
            found: set[_Mask] = set()
            for mask, against in part:
                found.update([
                    (mask | other, against | other_against)
                    for other, other_against in result
                    if not other & against
                ])
                if len(found) > CLAUSES_IN_BETWEEN:
                    self._refuse(f"meer dan {CLAUSES_IN_BETWEEN} gevallen")
            result = self._absorb(found)
        return result

    def clauses(self, dnf: _Dnf) -> tuple[Clause, ...]:
        """The clauses with only the literals that the others do not imply already."""
        result = []
        for mask, _ in dnf:
            left = mask
            implied = 0
            numbers = []
            while left:
                number = left.bit_length() - 1
                left ^= 1 << number
                numbers.append(number)
                implied |= self._weaker[number]
            result.append(tuple(sorted([self._literals[n] for n in numbers if not implied >> n & 1])))
        return tuple(sorted(result))

    def check(self, formula: Formula) -> None:
        """Refuse a rule that does not fit in one ruleset."""
        count = sum(len(clauses) for clauses in formula.values())
        if count > CLAUSES_PER_RULE:
            self._refuse(f"{count} gevallen, hoogstens {CLAUSES_PER_RULE}")
        ends = {(literal.column, literal.high) for part in formula.values() for clause in part for literal in clause}
        if len(ends) > COLUMN_ENDS_PER_RULESET:
            self._refuse(f"{len(ends)} grootheden, hoogstens {COLUMN_ENDS_PER_RULESET}")

    def _refuse(self, why: str) -> None:
        raise InputError(
            f"regel {self._rule.id} is te ingewikkeld ({why}); splits haar in eenvoudiger regels",
            self._rule.head.place,
        )

    def _dnf(self, expr: Expr, mode: int) -> _Dnf:
        key = (id(expr), mode)
        done = self._done.get(key)
        if done is None:
            done = self._done[key] = self._expand(expr, mode)
        return done

    def _expand(self, expr: Expr, mode: int) -> _Dnf:
        if isinstance(expr, Atom):
            return self.union(*(
                self.product(*([self._masks[number]] for number in numbers))
                for numbers in self._shapes[id(expr)][mode]
            ))
        if isinstance(expr, Not):
            return self._dnf(expr.item, _SWAPPED[mode])
        parts = [self._dnf(item, mode) for item in expr.items]
        conjunctive = isinstance(expr, And) == (mode in (_IS_TRUE, _NOT_FALSE))
        combine: Callable[..., _Dnf] = self.product if conjunctive else self.union
        return combine(*parts)

    def _shape(self, atom: Atom) -> list[_Shape]:
        """Per mode an OR of ANDs of literal numbers."""
        bound, op, column = atom.bound, atom.op, self._columns.number(atom.term)
        if op in (Op.EQ, Op.NE):
            shapes = [
                self._all((column, False, False, bound), (column, True, True, bound)),
                self._any((column, True, True, bound - 1), (column, False, False, bound + 1)),
                self._any((column, False, True, bound - 1), (column, True, False, bound + 1)),
                self._all((column, False, True, bound), (column, True, False, bound)),
            ]
            return [shapes[_SWAPPED[mode]] for mode in range(4)] if op is Op.NE else shapes
        if op in (Op.LT, Op.GE):
            bound -= 1  # x < c is x <= c - 1; x >= c is its opposite
        shapes = [
            self._all((column, True, True, bound)),
            self._all((column, False, False, bound + 1)),
            self._all((column, True, False, bound + 1)),
            self._all((column, False, True, bound)),
        ]
        return [shapes[_SWAPPED[mode]] for mode in range(4)] if op in (Op.GE, Op.GT) else shapes

    def _all(self, *wanted: tuple[int, bool, bool, int]) -> _Shape:
        numbers: list[int] = []
        for item in wanted:
            number = self._number(Literal(*item))
            if number is None:
                return []
            if number >= 0:
                numbers.append(number)
        return [numbers]

    def _any(self, *wanted: tuple[int, bool, bool, int]) -> _Shape:
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
            number = self._numbers[literal] = len(self._literals)
            self._literals.append(literal)
        return number

    def _relate(self) -> list[_Mask]:
        """For each literal the literals it implies (itself too) and those it contradicts."""
        columns: dict[int, list[int]] = {}
        for number, literal in enumerate(self._literals):
            columns.setdefault(literal.column, []).append(number)
        masks: list[_Mask] = [(0, 0)] * len(self._literals)
        for numbers in columns.values():
            for one in numbers:
                _, high, upper, bound = self._literals[one]
                implied = against = 0
                for two in numbers:
                    _, other_high, other_upper, other_bound = self._literals[two]
                    # The low end never exceeds the high end.
                    reaches = high in (other_high, upper)
                    if upper == other_upper:
                        if reaches and (other_bound >= bound if upper else other_bound <= bound):
                            implied |= 1 << two
                    elif reaches and (other_bound > bound if upper else other_bound < bound):
                        against |= 1 << two
                masks[one] = (implied, against)
        return masks

    @staticmethod
    def _absorb(clauses: set[_Mask]) -> _Dnf:
        """Without the clauses that another one already covers."""
        if len(clauses) < 2:
            return list(clauses)
        kept: _Dnf = []
        masks: list[int] = []
        # A clause is only ever covered by one with fewer literals.
        for _, mask, against in sorted([(mask.bit_count(), mask, against) for mask, against in clauses]):
            for other in masks:
                if other & mask == other:
                    break
            else:
                masks.append(mask)
                kept.append((mask, against))
        return kept
