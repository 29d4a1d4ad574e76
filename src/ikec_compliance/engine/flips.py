"""Where comparisons turn when one field moves: the few numbers that stand for its whole interval."""

from __future__ import annotations

from collections.abc import Callable

from ikec_compliance.engine.truth import term_bounds
from ikec_compliance.model.expr import Atom, Op, Period, Term
from ikec_compliance.model.fact import FieldReader
from ikec_compliance.model.value import POS, Value, known


def with_field(read: FieldReader, path: str, number: int) -> FieldReader:
    """A reader in which one field is known to be ``number``."""
    value = known(number)

    def overlaid(wanted: str) -> Value:
        return value if wanted == path else read(wanted)

    return overlaid


def is_monotone(atom: Atom, path: str) -> bool:
    """Whether the atom's term only rises or only falls when the field rises."""
    signs = {coefficient > 0 for coefficient, ref in atom.term.parts if ref.path == path and coefficient}
    return len(signs) < 2


def flip_points(atom: Atom, path: str, read: FieldReader, low: int, high: int) -> list[int]:
    """The numbers in ``low < n <= high`` at which the atom's truth may differ from that at ``n - 1``.

    ``read`` gives the other fields. The atom must be monotone in the field.
    """
    rising = all(coefficient >= 0 for coefficient, ref in atom.term.parts if ref.path == path)
    # Both ends of the term move along; the truth turns only where one of them passes the bound.
    steps = [atom.bound] if atom.op in (Op.LT, Op.GE, Op.EQ, Op.NE) else []
    steps += [atom.bound + 1] if atom.op in (Op.LE, Op.GT, Op.EQ, Op.NE) else []
    found: set[int] = set()
    line = _line(atom, path, read, max(abs(low), abs(high)))
    for end in (0, 1):
        for step in steps:
            if line is not None:
                coefficient, rest = line
                # The first number at which a straight line is at or past the step, or for a falling one below it.
                number = -((rest[end] - step) // coefficient) if rising else (rest[end] - step) // -coefficient + 1
                if low < number <= high:
                    found.add(number)
                continue

            def passed(number: int, end: int = end, step: int = step) -> bool:
                return (term_bounds(atom.term, with_field(read, path, number))[end] >= step) == rising

            point = first_where(passed, low, high)
            if point is not None and point > low:
                found.add(point)
    return sorted(found)


def _line(atom: Atom, path: str, read: FieldReader, furthest: int) -> tuple[int, Value] | None:
    """The term as ``coefficient * field + rest``, or ``None`` when it is not that simple up to ``furthest``."""
    parts = atom.term.parts
    own = [part for part in parts if part[1].path == path]
    if len(own) != 1 or own[0][0] == 0 or own[0][1].shift != Period():
        return None
    coefficient = own[0][0]
    rest = term_bounds(Term(tuple(part for part in parts if part is not own[0])), read)
    if max(abs(rest[0]), abs(rest[1])) + abs(coefficient) * furthest >= POS:
        return None
    return coefficient, rest


def first_where(holds: Callable[[int], bool], low: int, high: int) -> int | None:
    """The first number in ``low..high`` for which ``holds``, which once true stays true; else ``None``."""
    if not holds(high):
        return None
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
