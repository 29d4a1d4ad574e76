"""One side of a comparison: what it adds up, in which unit, and how it reads in Dutch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.expr import Period, Ref
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import ParameterValue
from ikec_compliance.model.vocabulary import FieldDef, FieldKind, SubjectType, Vocabulary
from ikec_compliance.rules.parameters import Parameters
from ikec_compliance.rules.periods import parse_date, parse_period, show_period
from ikec_compliance.rules.refusals import UnitMismatch, UnknownName
from ikec_compliance.rules.units import Measure, parse_measure, show_number, steps
from ikec_compliance.yamlio.suggest import did_you_mean

_SIDE_KEYS = ("field", "sum", "param")
_TRUE, _FALSE = ("ja", True), ("nee", False)


@dataclass(frozen=True, slots=True)
class Side:
    """Σ coefficient·field + const of one kind and unit. ``text`` is its Dutch wording."""

    kind: FieldKind
    measure: Measure
    parts: tuple[tuple[int, Ref], ...]
    const: int
    text: str
    choices: tuple[str, ...] = ()


@dataclass(slots=True)
class Scope:
    """What a rule's expressions may name, and which parameter values they used."""

    vocabulary: Vocabulary
    subject: SubjectType
    parameters: Parameters
    on: date
    used: dict[str, ParameterValue]

    def field(self, path: str, place: Location) -> FieldDef:
        """The definition of a field, or an error that suggests the nearest name."""
        found = self.vocabulary.field(self.subject.name, path.partition("~")[0])
        if found is not None:
            return found
        owner, trail = self.subject, path
        while "." in trail:
            head, _, trail = trail.partition(".")
            partner = owner.partners.get(head)
            if partner is None:
                hint = did_you_mean(head, owner.partners)
                raise UnknownName(f"onbekende partner '{head}' bij {owner.name}{hint}", place)
            owner = self.vocabulary.types[partner.type]
        hint = did_you_mean(trail, [*owner.fields, *owner.partners])
        raise UnknownName(f"onbekend veld '{trail}' bij {owner.name}{hint}", place)

    def title(self, path: str) -> str:
        """Dutch name of a field, with its partner before it."""
        head, dot, tail = path.partition(".")
        if not dot:
            definition = self.vocabulary.field(self.subject.name, path)
            return definition.title if definition else path
        partner = self.subject.partners[head]
        if tail == "aanwezig":
            return f"er is {partner.title}"
        inner = Scope(self.vocabulary, self.vocabulary.types[partner.type], self.parameters, self.on, {})
        return f"{inner.title(tail)} ({head.replace('_', ' ')})"

    def param(self, name: str, place: Location) -> ParameterValue:
        """The value of a parameter on the date of evaluation."""
        value = self.parameters.value(name, self.on, place)
        self.used[name] = value
        return value


def read_side(raw: Any, scope: Scope, place: Location, like: Side | None = None) -> Side:
    """A side from a rule file; a bare literal takes kind and unit of ``like``."""
    if not isinstance(raw, Mapping):
        if like is None:
            raise InputError("hier wordt een veld verwacht, geen vaste waarde", place)
        return _literal(raw, like, scope, place)
    present = [key for key in _SIDE_KEYS if key in raw]
    if len(present) != 1:
        raise InputError("geef precies een van field, sum en param", place)
    if "param" in raw:
        if like is None:
            raise InputError("de linkerkant is een veld of een som, geen parameter", place)
        side = _parameter(raw["param"], scope, place, like)
    elif "sum" in raw:
        side = _sum(raw["sum"], scope, place)
    else:
        side = _field(raw["field"], scope, place)
    if "times" in raw:
        side = _times(side, raw["times"], scope, place)
    for key, sign in (("plus", 1), ("minus", -1)):
        if key in raw:
            side = _shifted(side, raw[key], sign, scope, place)
    return side


def _field(path: str, scope: Scope, place: Location) -> Side:
    definition = scope.field(path, place)
    if definition.kind is FieldKind.LIST:
        raise InputError(f"'{path}' is een lijst: gebruik contains of contains_all", place)
    measure = Measure(definition.unit) if definition.kind is FieldKind.NUMBER else Measure()
    return Side(definition.kind, measure, ((1, Ref(path)),), 0, scope.title(path), definition.choices)


