"""The ``norm`` of a rule: which quantities of a merged subject it binds, and how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.expr import And, Atom, Expr, Op, Or, Ref, Term
from ikec_compliance.model.place import Location
from ikec_compliance.model.rule import Norm, NormQuantity
from ikec_compliance.model.vocabulary import FieldDef, FieldKind
from ikec_compliance.rules.expressions import compile_expression
from ikec_compliance.rules.files import CheckedFile
from ikec_compliance.rules.sides import Scope, Side, read_side
from ikec_compliance.rules.units import Measure

Path = tuple[str | int, ...]


def read_norm(raw: Mapping[str, Any], scope: Scope, checked: CheckedFile, path: Path) -> Norm:
    """The norm as written, with its constraint compiled for the date of ``scope``.

    A norm names one ``quantity`` with ``minimum``, ``maximum`` or ``allowed``; or ``quantities`` with a
    ``constraint`` in the language of ``require``; or neither, and then its constraint is the rule's ``require``.
    ``InputError`` for a name, unit or value that does not fit.
    """
    place = checked.place(*path)
    if "quantity" in raw and "quantities" in raw:
        raise InputError("geef quantity of quantities, niet allebei", place)
    listed = [raw["quantity"]] if "quantity" in raw else list(raw.get("quantities", ()))
    quantities = tuple(_quantity(item, scope, place) for item in listed)
    if len({quantity.path for quantity in quantities}) < len(quantities):
        raise InputError("twee grootheden van een norm lezen hetzelfde veld", place)
    bounds = [key for key in ("minimum", "maximum", "allowed") if key in raw]
    if bounds and len(quantities) != 1:
        raise InputError("minimum, maximum en allowed gelden voor precies een quantity", place)
    if bounds and "constraint" in raw:
        raise InputError("geef minimum, maximum en allowed, of constraint, niet allebei", place)
    constraint: Expr | None = None
    if bounds:
        constraint = _bounds(raw, quantities[0], scope, place)
    elif "constraint" in raw:
        constraint = compile_expression(raw["constraint"], scope, checked, (*path, "constraint"))
    elif any(quantity.choices for quantity in quantities):
        raise InputError("een grootheid met eigen keuzes heeft allowed nodig", place)
    window = raw.get("window")
    if window is not None and window["from"] >= window["to"]:
        raise InputError("het tijdvak van een norm eindigt na zijn begin", checked.place(*path, "window"))
    return Norm(
        raw["act"], raw["addressee"], raw["modality"], tuple(raw["merges"]), quantities, constraint, raw["shown"],
        (window["from"], window["to"]) if window is not None else None,
    )  # fmt: skip


def _quantity(raw: Mapping[str, Any], scope: Scope, place: Location) -> NormQuantity:
    choices = tuple(raw.get("choices", ()))
    mapping = {str(key): value for key, value in raw.get("values", {}).items()}
    if "field" not in raw:
        if not choices:
            raise InputError(f"de grootheid '{raw['name']}' heeft een field of choices nodig", place)
        return NormQuantity(raw["name"], "choice", raw["counting"], "", choices)
    definition = scope.field(raw["field"], place)
    if bool(choices) != bool(mapping):
        raise InputError(
            "choices bij een veld vraagt ook values: welke keuze bij welke waarde van het veld hoort", place
        )
    if choices:
        _check_mapping(mapping, choices, definition, place)
    unit = definition.unit if definition.kind is FieldKind.NUMBER else definition.kind.value
    return NormQuantity(raw["name"], unit, raw["counting"], raw["field"], choices, mapping)


def _check_mapping(mapping: Mapping[str, str], choices: tuple[str, ...], field: FieldDef, place: Location) -> None:
    if field.kind not in (FieldKind.BOOLEAN, FieldKind.CHOICE):
        raise InputError("values geldt alleen voor een veld met ja of nee of met keuzes", place)
    wanted = ("nee", "ja") if field.kind is FieldKind.BOOLEAN else field.choices
    if set(mapping) != set(wanted):
        raise InputError(f"values noemt elke waarde van het veld een keer: {', '.join(wanted)}", place)
    for choice in mapping.values():
        if choice not in choices:
            raise InputError(f"values noemt '{choice}', dat niet onder choices staat", place)


def _bounds(raw: Mapping[str, Any], quantity: NormQuantity, scope: Scope, place: Location) -> Expr:
    """``minimum``, ``maximum`` and ``allowed`` as comparisons of the one quantity."""
    ref = Term(((1, Ref(quantity.path)),))
    if quantity.choices:
        if "allowed" not in raw or "minimum" in raw or "maximum" in raw:
            raise InputError("een grootheid met keuzes heeft allowed nodig, geen minimum of maximum", place)
        found = []
        for item in raw["allowed"]:
            if item not in quantity.choices:
                raise InputError(f"'{item}' staat niet onder choices van {quantity.name}", place)
            found.append(Atom(ref, Op.EQ, quantity.choices.index(item), str(item), place))
        return Or(tuple(found))
    definition = scope.field(quantity.field, place)
    like = Side(definition.kind, Measure(definition.unit), (), 0, "", definition.choices)
    parts: list[Expr] = []
    for key, op in (("minimum", Op.GE), ("maximum", Op.LE)):
        if key in raw:
            if definition.kind not in (FieldKind.NUMBER, FieldKind.DATE):
                raise InputError(f"{key} geldt voor getallen en datums; gebruik allowed", place)
            side = read_side(raw[key], scope, place, like)
            parts.append(Atom(ref, op, side.const, side.text, place))
    if "allowed" in raw:
        sides = [read_side(item, scope, place, like) for item in raw["allowed"]]
        parts.append(Or(tuple(Atom(ref, Op.EQ, side.const, side.text, place) for side in sides)))
    return parts[0] if len(parts) == 1 else And(tuple(parts))
