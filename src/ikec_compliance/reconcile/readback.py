"""Reads the texts of a certificate over several quantities back, for checking it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from ikec_compliance.reconcile.recheck import Kind, Limit

_NUMBER = r"-?\d+(?:,\d+)?"
_DATE = r"\d{4}-\d{2}-\d{2}"
_CHOICES = re.compile(r"keuze uit \{(.*)\}")
_STEPS = re.compile(rf"[^,]*, in stappen van ({_NUMBER})(?:, ten minste ({_NUMBER}))?")
_OF = re.compile(r"\{(.*?)\} uit \{.*\}")
_FINITE = re.compile(r"\{(.*?)\}(?: .*)?")
_RANGE = re.compile(rf"(?:= ({_DATE}|{_NUMBER})|(?:≥ ({_DATE}|{_NUMBER}))?(?: en )?(?:≤ ({_DATE}|{_NUMBER}))?)(?: .*)?")
_RELATION = re.compile(rf"(?:({_NUMBER}) ≤ )?(.+?) (≤|≥|=) ({_NUMBER})")
_TERM = re.compile(rf"([+-]?)\s*(?:({_NUMBER}) × )?(.+)")


def read_kinds(quantities: Iterable[str]) -> dict[str, Kind]:
    """The quantities of a certificate with the values each can have."""
    found = {}
    for text in quantities:
        name, _, rest = text.partition(": ")
        choices = _CHOICES.fullmatch(rest)
        steps = _STEPS.fullmatch(rest)
        if choices:
            listed = tuple(choices[1].split(", "))
            found[name] = Kind(Fraction(1), Fraction(0), Fraction(len(listed) - 1), listed)
        elif rest == "datum":
            found[name] = Kind()
        elif steps:
            found[name] = Kind(number(steps[1]), number(steps[2]) if steps[2] else None)
        else:
            raise ValueError(f"grootheid '{text}'")
    return found


def read_limits(text: str, kinds: Mapping[str, Kind]) -> list[Limit]:
    """Everything a norm or joint set asks."""
    return [limit for item in text.split(" | ") for limit in _read(item, kinds)] if text else []


def _read(text: str, kinds: Mapping[str, Kind]) -> list[Limit]:
    name, colon, rest = text.partition(": ")
    if colon and name in kinds:
        return [_single(name, rest, kinds[name])]
    name, contains, rest = text.partition(" bevat {")
    if contains:
        members = [f"{name} ({member})" for member in rest.removesuffix("}").split(", ")]
        missing = [member for member in members if member not in kinds]
        if missing:
            raise ValueError(f"onderdeel '{missing[0]}'")
        yes = [Fraction(kinds[member].choices.index("ja")) for member in members]
        return [Limit({member: Fraction(1)}, at, at) for member, at in zip(members, yes, strict=True)]
    return [_relation(text, kinds)]


def _single(name: str, text: str, kind: Kind) -> Limit:
    one = {name: Fraction(1)}
    if text == "geen enkele waarde":
        return Limit(one, members=frozenset())
    if text == "elke waarde":
        return Limit(one)
    chosen = _OF.fullmatch(text)
    if chosen:
        codes = chosen[1].split(", ") if chosen[1] else []
        return Limit(one, members=frozenset(Fraction(kind.choices.index(code)) for code in codes))
    finite = _FINITE.fullmatch(text)
    if finite:
        return Limit(one, members=frozenset(number(item) for item in finite[1].split("; ")))
    found = _RANGE.fullmatch(text)
    if found is None or not any(found.groups()):
        raise ValueError(f"verzameling '{text}'")
    exact, low, high = (None if part is None else number(part) for part in found.groups())
    return Limit(one, exact if exact is not None else low, exact if exact is not None else high)


def _relation(text: str, kinds: Mapping[str, Kind]) -> Limit:
    found = _RELATION.fullmatch(text)
    if found is None:
        raise ValueError(f"verband '{text}'")
    numbers: dict[str, Fraction] = {}
    for piece in re.split(r" (?=[+-] )", found[2]):
        term = _TERM.fullmatch(piece)
        if term is None or term[3] not in kinds:
            raise ValueError(f"onderdeel '{piece}' van een verband")
        value = (number(term[2]) if term[2] else Fraction(1)) * (-1 if term[1] == "-" else 1)
        numbers[term[3]] = numbers.get(term[3], Fraction(0)) + value
    bound = number(found[4])
    low = number(found[1]) if found[1] else None
    if found[3] == "≥":
        return Limit(numbers, bound, None)
    return Limit(numbers, bound if found[3] == "=" else low, bound)


def read_point(text: str, kinds: Mapping[str, Kind]) -> dict[str, Fraction | None]:
    """Values by quantity; ``None`` for one that is not known or has several."""
    found: dict[str, Fraction | None] = {}
    for item in text.split("; ") if text else []:
        name, equals, value = item.partition(" = ")
        if not equals or name not in kinds:
            raise ValueError(f"waarde '{item}'")
        if value == "onbekend" or " of " in value:
            found[name] = None
        elif kinds[name].choices:
            found[name] = Fraction(kinds[name].choices.index(value))
        else:
            found[name] = number(value)
    return found


def number(text: str) -> Fraction:
    """A number or date as written."""
    if re.fullmatch(_DATE, text):
        return Fraction(date.fromisoformat(text).toordinal())
    return Fraction(text.replace(",", "."))
