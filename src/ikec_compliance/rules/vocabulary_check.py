"""Holds the vocabulary against the published schema of a configuration: a field that no configuration can fill, or a
list that does not exist, would silently leave rules without an answer or without a subject."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.resources import schema_dir
from ikec_compliance.model.vocabulary import FieldDef, FieldKind, PartnerDef, SubjectType
from ikec_compliance.rules.files import CheckedFile
from ikec_compliance.yamlio.suggest import did_you_mean

# Where the kinds stand among which a partner is found by its argument.
_KINDS = {
    "document": ("documenten", "soorten"),
    "council": ("raden", "soort"),
    "arrangement": ("regelingen", "soort"),
    "facility": ("voorzieningen", "soort"),
}
_TYPES = {"document": "document", "council": "raad", "arrangement": "regeling", "facility": "voorziening"}


def check_vocabulary(types: Mapping[str, SubjectType], checked: CheckedFile) -> None:
    """``InputError`` at the first list, path, choice or partner that no configuration can hold."""
    lists = {name: node for name, node in _schema()["properties"].items() if _resolved(node).get("type") == "array"}
    for name, subject in types.items():
        if subject.list_key not in lists:
            _refuse("lijst", subject.list_key, lists, checked, "types", name, "list")
        item = _resolved(_resolved(lists[subject.list_key])["items"])
        for field in subject.fields.values():
            if field.path:
                _check_field(field, item, checked, ("types", name, "fields", field.name))
        for partner in subject.partners.values():
            _check_partner(partner, item, checked, ("types", name, "partners", partner.name))


@cache
def _schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((schema_dir() / "v1" / "centrum.schema.json").read_text(encoding="utf-8"))
    return loaded


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        node = _schema()["$defs"][node["$ref"].rpartition("/")[2]]
    return node


def _check_field(field: FieldDef, item: dict[str, Any], checked: CheckedFile, place: tuple[str, ...]) -> None:
    node = item
    for step in field.path.split("."):
        known = node.get("properties", {})
        if step not in known:
            _refuse("sleutel", step, known, checked, *place, "path")
        node = _resolved(known[step])
    if field.kind is FieldKind.CHOICE:
        possible = [choice for choice in node.get("enum", ()) if choice is not None]
        for choice in possible:
            if choice not in field.choices:
                raise InputError(
                    f"een centrum kan hier '{choice}' invullen, maar het veld '{field.name}' kent die keuze niet",
                    checked.place(*place, "choices"),
                )
        for choice in field.choices:
            if choice not in possible:
                _refuse("keuze", choice, possible, checked, *place, "choices")


def _check_partner(partner: PartnerDef, item: dict[str, Any], checked: CheckedFile, place: tuple[str, ...]) -> None:
    if partner.via == "reference" and partner.argument not in item["properties"]:
        _refuse("sleutel", partner.argument, item["properties"], checked, *place, "argument")
    if partner.via not in _KINDS:
        return
    if partner.type != _TYPES[partner.via]:
        raise InputError(
            f"een partner via '{partner.via}' is van type {_TYPES[partner.via]}, niet {partner.type}",
            checked.place(*place, "via"),
        )
    key, field = _KINDS[partner.via]
    node = _resolved(_resolved(_resolved(_schema()["properties"][key])["items"])["properties"][field])
    kinds = _resolved(node.get("items", node))["enum"]
    if partner.argument not in kinds:
        _refuse("soort", partner.argument, kinds, checked, *place, "argument")


def _refuse(what: str, name: str, known: Collection[str], checked: CheckedFile, *place: str) -> None:
    raise InputError(f"onbekende {what} '{name}' van een centrum{did_you_mean(name, known)}", checked.place(*place))
