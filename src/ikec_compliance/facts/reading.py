"""Reads plain fields from a record as integer values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.value import FALSE, TRUE, UNKNOWN_FLAG, Value, flag, known
from ikec_compliance.model.vocabulary import FieldDef, FieldKind, Vocabulary


def to_value(raw: Any, field: FieldDef, vocabulary: Vocabulary) -> Value:
    """A typed configuration value in integer steps; ``None`` is unknown."""
    if raw is None:
        return field.unknown
    if field.kind is FieldKind.BOOLEAN and isinstance(raw, bool):
        return flag(raw)
    if field.kind is FieldKind.DATE and isinstance(raw, date):
        return known(raw.toordinal())
    if field.kind is FieldKind.CHOICE and raw in field.choices:
        return known(field.choices.index(raw))
    if field.kind is FieldKind.NUMBER and isinstance(raw, int | Decimal):
        return rounded(Decimal(raw), vocabulary.units[field.unit].scale)
    raise InternalError(f"waarde {raw!r} past niet bij veld {field.name}")


def rounded(number: Decimal, scale: int) -> Value:
    """``number`` in steps; one with more decimals than the unit lies between two steps."""
    exact = number * scale
    low = int(exact // 1)
    return known(low) if exact == low else (low, low + 1)


def members(raw: Any, complete: bool) -> tuple[dict[str, Value], Value]:
    """Members of a list field with their values, and the value of a member that is not listed."""
    if raw is None:
        return {}, UNKNOWN_FLAG
    rest = FALSE if complete else UNKNOWN_FLAG
    if isinstance(raw, Mapping):
        return {str(name): flag(there) for name, there in raw.items()}, rest
    return {str(name): TRUE for name in raw}, rest
