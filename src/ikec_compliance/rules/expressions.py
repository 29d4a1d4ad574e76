"""Compiles the conditions of a rule file to the typed intermediate form, for one date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.expr import And, Atom, Expr, Not, Op, Or, Ref, Term
from ikec_compliance.model.place import Location
from ikec_compliance.model.vocabulary import FieldKind
from ikec_compliance.rules.files import CheckedFile
from ikec_compliance.rules.refusals import UnitMismatch
from ikec_compliance.rules.sides import Scope, Side, read_side

_ORDER = {"at_most": Op.LE, "at_least": Op.GE, "less_than": Op.LT, "more_than": Op.GT}
_EQUAL = {"is": Op.EQ, "is_not": Op.NE}
_SETS = ("one_of", "none_of")
_LISTS = ("contains", "contains_all")
_OPERATORS = (*_EQUAL, *_ORDER, *_SETS, *_LISTS)
_CONNECTIVES = ("all", "any", "not")
_WORDS = {
    Op.LE: "is hoogstens", Op.GE: "is ten minste", Op.LT: "is minder dan", Op.GT: "is meer dan",
    Op.EQ: "is", Op.NE: "is niet",
}  # fmt: skip
_DATE_WORDS = {
    Op.LE: "is niet later dan", Op.GE: "is niet eerder dan", Op.LT: "is eerder dan", Op.GT: "is later dan",
    Op.EQ: "is", Op.NE: "is niet",
}  # fmt: skip


def compile_expression(raw: Mapping[str, Any], scope: Scope, checked: CheckedFile, path: tuple[str | int, ...]) -> Expr:
    """The typed form of a condition; every name, unit and kind is checked."""
    place = checked.place(*path)
    connectives = [key for key in _CONNECTIVES if key in raw]
    if connectives:
        key = connectives[0]
        if len(raw) != 1:
            raise InputError(f"'{key}' staat alleen: zet de andere voorwaarde er als onderdeel in", place)
        if key == "not":
            return Not(compile_expression(raw["not"], scope, checked, (*path, "not")))
        items = tuple(
            compile_expression(item, scope, checked, (*path, key, index)) for index, item in enumerate(raw[key])
        )
        return And(items) if key == "all" else Or(items)
    operators = [key for key in _OPERATORS if key in raw]
    if len(operators) != 1:
        raise InputError(f"een vergelijking heeft precies een van: {', '.join(_OPERATORS)}", place)
    operator = operators[0]
    left_raw = {key: value for key, value in raw.items() if key != operator}
    place = checked.place(*path, operator)
    if operator in _LISTS:
        return _membership(left_raw, operator, raw[operator], scope, place)
    left = read_side(left_raw, scope, place)
    if operator in _SETS:
        found = tuple(_compare(left, Op.EQ, item, scope, place) for item in raw[operator])
        return Or(found) if operator == "one_of" else Not(Or(found))
    if operator in _ORDER and left.kind not in (FieldKind.NUMBER, FieldKind.DATE):
        raise InputError(f"'{operator}' geldt voor getallen en datums; gebruik is of one_of", place)
    return _compare(left, _ORDER.get(operator) or _EQUAL[operator], raw[operator], scope, place)


def _compare(left: Side, op: Op, raw: Any, scope: Scope, place: Location) -> Atom:
    right = read_side(raw, scope, place, left)
    if right.kind is not left.kind or right.measure != left.measure:
        raise UnitMismatch(f"de twee kanten passen niet bij elkaar: {_kind(left)} en {_kind(right)}", place)
    if left.kind is FieldKind.CHOICE and left.choices != right.choices:
        raise InputError("twee keuzevelden met verschillende keuzes zijn niet te vergelijken", place)
    words = _DATE_WORDS if left.kind is FieldKind.DATE else _WORDS
    text = f"{left.text} {words[op]} {right.text}"
    if left.kind is FieldKind.BOOLEAN and op is Op.EQ and not right.parts:
        text = f"{left.text}: {right.text}"
    bound = right.const - left.const
    if left.kind is FieldKind.BOOLEAN and not right.parts and op in (Op.EQ, Op.NE):
        # Yes or no is 0 or 1: one comparison says it, where equality takes two.
        op, bound = (Op.GE, 1) if (op is Op.EQ) == bool(right.const) else (Op.LE, 0)
    merged: dict[Ref, int] = {}
    for coefficient, ref in left.parts:
        merged[ref] = merged.get(ref, 0) + coefficient
    for coefficient, ref in right.parts:
        merged[ref] = merged.get(ref, 0) - coefficient
    parts = tuple((coefficient, ref) for ref, coefficient in merged.items() if coefficient)
    if not parts:
        raise InputError("deze vergelijking is altijd waar of altijd onwaar", place)
    return Atom(Term(parts), op, bound, text, place)


def _membership(left: Mapping[str, Any], operator: str, raw: Any, scope: Scope, place: Location) -> Expr:
    if set(left) != {"field"}:
        raise InputError(f"'{operator}' hoort bij een enkel veld", place)
    path = left["field"]
    if scope.field(path, place).kind is not FieldKind.LIST:
        raise InputError(f"'{path}' is geen lijst: '{operator}' geldt alleen voor lijsten", place)
    title = scope.title(path)
    members = [raw] if operator == "contains" else raw
    found = []
    for member in members:
        if not isinstance(member, str) or not member.replace("_", "").isalnum():
            raise InputError(f"een onderdeel is een naam als 'onderwijskundig_beleid', niet '{member}'", place)
        text = f"{title}: {member.replace('_', ' ')}"
        found.append(Atom(Term(((1, Ref(f"{path}~{member}")),)), Op.GE, 1, text, place))
    return found[0] if len(found) == 1 else And(tuple(found))


def _kind(side: Side) -> str:
    names = {FieldKind.BOOLEAN: "ja of nee", FieldKind.DATE: "een datum", FieldKind.CHOICE: "een keuze"}
    return names.get(side.kind, f"een getal in {side.measure}")
