"""Maximal time slices: stretches of a day in which nothing on the roster changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ikec_compliance.facts.roster import Line
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.value import POS, Value


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """The lines that hold from ``start`` until ``end`` (minutes after midnight, end exclusive)."""

    start: int
    end: int
    lines: tuple[Line, ...]


def sweep(lines: Sequence[Line]) -> list[Slice]:
    """The slices of a day in order; moments without any line are left out."""
    found: list[Slice] = []
    starting: dict[int, list[Line]] = {}
    edges: set[int] = set()
    for line in lines:
        starting.setdefault(line.start, []).append(line)
        edges.add(line.start)
        edges.add(line.end)
    active: list[Line] = []
    for start, end in pairwise(sorted(edges)):
        active = [line for line in active if line.end > start]
        active += starting.get(start, ())
        if active:
            found.append(Slice(start, end, tuple(active)))
    return found


def children(lines: Iterable[Line], regime: str) -> dict[int, Value]:
    """Children per age in years on the lines of a regime, wherever they are."""
    counts: dict[int, Value] = {}
    for line in lines:
        if line.regime != regime:
            continue
        for age, (low, high) in line.counts:
            before = counts.get(age)
            counts[age] = (low, high) if before is None else (before[0] + low, min(POS, before[1] + high))
    return counts


def between(counts: dict[int, Value], first: int, last: int) -> Value:
    """Children of ``first`` up to and including ``last`` years."""
    low = high = 0
    for age, value in counts.items():
        if first <= age <= last:
            low += value[0]
            high += value[1]
    return (low, min(POS, high))


def longest_run(spans: Sequence[tuple[int, int]], wanted: Sequence[Value]) -> Value:
    """Longest stretch, in minutes, of adjacent spans for which ``wanted`` is yes (or may be)."""
    return (_run(spans, [value[0] for value in wanted]), _run(spans, [value[1] for value in wanted]))


def _run(spans: Sequence[tuple[int, int]], there: Sequence[int]) -> int:
    best = current = 0
    previous_end = None
    for (start, end), yes in zip(spans, there, strict=True):
        current = 0 if not yes else current + end - start if start == previous_end else end - start
        previous_end = end if yes else None
        best = max(best, current)
    return best
