"""Rows of a system of inequalities over whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import gcd

from ikec_compliance.model.record import dataclass

Number = int | Fraction


@dataclass(frozen=True, slots=True)
class Row:
    """``Σ coefficient · quantity ≤ bound``; ``sources`` are the norms it follows from (negative: an assumption)."""

    parts: tuple[tuple[int, int], ...]
    bound: int
    sources: frozenset[int]


def row(coefficients: Mapping[int, int], bound: int, sources: frozenset[int]) -> Row:
    """A row in its normal form: no zero, no common factor, the bound rounded down."""
    parts = tuple(sorted((name, number) for name, number in coefficients.items() if number))
    factor = gcd(*(number for _, number in parts)) if parts else 1
    if factor > 1:
        parts = tuple((name, number // factor) for name, number in parts)
        bound = bound // factor
    return Row(parts, bound, sources)
