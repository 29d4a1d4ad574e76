"""The smallest set of open fields whose values, whatever they turn out to be, decide a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import prod

from ikec_compliance.engine.flips import flip_points, is_monotone, with_field
from ikec_compliance.engine.limits import ENUMERATED_DOMAIN, MISSING_EVALUATIONS
from ikec_compliance.engine.possible import possible_truths
from ikec_compliance.engine.reference import verdict
from ikec_compliance.engine.residue import AtomTruth, Residue, residue, unknown_paths
from ikec_compliance.engine.truth import Truth, atom_truth
from ikec_compliance.model.expr import ALWAYS, Atom, Op, atoms
from ikec_compliance.model.fact import Fact, FieldReader
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.value import NEG, POS, Value
from ikec_compliance.model.verdict import Verdict

_Truths = tuple[Truth, ...]


def missing(rule: ResolvedRule, fact: Fact) -> tuple[str, ...]:
    """Paths of open fields, sorted: once these are known the verdict is decided, whatever the others are.

    Of the smallest sets the first by name. Empty unless the verdict is ``niet_te_bepalen``. The answer always
    decides; it is also of minimum size, unless only the lengths of months or whole multiples keep comparisons from
    holding together, or the search passes its bound: then it may hold more than needed.
    """
    if verdict(rule, fact) is not Verdict.UNDECIDED:
        return ()
    return _Search(residue(rule, fact), fact).smallest()


class _OutOfBudget(Exception):
    """The search took more evaluations than it may."""


class _Search:
    def __init__(self, rest: Residue, fact: Fact) -> None:
        self._rest = rest
        self._fact = fact
        occurrences = list(rest.atoms())
        self._atoms = {atom: unknown_paths(atom, fact) for atom in occurrences}
        self._fields = self._paths(occurrences)
        self._budget = MISSING_EVALUATIONS
        self._single: dict[tuple[str, tuple[Atom, ...]], set[_Truths]] = {}
        self._read_once = self._is_read_once(occurrences)

    def smallest(self) -> tuple[str, ...]:
        everything = self._fields
        if self._read_once:
            if self._rest.required == ALWAYS and not self._rest.open_norm:
                # Met or not applicable: whether an exception holds as well no longer matters.
                return self._paths(atoms(self._rest.applies))
            return everything
        try:
            # More knowledge never undoes a decision, so a field whose absence alone leaves the verdict
            # open belongs to every answer.
            needed = [field for field in everything if not self._decides(set(everything) - {field})]
            others = [field for field in everything if field not in needed]
            for size in range(len(others)):
                for extra in combinations(others, size):
                    if self._decides({*needed, *extra}):
                        return tuple(sorted((*needed, *extra)))
        except _OutOfBudget:
            pass
        return everything

    def _paths(self, found: Iterable[Atom]) -> tuple[str, ...]:
        return tuple(sorted({path for atom in found for path in self._atoms[atom]}))

    def _is_read_once(self, occurrences: Sequence[Atom]) -> bool:
        """Whether every open field stands in one place only, in a comparison that can go both ways.

        Then each field can be made the one that matters by a choice of the others, so all are needed. An open
        inequality in one field is true at one end of its interval and false at the other; an equality need not be
        reachable at all (2 x == 5).
        """
        counts = Counter(path for atom in occurrences for path in unknown_paths(atom, self._fact))
        for atom in occurrences:
            paths = self._atoms[atom]
            if len(paths) != 1 or counts[paths[0]] != 1 or not is_monotone(atom, paths[0]):
                return False
            if atom.op in (Op.EQ, Op.NE) and len(self._moving(paths[0], (atom,))) < 2:
                return False
        return True

    def _decides(self, chosen: set[str]) -> bool:
        """Whether the verdict is decided by every admissible completion of ``chosen``."""
        self._spend()
        touched = [atom for atom, paths in self._atoms.items() if chosen.intersection(paths)]
        if not touched:
            return False
        groups = list(self._components(touched, chosen))
        ways = [sorted(self._outcomes(fields, group)) for fields, group in groups]
        for combination in product(*ways):
            self._spend()
            truths: dict[Atom, Truth] = {}
            for (_, group), outcome in zip(groups, combination, strict=True):
                truths.update(zip(group, outcome, strict=True))
            if not self._rest.decided(_lookup(truths)):
                return False
        return True

    def _spend(self) -> None:
        self._budget -= 1
        if self._budget < 0:
            raise _OutOfBudget

    def _components(self, touched: Iterable[Atom], chosen: set[str]) -> Iterator[tuple[list[str], tuple[Atom, ...]]]:
        """Atoms that share chosen fields, directly or through others, with those fields."""
        left = list(touched)
        while left:
            group = [left.pop(0)]
            fields = chosen.intersection(self._atoms[group[0]])
            grown = True
            while grown:
                joining = [atom for atom in left if fields.intersection(self._atoms[atom])]
                grown = bool(joining)
                for atom in joining:
                    left.remove(atom)
                    group.append(atom)
                    fields |= chosen.intersection(self._atoms[atom])
            yield sorted(fields), tuple(group)

    def _outcomes(self, fields: list[str], group: tuple[Atom, ...]) -> set[_Truths]:
        """Every combination of truths that completions of ``fields`` can give the atoms; never too few."""
        if len(fields) == 1 and all(is_monotone(atom, fields[0]) for atom in group):
            return self._moving(fields[0], group)
        spans = [self._span(field) for field in fields]
        if prod(high - low + 1 for low, high in spans) <= ENUMERATED_DOMAIN:
            found: set[_Truths] = set()
            for numbers in product(*(range(low, high + 1) for low, high in spans)):
                read: FieldReader = self._fact.value
                for field, number in zip(fields, numbers, strict=True):
                    read = with_field(read, field, number)
                found.add(tuple(atom_truth(atom, read) for atom in group))
                self._spend()
            return found
        bounds = dict(zip(fields, spans, strict=True))
        return possible_truths(group, bounds, self._fact.value, self._spend)

    def _moving(self, field: str, group: tuple[Atom, ...]) -> set[_Truths]:
        """The truths of the atoms while one field moves through its interval, by its flip points."""
        key = (field, group)
        if key not in self._single:
            low, high = self._span(field)
            points = {low}
            for atom in group:
                points.update(flip_points(atom, field, self._fact.value, low, high))
            readers = (with_field(self._fact.value, field, number) for number in points)
            self._single[key] = {tuple(atom_truth(atom, read) for atom in group) for read in readers}
        return self._single[key]

    def _span(self, field: str) -> Value:
        """The numbers a field can turn out to be; the marks of open ends are not among them."""
        low, high = self._fact.value(field)
        return (max(low, NEG + 1), min(high, POS - 1))


def _lookup(truths: Mapping[Atom, Truth]) -> AtomTruth:
    return lambda atom: truths.get(atom, Truth.UNKNOWN)
