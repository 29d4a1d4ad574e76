"""Checks certificates over several quantities from their own text; it shares no code with what made them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from ikec_compliance.model.result import ConflictLine, NormLine
from ikec_compliance.reconcile.readback import read_kinds, read_limits, read_point
from ikec_compliance.reconcile.recheck import Checker, Limit

_Norm = tuple[NormLine, str, Sequence[Limit]]


def named(norms: Sequence[NormLine]) -> list[str]:
    """What the certificate calls each norm: its rule, with the object it speaks to where one rule asks two things."""
    asked: dict[str, set[str]] = {}
    for norm in norms:
        asked.setdefault(norm.rule, set()).add(norm.domain)
    return [norm.rule if len(asked[norm.rule]) == 1 else f"{norm.rule} bij {norm.applied_to}" for norm in norms]


def system_problems(conflict: ConflictLine) -> Iterator[str]:
    """What is wrong with the certificate of a conflict over several quantities."""
    certificate = conflict.certificate
    kinds = read_kinds(certificate.quantities)
    hard = [norm for norm in conflict.norms if norm.standing == "hard"]
    norms: list[_Norm] = [
        (norm, name, read_limits(norm.domain, kinds)) for norm, name in zip(hard, named(hard), strict=True)
    ]
    check = Checker(kinds)
    if certificate.kind == "mus":
        yield from _contradiction(conflict, norms, check)
    else:
        yield from _joint(conflict, norms, check)


def _contradiction(conflict: ConflictLine, norms: Sequence[_Norm], check: Checker) -> Iterator[str]:
    certificate = conflict.certificate
    by_name = {name: limits for _, name, limits in norms}
    if not certificate.core or any(name not in by_name for name in certificate.core):
        yield "de kern noemt een norm die geen harde norm van deze botsing is"
        return
    chosen = {name: by_name[name] for name in certificate.core}
    if check.possible([limit for limits in chosen.values() for limit in limits]):
        yield "de normen van de kern gaan wel samen"
    for name in chosen:
        text = certificate.witnesses.get(name)
        if text is None:
            yield f"{name} heeft geen getuige"
            continue
        point = {key: value for key, value in read_point(text, check.kinds).items() if value is not None}
        for other, limits in chosen.items():
            if other != name and not _satisfied(limits, point):
                yield f"de getuige voor {name} past niet bij {other}"
    if conflict.state != "open":
        yield "een tegenspraak is altijd open"
    yield from _sets(conflict, by_name, check)
    yield from _broken(conflict, norms, check)


def _sets(conflict: ConflictLine, by_name: Mapping[str, Sequence[Limit]], check: Checker) -> Iterator[str]:
    """Every minimal conflict and repair is one; together they are all when they say so."""
    certificate = conflict.certificate

    def possible(names: set[str]) -> bool:
        return check.possible([limit for name in sorted(names) for limit in by_name[name]])

    everything = set(by_name)
    for item in certificate.conflicts:
        if possible(set(item)):
            yield f"de normen {', '.join(item)} gaan wel samen"
        for name in item:
            if not possible(set(item) - {name}):
                yield f"de normen {', '.join(item)} gaan ook zonder {name} niet samen"
    for item in certificate.removals:
        if not possible(everything - set(item)):
            yield f"ook zonder {', '.join(item)} gaan de normen niet samen"
        for name in item:
            if possible(everything - set(item) | {name}):
                yield f"zonder {', '.join(item)} is meer weggelaten dan nodig ({name})"
    yield from unlisted_sets(certificate.conflicts, certificate.removals, certificate.complete)


def unlisted_sets(
    conflicts: Sequence[Sequence[str]], removals: Sequence[Sequence[str]], complete: bool
) -> Iterator[str]:
    """Minimal conflicts and minimal repairs determine each other; a list that says it is complete must show that."""
    if not complete:
        return
    if crossings(removals) != {frozenset(item) for item in conflicts}:
        yield "niet alle kleinste botsingen staan in het bewijs"
    if crossings(conflicts) != {frozenset(item) for item in removals}:
        yield "niet alle kleinste oplossingen staan in het bewijs"


def crossings(sets: Sequence[Sequence[str]]) -> set[frozenset[str]]:
    """The minimal sets that have something in common with each of ``sets``."""
    found = {frozenset[str]()}
    for item in sets:
        grown = {one | {name} if not one & set(item) else one for one in found for name in item}
        found = {one for one in grown if not any(other < one for other in grown)}
    return found


def _joint(conflict: ConflictLine, norms: Sequence[_Norm], check: Checker) -> Iterator[str]:
    certificate = conflict.certificate
    joint = read_limits(certificate.joint, check.kinds)
    every = [limit for _, _, limits in norms for limit in limits]
    if not check.possible(joint):
        yield "de gezamenlijke verzameling is leeg"
        return
    if not _inside(joint, every, check) or not _inside(every, joint, check):
        yield "de gezamenlijke verzameling is niet wat de normen samen toelaten"
    binding = [limit for _, name, limits in norms if name in certificate.binding_norms for limit in limits]
    if not _inside(binding, every, check):
        yield "de normen die beperken laten samen meer toe"
    if any(norm.standing not in ("hard", "verlof") for norm in conflict.norms):
        if conflict.conflict_class != "te_beoordelen":
            yield "er is een norm waarvan niet vaststaat dat hij geldt"
    else:
        differs = bool(certificate.free)
        for party in {(norm.act, norm.addressee) for norm in conflict.norms}:
            own = [limit for norm, _, limits in norms if (norm.act, norm.addressee) == party for limit in limits]
            differs = differs or not _inside(own, every, check)
        wanted = "voorwaardelijk" if differs else "dubbel"
        if conflict.conflict_class != wanted:
            yield f"de klasse is {conflict.conflict_class}, het bewijs geeft {wanted}"
    if conflict.state == "open":
        yield from _broken(conflict, norms, check)
    elif conflict.state == "voldaan" and any(_surely_broken(limits, conflict, check) for _, _, limits in norms):
        yield "de keuze van het centrum valt buiten de gezamenlijke verzameling"


def _broken(conflict: ConflictLine, norms: Sequence[_Norm], check: Checker) -> Iterator[str]:
    said = set(conflict.certificate.broken)
    for _, name, limits in norms:
        if _surely_broken(limits, conflict, check) and name not in said:
            yield f"de keuze van het centrum breekt ook {name}"
    if conflict.certificate.kind == "joint" and not said:
        yield "open, maar geen norm is gebroken"


def _surely_broken(limits: Sequence[Limit], conflict: ConflictLine, check: Checker) -> bool:
    point = read_point(conflict.certificate.value, check.kinds)
    for limit in limits:
        values = {name: point.get(name, _member(name, check)) for name in limit.numbers}
        known = {name: value for name, value in values.items() if value is not None}
        if len(known) == len(limit.numbers) and not limit.holds(known):
            return True
    return False


def _member(name: str, check: Checker) -> Fraction | None:
    """A member of a list that the value does not mention is there."""
    kind = check.kinds[name]
    return Fraction(kind.choices.index("ja")) if name.endswith(")") and kind.choices == ("nee", "ja") else None


def _satisfied(limits: Sequence[Limit], point: Mapping[str, Fraction]) -> bool:
    return all(set(limit.numbers) <= set(point) and limit.holds(point) for limit in limits)


def _inside(inner: Sequence[Limit], outer: Sequence[Limit], check: Checker) -> bool:
    """Whether everything that ``inner`` allows is allowed by ``outer``."""
    tightest: dict[object, list[Limit]] = {}
    for limit in inner:
        tightest.setdefault(_sum(limit), []).append(limit)
    seen = set()
    for limit in outer:
        if _key(limit) in seen or any(_narrower(item, limit) for item in tightest.get(_sum(limit), ())):
            continue
        seen.add(_key(limit))
        if any(check.possible([*_near(inner, limit), piece]) for piece in _outside(limit, check)):
            return False
    return True


def _near(limits: Sequence[Limit], limit: Limit) -> list[Limit]:
    """The limits that are connected with ``limit``; the others say nothing about it, being possible themselves."""
    names, found, left = set(limit.numbers), list[Limit](), list(limits)
    while touching := [item for item in left if names & set(item.numbers)]:
        found += touching
        left = [item for item in left if not names & set(item.numbers)]
        names |= {name for item in touching for name in item.numbers}
    return found


def _sum(limit: Limit) -> object:
    return tuple(sorted(limit.numbers.items()))


def _narrower(one: Limit, other: Limit) -> bool:
    """Whether a limit on the same sum allows no more than another."""
    if one.members is not None:
        unit = {name: Fraction(1) for name in other.numbers}
        if other.numbers != unit:
            return False
        if other.members is not None:
            return one.members <= other.members
        return all(other.holds({name: value for name in unit}) for value in one.members)
    if other.members is not None:
        return False
    low = other.low is None or (one.low is not None and one.low >= other.low)
    return low and (other.high is None or (one.high is not None and one.high <= other.high))


def _key(limit: Limit) -> tuple[object, ...]:
    return tuple(sorted(limit.numbers.items())), limit.low, limit.high, limit.members


def _outside(limit: Limit, check: Checker) -> Iterator[Limit]:
    steps = [check.kinds[name].step for name in limit.numbers]
    # The smallest change of the sum: every quantity moves in whole steps.
    least = Fraction(1)
    sizes = [abs(number) * step for number, step in zip(limit.numbers.values(), steps, strict=True)]
    for size in sizes:
        least = _common(least, size)
    if limit.members is not None:
        (name,) = limit.numbers
        kind = check.kinds[name]
        if kind.choices:
            others = {Fraction(place) for place in range(len(kind.choices))} - limit.members
            yield Limit(limit.numbers, members=frozenset(others))
            return
        ordered = sorted(limit.members)
        if not ordered:
            yield Limit(limit.numbers)
            return
        yield Limit(limit.numbers, None, ordered[0] - least)
        yield Limit(limit.numbers, ordered[-1] + least, None)
        for one, other in pairwise(ordered):
            if other - one > least:
                yield Limit(limit.numbers, one + least, other - least)
        return
    if limit.high is not None:
        yield Limit(limit.numbers, limit.high + least, None)
    if limit.low is not None:
        yield Limit(limit.numbers, None, limit.low - least)


def _common(one: Fraction, other: Fraction) -> Fraction:
    while other:
        one, other = other, one % other
    return one
