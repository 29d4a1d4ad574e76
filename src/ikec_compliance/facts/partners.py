"""Finds the one record behind a named partner, or establishes that there is none."""

from __future__ import annotations

from datetime import date

from ikec_compliance.centre.centre import Record
from ikec_compliance.facts.context import Context
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.fact import ABSENT, UNKNOWN_PARTNER, Absent
from ikec_compliance.model.vocabulary import PartnerDef

_LISTS = {"document": "documenten", "council": "raden", "arrangement": "regelingen"}
_KIND_KEY = {"document": "soorten", "council": "soort", "arrangement": "soort"}


def partner_record(record: Record, partner: PartnerDef, context: Context) -> Record | Absent:
    """The partner's record; ``ABSENT`` when a complete list does not hold it, else ``UNKNOWN_PARTNER``."""
    if partner.via == "reference":
        return _reference(record, partner, context)
    if partner.via == "facility":
        found = context.facility(record, partner.argument)
        return ABSENT if found is None else found
    if partner.via in _LISTS:
        return _listed(record, partner, context)
    raise InternalError(f"partner {partner.name} van {record.key} kent geen weg '{partner.via}'")


def _reference(record: Record, partner: PartnerDef, context: Context) -> Record | Absent:
    id_ = record.get(partner.argument)
    if id_ is None:
        return UNKNOWN_PARTNER
    key = "medewerkers" if partner.type == "medewerker" else context.vocabulary.types[partner.type].list_key
    return context.must_find(key, id_)


def _listed(record: Record, partner: PartnerDef, context: Context) -> Record | Absent:
    key = _LISTS[partner.via]
    found = []
    unsure = False
    for other in context.centre.records(key):
        kinds = other.get(_KIND_KEY[partner.via])
        named = partner.argument in ([kinds] if isinstance(kinds, str) else kinds)
        covered = other.get("voorzieningen")
        if named and covered is None:
            unsure = True
        elif named and record.id in covered:
            found.append(other)
    if unsure:
        return UNKNOWN_PARTNER
    if not found:
        return ABSENT if context.centre.complete(key) else UNKNOWN_PARTNER
    return found[0] if len(found) == 1 else _latest(found, context.on)


def _latest(found: list[Record], on: date) -> Record | Absent:
    """Of several, the one adopted last on or before the date; an undated one makes the choice unknown."""
    dated = [(other.get("vastgesteld_op") or other.get("ingesteld_op"), other) for other in found]
    if any(day is None for day, _ in dated):
        return UNKNOWN_PARTNER
    past = [(day, -other.index, other) for day, other in dated if day <= on]
    return max(past, key=lambda item: item[:2])[2] if past else found[0]
