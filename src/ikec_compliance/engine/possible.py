"""Which truths of comparisons can occur together, when fields tie them over domains too large to list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import gcd

from ikec_compliance.engine.truth import Truth, term_bounds
from ikec_compliance.model.expr import Atom, Op, Period, Ref, Term
from ikec_compliance.model.fact import FieldReader
from ikec_compliance.model.value import NEG, POS, Value

_Line = tuple[frozenset[tuple[str, int]], int]
"""``Σ coefficient · name <= bound``."""

_CALENDAR = (1, date.max.toordinal())
_LINES = 300
"""Inequalities while names are eliminated; a system that needs more is not refuted."""


def possible_truths(
    group: Sequence[Atom], chosen: Mapping[str, Value], read: FieldReader, spend: Callable[[], None]
) -> set[tuple[Truth, ...]]:
    """Every combination of truths that numbers for the ``chosen`` fields, within their bounds, can give the atoms.

    ``read`` gives the other fields, which stay as open as they are; ``spend`` is called for each system solved.
    Never too few. Exact where the fields stand alone or as differences of two. A shift by months counts as any
    number of days that it can take, so a combination that only the lengths of months exclude is kept.
    """
    found: set[tuple[Truth, ...]] = set()
    ways = [list(_ways(atom, chosen, read)) for atom in group]

    def extend(done: tuple[Truth, ...], lines: list[_Line]) -> None:
        if len(done) == len(group):
            found.add(done)
            return
        for truth, more in ways[len(done)]:
            spend()
            if _feasible([*lines, *more]):
                extend((*done, truth), [*lines, *more])

    extend((), list(_box(group, chosen)))
    return found


def _box(group: Iterable[Atom], chosen: Mapping[str, Value]) -> Iterator[_Line]:
    shifts = {(ref.path, ref.shift) for atom in group for _, ref in atom.term.parts if ref.path in chosen}
    moved = {path for path, shift in shifts if shift != Period()}
    for path, (low, high) in chosen.items():
        if path in moved:
            # Only a day of the calendar can be moved by a period.
            low, high = max(low, _CALENDAR[0]), min(high, _CALENDAR[1])
        yield from _between({path: 1}, low, high)
    for path, shift in shifts:
        if shift.months:
            # Months average 30.4375 days; their sum strays from that by less than four days in a century.
            days, slack = shift.months * 1461 // 48, 4 + abs(shift.months) // 1200
            yield from _between({_months(path, shift): 1}, days - slack, days + slack)


def _months(path: str, shift: Period) -> str:
    """The name of the days by which the months of a shift move a field."""
    return f"{path} + {shift.months} maanden"


def _ways(atom: Atom, chosen: Mapping[str, Value], read: FieldReader) -> Iterator[tuple[Truth, list[_Line]]]:
    """Truths an atom can have, each with inequalities that mean it; a truth may come in several ways."""
    sums: dict[str, int] = {}
    bound = atom.bound
    rest: list[tuple[int, Ref]] = []
    for coefficient, ref in atom.term.parts:
        if ref.path not in chosen:
            rest.append((coefficient, ref))
            continue
        bound -= coefficient * ref.shift.days
        for name in (ref.path, *([_months(ref.path, ref.shift)] if ref.shift.months else [])):
            sums[name] = sums.get(name, 0) + coefficient
    low, high = term_bounds(Term(tuple(rest)), read)
    # Both ends of the term against a number; None is impossible, no line at all always so.
    below = None if high >= POS else [_line(sums, bound - high - 1)]
    not_below = [] if high >= POS else [_line(_opposite(sums), high - bound)]
    above = None if low <= NEG else [_line(_opposite(sums), low - bound - 1)]
    not_above = [] if low <= NEG else [_line(sums, bound - low)]
    at_most = None if high >= POS else [_line(sums, bound - high)]
    not_at_most = [] if high >= POS else [_line(_opposite(sums), high - bound - 1)]
    at_least = None if low <= NEG else [_line(_opposite(sums), low - bound)]
    not_at_least = [] if low <= NEG else [_line(sums, bound - low - 1)]
    if atom.op in (Op.LE, Op.GT):
        holds, fails, open_ = at_most, [above], [*not_at_most, *not_above]
    elif atom.op in (Op.LT, Op.GE):
        holds, fails, open_ = below, [at_least], [*not_below, *not_at_least]
    else:
        holds = [*_between(sums, bound - low, bound - low)] if low == high else None
        fails, open_ = [below, above], [*not_below, *not_above]
    positive = atom.op in (Op.LE, Op.LT, Op.EQ)
    if holds is not None:
        yield (Truth.TRUE if positive else Truth.FALSE), holds
    for lines in fails:
        if lines is not None:
            yield (Truth.FALSE if positive else Truth.TRUE), lines
    if low != high:
        yield Truth.UNKNOWN, open_


def _opposite(sums: Mapping[str, int]) -> dict[str, int]:
    return {name: -coefficient for name, coefficient in sums.items()}


def _between(sums: Mapping[str, int], low: int, high: int) -> Iterator[_Line]:
    yield _line(sums, high)
    yield _line(_opposite(sums), -low)


def _line(sums: Mapping[str, int], bound: int) -> _Line:
    """The inequality in least terms: whole numbers allow the bound to be rounded down."""
    parts = {name: coefficient for name, coefficient in sums.items() if coefficient}
    common = gcd(*parts.values()) or 1
    return frozenset((name, coefficient // common) for name, coefficient in parts.items()), bound // common


def _feasible(lines: Iterable[_Line]) -> bool:
    """Whether the inequalities can hold together (Fourier-Motzkin); no refutation counts as yes."""
    system: dict[frozenset[tuple[str, int]], int] = {}
    if not _added(system, lines):
        return False
    while system:
        counts: dict[str, list[int]] = {}
        for parts in system:
            for name, coefficient in parts:
                counts.setdefault(name, [0, 0])[coefficient > 0] += 1
        name = min(counts, key=lambda one: (counts[one][0] * counts[one][1], one))
        touching = {parts: dict(parts).get(name, 0) for parts in system}
        upper = [(parts, system[parts]) for parts, coefficient in touching.items() if coefficient > 0]
        lower = [(parts, system[parts]) for parts, coefficient in touching.items() if coefficient < 0]
        system = {parts: bound for parts, bound in system.items() if not touching[parts]}
        combined = (_without(name, one, other) for one in upper for other in lower)
        if not _added(system, combined):
            return False
        if len(system) > _LINES:
            return True
    return True


def _added(system: dict[frozenset[tuple[str, int]], int], lines: Iterable[_Line]) -> bool:
    """Adds inequalities, the tightest of each; ``False`` when one of them cannot hold."""
    for parts, bound in lines:
        if parts:
            system[parts] = min(bound, system.get(parts, bound))
        elif bound < 0:
            return False
    return True


def _without(name: str, upper: _Line, lower: _Line) -> _Line:
    above, below = dict(upper[0]), dict(lower[0])
    times, other = -below[name], above[name]
    sums = {one: coefficient * times for one, coefficient in above.items()}
    for one, coefficient in below.items():
        sums[one] = sums.get(one, 0) + coefficient * other
    return _line(sums, upper[1] * times + lower[1] * other)
