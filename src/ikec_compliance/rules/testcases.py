"""Turns the ``given`` of a rule test into the facts it describes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.fact import ABSENT, UNKNOWN_PARTNER, Absent, Fact
from ikec_compliance.model.place import Location
from ikec_compliance.model.value import FALSE, TRUE, UNKNOWN_FLAG, Value, known
from ikec_compliance.model.vocabulary import FieldDef, FieldKind, SubjectType, Vocabulary
from ikec_compliance.rules.periods import parse_date
from ikec_compliance.rules.refusals import UnknownName
from ikec_compliance.rules.units import Measure, steps
from ikec_compliance.yamlio.suggest import did_you_mean

_DEEPEST = 3


def calendar_fields(day: date) -> dict[str, int]:
    """Date fields that follow from the date of evaluation alone, as ordinals."""
    school = date(day.year if day.month >= 8 else day.year - 1, 8, 1)
    return {
        "peildatum": day.toordinal(),
        "begin_dit_jaar": date(day.year, 1, 1).toordinal(),
        "een_juni_dit_jaar": date(day.year, 6, 1).toordinal(),
        "begin_schooljaar": school.toordinal(),
    }


def given_fact(
    type_name: str, given: Mapping[str, Any], day: date, vocabulary: Vocabulary, place: Location, depth: int = 0
) -> Fact:
    """A fact of ``type_name`` in which exactly the given fields are known."""
    subject = vocabulary.types[type_name]
    values: dict[str, Value] = {}
    defaults: dict[str, Value] = {}
    for name, field in subject.fields.items():
        if field.kind is FieldKind.LIST:
            defaults[name] = UNKNOWN_FLAG
        else:
            values[name] = field.unknown
    calendar = calendar_fields(day)
    values.update({name: known(value) for name, value in calendar.items() if name in subject.fields})
    groups: dict[str, dict[str, Any]] = {}
    for path, raw in given.items():
        head, dot, tail = path.partition(".")
        if dot:
            if head not in subject.partners:
                raise UnknownName(f"onbekende partner '{head}'{did_you_mean(head, subject.partners)}", place)
            groups.setdefault(head, {})[tail] = raw
            continue
        _set(path, raw, subject, values, defaults, vocabulary, place)
    partners: dict[str, Fact | Absent] = {}
    for name, partner in subject.partners.items():
        wanted = dict(groups.get(name, {}))
        there = wanted.pop("aanwezig", "ja" if wanted else None)
        if there in ("nee", False):
            partners[name] = ABSENT
        elif there is None or depth >= _DEEPEST:
            partners[name] = UNKNOWN_PARTNER
        else:
            partners[name] = given_fact(partner.type, wanted, day, vocabulary, place, depth + 1)
    return Fact(type_name, f"{subject.prefix}:test", values, place, partners, defaults)


def _set(
    path: str, raw: Any, subject: SubjectType, values: dict[str, Value], defaults: dict[str, Value],
    vocabulary: Vocabulary, place: Location,
) -> None:  # fmt: skip
    field = subject.fields.get(path)
    if field is None:
        hint = did_you_mean(path, subject.fields)
        raise UnknownName(f"onbekend veld '{path}' bij {subject.name}{hint}", place)
    if field.kind is FieldKind.LIST:
        members = raw if isinstance(raw, list) else [raw]
        defaults[path] = FALSE
        values.update({f"{path}~{member}": TRUE for member in members})
        return
    values[path] = known(_number(raw, field, vocabulary, place))


def _number(raw: Any, field: FieldDef, vocabulary: Vocabulary, place: Location) -> int:
    if field.kind is FieldKind.BOOLEAN and raw in ("ja", "nee", True, False):
        return int(raw in ("ja", True))
    if field.kind is FieldKind.CHOICE and raw in field.choices:
        return field.choices.index(raw)
    if field.kind is FieldKind.DATE:
        day = raw if isinstance(raw, date) else parse_date(str(raw))
        if day is not None:
            return day.toordinal()
    if field.kind is FieldKind.NUMBER and isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        whole = steps(raw, Measure(field.unit), vocabulary)
        if whole is not None:
            return whole
    raise InputError(f"'{raw}' past niet bij het veld '{field.name}' ({field.kind.value})", place)
