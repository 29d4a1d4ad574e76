"""YAML 1.2 core: what a plain scalar means, and the JSON view of a node tree.

``10:30``, ``on``, ``no`` and ``ja`` are text; only ``null``, ``true``/``false`` and numbers mean
something else, and only when written without quotes.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from ikec_compliance.model.errors import InputError
from ikec_compliance.yamlio.nodes import Mapping, Node, Scalar, Sequence

TEXT, NULL, BOOL, INT, FLOAT, LIST, BLOCK = "text", "null", "bool", "int", "float", "list", "block"

MAX_DIGITS = 15
"""Numbers stay below 10^15 with at most 15 digits: exact as a double in JSON and inside every engine's bounds."""

NUMBER_LIMIT = f"een getal heeft hoogstens {MAX_DIGITS} cijfers; zet een nummer tussen aanhalingstekens"

_SUSPECT = frozenset("0123456789+-.~nNtTfF")
_CORE = re.compile(
    r"(?P<null>null|Null|NULL|~)"
    r"|(?P<bool>true|True|TRUE|false|False|FALSE)"
    r"|(?P<int>[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)


class NumberOutOfRange(ValueError):
    """A number that cannot be held exactly; its text is the Dutch message."""


def kind_of(scalar: Scalar) -> str:
    """``TEXT``, ``NULL``, ``BOOL``, ``INT`` or ``FLOAT`` by the YAML 1.2 core schema."""
    value = scalar.value
    if scalar.quoted:
        return TEXT
    if not value:
        return NULL
    if value[0] not in _SUSPECT:
        return TEXT
    found = _CORE.fullmatch(value)
    return (found.lastgroup or TEXT) if found else TEXT


def number_of(scalar: Scalar) -> int | Decimal:
    """The exact number of a scalar of kind ``INT`` or ``FLOAT``; ``NumberOutOfRange`` when it is too long."""
    value = scalar.value
    if len(value) > 40:
        raise NumberOutOfRange(NUMBER_LIMIT)
    if kind_of(scalar) == INT:
        whole = int(value[2:], 8 if value[1] == "o" else 16) if value[:2] in ("0o", "0x") else int(value)
        if abs(whole) >= 10**MAX_DIGITS:
            raise NumberOutOfRange(NUMBER_LIMIT)
        return whole
    if value.lower().endswith(("inf", "nan")):
        raise NumberOutOfRange("oneindig (.inf) en geen getal (.nan) zijn niet toegestaan")
    mantissa, _, exponent = value.lower().partition("e")
    if abs(int(exponent or "0")) > MAX_DIGITS:
        raise NumberOutOfRange(NUMBER_LIMIT)
    number = Decimal(value)
    digits = len(mantissa.lstrip("+-").replace(".", "").strip("0"))
    if digits > MAX_DIGITS or abs(number) >= 10**MAX_DIGITS:
        raise NumberOutOfRange(NUMBER_LIMIT)
    return number


def to_plain(node: Node) -> Any:
    """The JSON view of ``node``: dicts, lists, text, ints, floats, booleans and ``None``.

    This is what any JSON Schema validator should be given. ``InputError`` for a number out of range.
    """
    if isinstance(node, Mapping):
        return {key: to_plain(value) for key, (_, value) in node.index.items()}
    if isinstance(node, Sequence):
        return [to_plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    kind = kind_of(node)
    if kind == TEXT:
        return node.value
    if kind in (INT, FLOAT):
        try:
            number = number_of(node)
        except NumberOutOfRange as error:
            raise InputError(str(error), node.place) from None
        return number if isinstance(number, int) else float(number)
    return None if kind == NULL else node.value.lower() == "true"
