"""Which quantity a field of a rule is for a merged subject: one that the merge shares, or one of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ikec_compliance.engine.truth import shifted
from ikec_compliance.facts.context import Context
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.expr import Ref
from ikec_compliance.model.fact import Absent, Fact
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import Norm, NormQuantity
from ikec_compliance.model.value import UNKNOWN, Value, is_known, known
from ikec_compliance.model.vocabulary import FieldDef, FieldKind, Vocabulary
from ikec_compliance.reconcile.domain import Axis, AxisKind
from ikec_compliance.reconcile.quantities import Variable
from ikec_compliance.reconcile.subjects import MergedSubject
from ikec_compliance.rules.testcases import calendar_fields

YES_NO = Axis(AxisKind.CHOICE, choices=("nee", "ja"))

# What a declared merge of a kind makes one thing of: subject types, with the soort of the record where that matters.
_MERGED: Mapping[str, Mapping[str, str]] = {
    "plan": {"document": "", "gedeeld_document": ""},
    "kinddossier": {"regeling": "bewaartermijnen"},
    "klachten": {"regeling": "klachten"},
    "raad": {"raad": ""},
    "groep": {"groep": "", "groepsmoment": ""},
    "persoon": {"medewerker": "", "inzet": ""},
    "ruimte": {"ruimte": ""},
    "buitenruimte": {"buitenruimte": ""},
}
_LISTS = {"regeling": "regelingen"}


@dataclass(frozen=True, slots=True)
class Owned:
    """A field with the fact it belongs to, behind any partners. ``member`` is one of a list field."""

    fact: Fact
    field: FieldDef
    member: str

    list_key: str

    @property
    def key(self) -> str:
        """What the field is, the same for every rule that reads it; see ``field_key``."""
        return field_key(self.fact.type, self.list_key, self.field)

    @property
    def subject(self) -> str:
        """The subject the value belongs to. A plain field of an inzet is the medewerker's, wherever it is read."""
        subject = self.fact.subject.partition("@")[0]
        return subject.partition("/")[0] if self.field.path else subject


_LIST_OF = {
    "plan": "documenten", "kinddossier": "regelingen", "klachten": "regelingen", "raad": "raden", "groep": "groepen",
    "persoon": "medewerkers", "ruimte": "ruimtes", "buitenruimte": "buitenruimtes",
}  # fmt: skip


def merged_lists(subject: MergedSubject) -> frozenset[str]:
    """The lists of the configuration in which what the merge shares can stand."""
    if subject.record.key != "integratie":
        return frozenset({subject.record.key})
    return frozenset({_LIST_OF[subject.kind]} if subject.kind in _LIST_OF else ())


def field_key(type_name: str, list_key: str, field: FieldDef) -> str:
    """A field by where it stands in the configuration, or by subject type and name when it is derived."""
    return f"{list_key}.{field.path}" if field.path else f"{type_name}.{field.name}"


def axis_of(field: FieldDef, vocabulary: Vocabulary) -> Axis:
    """The axis on which a field is measured; that of a list is whether it has a member."""
    if field.kind in (FieldKind.BOOLEAN, FieldKind.LIST):
        return YES_NO
    if field.kind is FieldKind.CHOICE:
        return Axis(AxisKind.CHOICE, choices=tuple(code.replace("_", " ") for code in field.choices))
    if field.kind is FieldKind.DATE:
        return Axis(AxisKind.DATE)
    unit = vocabulary.units.get(field.unit)
    return Axis(AxisKind.NUMBER, unit.title, unit.scale) if unit else Axis(AxisKind.NUMBER)


def owned(path: str, fact: Fact, vocabulary: Vocabulary) -> Owned | None:
    """The field at a path and whose it is; ``None`` behind a partner that is not there."""
    owner = fact
    while "." in path:
        head, _, path = path.partition(".")
        partner = owner.partners[head]
        if isinstance(partner, Absent):
            return None
        owner = partner
    if path == "aanwezig":
        return None
    name, _, member = path.partition("~")
    field = vocabulary.types[owner.type].fields.get(name)
    if field is None:
        raise InternalError(f"een norm noemt het veld {name} van {owner.type}, dat niet bestaat")
    return Owned(owner, field, member, vocabulary.types[owner.type].list_key)


