"""Norms for a part of the day: a quantity is one quantity per stretch in which the same norms speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ikec_compliance.reconcile.domain import Domain
from ikec_compliance.reconcile.norms import AppliedNorm
from ikec_compliance.reconcile.quantities import Demand, Relation, Variable

Window = tuple[int, int]
_DAY: Window = (0, 1440)


def split_windows(norms: Sequence[AppliedNorm]) -> list[AppliedNorm]:
    """The same norms with each quantity that has windows cut at every begin and end; others are left as they are."""
    edges: dict[tuple[str, str], set[int]] = {}
    for norm in norms:
        for variable in norm.demand.variables:
            if variable.window is not None:
                edges.setdefault((variable.owner, variable.quantity), {*_DAY}).update(variable.window)
    if not edges:
        return list(norms)
    return [_split(norm, edges) for norm in norms]


def _split(norm: AppliedNorm, edges: dict[tuple[str, str], set[int]]) -> AppliedNorm:
    if not any((variable.owner, variable.quantity) in edges for variable in norm.demand.variables):
        return norm
    domains: dict[Variable, Domain] = {}
    relations: dict[Relation, None] = {}
    for variable, domain in norm.demand.domains.items():
        for part in _parts(variable, edges):
            domains[part] = domain
    for relation in norm.demand.relations:
        cut = sorted({edge for _, v in relation.parts for edge in edges.get((v.owner, v.quantity), ())})
        whole = [v.window for _, v in relation.parts if v.window is not None]
        low, high = (max(w[0] for w in whole), min(w[1] for w in whole)) if whole else _DAY
        for window in pairwise(cut):
            if low <= window[0] and window[1] <= high:
                parts = tuple(
                    (number, replace(v, window=window) if (v.owner, v.quantity) in edges else v)
                    for number, v in relation.parts
                )
                relations[Relation(parts, relation.low, relation.high)] = None
    readings = tuple(
        {part: value for variable, value in reading.items() for part in _parts(variable, edges)}
        for reading in norm.readings
    )
    return replace(norm, demand=Demand(domains, tuple(relations), norm.demand.partial), readings=readings)


def _parts(variable: Variable, edges: dict[tuple[str, str], set[int]]) -> list[Variable]:
    cut = edges.get((variable.owner, variable.quantity))
    if cut is None:
        return [variable]
    low, high = variable.window or _DAY
    return [replace(variable, window=w) for w in pairwise(sorted(cut)) if low <= w[0] and w[1] <= high]
