"""The closed vocabulary rules are written in: subject types, fields, units and partners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from ikec_compliance.model.record import dataclass
from ikec_compliance.model.value import NEG, POS, Value


class FieldKind(str, Enum):
    """What a field holds. Every kind travels as an integer."""

    BOOLEAN = "boolean"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class FieldDef:
    """One field of a subject type.

    ``unit`` is a unit of the vocabulary (numbers only); ``scale`` is how many integer steps one unit
    has (m2 travels as hundredths). ``choices`` are the codes of a choice field, in order. ``path`` is
    where a plain field stands in the configuration; ``derivation`` names the function that derives it.
    ``decided_by`` is who may choose the value; empty for what is a fact and no choice.
    """

    name: str
    kind: FieldKind
    title: str
    question: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    path: str = ""
    derivation: str = ""
    low: int = 0
    high: int | None = None
    decided_by: str = ""

    @property
    def unknown(self) -> Value:
        """The widest value of the field: not knowing it."""
        if self.kind is FieldKind.DATE:
            return (NEG, POS)
        return (self.low, POS if self.high is None else self.high)


@dataclass(frozen=True, slots=True)
class PartnerDef:
    """A declared reference of cardinality 0..1 to another subject type."""

    name: str
    type: str
    title: str
    via: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class SubjectType:
    """A kind of thing rules speak about. ``per_day`` marks presence subjects (``…@date``)."""

    name: str
    prefix: str
    title: str
    list_key: str
    per_day: bool
    fields: Mapping[str, FieldDef]
    partners: Mapping[str, PartnerDef]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its number of integer steps (``scale``) and its Dutch name, for several and for one."""

    name: str
    title: str
    scale: int = 1
    one: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All subject types and units."""

    types: Mapping[str, SubjectType]
    units: Mapping[str, Unit]
    hash: str = field(default="", compare=False)

    def field(self, type_name: str, path: str) -> FieldDef | None:
        """The definition behind ``field`` or ``partner.….field``, or ``None``."""
        subject = self.types[type_name]
        head, dot, tail = path.partition(".")
        if dot:
            partner = subject.partners.get(head)
            if partner is None:
                return None
            if tail == "aanwezig":
                return FieldDef(
                    "aanwezig", FieldKind.BOOLEAN, f"{partner.title} is er", question=f"Is er {partner.title}?"
                )
            return self.field(partner.type, tail)
        return subject.fields.get(path.partition("~")[0])