@dataclass(slots=True, eq=False)
class Sharing:
    """Names the quantities of one merged subject.

    ``names`` gives fields the name and counting rule that a norm uses for them; ``countings`` maps a quantity and
    its counting rule to the rule it may be compared under; ``titles`` are those of ``titles`` for the vocabulary.
    """

    subject: MergedSubject
    context: Context
    names: Mapping[str, tuple[str, str]]
    countings: Mapping[tuple[str, str], str]
    titles: Mapping[str, str]

    def shares(self, item: Owned) -> bool:
        """Whether the merge makes this field one thing for all who take part."""
        if self.subject.record.key != "integratie":
            return item.subject == self.subject.id
        kinds = _MERGED.get(self.subject.kind, {})
        if item.fact.type not in kinds:
            return False
        if item.fact.type in _LISTS:
            record = self.context.centre.find(_LISTS[item.fact.type], item.subject.partition(":")[2])
            return record is not None and record.get("soort") == kinds[item.fact.type]
        if self.subject.kind in ("groep", "persoon", "ruimte", "buitenruimte"):
            return item.subject in self.subject.members
        return True

    def variable(self, ref: Ref, fact: Fact, norm: Norm | None) -> Variable | int | None:
        """The quantity behind a field of a rule for a fact; a number when it is fixed; ``None`` when neither."""
        named = _named(ref.path, norm)
        if named is not None and not (ref.shift.months or ref.shift.days):
            return self._of_norm(named, fact, norm)
        value = fact.value(ref.path)
        item = owned(ref.path, fact, self.context.vocabulary)
        if item is None or item.field.derivation in CALENDAR or ref.shift.months or ref.shift.days:
            if not is_known(value):
                return None
            return shifted(value[0], ref.shift) if ref.shift.months or ref.shift.days else value[0]
        axis = axis_of(item.field, self.context.vocabulary)
        low = item.field.low if axis.kind is AxisKind.NUMBER else None
        if self.shares(item):
            name, counting = self.names.get(item.key) or (self.titles[item.key], "")
            counting = self.countings.get((name, counting), counting)
            return Variable(self.subject.id, name, axis, counting, item.member, low)
        name = f"{item.field.title} van {item.subject}"
        return Variable(item.subject, name, axis, "", item.member, low)

    def _of_norm(self, named: NormQuantity, fact: Fact, norm: Norm | None) -> Variable:
        window = norm.window if norm is not None else None
        counting = self.countings.get((named.name, named.counting), named.counting)
        if named.choices:
            axis = Axis(AxisKind.CHOICE, choices=tuple(choice.replace("_", " ") for choice in named.choices))
            return Variable(self.subject.id, named.name, axis, counting, "", None, window)
        field = self.context.vocabulary.field(fact.type, named.field)
        if field is None:
            raise InternalError(f"een norm noemt het veld {named.field}, dat niet bestaat")
        axis = axis_of(field, self.context.vocabulary)
        low = field.low if axis.kind is AxisKind.NUMBER else None
        return Variable(self.subject.id, named.name, axis, counting, named.field.partition("~")[2], low, window)


def reading(named: NormQuantity | None, ref: Ref, fact: Fact, vocabulary: Vocabulary) -> Value:
    """What a fact says of a quantity; unknown for one that only an integration can tell."""
    if named is None or not named.choices:
        return fact.value(ref.path)
    if not named.field:
        return (0, len(named.choices) - 1)
    field = vocabulary.field(fact.type, named.field)
    low, high = fact.value(named.field)
    words = field.choices if field is not None and field.kind is FieldKind.CHOICE else ("nee", "ja")
    codes = {
        named.choices.index(named.mapping[words[code]]) for code in range(max(low, 0), min(high, len(words) - 1) + 1)
    }
    if len(codes) == 1:
        return known(codes.pop())
    return (min(codes), max(codes)) if codes else UNKNOWN


def titles(vocabulary: Vocabulary) -> Mapping[str, str]:
    """One title for each field, also where two subject types read the same line of the configuration."""
    return {
        field_key(subject.name, subject.list_key, field): field.title
        for subject in reversed(list(vocabulary.types.values()))
        for field in subject.fields.values()
    }


def _named(path: str, norm: Norm | None) -> NormQuantity | None:
    if norm is None:
        return None
    return next((quantity for quantity in norm.quantities if quantity.path == path), None)


CALENDAR = frozenset(calendar_fields(date(2000, 1, 1)))
"""Derived fields that follow from the date alone."""
