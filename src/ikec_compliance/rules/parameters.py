"""Dated parameters: the numbers of the law that change over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.expr import Period
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import Evidence, ParameterValue, Validity
from ikec_compliance.model.vocabulary import Vocabulary
from ikec_compliance.rules.files import CheckedFile
from ikec_compliance.rules.laws import Laws
from ikec_compliance.rules.periods import parse_period, read_validity, show_period
from ikec_compliance.rules.refusals import OverlappingValidity, UnitMismatch, UnknownName
from ikec_compliance.rules.units import PERIOD, parse_measure, show_number, steps
from ikec_compliance.yamlio.suggest import did_you_mean


class NoValue(Exception):
    """A parameter has no value on the date asked for."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of one rule file by name, each with values that do not overlap."""

    values: Mapping[str, Sequence[ParameterValue]]

    def value(self, name: str, on: date, place: Location) -> ParameterValue:
        """The value in force on a date; ``NoValue`` when there is none, ``InputError`` for an unknown name."""
        if name not in self.values:
            raise UnknownName(f"onbekende parameter '{name}'{did_you_mean(name, self.values)}", place)
        for value in self.values[name]:
            if value.valid.holds(on):
                return value
        raise NoValue(f"de parameter '{name}' heeft op deze datum geen waarde")

    def key(self, on: date) -> tuple[int | None, ...]:
        """Which value of each parameter holds on a date: equal keys give equal rules."""
        return tuple(
            next((number for number, value in enumerate(values) if value.valid.holds(on)), None)
            for values in self.values.values()
        )


def read_parameters(raw: Mapping[str, Any], checked: CheckedFile, vocabulary: Vocabulary, laws: Laws) -> Parameters:
    """The ``parameters`` block of a rule file; overlapping values are refused."""
    found: dict[str, list[ParameterValue]] = {}
    for name, spec in raw.items():
        values: list[ParameterValue] = []
        for index, item in enumerate(spec["values"]):
            place = checked.place("parameters", name, "values", index)
            value, shown = _value(item["value"], spec["unit"], vocabulary, place)
            last = checked.place("parameters", name, "values", index, "to")
            valid = read_validity(item["from"], item.get("to"), last)
            for other in values:
                if overlap(other.valid, valid):
                    raise OverlappingValidity(
                        f"de waarden van parameter '{name}' overlappen (zie {other.place})", place
                    )
            sources = tuple(laws.source(source, place) for source in item["source"])
            values.append(
                ParameterValue(name, spec["unit"], value, shown, valid, sources, Evidence(item["evidence"]), place)
            )
        found[name] = values
    return Parameters(found)


def overlap(one: Validity, two: Validity) -> bool:
    """Whether two periods share a day."""
    return (two.last is None or one.first <= two.last) and (one.last is None or two.first <= one.last)


def _value(raw: Any, unit: str, vocabulary: Vocabulary, place: Location) -> tuple[int | Period, str]:
    if unit == PERIOD:
        period = parse_period(str(raw))
        if period is None:
            raise InputError(f"verwacht een periode als '6 weken' of '4 jaar', gevonden '{raw}'", place)
        return period, show_period(period)
    measure = parse_measure(unit, vocabulary)
    if measure is None:
        raise UnitMismatch(f"onbekende eenheid '{unit}'{did_you_mean(unit, vocabulary.units)}", place)
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        raise InputError(f"verwacht een getal in {unit}, gevonden '{raw}'", place)
    whole = steps(raw, measure, vocabulary)
    if whole is None:
        raise InputError(f"'{raw}' heeft meer decimalen dan de eenheid {unit} toelaat", place)
    return whole, show_number(whole, measure, vocabulary)
