"""All facts of a configuration on a date: one per subject, and one per slice of a presence subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ikec_compliance.centre.centre import Centre, Record
from ikec_compliance.facts.context import Context
from ikec_compliance.facts.derivations import DERIVATIONS
from ikec_compliance.facts.derived import Derived, Subject
from ikec_compliance.facts.partners import partner_record
from ikec_compliance.facts.presence import Presence, PresenceDay
from ikec_compliance.facts.ratio import Ratio
from ikec_compliance.facts.reading import members, to_value
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.fact import Absent, Fact, Provenance
from ikec_compliance.model.value import UNKNOWN_FLAG, Value
from ikec_compliance.model.vocabulary import FieldKind, SubjectType, Vocabulary

_PRESENCE = ("groepsmoment", "centrummoment", "centrumdag")


class _Values(dict[str, Value]):
    """Field values, computed when a rule first asks for them: most rules read few fields."""

    def __init__(self, owner: _Owner) -> None:
        super().__init__()
        self._owner = owner

    def __missing__(self, path: str) -> Value:
        value = self._owner.compute(path)
        self[path] = value
        return value


class _Sources(Mapping[str, Provenance]):
    """Provenance of the same fields, worked out only when an explanation asks."""

    def __init__(self, owner: _Owner) -> None:
        self._owner = owner

    def __getitem__(self, path: str) -> Provenance:
        return self._owner.explain(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._owner.type.fields)

    def __len__(self) -> int:
        return len(self._owner.type.fields)


@dataclass(slots=True, eq=False)
class _Owner:
    """The record behind a fact and how its fields are read."""

    type: SubjectType
    subject: Subject
    context: Context

    def compute(self, path: str) -> Value:
        name, tilde, member = path.partition("~")
        definition = self.type.fields.get(name)
        if definition is None:
            raise KeyError(path)
        if definition.kind is FieldKind.LIST:
            found, rest = members(self.subject[0].get(definition.path), self.context.centre.complete("onderdelen"))
            return found.get(member, rest) if tilde else UNKNOWN_FLAG
        if definition.derivation:
            return self._derived(definition.derivation)[0]
        return to_value(self.subject[0].get(definition.path), definition, self.context.vocabulary)

    def explain(self, path: str) -> Provenance:
        definition = self.type.fields[path.partition("~")[0]]
        if definition.derivation:
            _, formula, places = self._derived(definition.derivation)
            return Provenance(formula, places)
        return Provenance(definition.path, (self.subject[0].place(definition.path),))

    def _derived(self, name: str) -> Derived:
        derivation = DERIVATIONS.get(name)
        if derivation is None:
            raise InternalError(f"begrippen.yaml noemt de afleiding '{name}', die niet bestaat")
        return derivation(self.subject, self.context)


@dataclass(slots=True, eq=False)
class FactBase:
    """Facts by subject type, made when asked for. ``days`` are the days whose presence is checked."""

    context: Context
    days: Sequence[date]
    rules_dir: Path
    _facts: dict[tuple[str, str], Fact] = field(default_factory=dict)
    _presence: Presence | None = None
    _centre_days: dict[tuple[str, date], tuple[PresenceDay, Fact]] = field(default_factory=dict)

    def of_type(self, name: str, days: Iterable[date] | None = None) -> list[Fact]:
        """Every fact of a subject type; for presence types one per slice of the given days (default: all)."""
        if name in _PRESENCE:
            return [fact for day in (self.days if days is None else days) for fact in self._of_day(name, day)]
        if name == "inzet":
            return [self._fact(name, person, facility) for person, facility in self.context.pairs()]
        subject = self.context.vocabulary.types[name]
        records = self.context.centre.records(subject.list_key)
        if name == "gedeeld_document":
            records = [record for record in records if len(record.get("soorten")) > 1]
        return [self._fact(name, record) for record in records]

    def _fact(self, name: str, record: Record, facility: Record | None = None) -> Fact:
        subject = self.context.vocabulary.types[name]
        id_ = f"{subject.prefix}:{record.id}" + (f"/voorziening:{facility.id}" if facility else "")
        found = self._facts.get((name, id_))
        if found is not None:
            return found
        owner = _Owner(subject, (record, facility), self.context)
        partners: dict[str, Fact | Absent] = {}
        fact = Fact(name, id_, _Values(owner), record.place("id"), partners, {}, _Sources(owner))
        # Stored before its partners are made: two subjects may name each other.
        self._facts[name, id_] = fact
        for partner in subject.partners.values():
            other = facility if partner.via == "pair" and facility else partner_record(record, partner, self.context)
            partners[partner.name] = other if isinstance(other, Absent) else self._fact(partner.type, other)
        return fact

    def _of_day(self, name: str, day: date) -> Iterator[Fact]:
        presence = self._ensure()
        if name == "groepsmoment":
            for group in presence.groups(day):
                owner = self._fact("groep", group)
                dagopvang = self.context.facility(group, "dagopvang")
                bso = self.context.facility(group, "bso")
                partners: dict[str, Fact | Absent] = {
                    "groep": owner, "dagopvang": owner.partners["dagopvang"], "bso": owner.partners["bso"],
                    "dag": owner.partners["dagopvang" if dagopvang is not None else "bso"],
                }  # fmt: skip
                host = dagopvang or bso
                if host is not None:
                    partners["dag"] = self._day(host, day)[1]
                yield from self._slices(name, presence.group_day(group, day), partners)
            return
        for facility in presence.facilities(day):
            found, totals = self._day(facility, day)
            if name == "centrumdag":
                yield totals
            else:
                partners = {"voorziening": self._fact("voorziening", facility), "dag": totals}
                yield from self._slices(name, found, partners)

    def _day(self, facility: Record, day: date) -> tuple[PresenceDay, Fact]:
        key = (facility.id, day)
        if key not in self._centre_days:
            found, totals = self._ensure().centre_day(facility, day)
            partners: dict[str, Fact | Absent] = {"voorziening": self._fact("voorziening", facility)}
            fact = Fact("centrumdag", _dated(facility, "voorziening", day), totals, facility.place("id"), partners)
            self._centre_days[key] = (found, fact)
        return self._centre_days[key]

    @staticmethod
    def _slices(name: str, found: PresenceDay, partners: dict[str, Fact | Absent]) -> Iterator[Fact]:
        prefix = "groep" if name == "groepsmoment" else "voorziening"
        subject = _dated(found.record, prefix, found.day)
        for moment in found.moments:
            yield Fact(
                name, subject, moment.values, found.record.place("id"), partners, {}, moment.provenance, moment.interval
            )

    def _ensure(self) -> Presence:
        if self._presence is None:
            self._presence = Presence(self.context, Ratio(self.rules_dir))
        return self._presence


def _dated(record: Record, prefix: str, day: date) -> str:
    return f"{prefix}:{record.id}@{day.isoformat()}"


def derive(centre: Centre, vocabulary: Vocabulary, on: date, days: Sequence[date], rules_dir: Path) -> FactBase:
    """The facts of a centre on a date; presence over ``days``; BKR tables from ``rules_dir``."""
    return FactBase(Context(centre, vocabulary, on), list(days), rules_dir)


__all__: list[Any] = ["FactBase", "derive"]
