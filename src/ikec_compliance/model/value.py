"""Integer values with bounds: the one way in which a quantity, and not knowing it, is written.

A known value has equal ends. An unknown one spans its domain, so that comparing it gives neither
true nor false by itself. A child's age known to the month is an interval too.
"""

from __future__ import annotations

NEG = -(10**15)
POS = 10**15

Value = tuple[int, int]

UNKNOWN: Value = (NEG, POS)
UNKNOWN_FLAG: Value = (0, 1)
UNKNOWN_COUNT: Value = (0, POS)
TRUE: Value = (1, 1)
FALSE: Value = (0, 0)


def known(number: int) -> Value:
    """The value that is exactly ``number``."""
    return (number, number)


def flag(truth: bool | None) -> Value:
    """A yes/no value; ``None`` is unknown."""
    if truth is None:
        return UNKNOWN_FLAG
    return TRUE if truth else FALSE


def is_known(value: Value) -> bool:
    """Whether both ends agree."""
    return value[0] == value[1]


def clip(number: int) -> int:
    """Keep sums and products of open ends inside the bounds every back end can hold."""
    return NEG if number < NEG else POS if number > POS else number
