"""Proofs: the minimal norms that cannot hold together, who restricts a joint set, and the sentences that show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ikec_compliance.model.errors import InternalError
from ikec_compliance.reconcile.domain import Axis, AxisKind, Domain, candidates, intersection, listed


def minimal_core(domains: Sequence[Domain], axis: Axis) -> list[int]:
    """Positions of a minimal set of ``domains`` without a common value, by deletion from the end.

    Put what should rather stay first. Raises ``InternalError`` when there is a common value.
    """
    core = list(range(len(domains)))
    if not intersection(domains, axis).empty:
        raise InternalError("een tegenspraak zonder tegenspraak: de normen hebben een gezamenlijke waarde")
    for position in reversed(range(len(domains))):
        rest = [item for item in core if item != position]
        if intersection([domains[item] for item in rest], axis).empty:
            core = rest
    return core


def witness(domains: Sequence[Domain], axis: Axis) -> int:
    """A value in all of ``domains``, at a bound where there is one; ``InternalError`` when there is none."""
    joint = intersection(domains, axis)
    if joint.empty:
        raise InternalError("een bewijs is niet minimaal: zonder deze norm is er nog geen gezamenlijke waarde")
    return min(joint.bounds(), default=0)


def restricting(domains: Sequence[Domain], axis: Axis) -> list[int]:
    """Positions of the domains that take part in some minimal set with the same intersection as all of them.

    A domain does when there is a value it alone keeps out of such a set; the largest set to try is everything
    that allows that value.
    """
    joint = intersection(domains, axis)
    points = candidates(domains, axis)
    found = []
    for position, domain in enumerate(domains):
        for point in points:
            if domain.holds(point):
                continue
            others = [other for other in domains if other.holds(point)]
            if intersection([domain, *others], axis) == joint:
                found.append(position)
                break
    return found


def contradiction_proof(core: Mapping[str, Domain], axis: Axis) -> tuple[str, ...]:
    """Sentences that show, value by value, that the norms in ``core`` have no common value."""
    shown = listed([domain.text() for domain in core.values()])
    numeric = axis.kind is not AxisKind.CHOICE
    sentences = [f"{shown}: {_summary(core, axis)}."]
    bounds = {bound for domain in core.values() for bound in domain.bounds()}
    for point in sorted(bounds) if numeric else range(len(axis.choices)):
        keeps = [rule for rule, domain in core.items() if domain.holds(point)]
        breaks = [rule for rule, domain in core.items() if not domain.holds(point)]
        good = f"past bij {listed(keeps)}, " if keeps else ""
        sentences.append(f"De waarde {axis.show(point)} {good}maar niet bij {listed(breaks)}." if keeps
                         else f"De waarde {axis.show(point)} past niet bij {listed(breaks)}.")  # fmt: skip
    if numeric:
        sentences.append("Was er een gezamenlijke waarde, dan was ook een van deze grenzen er een; geen ervan is het.")
    else:
        sentences.append("Andere waarden zijn er niet.")
    return tuple(sentences)


def _summary(core: Mapping[str, Domain], axis: Axis) -> str:
    if axis.kind is AxisKind.CHOICE or any(domain.members is not None for domain in core.values()):
        return "geen enkele waarde staat in al deze verzamelingen"
    # Two intervals without a common value: one ends before the other begins.
    ends = [f"hoogstens {axis.number(domain.high)}" for domain in core.values() if domain.high is not None]
    starts = [f"ten minste {axis.number(domain.low)}" for domain in core.values() if domain.low is not None]
    if len(ends) == len(starts) == 1 and axis.kind is AxisKind.NUMBER:
        return f"geen getal is {ends[0]} en {starts[0]}"
    return "de ene norm houdt op voordat de andere begint"