def _literal(raw: Any, like: Side, scope: Scope, place: Location) -> Side:
    if like.kind is FieldKind.BOOLEAN:
        if raw in _TRUE or raw in _FALSE:
            truth = raw in _TRUE
            return replace(like, parts=(), const=int(truth), text="ja" if truth else "nee")
        raise InputError(f"verwacht ja of nee, gevonden '{raw}'", place)
    if like.kind is FieldKind.CHOICE:
        if raw in like.choices:
            return replace(like, parts=(), const=like.choices.index(raw), text=str(raw).replace("_", " "))
        raise UnknownName(f"onbekende keuze '{raw}'{did_you_mean(str(raw), like.choices)}", place)
    if like.kind is FieldKind.DATE:
        day = raw if isinstance(raw, date) else parse_date(str(raw))
        if day is None:
            raise InputError(f"verwacht een datum als 2026-11-23, gevonden '{raw}'", place)
        return replace(like, parts=(), const=day.toordinal(), text=show_date(day))
    number = _number(raw, place)
    whole = steps(number, like.measure, scope.vocabulary)
    if whole is None:
        raise InputError(f"'{raw}' heeft meer decimalen dan de eenheid {like.measure} toelaat", place)
    return replace(like, parts=(), const=whole, text=show_number(whole, like.measure, scope.vocabulary))


def _parameter(name: str, scope: Scope, place: Location, like: Side) -> Side:
    value = scope.param(name, place)
    if isinstance(value.value, Period):
        raise InputError(f"de parameter '{name}' is een periode: gebruik haar bij plus of minus van een datum", place)
    measure = parse_measure(value.unit, scope.vocabulary) or Measure()
    if like.kind is not FieldKind.NUMBER or measure != like.measure:
        raise UnitMismatch(f"de parameter '{name}' is in {value.unit}, het veld in {like.measure}", place)
    return replace(like, parts=(), const=value.value, text=value.shown)


def _sum(items: list[Mapping[str, Any]], scope: Scope, place: Location) -> Side:
    sides = [read_side(item, scope, place) for item in items]
    first = sides[0]
    for side in sides[1:]:
        if side.kind is not FieldKind.NUMBER or side.measure != first.measure:
            raise UnitMismatch(f"een som telt gelijke eenheden op, niet {first.measure} en {side.measure}", place)
    parts = tuple(part for side in sides for part in side.parts)
    return replace(first, parts=parts, const=sum(side.const for side in sides), text=" + ".join(s.text for s in sides))


def _times(side: Side, raw: Any, scope: Scope, place: Location) -> Side:
    if side.kind is not FieldKind.NUMBER:
        raise InputError("times geldt alleen voor getallen", place)
    if isinstance(raw, Mapping):
        value = scope.param(raw["param"], place)
        factor_measure = parse_measure(value.unit, scope.vocabulary)
        if isinstance(value.value, Period) or factor_measure is None:
            raise InputError(f"de parameter '{raw['param']}' is geen factor", place)
        factor, shown = value.value, value.shown
    else:
        number = _number(raw, place)
        if number != int(number):
            raise InputError(
                "een factor zonder eenheid is een geheel getal; zet een ander getal in een parameter", place
            )
        factor, factor_measure, shown = int(number), Measure(), str(raw)
    if factor <= 0:
        raise InputError(f"een factor is groter dan nul, gevonden '{shown}'", place)
    product = side.measure.times(factor_measure)
    if product is None:
        raise UnitMismatch(f"{side.measure} maal {factor_measure} geeft geen eenheid", place)
    parts = tuple((coefficient * factor, ref) for coefficient, ref in side.parts)
    return replace(side, parts=parts, const=side.const * factor, measure=product, text=f"{shown} x {side.text}")


def _shifted(side: Side, raw: Any, sign: int, scope: Scope, place: Location) -> Side:
    word = "+" if sign > 0 else "-"
    if side.kind is FieldKind.DATE:
        period = _period(raw, scope, place)
        moved = Period(sign * period.months, sign * period.days)
        shown = show_period(period)
        parts = tuple((c, Ref(ref.path, Period(ref.shift.months + moved.months, ref.shift.days + moved.days)))
                      for c, ref in side.parts)  # fmt: skip
        return replace(side, parts=parts, text=f"{side.text} {word} {shown}")
    if side.kind is not FieldKind.NUMBER:
        raise InputError("plus en minus gelden voor datums en getallen", place)
    added = read_side(raw, scope, place, replace(side, parts=(), const=0))
    return replace(side, const=side.const + sign * added.const, text=f"{side.text} {word} {added.text}")


def _period(raw: Any, scope: Scope, place: Location) -> Period:
    if isinstance(raw, Mapping):
        value = scope.param(raw["param"], place)
        if isinstance(value.value, Period):
            return value.value
        raise InputError(f"de parameter '{raw['param']}' is geen periode", place)
    period = parse_period(str(raw))
    if period is None:
        raise InputError(f"verwacht een periode als '6 weken' of '4 jaar', gevonden '{raw}'", place)
    return period


def _number(raw: Any, place: Location) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        raise InputError(f"verwacht een getal, gevonden '{raw}'", place)
    return Decimal(raw)


_MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
           "november", "december")  # fmt: skip


def show_date(day: date) -> str:
    """A date as a Dutch reader writes it."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
