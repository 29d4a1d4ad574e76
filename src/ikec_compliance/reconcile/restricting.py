"""Which demands restrict what a set of demands leaves together."""

from __future__ import annotations

from ikec_compliance.reconcile.certificate import restricting
from ikec_compliance.reconcile.domain import Domain
from ikec_compliance.reconcile.quantities import Variable
from ikec_compliance.reconcile.system import System

_EXACT = 16
"""Up to so many demands every one is found that takes part in some minimal set; beyond it, one such set."""

_MANY = 60
"""From so many connected demands on, all count that no stricter one makes superfluous."""


def restricting_demands(system: System) -> list[int]:
    """Demands that take part in a minimal set which leaves the same as all of them, and at least one such set.

    What no relation connects is looked at apart: a demand takes part when it does so for some of its quantities.
    """
    found: set[int] = set()
    for variables in system.blocks:
        own = [(place, demand.only(variables)) for place, demand in enumerate(system.demands)]
        own = [(place, demand) for place, demand in own if demand.variables]
        if len(variables) == 1:
            domains = [demand.domains[variables[0]] for _, demand in own]
            found |= {own[position][0] for position in restricting(domains, variables[0].axis)}
        else:
            found |= {own[position][0] for position in _in_block(System([demand for _, demand in own]))}
    return sorted(found)


def _in_block(system: System) -> list[int]:
    everything = range(len(system))
    candidates = _strictest(system)
    if len(candidates) > _MANY:
        return candidates
    found = []
    for place in candidates:
        others = [other for other in everything if other != place]
        if not system.implies(others, system.demands[place]):
            found.append(place)  # nothing else does what it does
        elif len(system) <= _EXACT and _takes_part(system, place, others):
            found.append(place)
    for place in everything:
        if not system.implies(found, system.demands[place]):
            found.append(place)
    return found


def _takes_part(system: System, place: int, others: list[int]) -> bool:
    for piece in system.breaking(place):
        kept: list[int] = []
        for other in others:
            if system.with_piece([*kept, other], piece).point is not None:
                kept.append(other)
        rest = [other for other in others if other not in kept]
        if all(system.implies([*kept, place], system.demands[other]) for other in rest):
            return True
    return False


def _strictest(system: System) -> list[int]:
    """The demands that are not plainly weaker than another on the same variable or the same sum."""
    single: dict[Variable, list[tuple[int, Domain]]] = {}
    sums: dict[object, list[tuple[int, int | None, int | None]]] = {}
    for place, demand in enumerate(system.demands):
        for variable, domain in demand.domains.items():
            single.setdefault(variable, []).append((place, domain))
        for relation in demand.relations:
            sums.setdefault(relation.parts, []).append((place, relation.low, relation.high))
    kept: set[int] = set()
    for found in single.values():
        domains = list(dict.fromkeys(domain for _, domain in found))
        strict = {domain for domain in domains if not any(_within(other, domain) for other in domains)}
        kept.update(place for place, domain in found if domain in strict)
    for limits in sums.values():
        low = max((item[1] for item in limits if item[1] is not None), default=None)
        high = min((item[2] for item in limits if item[2] is not None), default=None)
        kept.update(
            place
            for place, least, most in limits
            if (least is not None and least == low) or (most is not None and most == high)
        )
    return sorted(place for place in kept if not system.demands[place].full)


def _within(inner: Domain, outer: Domain) -> bool:
    """Whether ``inner`` is a smaller interval than ``outer``, or as a set a part of it."""
    if inner == outer:
        return False
    if inner.members is not None:
        return all(outer.holds(member) for member in inner.members)
    if outer.members is not None:
        return False
    low = outer.low is None or (inner.low is not None and inner.low >= outer.low)
    return low and (outer.high is None or (inner.high is not None and inner.high <= outer.high))
