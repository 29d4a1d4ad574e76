"""Maximal time slices: stretches of a day in which nothing on the roster changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ikec_compliance.facts.roster import Line, boundaries
from ikec_compliance.model.value import POS, Value


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """The lines that hold from ``start`` until ``end`` (minutes after midnight, end exclusive)."""

    start: int
    end: int
    lines: tuple[Line, ...]

    @property
    def minutes(self) -> int:
        """Length of the slice."""
        return self.end - self.start


def sweep(lines: Sequence[Line]) -> list[Slice]:
    """The slices of a day in order; moments without any line are left out."""
    found: list[Slice] = []
    starting: dict[int, list[Line]] = {}
    for line in lines:
        starting.setdefault(line.start, []).append(line)
    active: list[Line] = []
    edges = boundaries(lines)
    for start, end in pairwise(edges):
        active = [line for line in active if line.end > start] + starting.get(start, [])
        if active:
            found.append(Slice(start, end, tuple(active)))
    return found


def children(lines: Sequence[Line], regime: str) -> dict[int, Value]:
    """Children present per age in years under a regime."""
    counts: dict[int, Value] = {}
    for line in lines:
        if line.person is not None or line.regime != regime:
            continue
        for age, count in (line.record.get("aantallen") or {}).items():
            low, high = counts.get(int(age), (0, 0))
            counts[int(age)] = (low + (count or 0), min(POS, high + (POS if count is None else count)))
    return counts


def between(counts: dict[int, Value], first: int, last: int) -> Value:
    """Children of ``first`` up to and including ``last`` years."""
    chosen = [value for age, value in counts.items() if first <= age <= last]
    return (sum(v[0] for v in chosen), min(POS, sum(v[1] for v in chosen)))


def longest_run(slices: Sequence[Slice], wanted: Sequence[Value]) -> Value:
    """Longest stretch, in minutes, of adjacent slices for which ``wanted`` is yes (or may be)."""
    return (_run(slices, [value[0] for value in wanted]), _run(slices, [value[1] for value in wanted]))


def _run(slices: Sequence[Slice], there: Sequence[int]) -> int:
    best = current = 0
    previous_end = None
    for part, yes in zip(slices, there, strict=True):
        current = 0 if not yes else current + part.minutes if part.start == previous_end else part.minutes
        previous_end = part.end if yes else None
        best = max(best, current)
    return best
