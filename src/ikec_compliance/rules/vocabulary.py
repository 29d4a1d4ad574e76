"""Reads the closed vocabulary from ``begrippen.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.vocabulary import FieldDef, FieldKind, PartnerDef, SubjectType, Unit, Vocabulary
from ikec_compliance.rules.files import CheckedFile, read_checked
from ikec_compliance.rules.vocabulary_check import check_vocabulary
from ikec_compliance.yamlio.suggest import did_you_mean


def load_vocabulary(folder: Path) -> Vocabulary:
    """Read units, subject types, fields and partners; every cross-reference is checked."""
    checked = read_checked(folder / "begrippen.yaml", "begrippen", folder.parent)
    units = {
        name: Unit(name, raw["title"], raw.get("scale", 1), raw.get("one", raw["title"]))
        for name, raw in checked.data["units"].items()
    }
    types = {name: _subject_type(name, raw, units, checked) for name, raw in checked.data["types"].items()}
    for name, subject in types.items():
        for partner in subject.partners.values():
            if partner.type not in types:
                raise InputError(
                    f"onbekend onderwerp '{partner.type}'{did_you_mean(partner.type, types)}",
                    checked.place("types", name, "partners", partner.name, "type"),
                )
    check_vocabulary(types, checked)
    return Vocabulary(types, units, checked.sha256)


def _subject_type(name: str, raw: dict[str, Any], units: dict[str, Unit], checked: CheckedFile) -> SubjectType:
    fields = {}
    for key, spec in raw["fields"].items():
        place = checked.place("types", name, "fields", key)
        kind = FieldKind(spec["kind"])
        unit = spec.get("unit", "")
        if kind is FieldKind.NUMBER and unit not in units:
            raise InputError(f"onbekende eenheid '{unit}'{did_you_mean(unit, units)}", place)
        if kind is FieldKind.CHOICE and "choices" not in spec:
            raise InputError(f"het keuzeveld '{key}' noemt geen keuzes (choices)", place)
        if ("path" in spec) == ("derivation" in spec):
            raise InputError(f"het veld '{key}' heeft precies een van path en derivation nodig", place)
        high = {FieldKind.BOOLEAN: 1, FieldKind.LIST: 1, FieldKind.CHOICE: len(spec.get("choices", ())) - 1}.get(kind)
        fields[key] = FieldDef(
            key, kind, spec["title"], spec.get("question", ""), unit, tuple(spec.get("choices", ())),
            spec.get("path", ""), spec.get("derivation", ""), spec.get("low", 0), spec.get("high", high),
            spec.get("decided_by", ""),
        )  # fmt: skip
    partners = {
        key: PartnerDef(key, spec["type"], spec["title"], spec["via"], spec["argument"])
        for key, spec in raw.get("partners", {}).items()
    }
    return SubjectType(
        name, raw.get("prefix", name), raw["title"], raw["list"], bool(raw.get("per_day", False)), fields, partners
    )
