"""Checks certificates from their own text, by trying values: it shares no code with what made them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from ikec_compliance.model.record import dataclass
from ikec_compliance.model.result import ConflictLine, NormLine
from ikec_compliance.reconcile.recheck import Undecided
from ikec_compliance.reconcile.system_check import named, system_problems, unlisted_sets

Point = str | Fraction

_CHOICES = re.compile(r"\{(.*?)\} uit \{(.*?)\}")
_FINITE = re.compile(r"\{(.*?)\}(?: (.*))?")
_NUMBER = r"(-?\d+(?:,\d+)?|\d{4}-\d{2}-\d{2})"
_RANGE = re.compile(rf"(?:= {_NUMBER}|(?:≥ {_NUMBER})?(?: en )?(?:≤ {_NUMBER})?)(?: (.*))?")
_VALUE = re.compile(rf"{_NUMBER}(?: .*)?")
_ALL, _NONE = "elke waarde", "geen enkele waarde"


@dataclass(frozen=True, slots=True)
class _Set:
    """A set of values as read from its text. ``universe`` is given for choices only."""

    unit: str | None
    low: Fraction | None = None
    high: Fraction | None = None
    members: frozenset[Point] | None = None
    universe: tuple[str, ...] = ()

    def has(self, point: Point) -> bool:
        if self.members is not None:
            return point in self.members
        assert isinstance(point, Fraction)
        return (self.low is None or point >= self.low) and (self.high is None or point <= self.high)


def check_certificates(conflicts: Sequence[ConflictLine]) -> list[str]:
    """What is wrong with the certificates, one text each; empty when all hold."""
    found = []
    for conflict in conflicts:
        try:
            found += [f"{conflict.id}: {problem}" for problem in _problems(conflict)]
        except Undecided:
            found.append(f"{conflict.id}: het bewijs is te groot om na te rekenen")
        except (ValueError, AssertionError, KeyError) as error:
            found.append(f"{conflict.id}: het bewijs is niet te lezen ({error})")
    return found


def _problems(conflict: ConflictLine) -> Iterator[str]:
    certificate = conflict.certificate
    hard = [norm for norm in conflict.norms if norm.standing == "hard"]
    if (certificate.kind == "mus") != (conflict.conflict_class == "tegenstrijdig"):
        yield f"een bewijs van soort {certificate.kind} hoort niet bij {conflict.conflict_class}"
    if conflict.reason == "onvergelijkbaar":
        if certificate.joint or certificate.core:
            yield "onvergelijkbare normen hebben geen gezamenlijke verzameling"
        if len({(norm.domain, norm.act) for norm in conflict.norms}) < 2:
            yield "er is niets te vergelijken"
        return
    if conflict.reason in ("te groot om na te rekenen", "niet te berekenen"):
        if conflict.conflict_class != "te_beoordelen" or certificate.joint:
            yield "wat niet is nagerekend heeft geen uitkomst"
        return
    if certificate.quantities:
        yield from system_problems(conflict)
        return
    sets = [(norm, _read(norm.domain)) for norm in hard]
    if len({item.unit for _, item in sets if item.unit}) > 1:
        yield "de normen hebben verschillende eenheden"
        return
    if certificate.kind == "mus":
        yield from _contradiction(conflict, sets)
    else:
        yield from _joint(conflict, sets)


def _contradiction(conflict: ConflictLine, sets: Sequence[tuple[NormLine, _Set]]) -> Iterator[str]:
    core = conflict.certificate.core
    by_rule = dict(zip(named([norm for norm, _ in sets]), (item for _, item in sets), strict=True))
    missing = [rule for rule in core if rule not in by_rule]
    if not core or missing:
        yield f"de kern noemt {', '.join(missing) or 'niets'}, en dat is geen harde norm van deze botsing"
        return
    chosen = {rule: by_rule[rule] for rule in core}
    for point in _points(list(chosen.values())):
        if all(item.has(point) for item in chosen.values()):
            yield f"de waarde {_shown(point)} past bij alle normen van de kern"
    for rule in core:
        text = conflict.certificate.witnesses.get(rule)
        if text is None:
            yield f"{rule} heeft geen getuige"
            continue
        point = _value(text, next(iter(chosen.values())))
        for other, item in chosen.items():
            if other != rule and not item.has(point):
                yield f"de getuige {text} voor {rule} past niet bij {other}"
    yield from _minimal(conflict, by_rule)
    if conflict.state != "open":
        yield "een tegenspraak is altijd open"
    else:
        yield from _broken(conflict, sets)


def _minimal(conflict: ConflictLine, by_rule: Mapping[str, _Set]) -> Iterator[str]:
    """Every minimal conflict and repair of one quantity, by trying each value that matters."""
    certificate = conflict.certificate
    points = _points(list(by_rule.values()))

    def possible(names: set[str]) -> bool:
        return any(all(by_rule[name].has(point) for name in names) for point in points)

    everything = set(by_rule)
    for item in certificate.conflicts:
        if possible(set(item)) or any(not possible(set(item) - {name}) for name in item):
            yield f"{', '.join(item)} is geen kleinste botsing"
    for item in certificate.removals:
        if not possible(everything - set(item)) or any(possible(everything - set(item) | {name}) for name in item):
            yield f"{', '.join(item)} weglaten is geen kleinste oplossing"
    yield from unlisted_sets(certificate.conflicts, certificate.removals, certificate.complete)


def _joint(conflict: ConflictLine, sets: Sequence[tuple[NormLine, _Set]]) -> Iterator[str]:
    certificate = conflict.certificate
    joint = _read(certificate.joint)
    points = _points([joint, *(item for _, item in sets)])
    for point in points:
        if joint.has(point) != all(item.has(point) for _, item in sets):
            yield f"de waarde {_shown(point)} staat ten onrechte wel of niet in de gezamenlijke verzameling"
    if not any(joint.has(point) for point in points):
        yield "de gezamenlijke verzameling is leeg"
    names = named([norm for norm, _ in sets])
    binding = [item for name, (_, item) in zip(names, sets, strict=True) if name in certificate.binding_norms]
    if any(joint.has(point) != all(item.has(point) for item in binding) for point in points):
        yield "de normen die beperken geven samen een andere verzameling"
    yield from _class(conflict, sets, joint, points)
    yield from _state(conflict, sets, joint)


def _class(
    conflict: ConflictLine, sets: Sequence[tuple[NormLine, _Set]], joint: _Set, points: Sequence[Point]
) -> Iterator[str]:
    if any(norm.standing not in ("hard", "verlof") for norm in conflict.norms):
        if conflict.conflict_class != "te_beoordelen":
            yield "er is een norm waarvan niet vaststaat dat hij geldt"
        return
    differs = bool(conflict.certificate.free)
    for party in {(norm.act, norm.addressee) for norm in conflict.norms}:
        own = [item for norm, item in sets if (norm.act, norm.addressee) == party]
        differs |= any(joint.has(point) != all(item.has(point) for item in own) for point in points)
    wanted = "voorwaardelijk" if differs else "dubbel"
    if conflict.conflict_class != wanted:
        yield f"de klasse is {conflict.conflict_class}, het bewijs geeft {wanted}"


def _broken(conflict: ConflictLine, sets: Sequence[tuple[NormLine, _Set]]) -> Iterator[str]:
    texts = conflict.certificate.value.split(" of ")
    if not sets or "onbekend" in texts:
        return
    values = [_value(text, sets[0][1]) for text in texts]
    names = named([norm for norm, _ in sets])
    broken = {name for name, (_, item) in zip(names, sets, strict=True) if any(not item.has(value) for value in values)}
    if broken != set(conflict.certificate.broken):
        yield "de gebroken normen kloppen niet met de keuze van het centrum"


def _state(conflict: ConflictLine, sets: Sequence[tuple[NormLine, _Set]], joint: _Set) -> Iterator[str]:
    texts = conflict.certificate.value.split(" of ")
    if not conflict.certificate.value or "onbekend" in texts:
        return
    values = [_value(text, joint) for text in texts]
    outside = any(not joint.has(value) for value in values)
    if conflict.state == "voldaan" and outside:
        yield f"de keuze {conflict.certificate.value} valt buiten de gezamenlijke verzameling"
    if conflict.state == "open":
        yield from () if outside else ("de keuze valt niet buiten de gezamenlijke verzameling",)
        yield from _broken(conflict, sets)
    if conflict.state == "onbekend" and conflict.conflict_class != "te_beoordelen":
        yield "de keuze is bekend, de stand niet"


def _points(sets: Sequence[_Set]) -> list[Point]:
    """Values that tell the sets apart: every choice, or every bound, a value between each two and one beyond."""
    universe = next((item.universe for item in sets if item.universe), ())
    if universe:
        return list(universe)
    bounds: set[Fraction] = set()
    for item in sets:
        bounds.update(bound for bound in (item.low, item.high) if bound is not None)
        bounds.update(member for member in item.members or () if isinstance(member, Fraction))
    ordered = sorted(bounds) or [Fraction(0)]
    # Beside a finite set there may be no value between two bounds: a value in whole steps is a bound itself.
    if any(item.members for item in sets):
        return [ordered[0] - 1, *ordered, ordered[-1] + 1]
    between = [(low + high) / 2 for low, high in pairwise(ordered)]
    return [ordered[0] - 1, *ordered, ordered[-1] + 1, *between]


def _read(text: str) -> _Set:
    choice = _CHOICES.fullmatch(text)
    if choice:
        members = frozenset(choice[1].split(", ")) if choice[1] else frozenset()
        return _Set(None, members=frozenset(members), universe=tuple(choice[2].split(", ")))
    if text == _NONE:
        return _Set(None, members=frozenset())
    if text == _ALL:
        return _Set(None)
    finite = _FINITE.fullmatch(text)
    if finite:
        return _Set(finite[2] or "", members=frozenset(_number(item) for item in finite[1].split("; ")))
    found = _RANGE.fullmatch(text)
    if found is None or not any(found.groups()[:3]):
        raise ValueError(f"verzameling '{text}'")
    exact, low, high = (None if part is None else _number(part) for part in found.groups()[:3])
    if exact is not None:
        low = high = exact
    return _Set(found[4] or "", low, high)


def _value(text: str, like: _Set) -> Point:
    if like.universe:
        if text not in like.universe:
            raise ValueError(f"waarde '{text}'")
        return text
    found = _VALUE.fullmatch(text)
    if found is None:
        raise ValueError(f"waarde '{text}'")
    return _number(found[1])


def _number(text: str) -> Fraction:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return Fraction(date.fromisoformat(text).toordinal())
    return Fraction(text.replace(",", "."))


def _shown(point: Point) -> str:
    return str(point)
