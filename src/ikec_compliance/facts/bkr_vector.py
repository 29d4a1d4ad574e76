"""A calculator of the beroepskracht-kindratio on whole columns of groups at once, for whoever has millions of them.

It needs NumPy (extra ``bench``), which nothing else in the program does; without it ``vectorised`` raises
``ImportError``. The numbers are the calculator's own: every group that its table could allow is asked once.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from itertools import product
from typing import Any

from ikec_compliance.facts.bkr_calculator import MOST_CHILDREN, Calculator
from ikec_compliance.facts.bkr_records import Formula
from ikec_compliance.model.errors import InputError, InternalError

REFUSED = -1
"""In a column of answers: the group is not allowed."""

_AT_ONCE = 1 << 15
"""Groups worked out together: few enough to stay in the processor's own memory."""

Columns = tuple[Any, ...]
Block = Callable[[Columns], Any]


def vectorised(calculator: Calculator) -> Callable[..., Any]:
    """``calculator`` as a function of columns: one array of whole numbers per age band, all of one length.

    It gives an array of the numbers required, ``REFUSED`` where the group is not allowed, and raises ``InputError``
    for a wrong number of columns, columns of different lengths, and a count below 0 or above ``MOST_CHILDREN``.
    """
    numpy = importlib.import_module("numpy")
    definition = calculator.definition
    if definition.table is not None:
        block = _looked_up(calculator, definition.table.largest, numpy)
    elif definition.formula is not None:
        block = _worked_out(definition.formula, numpy)
    else:
        raise InternalError(f"rekenregel {definition.id} heeft geen tabel en geen formule")

    def required(*columns: Any) -> Any:
        counts = tuple(numpy.asarray(column) for column in columns)
        _check(counts, [band.id for band in definition.bands], numpy)
        size = len(counts[0])
        answers = numpy.empty(size, dtype=numpy.int32)
        for start in range(0, size, _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            answers[part] = block(tuple(column[part] for column in counts))
        return answers

    return required


def _looked_up(calculator: Calculator, largest: int, numpy: Any) -> Block:
    """Answers out of a table with every group of at most ``largest`` children; a larger one is never allowed."""
    bands, side = len(calculator.definition.bands), largest + 2
    table = numpy.full((side,) * bands, REFUSED, dtype=numpy.int32)
    for group in product(range(largest + 1), repeat=bands):
        if sum(group) <= largest:
            number = calculator.required(*group)
            table[group] = REFUSED if number is None else number
    flat = table.ravel()

    def answers(counts: Columns) -> Any:
        # What lies beyond the largest group stands in the last place of its band.
        place = numpy.minimum(counts[0], side - 1).astype(numpy.int32)
        for column in counts[1:]:
            place *= side
            place += numpy.minimum(column, side - 1).astype(numpy.int32)
        return flat[place]

    return answers


def _worked_out(formula: Formula, numpy: Any) -> Block:
    """Answers by the formula alone, in exact whole numbers."""

    def answers(counts: Columns) -> Any:
        total = counts[0].astype(numpy.int64) * formula.numerators[0]
        for column, weight in zip(counts[1:], formula.numerators[1:], strict=True):
            total += column.astype(numpy.int64) * weight
        total += formula.denominator - 1
        total //= formula.denominator
        if formula.when_present is not None:
            total[counts[formula.when_present] == 0] = 0
        return total

    return answers


def _check(counts: Columns, bands: list[str], numpy: Any) -> None:
    if len(counts) != len(bands):
        raise InputError(
            f"de rekenregel vraagt {len(bands)} kolommen ({', '.join(bands)}), gegeven zijn er {len(counts)}"
        )
    for band, column in zip(bands, counts, strict=True):
        if column.ndim != 1 or len(column) != len(counts[0]):
            raise InputError(f"de kolom {band} heeft een andere lengte dan de eerste")
        if not numpy.issubdtype(column.dtype, numpy.integer):
            raise InputError(f"de kolom {band} bevat iets anders dan gehele getallen")
        if len(column) and not 0 <= column.min() <= column.max() <= MOST_CHILDREN:
            raise InputError(f"in de kolom {band} staat een aantal buiten 0 tot en met {MOST_CHILDREN}")
