"""Where comparisons turn when one field moves: the few numbers that stand for its whole interval."""

from __future__ import annotations

from collections.abc import Callable

from ikec_compliance.engine.truth import term_bounds
from ikec_compliance.model.expr import Atom, Op
from ikec_compliance.model.fact import FieldReader
from ikec_compliance.model.value import Value, known


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
    for end in (0, 1):
        for step in steps:

            def passed(number: int, end: int = end, step: int = step) -> bool:
                return (term_bounds(atom.term, with_field(read, path, number))[end] >= step) == rising

            point = first_where(passed, low, high)
            if point is not None and point > low:
                found.add(point)
    return sorted(found)


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
