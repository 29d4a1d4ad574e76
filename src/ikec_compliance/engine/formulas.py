"""Rules as formulas: for each verdict an OR of clauses, each an AND of bounds on the ends of columns.

A column is a linear term; its two ends are ordinary integers, so three-valued truth becomes plain two-valued
comparisons: ``x <= 5`` is true when the high end is at most 5, not false when the low end is.
The clauses of a rule together cover every possible fact and those of different verdicts never overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ikec_compliance.engine.limits import CLAUSES_IN_BETWEEN, CLAUSES_PER_RULE, COLUMN_ENDS_PER_RULESET
from ikec_compliance.engine.literals import (
    IS_FALSE,
    IS_TRUE,
    NOT_FALSE,
    NOT_TRUE,
    SWAPPED,
    Columns,
    Literal,
    Literals,
    Mask,
    Shape,
)
from ikec_compliance.engine.truth import effective_require, lapses
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.expr import And, Atom, Expr, Not, Op, Or, Term
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.verdict import Verdict

Clause = tuple[Literal, ...]
Formula = dict[Verdict, tuple[Clause, ...]]

_Dnf = list[Mask]

_TRUE: _Dnf = [(0, 0)]
_FALSE: _Dnf = []


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
        self._literals = Literals(columns)
        self._shapes: dict[int, tuple[Shape, ...]] = {}
        self._done: dict[tuple[int, int], _Dnf] = {}
        self._exprs = tuple(exprs)  # keeps every expression alive: they are remembered by identity
        self._runs: dict[int, tuple[list[Shape], set[int]]] = {}
        for expr in self._exprs:
            self._number(expr)
        self._masks = self._literals.relate()
        self._weaker = [implied & ~(1 << number) for number, (implied, _) in enumerate(self._masks)]

    def modes(self, expr: Expr) -> tuple[_Dnf, _Dnf, _Dnf, _Dnf]:
        """When ``expr`` is true, is false, is not true, is not false."""
        return (
            self._dnf(expr, IS_TRUE),
            self._dnf(expr, IS_FALSE),
            self._dnf(expr, NOT_TRUE),
            self._dnf(expr, NOT_FALSE),
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
            found: set[Mask] = set()
            for mask, against in part:
                found.update(
                    [(mask | other, against | other_against) for other, other_against in result if not other & against]
                )
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
            result.append(tuple(sorted([self._literals.items[n] for n in numbers if not implied >> n & 1])))
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

    def _number(self, expr: Expr) -> None:
        """Give every literal that ``expr`` may need its number."""
        if isinstance(expr, Atom):
            if id(expr) not in self._shapes:
                self._shapes[id(expr)] = self._literals.shapes(expr)
        elif isinstance(expr, Not):
            self._number(expr.item)
        else:
            for item in expr.items:
                self._number(item)
            self._find_runs(expr)

    def _find_runs(self, expr: And | Or) -> None:
        """``x == 3 or x == 4`` is not false exactly when the interval of x meets 3..4: one clause instead of two."""
        wanted = Op.EQ if isinstance(expr, Or) else Op.NE
        by_term: dict[Term, dict[int, set[int]]] = {}
        for item in expr.items:
            if isinstance(item, Atom) and item.op is wanted:
                by_term.setdefault(item.term, {}).setdefault(item.bound, set()).add(id(item))
        for term, bounds in by_term.items():
            for first in sorted(bound for bound in bounds if bound - 1 not in bounds and bound + 1 in bounds):
                last = first
                while last + 1 in bounds:
                    last += 1
                shapes, members = self._runs.setdefault(id(expr), ([], set()))
                shapes.append(self._literals.meets(term, first, last))
                members.update(*(bounds[bound] for bound in range(first, last + 1)))

    def _expand(self, expr: Expr, mode: int) -> _Dnf:
        if isinstance(expr, Atom):
            return self._of(self._shapes[id(expr)][mode])
        if isinstance(expr, Not):
            return self._dnf(expr.item, SWAPPED[mode])
        conjunctive = isinstance(expr, And) == (mode in (IS_TRUE, NOT_FALSE))
        combine: Callable[..., _Dnf] = self.product if conjunctive else self.union
        shapes, members = self._runs.get(id(expr), ((), ()))
        if mode != (NOT_FALSE if isinstance(expr, Or) else NOT_TRUE):
            shapes, members = (), ()
        parts = [self._dnf(item, mode) for item in expr.items if id(item) not in members]
        return combine(*parts, *(self._of(shape) for shape in shapes))

    def _of(self, shape: Shape) -> _Dnf:
        return self.union(*(self.product(*([self._masks[number]] for number in numbers)) for numbers in shape))

    @staticmethod
    def _absorb(clauses: set[Mask]) -> _Dnf:
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
